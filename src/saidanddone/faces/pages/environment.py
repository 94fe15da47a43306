"""The templates, and how a page is rendered out of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from saidanddone import actors
from saidanddone.dossier.sentence import with_article
from saidanddone.errors import UnknownActor
from saidanddone.faces.pages import addresses, assets
from saidanddone.faces.pages.numbers import FILTERS, counted

if TYPE_CHECKING:
    from jinja2 import Environment

    from saidanddone.faces.pages.site import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Content-Security-Policy of every page; a server adds frame-ancestors, which a page cannot."""


@cache
def environment() -> Environment:
    """The templates of this folder: every value escaped, a name that is not given an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("saidanddone.faces.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    found.filters.update(FILTERS)
    found.globals.update(
        addresses=addresses,
        counted=counted,
        name_of=name_of,
        outward=addresses.outward,
        policy=POLICY,
        with_article=with_article,
    )
    return found


def name_of(id_: str) -> str:
    """The name of an actor by its id; an id that no table holds stands for itself.

    >>> name_of("PRK"), name_of("XYZ")
    ('North Korea', 'XYZ')
    """
    try:
        return actors.actor(id_).name
    except UnknownActor:
        return id_


def render(template: str, site: Site, here: str, **context: Any) -> str:
    """Render the page at an address, with link(address) for relative links from it.

    page_at(address) gives a link only where the page exists, else None.
    """
    link = _linker(site, here)

    def page_at(address: str) -> str | None:
        return link(address) if site.has(address) else None

    return (
        environment()
        .get_template(template)
        .render(
            site=site,
            here=here,
            link=link,
            page_at=page_at,
            asset=lambda name: link(assets.address(name)),
            **context,
        )
    )


def _linker(site: Site, here: str) -> Callable[[str], str]:
    """Relative links from one address; from the page shown at any depth, absolute ones."""
    if here == addresses.NOT_FOUND and site.static:
        root = urlsplit(site.base_url or "/").path or "/"
        return lambda address: root + address
    return lambda address: addresses.relative(here, address)


@cache
def version() -> str:
    """A hash of what shapes a page: templates, assets, the code of this folder and of drawings."""
    digest = hashlib.sha256()
    folder = files("saidanddone.faces.pages")
    drawing = files("saidanddone.dossier").joinpath("drawing")
    for where in (folder, folder.joinpath("templates"), folder.joinpath("assets"), drawing):
        for file in sorted(where.iterdir(), key=lambda found: found.name):
            if file.is_file() and file.name.endswith((".py", ".html", ".css", ".js", ".svg")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
