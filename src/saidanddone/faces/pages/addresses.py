"""Addresses of the pages, from the site's root, and links from one page to another.

An address has no leading slash and ends in one where it is a page: "" is the home page,
"pairs/russia/north-korea/" a pair's. Links between pages are relative, so that a site may lie
under any folder.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from urllib.parse import quote, urlencode, urlsplit

from saidanddone.actors.names import key
from saidanddone.actors.tables import entries

HOME = ""
PAIRS = "pairs/"
STATES = "states/"
TOPICS = "topics/"
RANK = "rank/"
SEARCH = "search/"
ASK = "ask/"
UPDATES = "updates/"
FEED = "feed.atom"
ABOUT = "about/"
CONTACT = "contact/"
API = "api/"
OPENAPI = "openapi.json"
NAMES = "names.json"
NOT_FOUND = "404.html"

_GAP = re.compile(r"[^a-z0-9]+")


@cache
def _slugs() -> dict[str, str]:
    """Slugs by id; an actor whose name another bears too, or that no letter of ours writes, takes
    its id into the slug.
    """
    plain = {
        id_: _GAP.sub("-", key(entry.actor.name)).strip("-") for id_, entry in entries().items()
    }
    borne = list(plain.values())
    return {
        id_: slug
        if slug and borne.count(slug) == 1
        else _GAP.sub("-", f"{slug} {id_}".lower()).strip("-")
        for id_, slug in plain.items()
    }


@cache
def _ids() -> dict[str, str]:
    return {slug: id_ for id_, slug in _slugs().items()}


def slug(id_: str) -> str:
    """The part of an address that names an actor; an id that no table holds, in small letters.

    >>> slug("PRK"), slug("CIV")
    ('north-korea', 'cote-divoire')
    """
    return _slugs().get(id_) or quote(_GAP.sub("-", id_.lower()).strip("-") or "unknown")


def actor_id(slug: str) -> str | None:
    """The id behind a slug; None where none bears it.

    >>> actor_id("north-korea"), actor_id("atlantis")
    ('PRK', None)
    """
    return _ids().get(slug)


def pair(source: str, target: str) -> str:
    """The page of a pair, from two ids.

    >>> pair("RUS", "PRK")
    'pairs/russia/north-korea/'
    """
    return f"{PAIRS}{slug(source)}/{slug(target)}/"


def state(id_: str) -> str:
    """The page of an actor, from its id."""
    return f"{STATES}{slug(id_)}/"


def topic(id_: str) -> str:
    """The page of a topic, from its id."""
    return f"{TOPICS}{quote(id_, safe='')}/"


def document(sha256: str, start: int | None = None) -> str:
    """The page of a document, at the sentence that begins at a character.

    >>> document("ab12", 40)
    'documents/ab12/#s40'
    """
    return f"documents/{quote(sha256, safe='')}/" + ("" if start is None else f"#s{start}")


def asset(name: str) -> str:
    """A file that pages load."""
    return f"assets/{name}"


def with_query(address: str, **fields: str | int | None) -> str:
    """An address with a query; fields that are None or empty are left out.

    >>> with_query("search/", q="nuclear test", page=None)
    'search/?q=nuclear+test'
    """
    kept = {name: value for name, value in fields.items() if value not in (None, "")}
    return f"{address}?{urlencode(kept)}" if kept else address


def relative(here: str, there: str) -> str:
    """The link from the page at one address to another.

    >>> relative("pairs/russia/north-korea/", "states/russia/")
    '../../../states/russia/'
    >>> relative("", "rank/"), relative("rank/", ""), relative("rank/", "rank/")
    ('rank/', '../', './')
    >>> relative("pairs/a/b/", "pairs/a/b/acts.csv"), relative("a/", "documents/x/#s4")
    ('acts.csv', '../documents/x/#s4')
    """
    path = re.split(r"[?#]", there, maxsplit=1)[0]
    rest = there[len(path) :]
    start = posixpath.dirname("/" + here)
    link = posixpath.relpath("/" + path, start)
    if path.endswith("/") or not path:
        link += "/"
    return link + rest


def outward(address: str | None) -> str | None:
    """An address of another host that may be linked to: http or https with a host, else None.

    >>> outward("javascript:alert(1)"), outward("https://example.org/a")
    (None, 'https://example.org/a')
    """
    if not address or any(ord(char) <= 32 or ord(char) == 127 for char in address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and host else None
