"""What a critic would say first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from saidanddone.dossier import leading, speaks_against
from saidanddone.dossier.against import SHOWN


def test_the_heaviest_date_and_the_opposing_acts_are_named(decided: Any) -> None:
    lines = speaks_against(decided)
    top = decided.days.row(0, named=True)
    without = decided.gap.estimate - top["influence"]
    assert f"without its heaviest date, {top['date']}, the gap would be {without:+.2f}" in lines[0]
    for act in leading(decided.opposing, SHOWN):
        assert f"{act.date}: {act.text} ({act.weight:+.3f})" in lines


def test_choices_that_turn_the_sign_are_named(undecided: Any) -> None:
    base, other = undecided.outcomes[:2]
    turned = replace(other, varied="the other way", estimate=-base.estimate)
    lines = speaks_against(replace(undecided, outcomes=(base, turned)))
    assert lines[0] == "the sign turns round with the other way"


def test_choices_that_no_longer_decide_are_named(decided: Any) -> None:
    base, other = decided.outcomes[:2]
    open_ = replace(other, varied="fewer acts", direction=None)
    assert "nothing is decided with fewer acts" in speaks_against(
        replace(decided, outcomes=(base, open_))
    )


def test_missing_months_and_rows_are_named(decided: Any) -> None:
    months = tuple(f"1991-{m:02}" for m in range(1, 8))
    coverage = replace(decided.coverage, months_missing=months, set_aside=1234)
    lines = speaks_against(replace(decided, coverage=coverage))
    assert lines[-2].startswith("no acts at all in 7 months: 1991-01, ")
    assert lines[-2].endswith("1991-05 and 2 more")
    assert lines[-1] == "1,234 rows could not be read and were set aside"


def test_a_selection_was_chosen_by_somebody(selection: Any) -> None:
    assert any("somebody chose these acts" in line for line in speaks_against(selection))


def test_nothing_speaks_against_no_acts(silent: Any) -> None:
    assert speaks_against(silent) == []
