"""What an act is: the columns of a table of acts, its channels and modes."""

from __future__ import annotations

from typing import Literal, NamedTuple

Channel = Literal["said", "signed", "done", "verbal", "material"]
CHANNELS: tuple[Channel, ...] = ("said", "signed", "done", "verbal", "material")
"""said, signed and done partition the acts; verbal and material are a reading's words and deeds."""

MODES = ("did", "pledged", "threatened", "ended", "negated", "hypothetical")
UNCOUNTED_MODES = ("negated", "hypothetical")
"""What was denied or only supposed is kept and shown, and never counted (method.md, section 1)."""


class Column(NamedTuple):
    """A column of a table: its name, its type as Narwhals names it, what it holds."""

    name: str
    type: str
    meaning: str


ACT_COLUMNS: tuple[Column, ...] = (
    Column("date", "Date", "first day of the act's date at its precision"),
    Column("precision", "String", "day, month or year"),
    Column("source", "String", "id of the acting state or organisation"),
    Column("target", "String", "id of the state or organisation acted upon"),
    Column("source_name", "String", "the source as the dataset writes it"),
    Column("target_name", "String", "the target as the dataset writes it"),
    Column("government", "Boolean", "the source acts for its government; null: not known"),
    Column("code", "String", "CAMEO code or vote code, leading zeros kept; null for counts"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("mode", "String", "did, pledged, threatened, ended, negated, hypothetical"),
    Column("reports", "Int64", "reports that the row stands for"),
    Column("id", "String", "the dataset's own id; not unique in ICEWS"),
    Column("text", "String", "what the dataset says of the act"),
    Column("reference", "String", "where a reader can look it up"),
    Column("line", "Int64", "line of the file (first data line of a headed file: 2) or row from 1"),
    Column("place", "String", "where it happened, as the dataset writes it; null: not given"),
    Column("added", "Date", "day on which the dataset added the row; null: not given"),
)
"""Columns of a table of acts, in order. Sources yield them; the archive adds dataset and file."""

CELL_COLUMNS: tuple[Column, ...] = (
    Column("source", "String", "id of the actor that acts"),
    Column("target", "String", "id of the actor acted upon"),
    Column("government", "Boolean", "the source acts for its government; null: not known"),
    Column("date", "Date", "first day of the acts' date at its precision"),
    Column("precision", "String", "day, month or year"),
    Column("code", "String", "CAMEO code or vote code; null for counts"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("reports", "Int64", "sum of the reports of the acts"),
)
"""Columns of a table of cells, in order: acts counted, one cell for all that differ in nothing."""
