"""The page of the ranking, with the world matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from saidanddone.actors.regions import regions
from saidanddone.faces.pages import addresses, charts
from saidanddone.faces.pages.environment import render
from saidanddone.measure.comparison import CORNERS

if TYPE_CHECKING:
    from saidanddone.dossier import Matrix, RankedPair
    from saidanddone.faces.pages.site import Site


def rank(
    site: Site,
    ranked: Sequence[RankedPair],
    matrix: Matrix | None = None,
    *,
    corner: str = "",
    region: str = "",
    trouble: str = "",
) -> str:
    """Render the ranking, at addresses.RANK.

    ranked: from Atlas.ranking(corner, region); empty for a selection, and the page says why.
    matrix: from Atlas.matrix(). corner, region: what was asked for; empty: all. trouble: why a
    field of the form was not used.
    """

    def page_at(address: str) -> str | None:
        return addresses.relative(addresses.RANK, address) if site.has(address) else None

    return render(
        "rank.html",
        site,
        addresses.RANK,
        ranked=ranked,
        chart=charts.matrix(matrix, page_at) if matrix else None,
        corner=corner,
        region=region,
        trouble=trouble,
        corners=CORNERS,
        regions=sorted(regions()),
    )
