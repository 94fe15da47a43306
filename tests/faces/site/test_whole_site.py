"""A whole site as it is served: every link leads somewhere, and no text becomes markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

import saidanddone as sd
from saidanddone.faces.site import Settings, publish, words

HOST = "https://example.org"
NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)> ]]> \u202e\x07\u2028 =1+1"


class Parsed(HTMLParser):
    """A page's links, anchors, and whatever a Content-Security-Policy would have to stop."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.twice: list[str] = []
        self.inline: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            (self.twice if found["id"] in self.anchors else self.links[:0]).append(found["id"])
            self.anchors.add(found["id"])
        self.links += [
            found[name]
            for name in ("href", "src", "action", "data-names", "data-root", "xlink:href")
            if name in found
        ]
        if tag in ("script", "img", "iframe", "object", "embed", "audio", "video", "source"):
            self.loaded.append(found.get("src", ""))
        if tag == "link" and found.get("rel") in ("stylesheet", "icon"):
            self.loaded.append(found["href"])
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
        written = [name for name in found if name == "style" or name.startswith("on")]
        if written or tag in ("style", "base") or (tag == "script" and "src" not in found):
            self.inline.append(f"{tag} {written}")


def parsed(root: Path) -> dict[str, Parsed]:
    pages = root.rglob("*.html")
    return {str(page.relative_to(root)): Parsed(page.read_text("utf-8")) for page in pages}


def lost(root: Path, pages: dict[str, Parsed]) -> list[tuple[str, str]]:
    """Links to files or anchors that are not there."""
    found = []
    for name, page in pages.items():
        here = f"{HOST}/words/{name.removesuffix('index.html')}"
        for link in page.links:
            whole = urlsplit(urljoin(here, link))
            if whole.netloc != urlsplit(HOST).netloc:
                continue
            path = unquote(whole.path).removeprefix("/words/")
            path += "index.html" if not path or path.endswith("/") else ""
            there = (root / path).is_file()
            if there and whole.fragment and path in pages:
                there = unquote(whole.fragment) in pages[path].anchors
            if not there:
                found.append((name, link))
    return found


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the case that ships."""
    out = tmp_path_factory.mktemp("shipped") / "out"
    given = Settings(base_url=f"{HOST}/words/", about="One.\n\nTwo.", contact="Write to us.")
    publish(out, settings=given, jobs=1)
    return out


@pytest.fixture(scope="module")
def pages(shipped: Path) -> dict[str, Parsed]:
    return parsed(shipped)


def test_every_link_leads_somewhere(shipped: Path, pages: dict[str, Parsed]):
    assert sum(len(page.links) for page in pages.values()) > 1_000
    assert lost(shipped, pages) == []


def test_no_anchor_is_there_twice(pages: dict[str, Parsed]):
    assert {name: page.twice for name, page in pages.items() if page.twice} == {}


def test_every_page_forbids_what_it_does_not_need(pages: dict[str, Parsed]):
    for name, page in pages.items():
        assert "default-src 'none'" in page.policy, name
        assert "unsafe" not in page.policy, name
        assert page.inline == [], name


def test_nothing_is_loaded_from_another_host(pages: dict[str, Parsed]):
    loaded = {one for page in pages.values() for one in page.loaded}
    assert loaded
    assert [one for one in loaded if urlsplit(urljoin(HOST, one)).netloc != "example.org"] == []


def test_links_are_relative_but_for_the_page_of_no_address(pages: dict[str, Parsed]):
    for name, page in pages.items():
        own = [link for link in page.links if link.startswith(("/", HOST))]
        canonical = f"{HOST}/words/{name.removesuffix('index.html')}"
        assert name == "404.html" or set(own) <= {canonical}, name
    # A server shows it at any depth, where relative links would lead astray.
    strayed = [
        link
        for link in pages["404.html"].links
        if not link.startswith(("/words/", f"{HOST}/words/", "#", "http"))
    ]
    assert strayed == []


def test_the_sitemap_lists_the_pages(shipped: Path, pages: dict[str, Parsed]):
    places = ET.parse(shipped / "sitemap.xml").getroot().iter()
    listed = [place.text for place in places if place.tag.endswith("}loc")]
    expected = {
        f"{HOST}/words/{name.removesuffix('index.html')}" for name in pages if name != "404.html"
    }
    assert set(listed) == expected
    assert len(listed) == len(expected)


def test_the_search_finds_every_act_in_its_place(shipped: Path, pages: dict[str, Parsed]):
    table = json.loads((shipped / words.PAGES).read_bytes())
    assert len(table["pairs"]) == 17
    for key, (_, address, acts) in table["pairs"].items():
        found = json.loads((shipped / words.acts_path(key)).read_bytes())
        assert len(found) == acts
        anchors = pages[f"{address}index.html"].anchors
        assert {f"act-{act[0]}" for act in found[: table["shown"]]} <= anchors
        for word in words.tokens(found[0][4]):
            held = json.loads((shipped / words.path_of(words.shard(word))).read_bytes())
            assert held[word][key] >= 1
            assert words.shard(word) in table["words"]
    for _, address in table["others"]:
        assert f"{address}index.html" in pages


def test_the_ask_box_knows_the_pairs(shipped: Path):
    known = json.loads((shipped / "names.json").read_bytes())
    (russia,), (korea,) = known["names"]["moscow"], known["names"]["pyongyang"]
    assert [russia, korea] in known["pairs"]
    assert (shipped / f"pairs/{known['slugs'][russia]}/{known['slugs'][korea]}").is_dir()


MAPPING = f"""\
format = "table"
name = "nasty"
title = {json.dumps(NASTY)}
citation = {json.dumps(NASTY)}
kind = "selection"
[columns]
date = "date"
source = "source"
target = "target"
code = "code"
text = "text"
url = "url"
"""


def test_no_text_becomes_markup(tmp_path: Path):
    table, mapping = tmp_path / "acts.csv", tmp_path / "nasty.toml"
    quoted = '"' + NASTY.replace('"', '""') + '"'
    mapping.write_text(MAPPING, encoding="utf-8")

    def add(day: str, name: str) -> None:
        row = f"{day},Russia,Syria,051,{quoted},javascript:alert(1)"
        path = table.with_name(name)
        path.write_text(f"date,source,target,code,text,url\n{row}\n", encoding="utf-8")
        (report,) = sd.ingest("table", [path], tmp_path / "archive", mapping=mapping).files
        assert report.status == "ingested", report.error

    given = Settings(NASTY, f"{HOST}/words/", NASTY, NASTY)
    for day in ("2018-01-01", "2018-01-02"):
        add(day, f"acts-{day}.csv")
        publish(tmp_path / "out", archive=tmp_path / "archive", settings=given, jobs=1)
    pages = parsed(tmp_path / "out")
    assert {name: page.inline for name, page in pages.items() if page.inline} == {}
    assert lost(tmp_path / "out", pages) == []
    for page in pages.values():
        assert all("javascript" not in link for link in page.links)
        assert "x" not in page.loaded
    raw = (tmp_path / "out/pairs/russia/syria/index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    for file in ("feed.atom", "pairs/russia/syria/through-time.svg"):
        root = ET.parse(tmp_path / "out" / file).getroot()
        assert not [tag for tag in root.iter() if re.search("script|img", str(tag.tag))]
    rows = json.loads((tmp_path / "out/search/acts/RUS-SYR.json").read_bytes())
    assert "<script>alert(1)" in rows[0][4]
