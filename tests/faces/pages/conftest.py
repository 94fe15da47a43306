"""Every type of page, of a generated census and of the shipped case, with a server and without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from saidanddone import actors
from saidanddone.dossier import Atlas
from saidanddone.faces import pages
from saidanddone.faces.pages import addresses
from saidanddone.faces.questions import open_store

SHA256 = "ab" * 32
TEXT = (
    "The minister said that Russia supports talks. Nothing followed.\n\n"
    "On Monday Russia gave North Korea grain. It also criticised the test."
)
OPENAPI = {
    "info": {"title": "An API", "version": "1", "description": "Read only.\n\nFor programs."},
    "paths": {
        "/api/v1/ask": {
            "get": {
                "summary": "Ask",
                "parameters": [
                    {"name": "source", "in": "query", "required": True, "schema": {}},
                    {"$ref": "#/components/parameters/page"},
                ],
                "responses": {"200": {"description": "it", "content": {"application/json": {}}}},
            }
        }
    },
    "components": {
        "parameters": {
            "page": {
                "name": "page",
                "in": "query",
                "description": "from 1",
                "schema": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": 1},
            }
        }
    },
}


def document() -> pages.Document:
    """A document with an act each in three sentences, the last of them not counted."""
    ends = [(0, 45), (65, 105), (106, 134)]
    acts = [
        pages.SentenceAct(start, end, "2018-03-05", "RUS", "PRK", channel, valence, "aids", counted)
        for (start, end), channel, valence, counted in zip(
            ends, ("said", "done", "said"), (1, 1, -1), (True, True, False), strict=True
        )
    ]
    return pages.Document(SHA256, TEXT, tuple(acts), title="A briefing", published="2018-03-06")


def every_page(atlas: Atlas, site: pages.Site) -> dict[str, str]:
    """One page of each type by its address."""
    table = atlas.pairs()
    source, target = table["source"][0], table["target"][0]
    own = table.filter((pl.col("source") == source) | (pl.col("target") == source))
    hit = pages.Hit(
        "act",
        (("Russia ", False), ("tests", True)),
        date="2018-03",
        source=source,
        target=target,
        valence=-1,
        channel="done",
        address=addresses.document(SHA256, 65),
        reference="a file, row 3",
        url="https://example.org/",
    )
    results = pages.Results(query="tests", total=3, pages=2, hits=(hit,))
    change = pages.Update(date(2018, 3, 5), source, target, "Warmer.", "It rose.")
    ranked = atlas.ranking(top=10)
    found = {
        addresses.HOME: pages.home(
            site,
            pairs=table,
            ranked=ranked,
            movers=atlas.movers() if atlas.census else None,
            topics=atlas.topics(),
            latest=atlas.latest(),
            changed=[change],
        ),
        addresses.pair(source, target): pages.pair(site, atlas.page(source, target)),
        addresses.PAIRS: pages.pairs(site, table),
        addresses.state(source): pages.state(site, actors.actor(source), own, atlas.latest(5)),
        addresses.TOPICS: pages.topics(site, atlas.topics()),
        addresses.RANK: pages.rank(site, ranked, atlas.matrix()),
        addresses.SEARCH: pages.search(site, None if site.static else results),
        addresses.document(SHA256): pages.document(site, document()),
        addresses.UPDATES: pages.updates(site, [change], atlas.latest(5)),
        addresses.ABOUT: pages.about(site, atlas.dataset),
        addresses.CONTACT: pages.contact(site),
        addresses.API: pages.api(site, OPENAPI),
        "no/such/page": pages.error(
            site,
            404,
            "No such state",
            "'Korea' may mean two.",
            choices=[pages.Choice("North Korea", addresses.state("PRK"))],
            here="no/such/page",
        ),
    }
    if atlas.topics():
        found[addresses.topic(atlas.topics()[0].topic)] = pages.topic(site, atlas.topics()[0])
    return found


@pytest.fixture(scope="session")
def census(census_archive: Path) -> Atlas:
    return Atlas.open(open_store(census_archive))


@pytest.fixture(scope="session")
def case() -> Atlas:
    return Atlas.open(open_store(None))


@pytest.fixture(scope="session")
def rendered(census: Atlas, case: Atlas) -> dict[str, dict[str, str]]:
    """Pages by address, of every kind of data and site."""
    found = {}
    for name, atlas in (("census", census), ("case", case)):
        for static in (False, True):
            site = pages.Site(
                dataset=atlas.dataset.title,
                kind=atlas.dataset.kind,
                generation=atlas.generation,
                norms_of="0" * 64,
                version="9.9",
                updated=atlas.updated,
                states=("North Korea", "Russia"),
                about="Ours.\n\nAnd yours.",
                contact="Write.",
                static=static,
                policy=static,
                scripted_search="search/search.js" if static else None,
                base_url="https://example.org/deep/" if static else None,
            )
            found[f"{name}, {'static' if static else 'server'}"] = every_page(atlas, site)
    return found
