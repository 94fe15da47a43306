"""The page of a pair: question, verdict, charts, acts, doubts, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saidanddone.archive.gaps import described
from saidanddone.dossier import leading
from saidanddone.faces.pages import addresses, charts
from saidanddone.faces.pages.environment import render
from saidanddone.faces.pages.figures import chance, channel_rows, facts, outcome_rows, periods
from saidanddone.faces.pages.timeline import Shown, first_acts
from saidanddone.faces.pages.timeline import shown as choose

if TYPE_CHECKING:
    from saidanddone.dossier import PairPage
    from saidanddone.faces.pages.site import Site

CARRYING = 12
"""Acts named as those that carry the answer, as on the terminal; the timeline holds all."""

DOWNLOADS = (
    ("acts.csv", "acts, CSV"),
    ("acts.jsonl", "acts, JSON Lines"),
    ("acts.parquet", "acts, Parquet"),
    ("series.csv", "words and deeds through time, CSV"),
    ("volume.csv", "volume, CSV"),
    ("through-time.svg", "chart through time, SVG"),
    ("through-time.png", "chart through time, PNG"),
    ("channels.svg", "channels in figures, SVG"),
    ("channels.png", "channels in figures, PNG"),
    ("plane.svg", "plane of the four corners, SVG"),
    ("plane.png", "plane of the four corners, PNG"),
)
"""Files beside the page, and what they are called; those of the plane only where there is one."""

CITED = (
    ("bibtex", "BibTeX", "cite.bib"),
    ("ris", "RIS", "cite.ris"),
    ("csl", "CSL-JSON", "cite.json"),
)
"""Formats of the citation: field of Citations, name, file."""


def pair(site: Site, page: PairPage, *, shown: Shown | None = None) -> str:
    """Render the page of a pair, at addresses.pair(source id, target id).

    shown: the acts that the timeline's form asks for; None: on a static site the latest acts, with
    a server all of them or their first page. Downloads are listed as addresses.pair(...) + each
    name of DOWNLOADS and CITED.
    """
    dossier = page.dossier
    source, target = dossier.source, dossier.target
    here = addresses.pair(source.id, target.id)
    if shown is None:
        shown = first_acts(page.timeline) if site.static else choose(page.timeline)
    return render(
        "pair.html",
        site,
        here,
        page=page,
        dossier=dossier,
        source=source,
        target=target,
        facts=facts(page),
        standing=chance(dossier),
        charts={
            "time": charts.through_time(page),
            "plane": charts.plane(page),
            "channels": charts.channels(page),
        },
        marked=charts.marked(page),
        channels=channel_rows(dossier),
        outcomes=outcome_rows(dossier),
        carrying=leading(dossier.carrying or dossier.evidence, CARRYING),
        periods=periods(page.series, page.volume),
        shown=shown,
        acts=list(shown.acts.iter_rows(named=True)),
        years=sorted({str(when)[:4] for when in page.timeline["date"]}),
        missing_files=described(page.gaps) if page.gaps else "",
        downloads=_downloads(site, page),
        cited=[(key, name, file, getattr(page.citations, key)) for key, name, file in CITED],
        opposite=addresses.pair(target.id, source.id),
    )


def _downloads(site: Site, page: PairPage) -> list[tuple[str, str]]:
    if not site.downloads:
        return []
    has_plane = page.plane is not None and not page.plane.is_empty()
    return [
        (file, name)
        for file, name in DOWNLOADS
        if (has_plane or not file.startswith("plane"))
        and (site.parquet or not file.endswith(".parquet"))
        and (site.png or not file.endswith(".png"))
    ]
