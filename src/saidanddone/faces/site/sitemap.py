"""For search engines: sitemap.xml where the site's address is known, and robots.txt."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree import ElementTree as ET

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""Addresses that a sitemap may hold by its protocol."""


def sitemap(base_url: str, pages: Collection[str]) -> bytes:
    """Write the sitemap of pages (addresses from the site's root), in alphabetical order.

    It tells no dates of change: a page's bytes follow the data, and servers tell the rest.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}urlset")
    for address in sorted(pages)[:MOST]:
        place = ET.SubElement(ET.SubElement(root, f"{{{NAMESPACE}}}url"), f"{{{NAMESPACE}}}loc")
        place.text = base_url + address
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def robots(base_url: str | None) -> bytes:
    """Write robots.txt: everything may be read; it counts only at the root of a host."""
    lines = ["User-agent: *", "Allow: /"]
    if base_url:
        lines.append(f"Sitemap: {base_url}{SITEMAP}")
    return ("\n".join(lines) + "\n").encode()
