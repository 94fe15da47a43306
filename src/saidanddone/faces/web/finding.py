"""What the search page asks for and shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from saidanddone.archive.referring import without_folders
from saidanddone.archive.search import Hit
from saidanddone.dossier import Atlas
from saidanddone.errors import BadChoice, BadInput
from saidanddone.faces import pages
from saidanddone.faces.pages import addresses
from saidanddone.faces.web import reply
from saidanddone.faces.web.documents import shown_address
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.naming import named
from saidanddone.model import Actor, Window

SIZE = 20
"""Hits on a page: three screens of a phone."""

LAST_PAGE = 500
"""Pages that can be leafed to: search.DEEPEST hits of SIZE."""


def results_of(holdings: Holdings, fields: Mapping[str, str]) -> pages.Results:
    """Search as a form asks; a field that cannot be used is told and nothing is found."""
    typed = fields.get("q", "")
    form = pages.Results(
        query=typed,
        kind=fields.get("kind", ""),
        source=fields.get("source", ""),
        target=fields.get("target", ""),
        since=fields.get("since", ""),
        until=fields.get("until", ""),
    )
    atlas = holdings.now().atlas
    try:
        window = Window.parse(form.since or None, form.until or None)
        number = _page(fields.get("page", ""))
        found = holdings.found(
            typed,
            kinds=[form.kind] if form.kind else ("act", "document"),
            sources=ids_of(atlas, form.source),
            targets=ids_of(atlas, form.target),
            since=window.since,
            until=window.until,
            page=number,
            size=SIZE,
        )
    except BadInput as error:
        return replace(form, trouble=str(error))
    return replace(
        form,
        total=found.total,
        hits=tuple(map(_shown, found.hits)),
        page=number,
        pages=max(1, min(LAST_PAGE, -(-found.total // SIZE))),
    )


def ids_of(atlas: Atlas, name: str) -> set[str] | None:
    """The ids under which an actor's acts stand, its predecessors' too; None for no name."""
    if not name.strip():
        return None
    actor = named(name)
    if not isinstance(actor, Actor):
        raise actor
    today = atlas.today(actor.id).id
    return {today, *(old for old, new in atlas.merged.items() if new == today)}


def _page(typed: str) -> int:
    """The number of a page of hits; raises BadChoice."""
    number = reply.number(typed)
    if not 1 <= number <= LAST_PAGE:
        raise BadChoice(
            f"there is no page '{typed[:40]}' of hits",
            f"a whole number from 1 to {LAST_PAGE}",
            "search more narrowly to see the rest",
        )
    return number


def _shown(hit: Hit) -> pages.Hit:
    pair = bool(hit.source and hit.target)
    address = addresses.pair(hit.source or "", hit.target or "") if pair else ""
    if hit.document:
        # Only sentences of acts are anchored; a passage leads to the beginning of the document.
        address = addresses.document(hit.document, hit.start if hit.kind == "act" else None)
    return pages.Hit(
        kind=hit.kind,
        parts=hit.snippet,
        date=hit.date or "",
        title=hit.title or "",
        source=hit.source or "",
        target=hit.target or "",
        channel=hit.channel or "",
        valence=hit.valence,
        address=address,
        reference=reference_of(hit),
        url=hit.reference if addresses.outward(hit.reference) else None,
    )


def reference_of(hit: Hit) -> str:
    """Where a hit can be looked up: of a document that lay on this machine only its name."""
    if hit.kind == "document":
        return shown_address(hit.reference)
    return without_folders(hit.reference or "")
