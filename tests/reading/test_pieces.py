from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.reading.page import Article, Page, Passage, page_of
from saidanddone.reading.pieces import MOST_CHARACTERS, Pieces
from saidanddone.reading.sentence_acts import MOST_WORDS

SENTENCE = "The envoy of Borduria left the capital of Syldavia. "
LONG = "word " * 5000 + "ends. "


def page(*texts: str) -> Page:
    article = Article(tuple(Passage(text.strip(), "body") for text in texts))
    return page_of("a.txt", b"", "text", article, "en")


def test_short_blocks_are_given_whole() -> None:
    pieces = Pieces(page(SENTENCE, SENTENCE * 3))
    assert [piece.text for piece in pieces] == [SENTENCE.strip(), (SENTENCE * 3).strip()]
    assert pieces.left_out == 0


def test_a_block_without_line_ends_is_cut_after_sentences() -> None:
    pieces = Pieces(page(SENTENCE * 1000))
    found = list(pieces)
    assert len(found) > 5
    assert all(piece.text.rstrip().endswith(".") for piece in found)
    assert "".join(piece.text for piece in found) == (SENTENCE * 1000).strip()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_sentence_of_5000_words_is_left_out_and_the_others_are_not(place: int) -> None:
    parts = [SENTENCE * 2, SENTENCE * 2]
    parts.insert(place, LONG)
    pieces = Pieces(page("".join(parts)))
    text = "".join(piece.text for piece in pieces)
    assert text.split() == (SENTENCE * 4).split()
    assert pieces.left_out == 1


@settings(deadline=None)
@given(st.lists(st.sampled_from([SENTENCE, SENTENCE * 150, LONG, "Why? ", "x" * 6000 + ". "])))
def test_pieces_lie_where_they_say(parts: list[str]) -> None:
    made = page("".join(parts) or "a", SENTENCE)
    for piece in Pieces(made):
        assert made.text[piece.start : piece.start + len(piece.text)] == piece.text
        assert len(piece.text) <= MOST_CHARACTERS
        assert max(len(s.split()) for s in piece.text.split(". ")) <= MOST_WORDS
