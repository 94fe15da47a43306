"""Two datasets side by side: nothing is added, and what differs adds up to the difference."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice

from .. import worlds


@pytest.fixture(scope="module")
def archive(
    census_archive: Path, census_tables: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The census, and beside it one that knows only half of the days and no aid."""
    folder = tmp_path_factory.mktemp("two")
    into = Path(shutil.copytree(census_archive, folder / "archive"))
    table = pl.read_csv(census_tables["on_time"], infer_schema=False)
    table.filter(pl.col("when") >= "1992", ~pl.col("cameo").str.starts_with("07")).write_csv(
        folder / "half.csv"
    )
    sd.ingest(
        "table", [folder / "half.csv"], into, mapping=census_tables["mapping"], dataset="half"
    )
    return into


@pytest.fixture(scope="module")
def found(archive: Path) -> Any:
    return sd.compare(*worlds.DECIDED, archive=archive, datasets=["census", "half"])


def test_each_answers_as_it_does_alone(found: Any, archive: Path, decided: Any) -> None:
    alone = decided.to_dict()
    told = found.first.to_dict()
    assert told["gap"] == alone["gap"]
    assert told["channels"] == alone["channels"]
    half = sd.ask(*worlds.DECIDED, archive=archive, dataset="half")
    assert found.second.to_dict()["gap"] == half.to_dict()["gap"]


def test_only_days_that_both_cover_are_compared(found: Any) -> None:
    assert (str(found.shared.since), str(found.shared.until)) == (
        str(found.second.span.first), str(found.second.span.last),
    )  # fmt: skip
    for channel in found.channels:
        assert channel.periods.height == 12
        assert channel.both + channel.only_first + channel.only_second <= 12
        within = found.within[0].channels[channel.channel]
        assert channel.periods["first_n"].sum() == within.n
        assert channel.periods["first_cooperative"].sum() == within.cooperative


def test_the_codes_add_up_to_the_difference_of_the_shares(found: Any) -> None:
    for channel in ("said", "done"):
        shares = [answer.channels[channel].share for answer in found.within]
        for valence, sign in ((1, 1), (-1, -1)):
            parts = [r for r in found.roots if (r.channel, r.valence) == (channel, valence)]
            total = sum(part.difference for part in parts)
            assert total == pytest.approx(sign * (shares[0] - shares[1]))


def test_the_code_that_one_lacks_is_named_first(found: Any) -> None:
    deeds = [root for root in found.roots if root.channel == "done"]
    aid = next(root for root in deeds if root.root == "07")
    assert aid.acts_second == 0
    assert aid.difference > 0.1
    sizes = [abs(root.difference) for root in deeds]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_said_of_the_gaps(found: Any) -> None:
    gaps = [answer.gap.estimate for answer in found.within]
    estimate, low, high = found.difference
    assert estimate == pytest.approx(gaps[0] - gaps[1])
    assert low < estimate < high
    assert found.agreement == "agree"
    assert any("the two agree" in sentence for sentence in found.sentences)


def test_two_archives_without_a_day_in_common(census_archive: Path, counts_archive: Path) -> None:
    found = sd.compare("Austria", "Chile", archive=census_archive, beside=counts_archive)
    assert found.agreement == "not comparable"
    assert found.within is None
    assert {answer.reading for answer in (found.first, found.second)} == {"icews"}
    assert any("no day in common" in sentence for sentence in found.sentences)
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_pair_without_acts_is_no_failure(archive: Path) -> None:
    found = sd.compare(*worlds.SILENT, archive=archive, datasets=["census", "half"])
    assert found.roots == ()
    assert found.agreement == "cannot be told apart"
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["channels"][0]["volume_correlation"] is None


@pytest.mark.parametrize(
    ("datasets", "says"),
    [([], "no datasets were named"), (["census"], "1 dataset was"), (["half", "half"], "twice"),
     (["census", "none"], "no dataset 'none'")],
)  # fmt: skip
def test_two_datasets_are_needed(archive: Path, datasets: list[str], says: str) -> None:
    with pytest.raises(BadChoice, match=says):
        sd.compare(*worlds.DECIDED, archive=archive, datasets=datasets)
