"""Movers: the order, the arithmetic, a change that was planted, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidanddone as sd
from saidanddone import dossier
from saidanddone.dossier import window_of
from saidanddone.dossier.movers import ACTS_SHOWN, EXPLAINED
from saidanddone.errors import BadChoice, BadDate

from .. import worlds

BEFORE, AFTER = "1991-01:1991-12", "1992-01:1992-12"


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory, census_tables: dict[str, Path]) -> Path:
    """The census, in which one pair's deeds turn from warm to cold as the second year begins."""
    folder = tmp_path_factory.mktemp("turned")
    on_time, late = worlds.census()
    planted = [
        worlds.Report(f"{year}-{month:02d}-{day:02d}", "Kenya", "Norway", code, f"planted {code}")
        for year, deed in ((1991, "070"), (1992, "190"))
        for month in range(1, 13)
        for day, code in ((3, deed), (12, deed), (21, deed), (7, "051"), (18, "112"))
    ]
    table = worlds.write_table(folder / "turned.csv", [*on_time, *late, *planted])
    report = sd.ingest("table", [table], folder / "archive", mapping=census_tables["mapping"])
    assert [file.status for file in report.files] == ["ingested"]
    return folder / "archive"


@pytest.fixture(scope="module")
def found(turned: Path) -> Any:
    return sd.movers(turned, BEFORE, AFTER, top=1000)


def test_the_pair_that_turned_stands_first(found: Any) -> None:
    first = found.rows[0]
    assert (first.source.id, first.target.id) == ("KEN", "NOR")
    assert first.shrunk < -2 and first.lfsr < 0.01
    assert first.before[0] > 0 > first.after[0]
    assert (first.words, first.deeds) == ((12, 24, 12, 24), (36, 36, 0, 36))
    assert not any("chance alone" in note for note in found.notes)


def test_its_acts_are_named_on_both_sides(found: Any) -> None:
    first = found.rows[0]
    assert first.moved_by == "deeds"
    for acts, year, code in ((first.acts_before, "1991", "070"), (first.acts_after, "1992", "190")):
        assert len(acts) == ACTS_SHOWN
        assert {(act.date[:4], act.code) for act in acts} == {(year, code)}
        assert all("planted" in act.text for act in acts)


def test_only_the_first_rows_come_with_acts(found: Any) -> None:
    assert all(not row.acts_before and not row.acts_after for row in found.rows[EXPLAINED:])


def test_the_order_is_by_the_size_of_the_shrunk_change(found: Any) -> None:
    sizes = [abs(row.shrunk) for row in found.rows]
    assert sizes == sorted(sizes, reverse=True)
    assert [row.rank for row in found.rows] == list(range(1, len(found.rows) + 1))
    assert found.pairs == len(found.rows) > 50


def test_a_change_is_after_less_before(found: Any) -> None:
    for row in found.rows:
        assert row.change == pytest.approx(row.after[0] - row.before[0])
        assert row.se == pytest.approx(np.hypot(row.before[1], row.after[1]))
        assert row.interval90[0] < row.change < row.interval90[1]
        assert abs(row.shrunk) <= abs(row.change)
        assert 0 <= row.lfsr <= 1


def test_the_second_window_is_measured_by_itself(turned: Path, found: Any) -> None:
    """Each window's gaps are those of its own norm, whatever stands beside it."""
    shorter = sd.movers(turned, "1991-01:1991-11", AFTER, top=1000)
    after = {(r.source.id, r.target.id): r.after for r in found.rows}
    same = [after[pair] for r in shorter.rows if (pair := (r.source.id, r.target.id)) in after]
    assert len(same) > 50
    assert all(r.after == after.get((r.source.id, r.target.id), r.after) for r in shorter.rows)


def test_a_census_at_rest_has_no_movers(census_archive: Path) -> None:
    """The generated census draws both years from the same shares."""
    rest = sd.movers(census_archive, BEFORE, AFTER, top=1000)
    assert sum(row.lfsr < 0.05 for row in rest.rows) <= 0.01 * len(rest.rows)
    assert any("chance alone" in note for note in rest.notes)


def test_a_region_leaves_its_pairs_and_changes_none(turned: Path, found: Any) -> None:
    rows = sd.movers(turned, BEFORE, AFTER, region="Northern Europe", top=1000).rows
    assert rows[0].source.id == "KEN"
    assert 0 < len(rows) < len(found.rows)
    shrunk = {(r.source.id, r.target.id): r.shrunk for r in found.rows}
    assert all(r.shrunk == shrunk[r.source.id, r.target.id] for r in rows)


def test_json_holds_no_nan(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(told) == {"dataset", "before", "after", "pairs", "movers", "notes"}
    assert told["before"] == {"since": "1991-01-01", "until": "1991-12-31"}
    assert told["movers"][0]["deeds"]["before"] == {"cooperative": 36, "n": 36}


def test_a_window_is_two_dates_or_one_whole_period() -> None:
    assert window_of("1991-02:1991", "--before") == window_of("1991-02:1991-12", "--before")
    assert window_of("1991", "--before") == window_of("1991-01-01:1991-12-31", "--before")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("1991", "1991-12:1992", "do not overlap"),
        ("1992", "1991", "the earlier one first"),
        ("1991-05:1991-02", "1992", "before it starts"),
        ("1991:", "1992", "no two ends"),
        ("", "1992", "no two ends"),
        ("spring", "1992", "is not a date"),
    ],
)
def test_windows_that_cannot_be_are_refused(
    census_archive: Path, before: str, after: str, says: str
) -> None:
    with pytest.raises(BadDate, match=says):
        sd.movers(census_archive, before, after)


@pytest.mark.parametrize(
    ("before", "after", "choices", "says"),
    [
        ("1989", "1992", {}, "has no acts in --before"),
        ("1991", "1995", {}, "has no acts in --after"),
        ("1991-01-05", "1992", {}, "a norm needs 200"),
        ("1991", "1992", {"top": 0}, "shows nothing"),
        ("1991", "1992", {"region": "Atlantis"}, "Atlantis"),
        ("1991", "1992", {"against": "friends"}, "friends"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(
    census_archive: Path, before: str, after: str, choices: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadChoice, match=says) as refused:
        sd.movers(census_archive, before, after, **choices)
    assert str(refused.value).count(". ") == 0


def test_a_selection_is_refused() -> None:
    from saidanddone.faces.questions import open_store
    from saidanddone.measure.choices import Choices

    store = open_store(None)
    (dataset,) = store.datasets()
    windows = (window_of("1950", "--before"), window_of("2000", "--after"))
    with pytest.raises(BadChoice, match="is a selection"):
        dossier.movers(store, dataset, windows, Choices(), merged={})


@pytest.mark.parametrize("against", ["plain", "peers", "self"])
def test_other_norms_find_the_same_pair(turned: Path, against: str) -> None:
    (first,) = sd.movers(turned, BEFORE, AFTER, against=against, top=1).rows
    assert (first.source.id, first.target.id) == ("KEN", "NOR")


def test_yearly_counts_too_short_for_blocks_say_so(tmp_path: Path) -> None:
    table = worlds.write_counts(tmp_path / "counts.csv")
    sd.ingest("counts", [table], tmp_path / "archive", dataset="counts")
    found = sd.movers(tmp_path / "archive", "2002:2004", "2005:2008", top=3)
    assert len(found.rows) == 3
    assert sum("counting only" in note for note in found.notes) == 2
