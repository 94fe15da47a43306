"""The timeline: a pair's acts, each once, with its sentence and where it can be looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import narwhals as nw
import polars as pl

from saidanddone import codes
from saidanddone.archive.referring import all_without_folders
from saidanddone.dossier.page import TIMELINE_COLUMNS
from saidanddone.dossier.topics import topic_of_codes
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import chosen
from saidanddone.model import UNCOUNTED_MODES, Column, EvidenceItem

TYPES: dict[str, pl.DataType] = {
    "String": pl.String(),
    "Date": pl.Date(),
    "Int8": pl.Int8(),
    "Int64": pl.Int64(),
    "Float64": pl.Float64(),
    "Boolean": pl.Boolean(),
}

BARE = 60
"""A text shorter than this and without a full stop is a bare relation: it gets its actors."""

KEY_LENGTH = 12
"""Hexadecimal digits of a key: 48 bits, so that ten thousand acts collide once in five million."""

_WITHIN = r", characters (\d+) to (\d+)"
_ADDRESS = r"<(https?://[^<>\s]+)>"
_PLAIN_ADDRESS = r"^(https?://[^<>\s,;]+)"

_DAY = pl.col("precision") == "day"


def schema(columns: Collection[Column]) -> dict[str, pl.DataType]:
    """Return the Polars schema of columns."""
    return {column.name: TYPES[column.type] for column in columns}


def timeline(
    acts: pl.DataFrame,
    evidence: Collection[EvidenceItem] = (),
    *,
    choices: Choices | None = None,
    documents: Collection[str] = (),
) -> pl.DataFrame:
    """Lay acts (EVENT_COLUMNS) out: source, target and TIMELINE_COLUMNS, latest first.

    Reports of one act (a pair's distinct day, root, channel, valence and mode) stand as one row,
    told by the one with most reports. evidence gives the heavy acts their weights; choices tell
    which acts count (None: all but the denied); documents are the content hashes of the documents
    that can be shown.
    """
    if acts.is_empty():
        return pl.DataFrame(schema={"source": pl.String(), "target": pl.String(), **_SCHEMA})
    known = codes.table().select("code", "root", pl.col("name").alias("what"))
    table = (
        _counted(acts, choices)
        .join(known, on="code", how="left", maintain_order="left")
        .join(topic_of_codes(), on="code", how="left", maintain_order="left")
        .with_columns(
            _date().alias("date_text"),
            _text().alias("text"),
            all_without_folders(acts["reference"]).fill_null(""),
        )
    )
    # Dated to a month or a year, every row counts: it may be another act.
    row = pl.format("{} {}", pl.col("id").fill_null(""), pl.col("line").fill_null(0))
    by_act = table.sort("reports", descending=True, maintain_order=True).group_by(
        *("source", "target", "date", "precision", "channel", "valence", "mode", "counted"),
        pl.when(_DAY).then(pl.col("root").fill_null("")).otherwise("code").alias("kind"),
        pl.when(_DAY).then(pl.lit("")).otherwise(row).alias("which"),
        maintain_order=True,
    )
    once = by_act.agg(pl.exclude("reports").first(), pl.col("reports").sum())
    found = once.with_columns(
        _keys(once),
        pl.coalesce(
            pl.col("reference").str.extract(_ADDRESS),
            pl.col("reference").str.extract(_PLAIN_ADDRESS),
        ).alias("url"),
        pl.when(pl.col("file").is_in(list(documents))).then("file").alias("document"),
        pl.col("reference").str.extract(_WITHIN, 1).cast(pl.Int64).alias("start"),
        pl.col("reference").str.extract(_WITHIN, 2).cast(pl.Int64).alias("end"),
    ).rename({"date": "day", "date_text": "date"})
    weighed = found.join(_weights(evidence), on=["date", "channel", "valence"], how="left")
    columns = ["source", "target", *_SCHEMA]
    own = weighed.with_columns(pl.when("counted").then("weight").alias("weight"))
    typed = own.select(columns).cast(_SCHEMA)  # type: ignore[arg-type]
    return typed.sort(["day", "key"], descending=[True, False])


_SCHEMA = schema(TIMELINE_COLUMNS)


def _counted(acts: pl.DataFrame, choices: Choices | None) -> pl.DataFrame:
    """Acts with a column counted: neither denied nor left out by the choices."""
    numbered = acts.with_row_index("row")
    told = numbered.filter(~pl.col("mode").is_in(list(UNCOUNTED_MODES)))
    if choices is not None:
        told = chosen(nw.from_native(told), choices).to_native()
    return numbered.with_columns(pl.col("row").is_in(told["row"].implode()).alias("counted"))


def _date() -> pl.Expr:
    """The date cut to its precision."""
    return (
        pl.when(_DAY)
        .then(pl.col("date").dt.strftime("%Y-%m-%d"))
        .when(pl.col("precision") == "month")
        .then(pl.col("date").dt.strftime("%Y-%m"))
        .otherwise(pl.col("date").dt.strftime("%Y"))
    )


def _text() -> pl.Expr:
    """The dataset's text; a bare relation gets its actors, so that it can be read alone."""
    text = pl.col("text").fill_null("")
    named = pl.col("source_name").is_not_null() & pl.col("target_name").is_not_null()
    bare = _DAY & named & (text.str.len_chars() < BARE) & ~text.str.ends_with(".") & (text != "")
    told = pl.format("{} → {}: {}", "source_name", "target_name", text)
    return pl.when(bare).then(told).otherwise(text)


def _keys(acts: pl.DataFrame) -> pl.Series:
    """A short name of each act, out of what tells it from the others of its dataset."""
    named = acts.select(
        "dataset",
        "source",
        "target",
        "date_text",
        "kind",
        "channel",
        "valence",
        "mode",
        "counted",
        "which",
    )
    keys = [
        hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest()[:KEY_LENGTH]
        for row in named.iter_rows()
    ]
    return pl.Series("key", keys, dtype=pl.String)


def _weights(evidence: Collection[EvidenceItem]) -> pl.DataFrame:
    """The weight of each kind of act: all acts of a date, channel and valence weigh together."""
    weights = {(item.date, item.channel, item.valence): item.weight for item in evidence}
    rows = [(*kind, weight) for kind, weight in sorted(weights.items())]
    names = {"date": pl.String, "channel": pl.String, "valence": pl.Int8, "weight": pl.Float64}
    return pl.DataFrame(rows, schema=names, orient="row")
