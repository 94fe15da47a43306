"""The site: what every page of one web application or one static site shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shares: its name, its data, and what is there beside the pages.

    pages: addresses that exist on a static site, without what follows # or ?; None: all of them do.
    title, about, contact: of the site, plain text; a blank line parts paragraphs. dataset: the
    title of the dataset that all pages rest on, kind census or selection. generation: content hash
    of the data; norms_of: of the data that the norms were fitted on, where it is
    another. states: names that the ask box proposes. static: files without a server, so that a
    script answers the ask box and the search. downloads: tables and charts lie beside the pages.
    parquet: those in Parquet too; png: charts in PNG too. documents: pages of documents exist.
    api, feed: these exist.
    scripted_search: a static site's search.js, as a path from the site's root; None: no search
    there. policy: a Content-Security-Policy is written into every page, as no server sends one.
    base_url: where the site will lie, ending in /, for the canonical link and the 404 page; None:
    not known.
    """

    title: str = "Said & Done"
    about: str = ""
    contact: str = ""
    dataset: str = ""
    kind: str = "census"
    generation: str = ""
    version: str = ""
    norms_of: str | None = None
    updated: date | None = None
    states: tuple[str, ...] = ()
    static: bool = False
    downloads: bool = True
    parquet: bool = True
    png: bool = True
    documents: bool = True
    api: bool = True
    feed: bool = True
    scripted_search: str | None = None
    policy: bool = False
    base_url: str | None = None
    pages: frozenset[str] | None = None

    def has(self, address: str) -> bool:
        """Whether a page stands at an address, so that others may link to it.

        >>> Site(pages=frozenset({"rank/"})).has("rank/#matrix"), Site().has("pairs/a/b/")
        (True, True)
        """
        return self.pages is None or re.split("[?#]", address, maxsplit=1)[0] in self.pages
