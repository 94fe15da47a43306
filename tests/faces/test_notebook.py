"""What a notebook shows: escaped, without scripts, readable in light and dark."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import saidanddone as sd
from saidanddone.dossier import Atlas
from saidanddone.faces import notebook
from saidanddone.faces.notebook_markup import linked
from saidanddone.faces.questions import open_store

from .. import worlds

HOSTILE = "<script>alert('1')</script> & \"q\" https://example.org/?a=1&b=<2>"
OPEN = ("br", "img", "meta", "link")


class Outline(HTMLParser):
    """The elements of a piece of HTML; it fails where they do not close as they open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


@pytest.fixture(scope="module")
def case() -> Any:
    return sd.ask("Russia", "North Korea")


@pytest.fixture(scope="module")
def answer(census_archive: Path) -> Any:
    return sd.ask(*worlds.DECIDED, archive=census_archive)


@pytest.fixture(scope="module")
def series(census_archive: Path) -> Any:
    return sd.series(*worlds.DECIDED, archive=census_archive)


def pictures(outline: Outline) -> list[ElementTree.Element]:
    """The drawings behind the pictures, which must be whole XML."""
    data = [str(image["src"]).partition("base64,")[2] for image in outline.named("img")]
    return [ElementTree.fromstring(b64decode(one)) for one in data]


def test_a_selection_shows_its_counts_and_acts_through_time(case: Any) -> None:
    outline = Outline(case._repr_html_())
    assert len(pictures(outline)) == 2
    assert all(image["alt"] for image in outline.named("img"))
    alt = str(outline.named("img")[1]["alt"])
    assert "by year" in alt
    assert "a selection decides nothing" in case._repr_html_()


def test_a_census_shows_gap_and_surprise(answer: Any) -> None:
    shown = answer._repr_html_()
    assert escape(answer.verdict.sentence) in shown
    assert f"{answer.gap.estimate:+.2f}" in shown
    assert f"{answer.surprise.estimate:+.2f}" in shown
    assert len(pictures(Outline(shown))) == 1


def test_a_series_shows_its_chart_and_changes(series: Any) -> None:
    outline = Outline(series._repr_html_())
    assert len(pictures(outline)) == 1
    assert len(outline.named("tr")) == (len(series.changes) + 1 if series.changes else 0)


def test_a_ranking_is_a_list_that_shows_itself(census_archive: Path) -> None:
    found = sd.rank(census_archive, top=3)
    assert isinstance(found, list)
    assert len(found) == 3
    shown = found._repr_html_()
    assert len(Outline(shown).named("tr")) == 4
    assert f"{found[0].source.name} → {found[0].target.name}" in shown
    assert "No pair" in notebook.Ranking()._repr_html_()


def test_the_page_of_a_pair_shows_all_three_charts(census_archive: Path) -> None:
    page = Atlas.open(open_store(census_archive)).page("RUS", "PRK")
    assert len(pictures(Outline(notebook.page_html(page)))) == 3


def test_nothing_is_executed_or_fetched(case: Any, answer: Any, series: Any) -> None:
    for shown in (case._repr_html_(), answer._repr_html_(), series._repr_html_()):
        outline = Outline(shown)
        tags = {tag for tag, _ in outline.seen}
        assert tags.isdisjoint({"script", "style", "iframe", "link", "object"})
        for _, attributes in outline.seen:
            assert not [name for name in attributes if name.startswith("on")]
            assert str(attributes.get("src", "data:")).startswith("data:image/svg+xml;base64,") or (
                "src" not in attributes
            )
            assert re.match(r"https?://", str(attributes.get("href", "https://")))
        # Own colours would be unreadable in one of the two themes.
        assert not re.search(r"(?<![-\w])(color|background)\s*:", shown.replace(_data(shown), ""))


def _data(shown: str) -> str:
    found = re.search(r"base64,[^\"]+", shown)
    return found[0] if found else "base64,"


def test_what_others_wrote_is_escaped(case: Any) -> None:
    items = tuple(replace(i, text=HOSTILE, reference=HOSTILE) for i in case.evidence)
    hostile = replace(case, evidence=items, citation=HOSTILE)
    hostile = replace(hostile, source=replace(case.source, name=HOSTILE))
    outline = Outline(hostile._repr_html_())
    assert outline.named("script") == []
    assert "&lt;script&gt;" in hostile._repr_html_()
    assert {link["href"] for link in outline.named("a")} == {"https://example.org/?a=1&b="}
    assert {link["rel"] for link in outline.named("a")} == {"noopener noreferrer nofollow"}


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "ftp://h/x", "//h/x"])
def test_only_addresses_of_the_web_are_links(text: str) -> None:
    assert linked(text) == text


def test_an_answer_without_acts_shows_itself(census_archive: Path) -> None:
    silent = sd.ask(*worlds.SILENT, archive=census_archive)
    assert escape(silent.verdict.sentence) in silent._repr_html_()
    Outline(silent._repr_html_())


def test_yearly_counts_show_themselves(counts_archive: Path) -> None:
    found = sd.ask("Argentina", "Brazil", archive=counts_archive)
    outline = Outline(found._repr_html_())
    assert len(pictures(outline)) == 1


def test_the_same_answer_shows_the_same(case: Any) -> None:
    assert case._repr_html_() == sd.ask("Russia", "North Korea")._repr_html_()
