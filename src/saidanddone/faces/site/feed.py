"""The feed: changes of pages as an Atom feed (RFC 4287), the same bytes for the same data."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from saidanddone.faces.pages import addresses

if TYPE_CHECKING:
    from saidanddone.faces.pages import Site

ATOM = "http://www.w3.org/2005/Atom"

ENTRIES = 200
"""Changes that the feed and the page of updates keep: readers that come once a month miss none."""

NO_DAY = "1970-01-01"
"""A feed must have a day: that of data without a single act."""


def identity(*parts: str) -> str:
    """A lasting name of what the parts say: no clock and no chance enters.

    >>> identity("a") == identity("a"), identity("a")[:9]
    (True, 'urn:uuid:')
    """
    return uuid.uuid5(uuid.NAMESPACE_URL, "saidanddone\x1f" + "\x1f".join(parts)).urn


def entry(change: Mapping[str, Any], where: str) -> dict[str, Any]:
    """An entry of the feed, as the manifest keeps it; where tells this site from others."""
    address = addresses.pair(change["source"], change["target"])
    return {
        "id": identity(where, address, change["day"], change["news"]),
        "day": change["day"],
        "source": change["source"],
        "target": change["target"],
        "title": change["title"],
        "summary": change["summary"],
    }


def feed(site: Site, entries: Sequence[Mapping[str, Any]], where: str) -> bytes:
    """Write the feed: links are absolute where the site's address is known, else relative."""
    ET.register_namespace("", ATOM)
    base = site.base_url or ""
    root = ET.Element(f"{{{ATOM}}}feed")
    day = max([entry["day"] for entry in entries], default=str(site.updated or NO_DAY))
    _add(root, "title", f"{site.title}: updates")
    _add(root, "id", identity(where))
    _add(root, "updated", _time(day))
    if base:
        _link(root, "self", base + addresses.FEED, "application/atom+xml")
    _link(root, "alternate", base + addresses.UPDATES, "text/html")
    _add(_add(root, "author", ""), "name", site.title)
    generator = _add(root, "generator", "Said & Done")
    generator.set("version", site.version)
    for one in entries:
        item = _add(root, "entry", "")
        _add(item, "title", one["title"])
        _add(item, "id", one["id"])
        _add(item, "updated", _time(one["day"]))
        _link(item, "alternate", base + addresses.pair(one["source"], one["target"]), "text/html")
        _add(item, "summary", one["summary"])
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    # XML has no place for control characters, however escaped.
    child.text = "".join(char for char in text if char.isprintable() or char == "\n") or None
    return child


def _link(parent: ET.Element, rel: str, address: str, kind: str) -> None:
    link = _add(parent, "link", "")
    link.set("rel", rel)
    link.set("type", kind)
    link.set("href", address)


def _time(day: str) -> str:
    """A day of the data as a moment; a feed has no days."""
    return f"{day}T00:00:00Z"
