"""The channels as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from saidanddone.dossier.drawing import channels, channels_alt

from . import sheets


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("standalone", [False, True])
def test_every_kind_of_answer_is_drawn_whole(
    every: list[Any], standalone: bool, narrow: bool
) -> None:
    for answer in every:
        svg = channels(answer, prefix="c", standalone=standalone, narrow=narrow)
        sheets.whole(svg, "c")
        assert svg == channels(answer, prefix="c", standalone=standalone, narrow=narrow)


def test_the_alt_text_names_the_counts(decided: Any) -> None:
    alt = channels_alt(decided)
    for name in ("said", "signed", "done"):
        found = decided.channels[name]
        assert f"{found.cooperative:,} cooperative, {found.conflictual:,} conflictual" in alt
    assert f"{decided.channels['said'].expected:.0%} were expected" in alt


def test_the_bar_is_split_at_the_share(decided: Any) -> None:
    root = sheets.whole(channels(decided, prefix="c"), "c")
    groups = [e for e in root.iter(f"{sheets.SVG}g") if e.get("class") == "cooperative"]
    widths = [float(box.get("width", "0")) for group in groups for box in group]
    found = [decided.channels[c] for c in ("said", "signed", "done")]
    assert widths == pytest.approx([684 * c.share for c in found if c.share], abs=0.01)


def test_yearly_counts_have_words_and_deeds(yearly: Any) -> None:
    shown = sheets.words(sheets.whole(channels(yearly, prefix="c"), "c"))
    assert "Words" in shown and "Deeds" in shown and "Said" not in shown


def test_no_acts_are_said_to_be_none(silent: Any) -> None:
    assert "no acts" in channels_alt(silent)
    assert "no acts with a sign" in sheets.words(sheets.whole(channels(silent, prefix="c"), "c"))


def test_an_answer_without_channels_has_no_bars(silent: Any) -> None:
    none = replace(silent, channels=dict.fromkeys(silent.channels))
    sheets.whole(channels(none, prefix="c"), "c")
