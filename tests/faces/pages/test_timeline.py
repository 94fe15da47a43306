"""The timeline's filter and its pages."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from saidanddone.dossier import TIMELINE_COLUMNS, Atlas
from saidanddone.faces import pages
from saidanddone.faces.pages.timeline import MOST, PAGE

from .markup import Page


def timeline(count: int) -> pl.DataFrame:
    """Acts of 2018, one a day from the last day back: said +, done - in turn."""
    days = [date.fromordinal(date(2018, 12, 31).toordinal() - at) for at in range(count)]
    return pl.DataFrame(
        {
            "day": days,
            "date": [str(day) for day in days],
            "channel": ["said" if at % 2 else "done" for at in range(count)],
            "valence": [1 if at % 2 else -1 for at in range(count)],
            "topic": ["aid" if at % 4 else None for at in range(count)],
        },
        schema_overrides={"day": pl.Date, "valence": pl.Int8},
    )


def test_without_a_filter_all_acts_are_on_the_page() -> None:
    found = pages.shown(timeline(MOST))
    assert (found.acts.height, found.whole, found.filtered, found.pages) == (MOST, True, False, 1)
    assert pages.shown(timeline(MOST + 1)).pages == -(-(MOST + 1) // PAGE)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({"channel": "said"}, 50),
        ({"sign": "conflictual"}, 50),
        ({"sign": "neutral"}, 0),
        ({"topic": "aid"}, 75),
        ({"since": "2018-12-22"}, 10),
        ({"since": "2018-12", "until": "2018"}, 31),
        ({"channel": "done", "sign": "conflictual", "until": "2018-11"}, 34),
    ],
)
def test_a_filter_leaves_what_passes(typed: dict[str, str], left: int) -> None:
    found = pages.shown(timeline(100), **typed)
    assert (found.total, found.filtered, found.trouble) == (left, True, "")


@pytest.mark.parametrize(
    "typed",
    [{"sign": "both"}, {"channel": "sung"}, {"topic": "magic"},
     {"since": "yesterday"}, {"since": "2018", "until": "2017"},
     {"until": "2018-02-30"}, {"since": "9999999"}],
)  # fmt: skip
def test_a_field_that_cannot_be_used_is_told(typed: dict[str, str]) -> None:
    found = pages.shown(timeline(10), **typed)
    assert found.total == 10
    assert found.trouble.endswith(".")


@pytest.mark.parametrize(("page", "shown"), [(-1, 1), (0, 1), (3, 3), (10**9, 3)])
def test_a_page_beyond_the_ends_is_the_nearest(page: int, shown: int) -> None:
    found = pages.shown(timeline(25), sign="conflictual", page=page, size=5)
    assert (found.page, found.pages, found.acts.height) == (shown, 3, 3 if shown == 3 else 5)
    assert bool(found.trouble) == (page != shown)


def test_pages_lead_to_each_other_with_the_filter(case: Atlas) -> None:
    page = case.page("RUS", "PRK")
    found = pages.shown(page.timeline, channel="said", page=2, size=5)
    html = Page(pages.pair(pages.Site(), page, shown=found))
    (back,) = [each.get("href") for each in html.all("a") if each.get("rel") == "prev"]
    (on,) = [each.get("href") for each in html.all("a") if each.get("rel") == "next"]
    assert back == "?channel=said&page=1#acts"
    assert on == "?channel=said&page=3#acts"
    assert f"{found.total} acts of {page.timeline.height}" in html.by_id("count").text
    assert len(html.of_class("act")) == 5


def test_a_script_filters_only_where_all_acts_are_there(case: Atlas) -> None:
    page = case.page("RUS", "PRK")
    whole = Page(pages.pair(pages.Site(), page)).by_id("filter")
    part = pages.shown(page.timeline, sign="neutral")
    assert "data-whole" in whole.attributes
    assert (
        "data-whole"
        not in Page(pages.pair(pages.Site(), page, shown=part)).by_id("filter").attributes
    )
    static = Page(pages.pair(pages.Site(static=True), page)).by_id("filter")
    assert {"hidden", "data-whole"} <= set(static.attributes)


def test_every_act_shows_its_sign_in_words_and_where_it_stands(case: Atlas) -> None:
    page = case.page("RUS", "PRK")
    html = Page(pages.pair(pages.Site(), page))
    acts = html.of_class("act")
    assert len(acts) == page.timeline.height
    for act, row in zip(acts, page.timeline.iter_rows(named=True), strict=True):
        assert act.get("id") == f"act-{row['key']}"
        assert act.get("data-sign") in act.text
        assert row["reference"] in act.text
    assert {column.name for column in TIMELINE_COLUMNS} <= set(page.timeline.columns)
