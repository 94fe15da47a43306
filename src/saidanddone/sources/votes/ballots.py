"""Ballots: the published tables of votes and of roll calls, read together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from saidanddone import actors
from saidanddone.errors import BadFile
from saidanddone.sources.acts import with_dates
from saidanddone.sources.folder import files_in
from saidanddone.sources.rows import Rows
from saidanddone.sources.source import BATCH_ROWS
from saidanddone.sources.table import mapped_rows
from saidanddone.sources.votes.voters import as_of_their_day

FILE_NAMES = ("*un_votes*.parquet", "*un_votes*.csv")
VOTE_COLUMNS = ("rcid", "country", "country_code", "vote")
ROLL_CALL_COLUMNS = ("rcid", "session", "date")

FIRST_SESSION_WITH_DAYS = 58
"""Before it the data's days are not those of the votes (resolution 2758 of 25 October 1971 stands
under the 7th), so that only the month is taken."""


def ballots(path: Path, batch_rows: int = BATCH_ROWS) -> Iterator[Rows]:
    """Yield the votes of a file in stretches, with their roll calls; raises BadFile.

    Adds to VOTE_COLUMNS: roll_call (Int64), date, precision and date_reason, voter (id or null).
    """
    roll_calls = _roll_calls(path)
    for rows in mapped_rows(path, list(VOTE_COLUMNS), None, batch_rows):
        frame = rows.frame.with_columns(roll_call=_number("rcid")).join(
            roll_calls, on="roll_call", how="left", maintain_order="left"
        )
        voter = _voter(frame)
        yield Rows(frame.with_columns(voter=voter), rows.aside)


def read_votes(path: Path) -> pl.DataFrame:
    """Return every vote of a file or folder; raises BadFile.

    Columns: roll_call, date (the first of the month where precision is 'month'), precision, voter
    (id), vote (yes, no, abstain). Votes that cannot be read are left out.
    """
    stretches = [rows.frame for file in files_in(path, FILE_NAMES) for rows in ballots(file)]
    return (
        pl.concat(stretches)
        .filter(pl.col("vote").is_in(["yes", "no", "abstain"]))
        .select("roll_call", "date", "precision", "voter", "vote")
        .drop_nulls()
    )


def _roll_calls(votes: Path) -> pl.DataFrame:
    """Read the table of roll calls beside a table of votes."""
    for suffix in (votes.suffix, ".parquet", ".csv"):
        path = votes.with_name(votes.name.replace("votes", "roll_calls")).with_suffix(suffix)
        if path.exists() and path != votes:
            break
    else:
        raise BadFile(
            f"no table of roll calls lies beside '{votes.name}'",
            "un_roll_calls.parquet in the same folder: the dates stand there",
            "put it there",
        )
    frame = pl.concat(
        [rows.frame for rows in mapped_rows(path, list(ROLL_CALL_COLUMNS), None, BATCH_ROWS)]
    ).with_columns(roll_call=_number("rcid"), session=_number("session"))
    months_only = pl.col("session").fill_null(0) < FIRST_SESSION_WITH_DAYS
    frame = with_dates(
        frame.with_columns(
            date_text=pl.when(months_only).then(pl.col("date").str.slice(0, 7)).otherwise("date")
        ).drop("date")
    )
    known = frame.select("roll_call", "date", "precision", "date_reason").drop_nulls("roll_call")
    if known["roll_call"].is_duplicated().any():
        raise BadFile(
            f"'{path.name}' has a roll call twice", "each roll call once", "fetch the file again"
        )
    return known


def _number(column: str) -> pl.Expr:
    """Read a whole number, also one that another program wrote as 3.0."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    whole = (number == number.floor()) & number.is_between(0, 1e15)
    return pl.when(whole).then(number).cast(pl.Int64)


def _voter(frame: pl.DataFrame) -> pl.Series:
    """The name goes first: some voters have no code, and a CSV writes NA for none and Namibia."""
    dates = frame["date"]
    by_name = actors.find(frame["country"], "any", dates)
    by_code = actors.find(frame["country_code"], "iso2", dates)
    return as_of_their_day(frame.select(pl.coalesce(by_name, by_code)).to_series(), dates)
