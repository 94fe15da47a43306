"""UN General Assembly votes as acts: a yes or no on a text that is for or against a state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from saidanddone import actors
from saidanddone.sources.acts import as_acts, content_of, set_aside, with_codes
from saidanddone.sources.folder import files_in
from saidanddone.sources.rows import Rows
from saidanddone.sources.source import (
    BATCH_ROWS,
    SAME_STATE,
    SOURCE_UNKNOWN,
    Batch,
    Dataset,
    fingerprint,
)
from saidanddone.sources.votes.ballots import FILE_NAMES, VOTE_COLUMNS, ballots
from saidanddone.sources.votes.stances import stances, stances_hash

NO_STANCE = "the text is not for or against a state beyond doubt"
OTHER_ROLL_CALL = "the roll call has another month than the one whose stance is known"

_SIGN = {"yes": 1, "no": -1, "abstain": 0}
_CODE = {1: "V+", -1: "V-", 0: "V0"}


class VotesSource:
    """Reads un_votes and un_roll_calls, Parquet or CSV, from one folder.

    A vote on a text in stances.csv is an act of the voter toward each state that the text is for
    or against; all other votes are filtered. Absences are no rows of these tables.
    """

    format = "votes"

    def __init__(self, dataset: str | None = None, batch_rows: int = BATCH_ROWS) -> None:
        self.batch_rows = batch_rows
        known = stances()["roll_call"].n_unique()
        self.dataset = Dataset(
            name=dataset or "un-votes",
            kind="census",
            grain="day",
            roles=False,
            title="United Nations General Assembly, roll-call votes",
            citation="Voeten, Strezhnev and Bailey: United Nations General Assembly Voting Data."
            " Harvard Dataverse, doi:10.7910/DVN/LEJUQZ",
            missing=(
                "no words and no deeds: votes alone, which are signed acts",
                f"votes on texts that are not for or against a state beyond doubt ({known}"
                " roll calls are)",
                "absences",
                "the day of votes before September 2003, of which the month alone is taken",
                "no votes of the Security Council",
            ),
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1, "stances": stances_hash()})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the tables of votes of a folder by name; raises BadFile."""
        return files_in(path, FILE_NAMES)

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile."""
        known = _with_names(stances())
        for rows in ballots(path, self.batch_rows):
            yield _batch(rows, known)


def _with_names(known: pl.DataFrame) -> pl.DataFrame:
    ids = known["target"].unique()
    names = pl.DataFrame({"target": ids, "target_name": [actors.actor(id).name for id in ids]})
    return known.join(names, on="target", how="left", maintain_order="left")


def _batch(rows: Rows, known: pl.DataFrame) -> Batch:
    frame = rows.frame.with_columns(content_of(VOTE_COLUMNS, ", ").alias("content"))
    frame = frame.with_columns(aside_reason=pl.coalesce(*_reasons()))
    joined = frame.filter(pl.col("aside_reason").is_null()).join(
        known, on="roll_call", how="left", maintain_order="left"
    )
    other = pl.col("month") != pl.col("date").dt.strftime("%Y-%m")
    judged = joined.with_columns(
        reason=pl.when(pl.col("voter").is_null())
        .then(pl.lit(SOURCE_UNKNOWN))
        .when(pl.col("target").is_null())
        .then(pl.lit(NO_STANCE))
        .when(other)
        .then(pl.lit(OTHER_ROLL_CALL))
        .when(pl.col("voter") == pl.col("target"))
        .then(pl.lit(SAME_STATE))
    )
    good = judged.filter(pl.col("reason").is_null())
    why = judged.join(good, on="line", how="anti").unique("line")
    return Batch(
        acts=_acts(good),
        kept=good["line"].n_unique(),
        aside=set_aside(frame, rows.aside),
        filtered=dict(why["reason"].value_counts().sort("reason").iter_rows()),
    )


def _reasons() -> list[pl.Expr]:
    vote = pl.col("vote")
    return [
        pl.when(pl.col("roll_call").is_null()).then(pl.lit("the roll call is missing")),
        pl.when(pl.col("date").is_null() & pl.col("date_reason").is_null()).then(
            pl.format("the table of roll calls has no roll call {}", "roll_call")
        ),
        pl.col("date_reason"),
        pl.when(vote.is_null()).then(pl.lit("the vote is missing")),
        pl.when(~vote.is_in(list(_SIGN))).then(pl.format("'{}' is not yes, no or abstain", vote)),
    ]


def _acts(good: pl.DataFrame) -> pl.DataFrame:
    sign = pl.col("vote").replace_strict(_SIGN, return_dtype=pl.Int8) * pl.col("stance")
    coded = good.with_columns(code=sign.replace_strict(_CODE, return_dtype=pl.String))
    number = pl.coalesce(pl.format("resolution {}, ", "resolution"), pl.lit(""))
    return as_acts(
        with_codes(coded).with_columns(
            pl.col("voter").alias("source"),
            pl.col("country").alias("source_name"),
            government=pl.lit(True),
            id=pl.col("roll_call").cast(pl.String),
            text=pl.format("{}: {}", "vote", "basis"),
            reference=pl.format("UN General Assembly, {}roll call {}", number, "roll_call"),
        )
    )
