from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.archive import Archive
from saidanddone.dossier import choices_for, dataset_to_rank, merged_into, pair_of
from saidanddone.errors import AmbiguousActor, BadChoice, SameActor, UnknownActor
from saidanddone.sources import Dataset

EVENTS = Dataset("events", "census", "day", True, "Events", "", ())
TALES = Dataset("tales", "selection", "day", False, "Tales", "", ())
COUNTS = Dataset("counts", "census", "year", False, "Counts", "", ())


class Held:
    """A store that holds some datasets and nothing in them."""

    def __init__(self, *datasets: Dataset) -> None:
        self._datasets = list(datasets)

    def datasets(self) -> list[Dataset]:
        return self._datasets


@pytest.mark.parametrize(
    ("source", "target", "ids"),
    [
        ("russia", "north-korea", ("RUS", "PRK")),
        ("Moscow", "DPRK", ("RUS", "PRK")),
        ("Северная Корея", "KOR", ("PRK", "KOR")),
        ("Soviet Union", "south korea", ("SUN", "KOR")),
    ],
)
def test_states_are_typed_as_people_type_them(
    source: str, target: str, ids: tuple[str, str]
) -> None:
    pair = pair_of(source, target)
    assert (pair.source.id, pair.target.id) == ids


@pytest.mark.parametrize(
    ("source", "target", "error"),
    [
        ("Atlantis", "Russia", UnknownActor),
        ("Russia", "Korea", AmbiguousActor),
        ("Congo", "Russia", AmbiguousActor),
        ("Russia", "Moscow", SameActor),
    ],
)
def test_bad_pairs_are_refused(source: str, target: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        pair_of(source, target)


def test_predecessors_are_merged_except_those_asked_for() -> None:
    assert merged_into(["RUS", "PRK"], predecessors=True)["SUN"] == "RUS"
    assert "SUN" not in merged_into(["SUN", "PRK"], predecessors=True)
    assert merged_into(["RUS"], predecessors=False) == {}


def test_a_predecessor_is_merged_into_the_state_of_today() -> None:
    merged = merged_into([], predecessors=True)
    assert not set(merged) & set(merged.values())


def test_governments_are_the_default_where_the_source_tells() -> None:
    assert choices_for(EVENTS).actors == "government"
    assert choices_for(TALES).actors == "all"
    with pytest.raises(BadChoice, match="does not tell governments from others"):
        choices_for(TALES, actors="government")


@pytest.mark.parametrize(
    "choices",
    [{"reading": "gdelt"}, {"reading": "plover"}, {"count": "codes"}, {"without": ["173"]}],
)
def test_counts_refuse_what_needs_codes(choices: dict[str, Any]) -> None:
    (option,) = choices
    with pytest.raises(BadChoice, match=f"--{option} .* cannot be applied"):
        choices_for(COUNTS, **choices)


def test_counts_are_read_as_they_were_published() -> None:
    assert choices_for(COUNTS).words_and_deeds == ("verbal", "material")
    assert choices_for(COUNTS, against="plain", dispersion="none").reading == "icews"


def test_a_ranking_takes_the_only_census() -> None:
    assert dataset_to_rank(Held(TALES, EVENTS), None) is EVENTS  # type: ignore[arg-type]
    assert dataset_to_rank(Held(COUNTS, EVENTS), "counts") is COUNTS  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "name", "wrong"),
    [
        ((EVENTS, COUNTS), None, "holds several censuses: counts, events"),
        ((EVENTS,), "other", "there is no dataset 'other'"),
        ((), None, "holds no dataset"),
    ],
)
def test_a_ranking_of_what_is_not_there(
    held: tuple[Dataset, ...], name: str | None, wrong: str
) -> None:
    with pytest.raises(BadChoice, match=wrong):
        dataset_to_rank(Held(*held), name)  # type: ignore[arg-type]


def test_an_answer_uses_one_dataset_and_names_the_others(
    census_archive: Path, copied: Any, tmp_path: Path
) -> None:
    archive = copied(census_archive)
    table = tmp_path / "tales.csv"
    table.write_text("date,source,target,code\n1991-05-01,Russia,North Korea,112\n")
    mapping = tmp_path / "tales.toml"
    columns = 'date = "date"\nsource = "source"\ntarget = "target"\ncode = "code"\n'
    mapping.write_text(f"[columns]\n{columns}")
    sd.ingest("table", [table], archive, mapping=mapping)
    answer = sd.ask("Russia", "North Korea", archive=archive)
    assert answer.dataset == ("census", "census")
    assert answer.coverage.other_datasets == ("tales",)
    assert any("'tales', which is not added" in note for note in answer.coverage.notes)
    other = sd.ask("Russia", "North Korea", archive=archive, dataset="tales")
    assert (other.dataset, other.selection.acts) == (("tales", "selection"), 1)
    assert dataset_to_rank(Archive.open(archive), None).name == "census"


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    sd.Archive.create(tmp_path / "empty")
    with pytest.raises(BadChoice, match="holds no dataset yet"):
        sd.ask("Russia", "North Korea", archive=tmp_path / "empty")
    with pytest.raises(BadChoice, match="holds no dataset"):
        sd.rank(tmp_path / "empty")
