"""Addresses: slugs of all actors, links between pages, links to other hosts."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.actors.tables import entries
from saidanddone.faces.pages import addresses

parts = st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), max_size=4)


def test_every_actor_has_a_slug_of_its_own() -> None:
    slugs = {id_: addresses.slug(id_) for id_ in entries()}
    assert len(slugs) > 200
    assert len(set(slugs.values())) == len(slugs)
    for id_, slug in slugs.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), slug
        assert addresses.actor_id(slug) == id_


def test_slugs_are_the_names_that_people_read() -> None:
    assert addresses.pair("RUS", "PRK") == "pairs/russia/north-korea/"
    assert addresses.state("USA") == "states/united-states/"


@pytest.mark.parametrize("id_", ["../../etc", "<b>", "", "a b", "%2e%2e", "\0", "ид"])
def test_an_id_that_no_table_holds_stays_inside(id_: str) -> None:
    assert re.fullmatch(r"states/[a-z0-9-]+/", addresses.state(id_))
    for address in (addresses.topic(id_), addresses.document(id_)):
        assert "<" not in address
        assert address.count("/") == 2
        assert ".." not in address.split("/")[1] or id_ == "../../etc"


@given(parts, parts, st.booleans(), st.booleans())
def test_a_relative_link_leads_where_it_should(
    here: list[str], there: list[str], here_page: bool, there_page: bool
) -> None:
    start = "/".join(here) + ("/" if here and here_page else "")
    end = "/".join(there) + ("/" if there and there_page else "")
    link = addresses.relative(start, f"{end}?a=1#b")
    assert not link.startswith("/")
    path = link.removesuffix("?a=1#b")
    reached = posixpath.normpath(posixpath.join("/", posixpath.dirname(start), path))
    assert reached == posixpath.normpath(f"/{end}")
    assert path.endswith("/") == (end.endswith("/") or not end)


@given(st.text(max_size=30))
def test_a_link_outward_is_http_with_a_host(text: str) -> None:
    found = addresses.outward(text)
    assert found is None or found.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT://a/%0aalert(1)", "data:text/html,x", "//example.org",
     "http:///x", "https://", " https://a", "java\nscript:x", "ftp://a/b", "http://[", "x", ""],
)  # fmt: skip
def test_other_schemes_are_no_links(address: str) -> None:
    assert addresses.outward(address) is None
