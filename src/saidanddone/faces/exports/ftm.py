"""Acts as FollowTheMoney entities, one JSON object a line: actors, documents, events.

A state is a PublicBody with its country, an organisation an Organization, an act an Event whose
organizer is the source and whose involved party the target. The file that holds an act, or the
document that was read, is its proof; the SHA-256 of its bytes is its name, as FollowTheMoney's own
field takes SHA-1 alone. Votes, counts without codes and dates without a day are events as well, but
not what was denied or only supposed. Entities come once, before the first that names them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, BinaryIO
from urllib.parse import quote

import polars as pl

from saidanddone.faces.exports.about import ExportAbout, Written
from saidanddone.faces.exports.parties import parties
from saidanddone.faces.exports.shapes import denied, held

ROWS_AT_ONCE = 10_000
"""Acts that are Python objects at one time: some 20 MB."""

HISTORICAL = {"SUN": "suhh", "YUG": "yucs", "CSK": "cshh", "DDR": "dd"}
"""Codes of FollowTheMoney for states that are no more (its list of countries)."""

SIGNS = {1: "cooperative", -1: "conflictual", 0: "neutral"}


def write_ftm(slices: Iterable[pl.DataFrame], about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts (EXPORT_COLUMNS) as entities, a slice of them after the other."""
    written = Written()
    met: set[str] = set()
    for acts in slices:
        for part in held(acts, [denied()], written).iter_slices(ROWS_AT_ONCE):
            lines = [
                json.dumps(entity, ensure_ascii=False) + "\n"
                for entity in _entities(part, about, met)
            ]
            file.write("".join(lines).encode())
    return written


def _entities(acts: pl.DataFrame, about: ExportAbout, met: set[str]) -> Iterator[dict[str, Any]]:
    for row in acts.iter_rows(named=True):
        for entity in (_party(row["source"]), _party(row["target"]), _document(row, about)):
            if entity and entity["id"] not in met:
                met.add(entity["id"])
                yield entity
        yield _event(row, about)


def _entity(id_: str, schema: str, **properties: str | None) -> dict[str, Any]:
    given = {name: [value] for name, value in properties.items() if value}
    return {"id": id_, "schema": schema, "properties": given}


def party_id(id_: str) -> str:
    """Return the id of an actor's entity.

    >>> party_id("RUS")
    'saidanddone-actor-rus'
    """
    return f"saidanddone-actor-{id_.lower()}"


def _party(id_: str) -> dict[str, Any]:
    about = _known().get(id_, {"name": id_, "kind": "organization", "iso2": None})
    if about["kind"] == "organization":
        return _entity(party_id(id_), "Organization", name=about["name"])
    country = HISTORICAL.get(id_) or (about["iso2"].lower() if about["iso2"] else None)
    country = country if about["kind"] == "state" or id_ in HISTORICAL else None
    return _entity(party_id(id_), "PublicBody", name=about["name"], country=country)


@cache
def _known() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in parties().iter_rows(named=True)}


def _document_id(row: dict[str, Any]) -> str | None:
    sha256 = row["document"] or row["file"]
    return f"saidanddone-document-{sha256}" if sha256 else None


def _document(row: dict[str, Any], about: ExportAbout) -> dict[str, Any] | None:
    id_ = _document_id(row)
    if id_ is None:
        return None
    sha256 = row["document"] or row["file"]
    title = "document that was read" if row["document"] else f"file of {about.title}"
    return _entity(
        id_,
        "Document",
        fileName=sha256,
        title=title,
        publisher=about.title,
        sourceUrl=row["url"] if row["document"] else None,
        notes=f"SHA-256 {sha256}",
    )


def _event(row: dict[str, Any], about: ExportAbout) -> dict[str, Any]:
    what = row["what"] or f"{SIGNS[row['valence']]} act ({row['channel']})"
    source, target = row["source_name"] or row["source"], row["target_name"] or row["target"]
    entity = _entity(
        f"saidanddone-act-{quote(about.dataset, safe='')}-{row['key']}",
        "Event",
        name=f"{source} → {target}: {what}",
        summary=row["text"],
        date=row["date"],
        location=row["place"],
        organizer=party_id(row["source"]),
        involved=party_id(row["target"]),
        proof=_document_id(row),
        sourceUrl=row["url"],
        publisher=about.title,
        recordId=row["key"],
        notes=row["reference"],
    )
    keywords = [row["channel"], SIGNS[row["valence"]], row["topic"]]
    keywords += [f"CAMEO {row['code']}" if row["code"] else None]
    entity["properties"]["keywords"] = [keyword for keyword in keywords if keyword]
    return entity
