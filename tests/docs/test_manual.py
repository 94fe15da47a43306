"""The manual builds offline without a warning, loads nothing from elsewhere, names all there is."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import saidanddone as sd
from saidanddone.measure.comparison import CORNERS

from .examples import DOCS, ROOT

pytest.importorskip("mkdocs", reason="the extra docs is not installed")


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built manual, with one screenshot at hand."""
    folder = tmp_path_factory.mktemp("manual")
    shots = folder / "shots"
    shots.mkdir()
    (shots / "pair-wide.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    built = folder / "built"
    code = (
        "import os, sys; os.environ['SCREENSHOTS'] = sys.argv.pop(1);"
        "from mkdocs.__main__ import cli; cli()"
    )
    command = ["build", "--strict", "--quiet", "--site-dir", str(built)]
    done = subprocess.run(
        [sys.executable, "-c", code, str(shots), *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return built


class Loads(HTMLParser):
    """What a page makes a browser load by itself, and whether its pictures have words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.silent = 0
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag != "a":
            self.loaded += [str(given[name]) for name in ("src", "href", "action") if name in given]
        self.silent += tag == "img" and not given.get("alt")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def pages(manual: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(manual.glob("*.html"))}


def test_nothing_comes_from_another_host(manual: Path) -> None:
    for name, text in pages(manual).items():
        for address in Loads(text).loaded:
            assert not re.match(r"(https?:)?//", address), (name, address)
    for style in manual.rglob("*.css"):
        assert "url(" not in style.read_text("utf-8")
        assert "@import" not in style.read_text("utf-8")


def test_every_page_of_the_folder_is_a_page_of_the_manual(manual: Path) -> None:
    written = {f"{path.stem}.html" for path in DOCS.glob("*.md")}
    assert written <= set(pages(manual))
    assert {"reference.html", "rooms.html", "tutorial.html", "changes.html"} <= set(pages(manual))


def test_pages_have_headings_in_order_and_words_for_pictures(manual: Path) -> None:
    for name, text in pages(manual).items():
        found = Loads(text)
        assert found.silent == 0, name
        if name != "tutorial.html":  # an answer brings a heading of its own
            assert found.headings[0] == 1, name
            steps = zip(found.headings, found.headings[1:], strict=False)
            assert all(after - before <= 1 for before, after in steps), name


def test_the_reference_names_all_that_is_public(manual: Path) -> None:
    text = unescape(pages(manual)["reference.html"])
    for name in sd.__all__:
        assert f"<code>{name}</code>" in text, name
    assert "Raises errors of saidanddone.errors." in text
    assert not re.search(r"0x[0-9a-f]{6}", text)


def test_examples_that_are_not_run_say_so(manual: Path) -> None:
    assert "Not run by the tests: needs Java." in pages(manual)["engines.html"]
    assert "Run where the genuine data are at hand." in pages(manual)["commands.html"]
    assert "no-run" not in "".join(pages(manual).values())


def test_screenshots_stand_where_they_are_at_hand(manual: Path) -> None:
    assert 'src="images/pair-wide.png"' in pages(manual)["showing.html"]


def glossary() -> list[tuple[str, str]]:
    text = (DOCS / "glossary.md").read_text("utf-8")
    return re.findall(r"^- \*\*(.+?)\*\*: (.+)$", text, flags=re.MULTILINE)


def test_the_glossary_has_one_sentence_a_term_in_order() -> None:
    found = glossary()
    assert len(found) > 60
    assert [term.lower() for term, _ in found] == sorted(term.lower() for term, _ in found)
    for term, sentence in found:
        assert re.fullmatch(r"[A-Z][^.]*(\.\d[^.]*)*\.|k / n[^.]*\.", sentence), term


def test_the_glossary_has_the_words_of_an_answer() -> None:
    terms = {word.strip() for term, _ in glossary() for word in re.split(r"[,(]", term)}
    answer = sd.ask("Russia", "North Korea")
    said = {*answer.to_dict(), *answer.channels, *CORNERS} - {"channels", "corners", "actors"}
    assert said <= terms
    assert {"channel", "corner", "actor", "warmth", "logit", "lfsr", "dispersion"} <= terms
