"""Plain pages: about, contact, and every error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    from saidanddone.faces.pages.site import Site
    from saidanddone.sources import Dataset


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on from an error: a name and an address from the site's root."""

    name: str
    address: str


def about(site: Site, dataset: Dataset | None = None) -> str:
    """Render what the site is, how it measures and on which data, at addresses.ABOUT."""
    return render("about.html", site, addresses.ABOUT, dataset=dataset)


def contact(site: Site) -> str:
    """Render whom to write to, at addresses.CONTACT."""
    return render("contact.html", site, addresses.CONTACT)


def error(
    site: Site,
    status: int,
    title: str,
    wrong: str,
    do: str = "",
    *,
    choices: Sequence[Choice] = (),
    here: str = addresses.NOT_FOUND,
    source: str = "",
    target: str = "",
) -> str:
    """Render an error: what was wrong, what to do, and ways on.

    here: the address at which it is shown (the path asked for, without leading slash), from which
    links go. Names of states are tried again in the ask box, filled with source and target. For a
    static site's 404.html, which a server shows at any depth, links are absolute below
    site.base_url where that is known.
    """
    return render(
        "error.html",
        site,
        here,
        status=status,
        title=title,
        wrong=wrong,
        do=do,
        choices=choices,
        asked=(source, target),
    )
