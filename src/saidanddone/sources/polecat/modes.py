"""From PLOVER's events and modes to CAMEO codes, through codes/plover_modes.csv."""

from __future__ import annotations

import csv
import functools
from importlib import resources

import polars as pl


@functools.cache
def _codes() -> dict[tuple[str, str], str]:
    text = (resources.files("saidanddone.codes") / "plover_modes.csv").read_text(encoding="utf-8")
    return {(row["event"], row["mode"]): row["code"] for row in csv.DictReader(text.splitlines())}


def with_plover_codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Look Event Type and Event Mode up: adds code, and mode_reason where they are unknown.

    Modes may repeat their event ('SANCTION-expel'). Of several modes, separated by ';' or '|', the
    first gives the code, and all must be known. An empty mode or None is the event's own code.
    """
    distinct = rows.select("Event Type", "Event Mode").unique()
    found = [(event, mode, *_code(event, mode)) for event, mode in distinct.iter_rows()]
    table = pl.DataFrame(
        found,
        schema=dict.fromkeys(("Event Type", "Event Mode", "code", "mode_reason"), pl.String),
        orient="row",
    )
    return rows.join(
        table, on=["Event Type", "Event Mode"], how="left", nulls_equal=True, maintain_order="left"
    )


def _code(event: str | None, mode: str | None) -> tuple[str | None, str | None]:
    if event is None:
        return None, "the event type is missing"
    written = event.strip().upper()
    if (written, "") not in _codes():
        return None, f"'{event}' is no event type of PLOVER"
    modes = [_plain(written, part) for part in (mode or "").replace("|", ";").split(";")]
    unknown = [part for part in modes if (written, part) not in _codes()]
    if unknown:
        return None, f"'{unknown[0]}' is no mode of {written} that is known"
    return _codes()[written, modes[0]], None


def _plain(event: str, mode: str) -> str:
    """Return a mode without its event, hyphens for blanks and underscores.

    >>> _plain("COERCE", "COERCE-martial_law")
    'martial-law'
    """
    plain = mode.strip().strip("[]'\"").lower().replace("_", "-").replace(" ", "-")
    return plain.removeprefix(f"{event.lower()}-")
