"""The specification curve: its grid, its agreement with ask, its picture, what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.dossier import curve_chart
from saidanddone.dossier.windows import AS_ASKED
from saidanddone.errors import BadChoice, CannotWrite
from saidanddone.measure.choices import Choices
from saidanddone.measure.specifications import AXES

from .. import worlds

VARIED = ("window", "against", "arrests", "weight")


@pytest.fixture(scope="module")
def found(census_archive: Path) -> Any:
    return sd.curve(*worlds.DECIDED, archive=census_archive, vary=VARIED)


def _one(found: Any, **levels: str) -> Any:
    wanted = found.baseline.levels | levels
    (own,) = [s for s in found.specifications if s.levels == wanted]
    return own


def test_the_grid_holds_every_combination_once(found: Any) -> None:
    windows = {s.levels["window"] for s in found.specifications}
    # The census begins and ends with the window: it cannot be made longer.
    assert windows == {AS_ASKED, "begins 10% later", "ends 10% sooner"}
    assert len(found.specifications) == 3 * 4 * 2 * 2
    assert len({tuple(s.levels.items()) for s in found.specifications}) == 48
    assert set(found.explained) == set(VARIED)
    assert any("not lengthened" in note for note in found.notes)


def test_the_baseline_is_the_answer(found: Any, decided: Any) -> None:
    base = found.baseline
    assert base.estimate == pytest.approx(decided.gap.estimate)
    assert (base.low, base.high) == pytest.approx(decided.gap.interval90)
    assert base.direction == decided.verdict.direction == "warmer"
    assert (base.words, base.deeds) == (decided.channels["said"].n, decided.channels["done"].n)


def test_each_choice_changed_once_is_the_robustness_table(found: Any, decided: Any) -> None:
    levels = {
        "against: plain": {"against": "plain"},
        "against: peers": {"against": "peers"},
        "against: self": {"against": "self"},
        "without arrests": {"arrests": "out"},
    }
    outcomes = {o.varied: o for o in decided.outcomes}
    for name, changed in levels.items():
        own = _one(found, **changed)
        assert own.estimate == pytest.approx(outcomes[name].estimate, abs=1e-6), name
        assert own.direction == outcomes[name].direction


def test_a_moved_window_is_that_windows_answer(found: Any, census_archive: Path) -> None:
    # A tenth of 731 days is 73: from 1991-03-15 on.
    asked = sd.ask(*worlds.DECIDED, archive=census_archive, since="1991-03-15")
    own = _one(found, window="begins 10% later")
    assert own.estimate == pytest.approx(asked.gap.estimate, abs=1e-6)
    asked = sd.ask(*worlds.DECIDED, archive=census_archive, until="1992-10-19")
    own = _one(found, window="ends 10% sooner")
    assert own.estimate == pytest.approx(asked.gap.estimate, abs=1e-6)


def test_a_window_inside_the_data_is_lengthened_too(census_archive: Path) -> None:
    choices: dict[str, Any] = {"since": "1991-06", "until": "1992-06", "archive": census_archive}
    inner = sd.curve(*worlds.DECIDED, vary=("window",), **choices)
    assert len(inner.specifications) == 5
    assert inner.notes == ()
    longer = [s for s in inner.specifications if s.levels["window"] == "ends 10% later"]
    assert longer[0].words > inner.baseline.words


def test_weights_keep_the_evidence_and_move_the_estimate(found: Any) -> None:
    acts, weighted = found.baseline, _one(found, weight="intensity")
    assert weighted.estimate != acts.estimate
    # Divided by the mean, weighted acts come to about as many as there are.
    assert 0.5 < weighted.words / acts.words < 2
    assert 0.5 < weighted.deeds / acts.deeds < 2


def test_bands_lie_around_the_estimates_in_order(found: Any) -> None:
    estimates = [s.estimate for s in found.known]
    assert estimates == sorted(estimates)
    assert len(estimates) == len(found.specifications)
    assert all(s.low < s.estimate < s.high for s in found.known)


def test_the_sums_are_those_of_the_table(found: Any) -> None:
    table = found.table
    assert table.height == 48
    assert found.same_direction == (table["estimate"] > 0).sum()
    assert sum(found.decided.values()) == table["direction"].is_not_null().sum()
    assert found.median == pytest.approx(table["estimate"].median())
    for row in found.by_level():
        own = table.filter(table[row["axis"]] == row["level"])
        assert row["specifications"] == own.height
        assert row["median"] == pytest.approx(own["estimate"].median())


def test_the_variance_is_shared_out(found: Any) -> None:
    assert all(0 <= share <= 1 for share in found.explained.values())
    # A whole grid's axes are orthogonal: their shares add up to one at most.
    assert sum(found.explained.values()) <= 1 + 1e-9
    assert found.most_important == max(found.explained, key=found.explained.get)
    means = {
        name: found.table.filter(found.table["against"] == name)["estimate"].mean()
        for name in ("world", "plain", "peers", "self")
    }
    whole = found.table["estimate"]
    between = sum((mean - whole.mean()) ** 2 for mean in means.values()) / 4
    assert found.explained["against"] == pytest.approx(between / whole.var(ddof=0))


def test_asked_again_it_is_the_same(found: Any, census_archive: Path) -> None:
    again = sd.curve(*worlds.DECIDED, archive=census_archive, vary=VARIED)
    assert again.to_dict() == found.to_dict()


def test_asked_otherwise_the_baseline_is_another(found: Any, census_archive: Path) -> None:
    other = sd.curve(
        *worlds.DECIDED, archive=census_archive, vary=VARIED, against="self", without=["173"]
    )
    assert other.baseline == _one(found, against="self", arrests="out")
    assert {s.estimate for s in other.specifications} == {s.estimate for s in found.specifications}


def test_json_holds_no_nan(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(told) == {
        "source", "target", "window", "baseline", "summary", "explained", "levels",
        "specifications", "notes",
    }  # fmt: skip
    assert set(told["baseline"]) == {
        *AXES, "estimate", "se", "low90", "high90", "direction", "words", "deeds"
    }  # fmt: skip
    assert told["summary"]["specifications"] == len(told["specifications"]) == 48


def test_the_table_is_written(found: Any, tmp_path: Path) -> None:
    path = found.write(tmp_path / "curve.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["estimate"]) for row in rows] == [s.estimate for s in found.known]
    with pytest.raises(CannotWrite, match="cannot be written"):
        found.write(tmp_path / "nowhere" / "curve.csv")


def test_the_picture_shows_axes_and_levels(found: Any, tmp_path: Path) -> None:
    text = found.plot(tmp_path / "curve.svg").read_text(encoding="utf-8")
    for words in ("48 sets of choices", "ends 10% sooner", "intensity", "of the variance", "peers"):
        assert words in text
    with pytest.raises(BadChoice, match="no kind of picture"):
        found.plot(tmp_path / "curve.gif")


def test_a_large_curve_is_thinned(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curve_chart, "DRAWN", 10)
    shown = curve_chart._shown(found)
    assert 10 <= len(shown) <= 11
    assert (shown[0][0], shown[-1][0]) == (1, 48)
    assert any(s is found.baseline for _, s in shown)


def test_a_pair_without_acts_has_nothing_to_agree_with(census_archive: Path) -> None:
    silent = sd.curve(*worlds.SILENT, archive=census_archive, vary=("against", "arrests"))
    assert {s.estimate for s in silent.specifications} == {0.0}
    assert (silent.same_direction, silent.most_important) == (0, None)
    assert silent.decided == {"warmer": 0, "colder": 0}


def test_yearly_counts_vary_the_norm_and_whole_years(counts_archive: Path) -> None:
    yearly = sd.curve("Austria", "Chile", archive=counts_archive)
    assert set(yearly.explained) == {"window", "against"}
    assert len(yearly.specifications) == 3 * 4
    assert {s.levels["reading"] for s in yearly.specifications} == {"icews"}


def test_two_censuses_are_two_levels(
    counts_archive: Path, census_tables: dict[str, Path], tmp_path: Path, copied: Any
) -> None:
    archive = copied(counts_archive)
    sd.ingest("table", [census_tables["on_time"]], archive, mapping=census_tables["mapping"])
    both = sd.curve("Austria", "Chile", archive=archive, vary=("dataset", "against"))
    assert {s.levels["dataset"] for s in both.specifications} == {"census", "counts"}
    assert any("covers 2002-01-01" in n or "covers 1991-01-01" in n for n in both.notes)
    alone = sd.curve(
        "Austria", "Chile", archive=archive, vary=("dataset", "against"), dataset="counts"
    )
    assert {s.levels["dataset"] for s in alone.specifications} == {"counts"}


def test_what_cannot_be_varied_is_refused(census_archive: Path, small_census: Path) -> None:
    with pytest.raises(BadChoice, match="is a selection"):
        sd.curve("russia", "north korea")
    with pytest.raises(BadChoice, match="'mood' is no axis"):
        sd.curve(*worlds.DECIDED, archive=census_archive, vary=("mood",))
    with pytest.raises(BadChoice, match="only 2 pairs have acts here; a norm needs 200"):
        sd.curve("russia", "north korea", archive=small_census, vary=("against",))


@pytest.fixture
def small_census(tmp_path: Path, census_tables: dict[str, Path]) -> Path:
    reports = [
        worlds.Report(f"1991-02-{day:02d}", source, target, code, "few")
        for day in range(1, 20)
        for source, target in (("Russia", "North Korea"), ("Peru", "Chile"))
        for code in ("051", "112", "070", "190")
    ]
    table = worlds.write_table(tmp_path / "small.csv", reports)
    sd.ingest("table", [table], tmp_path / "archive", mapping=census_tables["mapping"])
    return tmp_path / "archive"


def test_the_choices_know_how_they_are_counted() -> None:
    base = Choices()
    assert base.counting == base.but(reading="icews", against="peers").counting
    assert base.counting != base.but(weight="intensity").counting
    assert base.counting != base.but(reading="plover").counting
