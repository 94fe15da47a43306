"""What pages load: style sheets, two scripts and an icon; links bear a mark of the content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files as resources

from saidanddone.faces.pages import addresses

NAMES = ("style.css", "theme.js", "page.js", "icon.svg")

CHARTS = "charts.css"
"""The colours of the drawings, made of the one table that the drawings take theirs from."""

MARK = 8
"""Letters of a content hash in a link: enough to tell two versions of one file apart."""


@cache
def files() -> dict[str, bytes]:
    """Every file below assets/, by name.

    >>> sorted(files())
    ['charts.css', 'icon.svg', 'page.js', 'style.css', 'theme.js']
    """
    from saidanddone.dossier.drawing.theme import stylesheet

    folder = resources("saidanddone.faces.pages").joinpath("assets")
    found = {name: folder.joinpath(name).read_bytes() for name in NAMES}
    return found | {CHARTS: stylesheet().encode()}


@cache
def address(name: str) -> str:
    """The address of one of them, with the mark of its content, so that none is served stale."""
    return f"{addresses.asset(name)}?v={hashlib.sha256(files()[name]).hexdigest()[:MARK]}"
