"""References written as BibTeX, as RIS and as CSL-JSON; no text can break out of its field."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from saidanddone.dossier.citation_references import Author, Reference

_SPECIAL = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces whether or not a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ACCENTS = {"\u0301": "'", "\u0300": "`", "\u0302": "^", "\u0303": "~", "\u0308": '"'}

_RIS_TYPES = {"dataset": "DATA", "software": "COMP", "article": "JOUR", "book": "BOOK"}
_CSL_TYPES = {
    "dataset": "dataset",
    "software": "software",
    "article": "article-journal",
    "book": "book",
}


def bibtex(references: Iterable[Reference]) -> str:
    """Write BibTeX entries, a blank line between two."""
    return "\n\n".join(_entry(reference) for reference in references)


def escaped(text: str) -> str:
    r"""Write a text so that TeX prints it.

    >>> print(escaped("A & B, 100%"))
    A \& B, 100\%
    """
    return "".join(_SPECIAL.get(mark, mark) for mark in text)


def _entry(reference: Reference) -> str:
    kind = reference.kind if reference.kind in ("article", "book") else "misc"
    fields = {name: value for name, value in _fields(reference).items() if value}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{reference.key},\n{lines}\n}}"


def _fields(reference: Reference) -> dict[str, str]:
    notes = [escaped(note).rstrip(".") for note in reference.notes]
    if reference.version:
        notes.append(escaped(f"Computer software, version {reference.version}"))
    title = escaped(reference.title)
    for word in reference.capitals:
        title = title.replace(word, f"{{{word}}}")
    if reference.kind in ("dataset", "software"):
        title = f"{{{title}}}"
    return {
        "author": " and ".join(_bibtex_name(author) for author in reference.authors),
        "title": title,
        "journal": escaped(reference.journal),
        "publisher": escaped(reference.publisher),
        "volume": escaped(reference.volume),
        "number": escaped(reference.number),
        "year": escaped(reference.year),
        "doi": reference.doi,
        "url": reference.url,
        "note": ". ".join(notes),
    }


def _bibtex_name(author: Author) -> str:
    if not author.given:
        return f"{{{escaped(author.family)}}}"
    return f"{_accented(escaped(author.family))}, {_accented(escaped(author.given))}"


def _accented(text: str) -> str:
    r"""Write accented letters as old BibTeX sorts and prints them.

    >>> print(_accented("Künsch"))
    K{\"u}nsch
    """
    letters = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        base, marks = apart[0], apart[1:]
        if len(marks) == 1 and marks[0] in _ACCENTS:
            letters.append(f"{{\\{_ACCENTS[marks[0]]}{base}}}")
        else:
            letters.append(letter)
    return "".join(letters)


def ris(references: Iterable[Reference]) -> str:
    """Write RIS: lines of a tag and a value, from TY to ER, each ended by CR LF."""
    lines: list[str] = []
    for reference in references:
        fields = [
            ("TY", _RIS_TYPES[reference.kind]),
            ("ID", reference.key),
            *(("AU", _plain_name(author)) for author in reference.authors),
            ("TI", reference.title),
            ("T2", reference.journal),
            ("PB", reference.publisher),
            ("VL", reference.volume),
            ("IS", reference.number),
            ("PY", reference.year),
            ("ET", reference.version),
            ("DO", reference.doi),
            ("UR", reference.url),
            *(("N1", note) for note in reference.notes),
        ]
        lines += [f"{tag}  - {value}" for tag, value in fields if value]
        lines.append("ER  - ")
    return "".join(f"{line}\r\n" for line in lines)


def _plain_name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given else author.family


def csl(references: Iterable[Reference]) -> str:
    """Write CSL-JSON: a list of items, each with its id and type."""
    items = [_item(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": _CSL_TYPES[reference.kind],
        "title": reference.title,
        "author": [
            {"family": author.family, "given": author.given}
            if author.given
            else {"literal": author.family}
            for author in reference.authors
        ],
        "container-title": reference.journal,
        "publisher": reference.publisher,
        "volume": reference.volume,
        "issue": reference.number,
        "issued": {"date-parts": [[int(reference.year)]]} if reference.year else None,
        "version": reference.version,
        "DOI": reference.doi,
        "URL": reference.url,
        "note": ". ".join(note.rstrip(".") for note in reference.notes),
    }
    return {name: value for name, value in item.items() if value}
