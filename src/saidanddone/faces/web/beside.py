"""Files that lie beside a pair's page: its tables, its charts, how to cite it."""

from __future__ import annotations

import io

from starlette.responses import Response

from saidanddone.dossier import PairPage
from saidanddone.dossier.drawing.printing import as_png
from saidanddone.faces import exports
from saidanddone.faces.exports import ExportAbout
from saidanddone.faces.pages import charts
from saidanddone.faces.web import reply, tables

TABLES = ("acts", "series", "volume")
CITED = {
    "cite.bib": ("application/x-bibtex", "bibtex"),
    "cite.ris": ("application/x-research-info-systems", "ris"),
    "cite.json": ("application/vnd.citationstyles.csl+json", "csl"),
}
CHARTS = tuple(
    f"{chart}.{ending}"
    for chart in ("through-time", "channels", "plane")
    for ending in ("svg", "png")
)
FILES = frozenset(
    {f"{table}.{ending}" for table in TABLES for ending in tables.ENDINGS} | {*CITED, *CHARTS}
)


def file(page: PairPage, about: ExportAbout, name: str, prefix: str) -> Response | None:
    """Return a file of FILES, to be saved as prefix-name; None where there is none."""
    saved = f"{prefix}-{name}"
    if name in CITED:
        media, field = CITED[name]
        return reply.file(getattr(page.citations, field).encode(), media, saved)
    if name in CHARTS:
        return _chart(page, name, saved)
    stem, _, ending = name.rpartition(".")
    if stem not in TABLES or ending not in tables.ENDINGS:
        return None
    if stem == "acts":
        return _acts(page, about, ending, saved)
    content, media = tables.written(page.series.table if stem == "series" else page.volume, ending)
    return reply.file(content, media, saved)


def _acts(page: PairPage, about: ExportAbout, ending: str, saved: str) -> Response:
    content = io.BytesIO()
    exports.write(ending, page.timeline, about, content)
    return reply.file(content.getvalue(), tables.ENDINGS[ending], saved)


def _chart(page: PairPage, name: str, saved: str) -> Response | None:
    stem, _, ending = name.rpartition(".")
    svg = charts.alone(page, stem)
    if svg is None:
        return None
    if ending == "svg":
        return reply.file(svg.encode(), "image/svg+xml", saved)
    return reply.file(as_png(svg), "image/png", saved)
