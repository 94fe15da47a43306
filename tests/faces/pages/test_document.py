"""A document's page: its sentences marked, anchored, and the rest around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saidanddone.faces import pages
from saidanddone.faces.pages.document import paragraphs

from .conftest import SHA256, TEXT, document
from .markup import Page


def test_sentences_are_anchored_and_marked() -> None:
    page = Page(pages.document(pages.Site(), document()))
    assert page.by_id("s65").text == TEXT[65:105] == "On Monday Russia gave North Korea grain."
    assert [each.get("id") for each in page.of_class("sentence")] == ["s0", "s65", "s106"]
    assert "Nothing followed." in page.all("main")[0].text
    assert "3 acts read in it, of which 2 count" in page.all("main")[0].text


def test_under_copyright_only_sentences_are_shown() -> None:
    whole = document()
    part = pages.Document(SHA256, TEXT, whole.acts, whole=False)
    text = Page(pages.document(pages.Site(), part)).all("main")[0].text
    assert "Nothing followed" not in text
    assert "gave North Korea grain" in text


spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6)


@given(st.text(alphabet="ab \n.", max_size=50), spans)
def test_no_letter_of_the_text_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    acts = tuple(
        pages.SentenceAct(start, end, None, "RUS", "PRK", "said", 1, "") for start, end in spans
    )
    found = paragraphs(pages.Document(SHA256, text, acts))
    shown = "".join(piece.text for paragraph in found for piece in paragraph)
    assert "".join(shown.split()) == "".join(text.split())
    anchors = [piece.start for paragraph in found for piece in paragraph if piece.acts]
    assert anchors == sorted(set(anchors))


def test_overlapping_sentences_keep_an_anchor_each() -> None:
    acts = tuple(
        pages.SentenceAct(start, 45, None, "RUS", "PRK", "said", 1, "") for start in (0, 10, 10)
    )
    page = Page(pages.document(pages.Site(), pages.Document(SHA256, TEXT, acts)))
    assert [name for name in page.ids if name in ("s0", "s10")] == ["s0", "s10"]
