"""What holds for every page, whatever it shows."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from saidanddone.faces.pages import addresses, assets

from .markup import Page

SITES = ("census, server", "census, static", "case, server", "case, static")


@pytest.fixture(params=SITES)
def parsed(request: pytest.FixtureRequest, rendered: dict[str, dict[str, str]]) -> dict[str, Page]:
    return {address: Page(html) for address, html in rendered[request.param].items()}


def test_nothing_runs_or_is_styled_inline(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.elements:
            assert element.tag not in ("style", "iframe", "object", "embed", "base"), address
            assert not [name for name in element.attributes if name.startswith("on")], address
            assert "style" not in element.attributes, (address, element)
        for script in page.all("script"):
            assert script.get("src"), address
            assert not script.text.strip(), address


def test_links_are_relative_and_stay_inside(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        outward = [each.get("href") for each in page.all("a") if "noopener" in each.get("rel")]
        outward += [each.get("href") for each in page.all("link") if each.get("rel") == "canonical"]
        for link in page.links:
            parts = urlsplit(link)
            if link in outward:
                assert parts.scheme in ("http", "https"), (address, link)
                continue
            assert not parts.scheme and not parts.netloc, (address, link)
            assert not link.startswith("/"), (address, link)
            there = posixpath.normpath(posixpath.join("/root", posixpath.dirname(address), link))
            assert there.startswith("/root"), (address, link)


def test_what_pages_load_is_theirs(parsed: dict[str, Page]) -> None:
    shipped = {addresses.asset(name) for name in assets.files()}
    for address, page in parsed.items():
        loaded = [e.get("src") for e in page.all("script", "img")]
        loaded += [
            e.get("href") for e in page.all("link") if e.get("rel") in ("stylesheet", "icon")
        ]
        for link in loaded:
            path = urlsplit(posixpath.join("/", posixpath.dirname(address), link)).path
            there = posixpath.normpath(path).lstrip("/")
            assert there in shipped | {"search/search.js"}, (address, link)


def test_headings_are_in_order_and_one_leads(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(each.text.strip() for each in page.all("h1", "h2", "h3")), address


def test_ids_are_unique_and_what_is_named_exists(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        assert len(page.ids) == len(set(page.ids)), address
        for element in page.elements:
            for name in ("for", "list", "aria-labelledby", "aria-describedby", "data-copy"):
                for target in element.get(name).split():
                    assert target in page.ids, (address, name, target)
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in page.ids, (address, link)


def test_fields_have_labels_and_tables_captions(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        labelled = {each.get("for") for each in page.all("label")}
        for each in page.all("input", "select"):
            assert each.get("id") in labelled, (address, each.attributes)
        for table in page.all("table"):
            assert table.children[0].tag == "caption", address
        assert all(each.get("scope") in ("col", "row") for each in page.all("th")), address
        for region in page.of_class("scroll"):
            assert region.get("tabindex") == "0", address
            assert region.get("aria-label"), address


def test_charts_say_in_words_what_they_show(parsed: dict[str, Page]) -> None:
    drawn = 0
    for address, page in parsed.items():
        for chart in page.all("svg"):
            drawn += 1
            for name in ("aria-labelledby", "aria-describedby"):
                assert len(page.by_id(chart.get(name)).text) > 10, address
    assert drawn >= 2


def test_landmarks_and_language(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        assert page.all("html")[0].get("lang") == "en"
        assert len(page.all("main")) == 1, address
        assert page.of_class("skip")[0].get("href") == "#main", address
        assert page.all("title")[0].text.strip(), address


def test_only_a_static_site_brings_its_own_policy(rendered: dict[str, dict[str, str]]) -> None:
    for site, pages in rendered.items():
        for html in pages.values():
            assert ("Content-Security-Policy" in html) == ("static" in site)
            assert "unsafe" not in html.split("</head>")[0]


def test_no_page_judges(rendered: dict[str, dict[str, str]]) -> None:
    for pages in rendered.values():
        for address, html in pages.items():
            chrome = re.sub(r'<ol class="(acts|carrying)".*?</ol>', "", html, flags=re.DOTALL)
            assert not re.search(r"\b(lies|lied|liar|hypocri|dishonest)", chrome), address
