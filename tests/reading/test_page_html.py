from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from saidanddone.errors import BadFile
from saidanddone.reading import html
from saidanddone.reading.decoding import decode
from saidanddone.reading.html import read_html
from saidanddone.reading.page import Article
from saidanddone.reading.plain import read_plain

pytest.importorskip("trafilatura", exc_type=ImportError)

SEED = Path(__file__).parents[2].parent / "shared" / "seed"

PAGE = """<html><head><title>Envoy visits Syldavia | The Daily</title>
<meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2011-03-04T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Envoy visits Syldavia</h1><p class="byline">By Jane Roe</p><time>4 March 2011</time>
<p>The foreign minister of Borduria arrived on <time datetime="2011-03-01">March 1, 2011</time> in
the capital of Syldavia for talks that officials had kept quiet for weeks.</p>
<figure><img src="a.jpg" alt="Text in place of a picture">
<figcaption>The minister, left, greets the king of Syldavia</figcaption></figure>
<p>On <span class="date">June 25, 1950</span>, the two countries had fought a war that ended
without a treaty, and neither has forgotten it.</p>
<h2>A colder tone</h2>
<blockquote><p>We shall never forget what was done to us, and we shall never forgive the men who
ordered it.</p></blockquote>
<p>He said so in front of reporters.</p>
<div class="related"><h3>Related</h3><ul><li><a href=1>Borduria sends tanks to the border</a></li>
<li><a href=2>Syldavia closes its embassy</a></li></ul></div>
<p>The king answered that his country wanted peace. It had, he said, already recalled its
ambassador from the neighbouring state.</p></article>
<footer><p>© 2011 The Daily. All rights reserved.</p></footer>
<script>var sentence = "This is no sentence of the article at all.";</script></body></html>"""


def of_kind(article: Article, kind: str) -> list[str]:
    return [passage.text for passage in article.passages if passage.kind == kind]


def test_a_page_is_told_apart() -> None:
    article = read_html(PAGE, "a.html")

    assert article.title == "Envoy visits Syldavia"
    assert article.author == "Jane Roe"
    assert str(article.published) == "2011-03-04"
    assert [passage.kind for passage in article.passages] == [
        "title",
        "body",
        "caption",
        "body",
        "title",
        "quote",
        "body",
        "body",
    ]
    assert of_kind(article, "caption") == ["The minister, left, greets the king of Syldavia"]
    text = " ".join(passage.text for passage in article.passages)
    for furniture in ("Home", "tanks", "embassy", "reserved", "no sentence", "in place of"):
        assert furniture not in text


def test_inline_dates_stay_in_their_sentences() -> None:
    body = of_kind(read_html(PAGE, "a.html"), "body")

    assert "arrived on March 1, 2011 in the capital" in body[0]
    assert body[1].startswith("On June 25, 1950, the two")


def test_an_old_page_of_breaks_and_fonts() -> None:
    page = (
        "<title>A visit</title><body><font size=2>By Jane Roe<br><br>The minister of Borduria"
        " arrived in the capital on June 3, 2009 for talks.<br><br>He signed an agreement<br>on"
        " trade with the king of Syldavia, who had asked for it.</font>"
    )
    article = read_html(page, "a.html")

    assert article.author == "Jane Roe"
    assert [text[-13:] for text in of_kind(article, "body")] == ["09 for talks.", "asked for it."]
    assert "agreement on trade" in of_kind(article, "body")[1]


def test_a_page_of_one_sentence() -> None:
    article = read_html("<p>Borduria condemned Syldavia.</p>", "a.html")

    assert of_kind(article, "body") == ["Borduria condemned Syldavia."]


def test_a_page_with_too_many_elements_is_read_by_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_ELEMENTS", 500)
    sentence = "The minister of Borduria met with the minister of Syldavia in the capital."
    page = "<ul><li><a>Home</a></ul>" + f"<p>{sentence}</p>" * 500

    assert of_kind(read_html(page, "a.html"), "body") == [sentence] * 500


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table"])
def test_tags_nested_without_end_are_refused(tag: str) -> None:
    with pytest.raises(BadFile, match="nested without end"):
        read_html(f"<p>They met in the city.</p>{f'<{tag}>' * 100_000}They left.", "a.html")


def test_a_text_too_large_for_the_parser_is_refused() -> None:
    with pytest.raises(BadFile, match="10 MB without a tag"):
        read_html("<p>" + "word " * 2_500_000 + ".", "a.html")


@pytest.mark.parametrize("page", ["", "<html></html>", "<!-- nothing -->", "<script>x.</script>"])
def test_a_page_without_text_has_no_article(page: str) -> None:
    assert read_html(page, "a.html").passages == ()


@pytest.mark.parametrize("mark", ["<p>{}</p>", "<p><font size=2>{}</font></p>", "{}<br><br>"])
def test_the_seed_page_with_tags_is_the_one_without(mark: str) -> None:
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("the seed page (../shared/seed) is absent")
    text = decode(files[0].read_bytes(), files[0].name)
    lines = "\n".join(mark.format(escape(line)) for line in text.splitlines() if line.strip())
    plain = read_plain(text)
    tagged = read_html(f"<table><tr><td>{lines}</td></tr></table>", "a.html")

    assert of_kind(tagged, "body") == of_kind(plain, "body")
    assert of_kind(tagged, "caption") == of_kind(plain, "caption")
    assert (tagged.author, tagged.published) == (plain.author, plain.published)
