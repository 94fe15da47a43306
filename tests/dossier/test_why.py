"""Why: a third state that leads a pair's gap is named, and where nothing does, that is said."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice

from .. import worlds

MAPPING = (
    'name = "led"\nkind = "census"\ntitle = "t"\ncitation = "c"\n'
    '[columns]\ndate = "date"\nsource = "source"\ntarget = "target"\ncode = "code"\n'
)


def month(at: int) -> date:
    return date(2001 + at // 12, at % 12 + 1, 1)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """France's deeds toward Peru follow, a month later, its words toward Chile."""
    folder = tmp_path_factory.mktemp("led")
    draw = np.random.default_rng(7)
    months = 96
    mood = draw.normal(size=(months, 4))
    rows = ["date,source,target,code"]

    def acts(at: int, target: str, codes: tuple[str, str], warm: float, source: str) -> None:
        for day in range(12):
            code = codes[0] if draw.random() < 1 / (1 + np.exp(-warm)) else codes[1]
            rows.append(f"{month(at) + timedelta(days=day)},{source},{target},{code}")

    words, deeds = ("051", "111"), ("070", "190")
    for at in range(months):
        acts(at, "Chile", words, 2 * mood[at, 0], "France")
        acts(at, "Chile", deeds, 0.0, "France")
        for number, state in ((1, "Kenya"), (2, "Norway"), (3, "Egypt")):
            acts(at, state, words, 2 * mood[at, number], "France")
        acts(at, "Peru", words, 0.0, "France")
        acts(at, "Peru", deeds, 2 * mood[at - 1, 0] if at else 0.0, "France")
        rows.append(f"{month(at)},France,Peru,{'V+' if draw.random() < 0.5 else 'V-'}")
        acts(at, "Kenya", deeds, float(draw.normal()), "Peru")
    (folder / "led.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "led.toml").write_text(MAPPING, encoding="utf-8")
    sd.ingest("table", [folder / "led.csv"], folder / "archive", mapping=folder / "led.toml")
    return folder / "archive"


@pytest.fixture(scope="module")
def found(archive: Path) -> Any:
    return sd.why("France", "Peru", archive=archive)


def test_the_state_that_leads_is_named_and_the_others_are_not(found: Any) -> None:
    assert (found.by, found.periods) == ("month", 96)
    first, *others = found.candidates
    assert (first.kind, first.id, first.foretells) == ("third state", "CHL", True)
    assert first.slopes["words"] > 0.3
    assert first.p <= 0.05 < min(one.p for one in others)
    assert "relations with Chile" in found.sentence
    assert "no cause" in found.sentence


def test_the_target_s_provocations_are_a_candidate(found: Any) -> None:
    (provoked,) = [one for one in found.candidates if one.kind == "provocations"]
    assert "Peru toward others" in provoked.name
    assert not provoked.foretells
    assert provoked.rank_alike is None


def test_votes_are_a_candidate_where_there_are_any(found: Any) -> None:
    (votes,) = [one for one in found.candidates if one.kind == "votes"]
    assert (votes.name, votes.acts, votes.periods) == ("votes on Peru", 96, 96)


def test_nothing_is_an_answer(archive: Path) -> None:
    found = sd.why("France", "Kenya", archive=archive, reading="icews")
    assert "Nothing can be said" in found.sentence or "Nothing foretells" in found.sentence
    assert not any(one.foretells for one in found.candidates)


def test_json_holds_no_nan(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["candidates"][0]["name"] == "relations with Chile"
    assert told["forecasts"] == found.changes - 20


@pytest.mark.parametrize("pair", [worlds.SILENT, worlds.UNDECIDED])
def test_too_few_changes_are_said(census_archive: Path, pair: tuple[str, str]) -> None:
    found = sd.why(*pair, archive=census_archive)
    assert "Nothing can be said" in found.sentence
    assert found.candidates == ()
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_selection_and_yearly_counts_are_not_tested(counts_archive: Path) -> None:
    assert "a selection" in sd.why("russia", "north-korea").sentence
    yearly = sd.why("Austria", "Chile", archive=counts_archive)
    assert (yearly.by, yearly.periods) == ("year", 7)
    assert "Nothing can be said" in yearly.sentence


@pytest.mark.parametrize(("choice", "says"), [({"by": "day"}, "week or month"),
                                              ({"placebos": 0}, "at least 1")])  # fmt: skip
def test_bad_choices_are_refused(archive: Path, choice: dict[str, Any], says: str) -> None:
    with pytest.raises(BadChoice, match=says):
        sd.why("France", "Peru", archive=archive, **choice)
