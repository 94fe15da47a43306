"""A ranking on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone.dossier import RankedPair
from saidanddone.measure.comparison import Side


def show(rows: Sequence[RankedPair], corner: str | None, console: Console) -> None:
    """Print ranked pairs, one a line."""
    if not rows:
        console.print(
            "No pair can be ranked: in this window words or deeds have no norm (too few pairs with "
            "acts, or nearly all of them of one sign)."
        )
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    left = ("", "pair", "verdict")
    probability = (corner,) if corner else ()
    for name in (
        "",
        "pair",
        "words",
        "deeds",
        "gap",
        "90%",
        "shrunk",
        "lfsr",
        *probability,
        "verdict",
    ):
        table.add_column(
            name,
            justify="left" if name in left else "right",
            no_wrap=name not in ("pair", "verdict"),
            min_width=(14 if corner else 20) if name == "pair" else None,
        )
    for row in rows:
        low, high = row.gap.interval90
        table.add_row(
            str(row.rank),
            Text(f"{row.source.name} → {row.target.name}"),
            _share(row.words),
            _share(row.deeds),
            f"{row.gap.estimate:+z.2f}",
            f"{low:+z.1f} to {high:+z.1f}",
            f"{row.gap_shrunk:+z.2f}",
            f"{row.lfsr:.3f}",
            *(f"{row.corners[name]:.0%}" for name in probability),
            ", ".join(filter(None, (row.direction or "undecided", row.corner))),
        )
    console.print(table)


def _share(side: Side) -> str:
    return f"{side.k / side.n:.0%} of {side.n:,.0f}"
