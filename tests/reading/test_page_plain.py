from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from saidanddone.reading.decoding import decode
from saidanddone.reading.page import Article
from saidanddone.reading.plain import read_plain

SEED = Path(__file__).parents[2].parent / "shared" / "seed"

SAVED = """World Affairs
home NEWS Books search contact

Is Borduria Courting Syldavia?

Jane van Roe

The foreign minister of Borduria arrived in the capital of Syldavia on Monday for a visit of two \
days, the first in ten years. He laid a wreath at the tomb of the late king.

Minister with the king of Syldavia

Minister, left, with the king of Syldavia
The two countries signed an agreement on trade and another on fisheries before the talks ended.

They shook hands.

Advertisement

The king asked his guest: "When will you return?"

Pictured map of the border
Follow us

Posted March 4, 2011

Which of the two kingdoms will be the first to recall its envoy?
Read more in our book

dot.gif - 43 Bytes

Related Articles

dot.gif - 43 Bytes    The Rise of the House of Borduria

dot.gif - 43 Bytes    Who Stole the Sceptre?

Home | News | Books | Contact Us

© 2011 World Affairs, Inc. All Rights Reserved
"""


# The seed page's blocks in their order: (t)itle, (b)ody, (c)aption; and hashes of their texts.
SEED_KINDS = "tbccbbbbccbbbbbbccbbbbb"
SEED_HASHES = {
    "title": "54c455f1cb5f8ff7",
    "author": "aee620b7ebbc4b22",
    "body": "ac8f41a6d9c1524a",
    "captions": "705166df38a7c3a7",
}


def of_kind(article: Article, kind: str) -> list[str]:
    return [passage.text for passage in article.passages if passage.kind == kind]


def test_a_saved_page_loses_its_furniture() -> None:
    article = read_plain(SAVED)

    assert article.title == "Is Borduria Courting Syldavia?"
    assert article.author == "Jane van Roe"
    assert str(article.published) == "2011-03-04"
    assert of_kind(article, "caption") == [
        "Minister with the king of Syldavia",
        "Minister, left, with the king of Syldavia",
    ]
    assert [text[:9] for text in of_kind(article, "body")] == [
        "The forei",
        "The two c",
        "They shoo",
        "The king ",
    ]
    assert article.passages[0].kind == "title"


def test_broken_lines_are_joined_and_hyphens_mended() -> None:
    text = (
        "A Visit to Syldavia\n\nBy Jane Roe\n\n"
        "The foreign minister of Borduria arrived in the capital of Syldavia\n"
        "on March 1, 2011 for talks that officials had kept quiet. The coope-\n"
        "ration of the two countries has been cool since the war ended there.\n\n"
        "    Nobody had expected it, and nobody knows what was agreed in the\n"
        "palace that night.\n"
    )
    article = read_plain(text)

    assert article.author == "Jane Roe"
    body = of_kind(article, "body")
    assert len(body) == 2
    assert "Syldavia on March 1" in body[0]
    assert "The cooperation of" in body[0]


def test_sentences_one_a_line_stay_apart() -> None:
    lines = [
        "Borduria condemned the raids of Syldavia in a speech on Monday.",
        "Syldavia sent two hundred tons of rice to Borduria after the flood.",
        "Borduria vetoed sanctions against Syldavia.",
    ]

    assert of_kind(read_plain("\n".join(lines)), "body") == lines


@pytest.mark.parametrize(
    "text", ["Borduria condemned Syldavia.", "Borduria condemned Syldavia", "They met. They left."]
)
def test_a_short_sentence_is_a_page(text: str) -> None:
    assert of_kind(read_plain(text), "body") == [text]


def test_a_row_of_links_within_the_article_is_no_caption() -> None:
    links = ["Borduria sends tanks", "Syldavia closes embassy", "Talks fail again", "King leaves"]
    sentence = "The envoy of Borduria said that nothing had been agreed in the talks."
    article = read_plain("\n\n".join(["Talks in the Palace", sentence, *links, sentence]))

    assert of_kind(article, "caption") == []
    assert len(of_kind(article, "body")) == 2


def test_the_title_is_found_below_a_menu_of_whole_lines() -> None:
    menu = [f"Parliament of Borduria votes on law {i}" for i in range(12)]
    sentence = "The envoy of Borduria said that nothing had been agreed in the talks."
    article = read_plain(
        "\n\n".join([*menu, "Talks in the Royal Palace Fail", "By Jane Roe", sentence])
    )

    assert article.title == "Talks in the Royal Palace Fail"
    assert [passage.kind for passage in article.passages] == ["title", "body"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: Friday, 4 March 2011, 14:05 GMT", "2011-03-04"),
        ("Last updated March 4th, 2011", "2011-03-04"),
        ("2011-03-04", "2011-03-04"),
        ("Posted on 04.03.2011", None),
        ("Posted on 24.03.2011", "2011-03-24"),
        ("Issued in March 2011", "2011-03"),
        ("Posted February 30, 2011", None),
        ("Posted March 4, 2091", None),
    ],
)
def test_the_day_of_publication_is_read(line: str, day: str | None) -> None:
    body = "The foreign minister of Borduria arrived in Syldavia on June 3, 2009 for talks."
    published = read_plain(f"A Visit to Syldavia\n{line}\n\n{body}").published

    assert (str(published) if published else None) == day


def test_a_dateline_dates_a_report() -> None:
    text = "SZOHOD, March 4, 2011 (Agency) -- The envoy of Syldavia left the capital on Monday."

    assert str(read_plain(text).published) == "2011-03-04"


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "# A visit\n\nThe **envoy** of [Syldavia](http://a.example/b) left the city at noon.\n\n"
        "> We shall never sign such a treaty.\n\n```\ncode that says nothing.\n```\n"
    )
    article = read_plain(text, markdown=True)

    assert article.title == "A visit"
    assert of_kind(article, "body") == ["The envoy of Syldavia left the city at noon."]
    assert of_kind(article, "quote") == ["We shall never sign such a treaty."]


@pytest.mark.parametrize("text", ["", "\n\n", "Home | News | Contact", "dot.gif - 43 Bytes"])
def test_without_a_sentence_there_is_no_article(text: str) -> None:
    assert read_plain(text).passages == ()


def test_the_seed_page() -> None:
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("the seed page (../shared/seed) is absent")
    article = read_plain(decode(files[0].read_bytes(), files[0].name))
    body, captions = of_kind(article, "body"), of_kind(article, "caption")

    assert str(article.published) == "2009-06-20"
    assert "".join(passage.kind[0] for passage in article.passages) == SEED_KINDS
    assert {
        "title": _hash(article.title),
        "author": _hash(article.author),
        "body": _hash("\n".join(body)),
        "captions": _hash("\n".join(captions)),
    } == SEED_HASHES
    assert all(text.endswith((".", '"')) for text in body)
    assert not any(text.endswith(".") for text in captions)
    furniture = re.compile(r"gif|Bytes|Posted|Follow us|Contact|Related|Reserved|\||©", re.I)
    assert not any(furniture.search(passage.text) for passage in article.passages)


def _hash(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]
