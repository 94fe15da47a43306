"""The feed and the sitemap: valid, and the same for the same data."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from saidanddone.faces.pages import Site
from saidanddone.faces.site.feed import ATOM, entry, feed
from saidanddone.faces.site.sitemap import NAMESPACE, robots, sitemap

CHANGE = {
    "source": "RUS",
    "target": "PRK",
    "day": "2018-10-31",
    "title": "Russia → North Korea: <b>1 act</b> more & \x07more",
    "summary": "]]> <script>alert(1)</script>",
    "size": 0.5,
    "news": "ab12",
}


def _read(raw: bytes):
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    return feedparser.parse(raw)


def test_a_feed_reader_understands_it():
    site = Site(base_url="https://example.org/x/", title="Words <deeds>")
    found = _read(feed(site, [entry(CHANGE, "here")], "here"))
    assert not found.bozo
    assert found.version == "atom10"
    assert found.feed.title == "Words <deeds>: updates"
    (one,) = found.entries
    assert one.link == "https://example.org/x/pairs/russia/north-korea/"
    assert one.updated == "2018-10-31T00:00:00Z"
    assert one.id.startswith("urn:uuid:")
    assert one.title_detail.type == one.summary_detail.type == "text/plain"
    assert one.summary == "]]> <script>alert(1)</script>"
    assert found.feed.links[0].rel == "self"


def test_every_element_that_atom_asks_for_is_there():
    root = ET.fromstring(feed(Site(), [entry(CHANGE, "here")], "here"))
    needed = {f"{{{ATOM}}}{name}" for name in ("id", "title", "updated")}
    assert needed | {f"{{{ATOM}}}author"} <= {child.tag for child in root}
    (one,) = root.iter(f"{{{ATOM}}}entry")
    assert needed | {f"{{{ATOM}}}link"} <= {child.tag for child in one}


def test_without_an_address_links_are_relative():
    root = ET.fromstring(feed(Site(), [entry(CHANGE, "here")], "here"))
    hrefs = [link.get("href") for link in root.iter(f"{{{ATOM}}}link")]
    assert hrefs == ["updates/", "pairs/russia/north-korea/"]


def test_entries_keep_their_names_and_days():
    one, other = entry(CHANGE, "here"), entry(CHANGE | {"title": "said otherwise"}, "here")
    assert one["id"] == other["id"]
    assert entry(CHANGE, "elsewhere")["id"] != one["id"]
    assert entry(CHANGE | {"news": "cd34"}, "here")["id"] != one["id"]


def test_the_day_of_a_feed_is_that_of_the_data():
    empty = feed(Site(updated=date(2018, 10, 31)), [], "here")
    assert b"<updated>2018-10-31T00:00:00Z</updated>" in empty
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in feed(Site(), [], "here")


def test_a_sitemap_lists_every_page_once():
    raw = sitemap("https://example.org/x/", frozenset({"", "rank/", "pairs/russia/syria/"}))
    root = ET.fromstring(raw)
    assert root.tag == f"{{{NAMESPACE}}}urlset"
    assert [place.text for place in root.iter(f"{{{NAMESPACE}}}loc")] == [
        "https://example.org/x/",
        "https://example.org/x/pairs/russia/syria/",
        "https://example.org/x/rank/",
    ]


def test_robots_name_the_sitemap_where_there_is_one():
    assert b"Sitemap: https://example.org/x/sitemap.xml" in robots("https://example.org/x/")
    assert b"Sitemap" not in robots(None)
