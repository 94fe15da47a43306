"""The page of search results: acts and documents with what was sought marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    from saidanddone.faces.pages.site import Site


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: an act or a document.

    kind: act or document. parts: its text in pieces, true where it is what was sought. source,
    target: ids, empty where it has none. date: as the act's, cut to its precision; empty: none.
    address: the page it leads to, from the site's root (addresses.document or addresses.pair);
    empty: none. reference: where the original stands; url: its address elsewhere.
    """

    kind: str
    parts: tuple[tuple[str, bool], ...]
    date: str = ""
    title: str = ""
    source: str = ""
    target: str = ""
    channel: str = ""
    valence: int | None = None
    address: str = ""
    reference: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, and what was asked for: the fields of the form as typed.

    trouble: why a field was not used, a sentence. page counts from 1; total all finds.
    """

    query: str = ""
    total: int = 0
    hits: tuple[Hit, ...] = ()
    page: int = 1
    pages: int = 1
    kind: str = ""
    source: str = ""
    target: str = ""
    since: str = ""
    until: str = ""
    trouble: str = ""


def search(site: Site, results: Results | None = None) -> str:
    """Render the search page, at addresses.SEARCH; without results only its form.

    On a static site the page is rendered without results, and site.scripted_search fills
    `<ol id="hits">` and `<p id="found" role="status">`: it reads q from the address and listens to
    the form `#search-form` and its field `q`. A hit is `<li class="hit">` as in the template
    `hits.html`.
    """
    return render("search.html", site, addresses.SEARCH, results=results or Results())
