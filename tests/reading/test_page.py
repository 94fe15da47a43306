from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from saidanddone.reading.page import Article, Passage, page_of, set_out

passages = st.lists(
    st.builds(
        Passage,
        st.text(min_size=1).filter(str.strip),
        st.sampled_from(["title", "body", "caption", "quote"]),
    )
)


@given(passages)
def test_blocks_give_back_the_passages(given_passages: list[Passage]) -> None:
    text, blocks = set_out(given_passages)

    assert [text[block.start : block.end] for block in blocks] == [
        passage.text for passage in given_passages
    ]
    assert [block.kind for block in blocks] == [passage.kind for passage in given_passages]


@given(passages)
def test_only_empty_lines_stand_between_blocks(given_passages: list[Passage]) -> None:
    text, blocks = set_out(given_passages)
    ends = [0, *(block.end for block in blocks)]

    for end, block in zip(ends[1:], blocks[1:], strict=False):
        assert text[end : block.start] == "\n\n"
    assert ends[-1] == len(text)


def test_a_page_keeps_its_bytes_and_their_hash() -> None:
    page = page_of("a.txt", b"They met.", "text", Article((Passage("They met.", "body"),)), "en")

    assert page.raw == b"They met."
    assert page.sha256 == hashlib.sha256(b"They met.").hexdigest()
    assert page.text_of(page.blocks[0]) == page.text == "They met."
