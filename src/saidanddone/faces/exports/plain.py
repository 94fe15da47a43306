"""Acts as CSV, Parquet and JSON Lines, with EXPORT_COLUMNS.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage
return) is led by an apostrophe in CSV: acts come from pages of strangers, and people open CSV in
spreadsheets. Parquet and JSON Lines, which programs read, hold every text as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import polars as pl

from saidanddone.faces.exports.about import RIGHTS, ExportAbout, Written
from saidanddone.faces.exports.rows import write_delimited, write_objects
from saidanddone.faces.exports.table import SCHEMA

FORMULA = r"^[=+\-@\t\r＝＋－＠]"
"""What begins a formula (OWASP, CSV injection); the wide forms do in East Asian spreadsheets."""

GUARDED = "a text that could be taken for a formula is led by an apostrophe"


def write_csv(slices: Iterable[pl.DataFrame], _about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts as CSV in UTF-8 with a header, one slice after the other."""
    written = Written()
    file.write((",".join(SCHEMA) + "\n").encode())
    texts = [name for name, type_ in SCHEMA.items() if type_ == pl.String()]
    formula = {name: pl.col(name).str.contains(FORMULA).fill_null(value=False) for name in texts}
    for acts in slices:
        guarded = acts.select(pl.any_horizontal(formula.values()).sum()).item()
        if guarded:
            written.changed[GUARDED] += int(guarded)
        safe = acts.with_columns(
            pl.when(where).then(pl.concat_str(pl.lit("'"), name)).otherwise(name).alias(name)
            for name, where in formula.items()
        )
        write_delimited(file, safe)
        written.rows += acts.height
    return written


def write_parquet(slices: Iterable[pl.DataFrame], about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts as one Parquet table, with what is said about them in its metadata."""
    acts = pl.concat([pl.DataFrame(schema=SCHEMA), *slices])
    told = {
        "title": about.title,
        "dataset": about.dataset,
        "content": about.content,
        "citation": about.citation,
        "rights": RIGHTS,
        "software": f"Said & Done {about.version}",
    }
    acts.write_parquet(file, metadata=told)
    return Written(acts.height)


def write_jsonl(slices: Iterable[pl.DataFrame], _about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts as JSON Lines, null where nothing is known, one slice after the other."""
    written = Written()
    for acts in slices:
        write_objects(file, acts)
        written.rows += acts.height
    return written
