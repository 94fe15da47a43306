"""How to cite an answer: BibTeX of the dataset, of the software and of the methods it used."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from saidanddone.dossier.dossier import Dossier

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;]+")
_URL = re.compile(r"https?://[^\s,;]+")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def cite(dossier: Dossier, version: str) -> str:
    """Return BibTeX entries, a blank line between two: dataset, software, methods.

    version is the software's. The dataset's authors and terms stand in its note, in the words of
    the source's own citation.
    """
    entries = [
        _dataset(dossier),
        _software(version),
        *(_methods()[key] for key in methods_used(dossier)),
    ]
    return "\n\n".join(entries)


def methods_used(dossier: Dossier) -> tuple[str, ...]:
    """Keys of the methods that this answer rests on: none where nothing was measured."""
    if dossier.selection is not None:
        return ("Newcombe1998",) if dossier.selection.difference is not None else ()
    if dossier.gap is None:
        return ()
    blocks = dossier.choices.dispersion == "blocks" and dossier.span.period is not None
    return ("Efron2010", "PinheiroBates1995", *(("Kuensch1989",) if blocks else ()))


def escaped(text: str) -> str:
    r"""Write a text so that TeX prints it.

    >>> print(escaped("A & B, 100%"))
    A \& B, 100\%
    """
    return "".join(_SPECIAL.get(mark, mark) for mark in text)


def _dataset(dossier: Dossier) -> str:
    name, _ = dossier.dataset
    fields = {"title": f"{{{escaped(dossier.title or name)}}}"}
    note = dossier.citation
    if found := _DOI.search(note):
        fields["doi"] = found[0].rstrip(".")
    if found := _URL.search(note):
        fields["url"] = found[0].rstrip(".")
    covered = f"{dossier.span.first.isoformat()} to {dossier.span.last.isoformat()}"
    used = f"Days used: {covered}. Content: {dossier.content[:16]}" if dossier.content else ""
    parts = [escaped(part).rstrip(".") for part in (note, used) if part]
    if parts:
        fields["note"] = ". ".join(parts)
    return _entry("misc", re.sub(r"[^A-Za-z0-9-]+", "-", name) or "dataset", fields)


def _software(version: str) -> str:
    return _entry(
        "misc",
        "saidanddone",
        {
            "author": "{The Said \\& Done authors}",
            "title": "{Said \\& Done}",
            "note": f"Computer software, version {version}",
        },
    )


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}\n}}"


@cache
def _methods() -> dict[str, str]:
    """Entries of references.bib by key."""
    text = files("saidanddone.dossier").joinpath("references.bib").read_text(encoding="utf-8")
    entries = [entry.strip() for entry in re.split(r"\n\n(?=@)", text) if entry.strip()]
    return {entry[entry.index("{") + 1 : entry.index(",")]: entry for entry in entries}
