"""A document as its page shows it: its text, and the acts that were read in it."""

from __future__ import annotations

import re

import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.timeline import timeline
from saidanddone.faces import pages
from saidanddone.faces.pages import addresses


def document_of(store: Store, sha256: str) -> pages.Document:
    """Read a document with its acts; raises BadChoice for one that is not kept."""
    kept = store.document(sha256)
    own = []
    for dataset in store.datasets():
        if dataset.kind == "selection":  # a census is not read in documents
            acts = store.acts(dataset.name, sources=None, targets=None)
            own.append(acts.filter(pl.col("file") == sha256))
    told = timeline(pl.concat(own), documents=[sha256]) if own else pl.DataFrame()
    return pages.Document(
        sha256=sha256,
        text=kept.text,
        acts=tuple(
            pages.SentenceAct(
                start=row["start"],
                end=row["end"],
                date=row["date"],
                source=row["source"],
                target=row["target"],
                channel=row["channel"],
                valence=row["valence"],
                what=row["what"] or "",
                counted=row["counted"],
            )
            for row in told.iter_rows(named=True)
            if row["start"] is not None and row["end"] is not None
        ),
        title=kept.title or "",
        published=kept.published or "",
        publisher=kept.author or "",
        reference=shown_address(kept.address),
        url=kept.address if addresses.outward(kept.address) else None,
    )


def shown_address(address: str | None) -> str:
    """An address as it may be shown: of a file of this machine only its name."""
    if not address or addresses.outward(address):
        return address or ""
    return re.split(r"[/\\]", address)[-1]
