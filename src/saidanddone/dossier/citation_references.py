"""References: what an answer rests on, told once and then written in any citation format."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from saidanddone.dossier.dossier import Dossier

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;<>{}\\\"]+")
_URL = re.compile(r"https?://[^\s,;<>{}\\\"]+")
_TRAILING = ".:)]'"
"""Marks after an address that belong to the sentence around it."""

SOFTWARE_KEY = "saidanddone"
SOFTWARE_AUTHORS = "The Said & Done authors"


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or with given empty a body that bears one name."""

    family: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that is cited; every text is one line, and empty where nothing is known.

    key names it within a list. capitals are the words of the title that keep their capitals.
    """

    key: str
    kind: Literal["dataset", "software", "article", "book"]
    title: str
    authors: tuple[Author, ...] = ()
    journal: str = ""
    volume: str = ""
    number: str = ""
    publisher: str = ""
    year: str = ""
    version: str = ""
    doi: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


def references(dossier: Dossier, version: str) -> tuple[Reference, ...]:
    """Return the dataset, the software of that version, and the methods that the answer used."""
    return (
        _dataset(dossier),
        Reference(
            key=SOFTWARE_KEY,
            kind="software",
            title="Said & Done",
            authors=(Author(SOFTWARE_AUTHORS),),
            version=one_line(version),
        ),
        *(_methods()[key] for key in methods_used(dossier)),
    )


def methods_used(dossier: Dossier) -> tuple[str, ...]:
    """Keys of the methods that this answer rests on: none where nothing was measured."""
    if dossier.selection is not None:
        return ("Newcombe1998",) if dossier.selection.difference is not None else ()
    if dossier.gap is None:
        return ()
    blocks = dossier.choices.dispersion == "blocks" and dossier.span.period is not None
    return ("Efron2010", "PinheiroBates1995", *(("Kuensch1989",) if blocks else ()))


def one_line(text: str) -> str:
    r"""Return a text without line ends and other control characters: no format ends in it.

    >>> one_line("a\nER  - \x00b")
    'a ER - b'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _dataset(dossier: Dossier) -> Reference:
    """The dataset; its authors and terms stand in a note, in its source's own words."""
    name = one_line(dossier.dataset[0])
    note = one_line(dossier.citation)
    covered = f"{dossier.span.first.isoformat()} to {dossier.span.last.isoformat()}"
    used = f"Days used: {covered}. Content: {dossier.content[:16]}" if dossier.content else ""
    doi, url = _DOI.search(note), _URL.search(note)
    key = re.sub(r"[^A-Za-z0-9-]+", "-", name) or "dataset"
    taken = key == SOFTWARE_KEY or key in _methods()
    return Reference(
        key=f"{key}-dataset" if taken else key,
        kind="dataset",
        title=one_line(dossier.title) or name,
        doi=doi[0].rstrip(_TRAILING) if doi else "",
        url=url[0].rstrip(_TRAILING) if url else "",
        notes=tuple(part for part in (note, used) if part),
    )


@cache
def _methods() -> dict[str, Reference]:
    """The works of references.toml by key."""
    text = files("saidanddone.dossier").joinpath("references.toml").read_text(encoding="utf-8")
    found = {}
    for key, row in tomllib.loads(text).items():
        authors = tuple(Author(*name.split(", ", 1)) for name in row.pop("authors"))
        capitals = tuple(row.pop("capitals", ()))
        found[key] = Reference(key=key, authors=authors, capitals=capitals, **row)
    return found
