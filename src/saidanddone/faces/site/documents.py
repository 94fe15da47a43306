"""Pages of documents: the sentences that tell acts, or the whole text where settings allow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from saidanddone.faces import pages
from saidanddone.faces.pages import Document, SentenceAct, Site, addresses
from saidanddone.faces.site.chosen import path_of
from saidanddone.faces.site.manifest import Built

if TYPE_CHECKING:
    from saidanddone.archive import Store


def documents(
    site: Site, store: Store, built: Mapping[str, Built], *, whole: bool
) -> Iterator[tuple[str, bytes]]:
    """The page of every document in which a pair's page names a sentence, by its path."""
    told: dict[str, list[SentenceAct]] = {}
    for page in built.values():
        for sha256, act in _told(page.snapshot):
            told.setdefault(sha256, []).append(act)
    for sha256, acts in sorted(told.items()):
        address = addresses.document(sha256)
        if site.has(address):
            shown = _document(store, sha256, acts, whole=whole)
            yield path_of(address), pages.document(site, shown).encode()


def _told(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, SentenceAct]]:
    for sha256, start, end, date, channel, valence, what, counted in snapshot["told"]:
        yield (
            sha256,
            SentenceAct(
                start=start,
                end=end,
                date=date,
                source=snapshot["source"],
                target=snapshot["target"],
                channel=channel,
                valence=valence,
                what=what or "",
                counted=counted,
            ),
        )


def _document(store: Store, sha256: str, acts: list[SentenceAct], *, whole: bool) -> Document:
    kept = store.document(sha256)
    ordered = sorted(acts, key=lambda act: (act.start, act.end, act.source, act.target, act.what))
    return Document(
        sha256=sha256,
        text=kept.text,
        acts=tuple(ordered),
        title=kept.title or "",
        published=kept.published or "",
        publisher=kept.author or "",
        reference=_shown(kept.address),
        url=kept.address if addresses.outward(kept.address) else None,
        whole=whole,
    )


def _shown(address: str | None) -> str:
    """An address as it may be shown: of a file of this machine only its name."""
    if not address or addresses.outward(address):
        return address or ""
    return re.split(r"[/\\]", address)[-1]
