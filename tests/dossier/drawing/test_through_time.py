"""The chart through time: whole for any series, and true to it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

import saidanddone as sd
from saidanddone.dossier.drawing import marked_days, through_time, through_time_alt
from saidanddone.dossier.series import ChangePoint, Series
from saidanddone.dossier.triggers import Trigger, triggers
from saidanddone.errors import BadChoice

from . import sheets

EMPTY = sheets.volume_of([])
BANDS = ("low90", "low50", "smoothed", "high50", "high90")


def month(number: int, **more: Any) -> dict[str, Any]:
    """A month of words: 3 of 4 cooperative."""
    day = date(2018 + number // 12, number % 12 + 1, 1)
    row = {"period": day, "channel": "said", "cooperative": 3, "conflictual": 1, "n": 4}
    return row | {"share": 0.75, **dict.fromkeys(BANDS, 0.7)} | more


def reports(number: int, **more: Any) -> dict[str, Any]:
    """The volume of a month of words."""
    day = month(number)["period"]
    row = {"period": day, "channel": "said", "acts": 4, "all_acts": 1000, "per_10000": 40.0}
    return row | {"missing": False} | more


@given(sheets.cases(), st.booleans(), st.booleans())
@settings(max_examples=40)
def test_any_series_is_drawn_whole_and_always_alike(
    case: tuple[Series, pl.DataFrame, list[Trigger]], standalone: bool, narrow: bool
) -> None:
    def draw() -> str:
        return through_time(*case, prefix="t1", standalone=standalone, narrow=narrow)

    root = sheets.whole(draw(), "t1")
    assert draw() == draw()
    assert root.get("viewBox", "").split()[2] == ("360" if narrow else "720")
    assert through_time_alt(*case)


def test_names_with_markup_are_text() -> None:
    found = sheets.series_of([month(0)], names=("<b>Bold & Sons</b>", '"><script>x</script>'))
    event = Trigger(date(2018, 1, 5), "<i>what</i>")
    root = sheets.whole(through_time(found, EMPTY, [event], prefix="t", standalone=True), "t")
    assert "<b>Bold & Sons</b>" in sheets.words(root)
    assert "<i>what</i>" in sheets.words(root)
    assert not [e for e in root.iter() if e.tag.endswith(("script", "}b", "}i"))]


def test_the_alt_text_names_the_numbers() -> None:
    change = ChangePoint("said", date(2018, 3, 1), date(2018, 2, 1), date(2018, 4, 1), 0.2, 0.9,
                         (), ())  # fmt: skip
    found = sheets.series_of(
        [month(i) for i in range(6)],
        changes=(change,),
        breaks=((date(2018, 5, 1), "new dictionaries"),),
    )
    volume = sheets.volume_of([reports(i, missing=i == 2) for i in range(6)])
    alt = through_time_alt(found, volume, [Trigger(date(2018, 1, 9), "a test")])
    for said in (
        "Jan 2018 to Jun 2018",
        "18 of 24 acts cooperative (75%)",
        "smoothed share from 70% to 70%",
        "changed about Mar 2018, from 20% to 90%",
        "1 of 6 periods are missing",
        "1 event marked",
        "From 2018-05-01 the dataset counts otherwise: new dictionaries",
    ):
        assert said in alt
    root = sheets.whole(
        through_time(found, volume, [Trigger(date(2018, 1, 9), "a test")], prefix="t"), "t"
    )
    assert {"band90", "band50", "trend", "point", "change", "trigger", "break", "missing",
            "volume"} <= sheets.classes(root)  # fmt: skip
    assert "20% → 90%" in sheets.words(root)


def test_missing_periods_are_hatched_in_panel_and_strip() -> None:
    found = sheets.series_of([month(i) for i in range(6)])
    for missing, count in (({2}, 2), ({2, 3}, 2), ({1, 4}, 4), (set(), 0)):
        volume = sheets.volume_of([reports(i, missing=i in missing) for i in range(6)])
        svg = through_time(found, volume, prefix="t")
        # The key has one hatched sample of its own.
        assert svg.count('fill="url(#t-hatch)"') == count + bool(missing)


def test_a_volume_that_is_missing_throughout_is_said() -> None:
    found = sheets.series_of([month(i) for i in range(6)])
    volume = sheets.volume_of([reports(i, missing=True, per_10000=None) for i in range(6)])
    root = sheets.whole(through_time(found, volume, prefix="t"), "t")
    assert "no volume is known" in sheets.words(root)
    assert "6 of 6 periods are missing" in through_time_alt(found, volume)


def test_more_acts_make_a_larger_point() -> None:
    found = sheets.series_of([month(0, n=1), month(1, n=100), month(2, n=25)])
    root = sheets.whole(through_time(found, EMPTY, prefix="t"), "t")
    group = next(e for e in root.iter() if e.get("class") == "point" and e.tag.endswith("}g"))
    sizes = {float(c.get("cx", "0")): float(c.get("r", "0")) for c in group}
    one, hundred, some = (sizes[x] for x in sorted(sizes))
    assert one < some < hundred
    assert some / hundred == pytest.approx(0.5, abs=0.01)


def test_a_share_lies_where_its_scale_says() -> None:
    rows = [month(0, share=0.0), month(1, share=0.5), month(2, share=1.0)]
    root = sheets.whole(through_time(sheets.series_of(rows), EMPTY, prefix="t"), "t")
    group = next(e for e in root.iter() if e.get("class") == "point" and e.tag.endswith("}g"))
    ys = [float(c.get("cy", "0")) for c in sorted(group, key=lambda c: float(c.get("cx", "0")))]
    assert ys[0] > ys[1] > ys[2]
    assert ys[1] == pytest.approx((ys[0] + ys[2]) / 2, abs=0.01)


def test_nine_hundred_months_stay_small() -> None:
    rows = [
        month(i, channel=channel, share=i % 7 / 7)
        for channel in ("said", "signed", "done")
        for i in range(900)
    ]
    volume = sheets.volume_of([
        reports(i, channel=channel, missing=i % 50 == 0)
        for channel in ("said", "signed", "done")
        for i in range(900)
    ])  # fmt: skip
    svg = through_time(sheets.series_of(rows), volume, prefix="t")
    sheets.whole(svg, "t")
    assert len(svg) < 200_000


def test_a_selection_has_bars_and_no_bands() -> None:
    rows = [month(0, smoothed=None), month(1, cooperative=0, conflictual=4)]
    found = sheets.series_of(rows, dataset=("case", "selection"))
    root = sheets.whole(through_time(found, EMPTY, prefix="t"), "t")
    used = sheets.classes(root)
    assert {"cooperative", "conflictual"} <= used
    assert not used & {"band90", "band50", "trend", "point", "volume"}
    up = next(e for e in root.iter() if e.get("class") == "cooperative" and e.tag.endswith("}g"))
    assert [title.text for title in up.iter(f"{sheets.SVG}title")] == [
        "Jan 2018: 3 acts cooperative"
    ]


def test_marked_days_are_those_on_the_chart_in_order_of_time() -> None:
    found = sheets.series_of(
        [month(i) for i in range(12)], breaks=((date(2018, 6, 1), "new"), (date(1999, 1, 1), "x"))
    )
    events = [
        Trigger(date(2018, 9, 1), "later"),
        Trigger(date(2018, 2, 1), "sooner"),
        Trigger(date(2020, 1, 1), "after the end"),
    ]
    marked = marked_days(found, EMPTY, events)
    assert [(m.label, m.what, m.kind) for m in marked] == [
        ("1", "sooner", "trigger"),
        ("2", "later", "trigger"),
        ("A", "new", "break"),
    ]
    shown = sheets.words(sheets.whole(through_time(found, EMPTY, events, prefix="t"), "t"))
    assert "after the end" not in shown
    alone = through_time(found, EMPTY, events, prefix="t", standalone=True)
    assert "2 · 1 Sep 2018 · later" in sheets.words(sheets.whole(alone, "t"))


def test_no_acts_are_said_to_be_none() -> None:
    found = sheets.series_of([])
    root = sheets.whole(through_time(found, EMPTY, prefix="t"), "t")
    assert sheets.words(root).count("no acts with a sign") == 3
    assert "No acts with a sign are reported in made" in through_time_alt(found, EMPTY)


@pytest.mark.parametrize("prefix", ["", "a b", '"x', "1a", "ä"])
def test_a_prefix_that_is_no_name_is_refused(prefix: str) -> None:
    with pytest.raises(BadChoice, match="no prefix"):
        through_time(sheets.series_of([]), EMPTY, prefix=prefix)


def test_the_shipped_case(snapshot: SnapshotAssertion) -> None:
    found = sd.series("Russia", "North Korea", by="year")
    svg = through_time(found, EMPTY, triggers("nuclear-tests"), prefix="time", standalone=True)
    sheets.whole(svg, "time")
    assert svg.replace("><", ">\n<") == snapshot
