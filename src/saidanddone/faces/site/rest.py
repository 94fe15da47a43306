"""All pages but those of pairs: few and quick, so that every build renders them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl

from saidanddone import actors
from saidanddone.faces import pages
from saidanddone.faces.pages import Site, Update, addresses
from saidanddone.faces.pages.timeline import MOST
from saidanddone.faces.site import words
from saidanddone.faces.site.chosen import Ids, actors_of, path_of
from saidanddone.faces.site.feed import feed
from saidanddone.faces.site.manifest import Built
from saidanddone.faces.site.sitemap import ROBOTS, SITEMAP, robots, sitemap

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas

LATEST = 5_000
"""Latest acts of all pairs among which those of a state are looked for."""

LATEST_OF_STATE = 20
LATEST_OF_ALL = 50


def rest(
    site: Site,
    atlas: Atlas,
    pairs: Sequence[Ids],
    *,
    changed: Sequence[Mapping[str, Any]],
    entries: Sequence[Mapping[str, Any]],
    where: str,
) -> Iterator[tuple[str, bytes]]:
    """Every file that is not of a pair, of a document or of the index of words, by its path."""
    for address, text in _pages(site, atlas, pairs, changed, entries):
        yield path_of(address), text.encode()
    yield addresses.NOT_FOUND, _not_found(site).encode()
    yield addresses.FEED, feed(site, entries, where)
    yield ROBOTS, robots(site.base_url)
    if site.base_url:
        yield SITEMAP, sitemap(site.base_url, site.pages or frozenset())
    yield addresses.NAMES, pages.names_json(actors_of(pairs), pairs)
    for name, content in pages.assets.files().items():
        yield addresses.asset(name), content
    yield words.SCRIPT, search_script()


def _pages(
    site: Site,
    atlas: Atlas,
    pairs: Sequence[Ids],
    changed: Sequence[Mapping[str, Any]],
    entries: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str]]:
    table, topics, latest = atlas.pairs(), atlas.topics(), atlas.latest(LATEST)
    ranked = atlas.ranking()
    yield (
        addresses.HOME,
        pages.home(
            site,
            pairs=table,
            ranked=ranked,
            movers=atlas.movers(),
            topics=topics,
            latest=latest,
            changed=[_update(change) for change in changed],
        ),
    )
    yield addresses.PAIRS, pages.pairs(site, table)
    yield addresses.TOPICS, pages.topics(site, topics)
    for topic in topics:
        yield addresses.topic(topic.topic), pages.topic(site, topic)
    yield addresses.RANK, pages.rank(site, ranked, atlas.matrix() if atlas.census else None)
    yield addresses.SEARCH, pages.search(site)
    told = [_update(entry) for entry in entries]
    yield addresses.UPDATES, pages.updates(site, told, latest.head(LATEST_OF_ALL))
    yield addresses.ABOUT, pages.about(site, atlas.dataset)
    yield addresses.CONTACT, pages.contact(site)
    for id_ in actors_of(pairs):
        own = (pl.col("source") == id_) | (pl.col("target") == id_)
        state = pages.state(
            site, actors.actor(id_), table.filter(own), latest.filter(own).head(LATEST_OF_STATE)
        )
        yield addresses.state(id_), state


def _not_found(site: Site) -> str:
    return pages.error(
        site,
        404,
        "No page is here",
        "The address leads to no page of this site.",
        "Ask about a pair, or go to the list of all pairs.",
    )


def _update(stored: Mapping[str, Any]) -> Update:
    return Update(
        date.fromisoformat(stored["day"]),
        stored["source"],
        stored["target"],
        stored["title"],
        stored["summary"],
    )


@cache
def search_script() -> bytes:
    """The script of the search."""
    return files("saidanddone.faces.site").joinpath("search.js").read_bytes()


def search_address() -> str:
    """Its address, with a mark of its content, so that none is served stale."""
    return f"{words.SCRIPT}?v={hashlib.sha256(search_script()).hexdigest()[:8]}"


def search_table(atlas: Atlas, built: Mapping[str, Built], shards: Sequence[str]) -> bytes:
    """The table of pages that the search reads."""
    titles = {key: " → ".join(page.snapshot["names"]) for key, page in built.items()}
    listed = {
        key: (
            titles[key],
            addresses.pair(page.snapshot["source"], page.snapshot["target"]),
            page.snapshot["acts"],
        )
        for key, page in built.items()
    }
    ids = actors_of((page.snapshot["source"], page.snapshot["target"]) for page in built.values())
    others = [(actors.actor(id_).name, addresses.state(id_)) for id_ in ids]
    others += [(topic.title, addresses.topic(topic.topic)) for topic in atlas.topics()]
    return words.pages_json(listed, sorted(others), shards, MOST)
