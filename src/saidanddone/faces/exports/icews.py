"""Acts in the shape of ICEWS: its 20 columns with a header, tabs between them, no quotes.

What the acts do not know is NA, as ICEWS writes it. Where the reference came from ICEWS itself, its
story, sentence and publisher return to their columns; else the reference stands under Publisher.
One row stands for an act however many reports it had: the shape has no column for them. Nothing is
guarded against spreadsheets here: programs read these files, and a guard would change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import polars as pl

from saidanddone import actors
from saidanddone.faces.exports.about import ExportAbout, Written
from saidanddone.faces.exports.rows import write_tabbed
from saidanddone.faces.exports.shapes import (
    OVERRIDDEN,
    denied,
    held,
    in_one_field,
    note,
    overridden,
    with_meaning,
    with_parties,
    without_code,
    without_day,
)
from saidanddone.sources.icews_header import COLUMNS

GOVERNMENT, PRIVATE = "Government", "General Population / Civilian / Social"
"""Sectors of ICEWS for those who act for their government, and for those who do not."""

REPORTS = "several reports stand as one row"

_BRACKETS = r"\(([^()]+)\)$"
_STORY = r"story ([0-9]+)"
_SENTENCE = r"sentence ([0-9]+)"
_PUBLISHER = r"^ICEWS event [^,]+(?:, story [0-9]+)?(?:, sentence [0-9]+)?, (.+)$"


def write_icews(slices: Iterable[pl.DataFrame], _about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts (EXPORT_COLUMNS) in this shape, one slice after the other."""
    written = Written()
    file.write(("\t".join(COLUMNS) + "\n").encode())
    for acts in slices:
        reasons = [denied(), without_code(), without_day()]
        known = held(with_meaning(with_parties(acts)), reasons, written)
        changes = {OVERRIDDEN: overridden().is_not_null(), REPORTS: pl.col("reports") > 1}
        note(known, changes, written)
        write_tabbed(file, _rows(known))
    return written


def _rows(acts: pl.DataFrame) -> pl.DataFrame:
    """The 20 columns, all text, NA where nothing is known."""
    reference = in_one_field("reference")
    acts = _with_shown_names(acts)
    named = {
        "Event ID": pl.coalesce(in_one_field("id"), "key"),
        "Event Date": pl.col("date"),
        "Source Name": pl.col("source_shown"),
        "Source Sectors": pl.when(pl.col("government"))
        .then(pl.lit(GOVERNMENT))
        .when(~pl.col("government"))
        .then(pl.lit(PRIVATE)),
        "Source Country": pl.col("source_icews"),
        "Event Text": pl.coalesce(in_one_field("text"), "what"),
        "CAMEO Code": pl.col("shown_code"),
        "Intensity": pl.col("intensity").cast(pl.String),
        "Target Name": pl.col("target_shown"),
        "Target Country": pl.col("target_icews"),
        "Story ID": reference.str.extract(_STORY),
        "Sentence Number": reference.str.extract(_SENTENCE),
        "Publisher": pl.when(reference.str.starts_with("ICEWS event "))
        .then(reference.str.extract(_PUBLISHER))
        .otherwise(reference),
    }
    nothing = pl.lit(None, pl.String)
    return acts.select(
        pl.when(named.get(column, nothing).str.len_chars() > 0)
        .then(named.get(column, nothing))
        .otherwise(pl.lit("NA"))
        .alias(column)
        for column in COLUMNS
    )


def _with_shown_names(acts: pl.DataFrame) -> pl.DataFrame:
    """Add source_shown and target_shown: the names as written, where readers understand them.

    An organisation has no country there, so that the name has to lead to it. A state's own name
    means its government: who does not act for it is a citizen of it.
    """
    for side in ("source", "target"):
        written = acts.select(pl.coalesce(in_one_field(f"{side}_written"), f"{side}_name"))
        names = written.to_series()
        leads = _leads_to(names, acts["day"]) == acts[side]
        inside = _leads_to(names.str.extract(_BRACKETS), acts["day"]) == acts[side]
        acts = acts.with_columns(
            pl.when(pl.col(f"{side}_icews").is_not_null() | leads | inside)
            .then(names)
            .otherwise(f"{side}_name")
            .alias(f"{side}_shown"),
            leads.alias(f"{side}_itself"),
        )
    citizen = pl.format("Citizen ({})", "source_icews")
    private = ~pl.col("government") & pl.col("source_itself") & pl.col("source_icews").is_not_null()
    return acts.with_columns(
        pl.when(private).then(citizen).otherwise("source_shown").alias("source_shown")
    )


def _leads_to(names: pl.Series, days: pl.Series) -> pl.Series:
    """The ids that a reader of ICEWS finds for names."""
    return actors.find(names, scheme="icews", dates=days)
