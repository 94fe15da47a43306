"""How to cite an answer: dataset, software and methods, in three formats."""

from __future__ import annotations

from saidanddone.dossier.citation_formats import bibtex, csl, ris
from saidanddone.dossier.citation_references import methods_used, references
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.page import Citations

__all__ = ["citations", "cite", "methods_used"]


def cite(dossier: Dossier, version: str) -> str:
    """Return BibTeX entries, a blank line between two: dataset, software, methods.

    version is the software's. The dataset's authors and terms stand in its note, in the words of
    the source's own citation.
    """
    return bibtex(references(dossier, version))


def citations(dossier: Dossier, version: str) -> Citations:
    """Return the same references as BibTeX, RIS and CSL-JSON."""
    found = references(dossier, version)
    return Citations(bibtex=bibtex(found), ris=ris(found), csl=csl(found))
