"""A report in Markdown: it holds the whole dossier, and no text of an act becomes markup."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from saidanddone.dossier.citation_references import one_line
from saidanddone.faces.report import markdown, report
from saidanddone.faces.report.markdown import escaped

from .conftest import HOSTILE

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PLAIN = {"text", "softbreak", "text_special"}


def inline(text: str) -> list[Token]:
    """Everything inside blocks, of all of them."""
    return [part for token in PARSER.parse(text) for part in token.children or ()]


def said(text: str) -> str:
    """What a reader sees of a Markdown text, without the joiner after @."""
    shown = re.sub(r"<[^>]*>", "", PARSER.render(text))
    return html.unescape(shown).replace("\u2060", "")


@pytest.mark.parametrize(
    "name", ["census_page", "case_page", "silent_page", "yearly_page"], ids=str
)
def test_a_report_has_question_verdict_method_and_citation(
    name: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(name)
    text = markdown(report(page))
    assert text.startswith("# ")
    shown = said(text)
    for part in (
        page.dossier.question,
        page.dossier.verdict.sentence,
        page.methods,
        page.citations.bibtex.splitlines()[0],
        f"{page.dossier.coverage.rows:,} rows",
    ):
        assert part in shown, part
    titles = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert titles[0] == "Through time"
    assert titles[-3:] == ["Coverage and gaps", "Method", "How to cite"]
    assert "None" not in text
    assert "nan" not in text.lower().split()


def test_a_census_has_its_plane_norm_and_choices(census_page: Any) -> None:
    text = said(markdown(report(census_page)))
    dossier = census_page.dossier
    assert "among all pairs" in text
    for outcome in dossier.outcomes:
        assert outcome.varied in text
    for line in census_page.against:
        assert line[1:] in text
    channel = dossier.channels["done"]
    assert f"{channel.cooperative:,}" in text
    assert f"± {1.645 * channel.se:.2f}" in text


def test_the_heaviest_acts_stand_with_their_reference(case_page: Any) -> None:
    text = markdown(report(case_page))
    heaviest = case_page.dossier.carrying[0]
    assert heaviest.text in said(text)
    addresses = [t.attrs["href"] for t in inline(text) if t.type == "link_open"]
    assert addresses
    known = " ".join(item.reference for item in case_page.dossier.evidence)
    assert all(str(address) in known for address in addresses)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_printed_as_it_is(hostile: str) -> None:
    for around in ("{}", "- {}", "- **x** {}", "## {}"):
        text = around.format(escaped(hostile, opening=True))
        assert {token.type for token in inline(text)} <= PLAIN | {"strong_open", "strong_close"}
        assert one_line(hostile) in " ".join(said(text).split()).replace("\n", " ")
    table = PARSER.parse(f"| a | b |\n| --- | --- |\n| {escaped(hostile)} | x |")
    assert [token.type for token in table].count("td_open") == 2


@given(st.text(max_size=80))
def test_no_text_becomes_markup(text: str) -> None:
    written = escaped(text, opening=True)
    tokens = PARSER.parse(written)
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {token.type for token in inline(written)} <= PLAIN
    shown = "".join(token.content for token in inline(written)).replace("\u2060", "")
    assert shown == one_line(text).replace("\u2060", "")


def test_a_hostile_page_links_only_to_its_references(hostile_page: Any) -> None:
    tokens = inline(markdown(report(hostile_page)))
    allowed = {"strong_open", "strong_close", "link_open", "link_close"}
    assert {token.type for token in tokens} <= PLAIN | allowed
    links = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    assert links <= {"http://example.org/x", "https://example.org", "http://example.org/i.png"}
    assert "<script>alert(1)</script>" in said(markdown(report(hostile_page)))


def test_a_fence_in_bibtex_does_not_end_the_code(hostile_page: Any) -> None:
    text = markdown(report(hostile_page))
    fences = [token for token in PARSER.parse(text) if token.type == "fence"]
    assert [fence.content.strip() for fence in fences] == [hostile_page.citations.bibtex.strip()]
