"""The charts of the pages: drawn by the dossier, placed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from saidanddone.faces.pages import addresses
from saidanddone.model import Estimate

if TYPE_CHECKING:
    from saidanddone.dossier import Matrix, PairPage
    from saidanddone.dossier.drawing import Marker
    from saidanddone.measure.posterior import Posterior

TAIL = 0.05
"""Either tail beyond a central 90% interval."""


def through_time(page: PairPage) -> Markup | None:
    """Words and deeds through time; None where there is nothing to draw."""
    from saidanddone.dossier import drawing

    if page.series.table.is_empty():
        return None
    return _both(
        lambda prefix, narrow: drawing.through_time(
            page.series, page.volume, page.triggers, prefix=prefix, narrow=narrow
        ),
        "time",
    )


def marked(page: PairPage) -> tuple[Marker, ...]:
    """The days marked in the chart through time, for the list below it."""
    from saidanddone.dossier import drawing

    return drawing.marked_days(page.series, page.volume, page.triggers)


def plane(page: PairPage) -> Markup | None:
    """The plane of the four corners; None where the data has no norm."""
    from saidanddone.dossier import drawing

    if page.plane is None or page.plane.is_empty():
        return None
    table, dossier = page.plane, page.dossier
    words, deeds = warmths(page)
    return _both(
        lambda prefix, narrow: drawing.plane(
            table, dossier.source, dossier.target, words, deeds, prefix=prefix, narrow=narrow
        ),
        "plane",
    )


def channels(page: PairPage) -> Markup | None:
    """The channels in bars; None where there are no acts."""
    from saidanddone.dossier import drawing

    if not any(c and c.n + c.neutral for c in page.dossier.channels.values()):
        return None
    return _both(
        lambda prefix, narrow: drawing.channels(page.dossier, prefix=prefix, narrow=narrow), "bars"
    )


def matrix(found: Matrix, page_at: Callable[[str], str | None]) -> Markup | None:
    """The world matrix, its cells linked where the pair has a page; None without states."""
    from saidanddone.dossier import drawing

    if not found.ids:
        return None
    names = dict(zip(found.ids, found.names, strict=True))

    def link(source: str, target: str) -> str | None:
        return page_at(addresses.pair(source, target))

    return _both(
        lambda prefix, narrow: drawing.matrix(
            found.ids, names, found.cells, link, prefix=prefix, narrow=narrow
        ),
        "world",
    )


def alone(page: PairPage, name: str) -> str | None:
    """A chart as an SVG file of its own: through-time, channels or plane; None: there is none."""
    from saidanddone.dossier import drawing

    if name == "through-time":
        return drawing.through_time(
            page.series, page.volume, page.triggers, prefix="time", standalone=True
        )
    if name == "channels":
        return drawing.channels(page.dossier, prefix="bars", standalone=True)
    if name != "plane" or page.plane is None or page.plane.is_empty():
        return None
    dossier = page.dossier
    words, deeds = warmths(page)
    return drawing.plane(
        page.plane, dossier.source, dossier.target, words, deeds, prefix="plane", standalone=True
    )


def _both(draw: Callable[[str, bool], str], prefix: str) -> Markup:
    """A drawing twice, as a phone needs another layout than a sheet; the stylesheet shows one."""
    broad, narrow = draw(prefix, False), draw(f"{prefix}-phone", True)
    return Markup('<div class="broad">{}</div>\n<div class="narrow">{}</div>').format(
        Markup(broad), Markup(narrow)
    )


def warmths(page: PairPage) -> tuple[Estimate | None, Estimate | None]:
    """Words and deeds with their intervals; None where they were not measured."""
    compared = page.dossier.comparison
    if compared is None:
        return None, None
    return _estimate(compared.words), _estimate(compared.deeds)


def _estimate(found: Posterior) -> Estimate:
    """The arms of the cross, read off the posterior's grid: finer than a chart can show."""
    import numpy as np

    low, high = np.interp((TAIL, 1 - TAIL), found.below, found.grid)
    return Estimate(
        estimate=found.mean(),
        se=found.variance() ** 0.5,
        interval90=(float(low), float(high)),
        probability_positive=1.0 - float(np.interp(0.0, found.grid, found.below)),
    )
