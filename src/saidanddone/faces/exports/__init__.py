"""Exports: acts as tables and entities that other programs read, written slice by slice.

>>> [format.name for format in formats()]
['csv', 'parquet', 'jsonl', 'gdelt', 'icews', 'ftm', 'jsonld']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

import polars as pl

from saidanddone.errors import BadChoice
from saidanddone.faces.exports.about import ExportAbout, Written, side_file
from saidanddone.faces.exports.ftm import write_ftm
from saidanddone.faces.exports.gdelt import write_gdelt
from saidanddone.faces.exports.icews import write_icews
from saidanddone.faces.exports.jsonld import write_jsonld
from saidanddone.faces.exports.plain import write_csv, write_jsonl, write_parquet
from saidanddone.faces.exports.slices import slices_of
from saidanddone.faces.exports.table import EXPORT_COLUMNS, laid_out

__all__ = [
    "EXPORT_COLUMNS",
    "ExportAbout",
    "Format",
    "Written",
    "format_named",
    "formats",
    "side_file",
    "slices_of",
    "write",
]

Writer = Callable[[Iterable[pl.DataFrame], ExportAbout, BinaryIO], Written]


class Format(NamedTuple):
    """A format: its name, media type, the ending of its files, whether it is text, what it is."""

    name: str
    media_type: str
    ending: str
    text: bool
    about: str
    writer: Writer


_FORMATS = (
    Format("csv", "text/csv; charset=utf-8", ".csv", True, "a table with a header", write_csv),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        ".parquet",
        False,
        "a typed table",
        write_parquet,
    ),
    Format("jsonl", "application/jsonl", ".jsonl", True, "a JSON object an act", write_jsonl),
    Format(
        "gdelt",
        "text/tab-separated-values; charset=utf-8",
        ".export.csv",
        True,
        "the 58 columns of GDELT 1.0",
        write_gdelt,
    ),
    Format(
        "icews",
        "text/tab-separated-values; charset=utf-8",
        ".tab",
        True,
        "the 20 columns of ICEWS",
        write_icews,
    ),
    Format(
        "ftm",
        "application/jsonl",
        ".ftm.json",
        True,
        "FollowTheMoney entities, one a line",
        write_ftm,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ".jsonld",
        True,
        "RDF with PROV provenance",
        write_jsonld,
    ),
)


def formats() -> tuple[Format, ...]:
    """Return the formats that can be written."""
    return _FORMATS


def format_named(name: str) -> Format:
    """Return the format of a name; raises BadChoice."""
    for found in _FORMATS:
        if found.name == name:
            return found
    raise BadChoice(
        f"'{name}' is not a format that can be written",
        f"one of {', '.join(found.name for found in _FORMATS)}",
        "choose one of them",
    )


def write(
    format: str,
    acts: pl.DataFrame | Iterable[pl.DataFrame],
    about: ExportAbout,
    file: BinaryIO,
    *,
    text: bool = True,
) -> Written:
    """Write acts in a format and return what became of them.

    acts is a table with EVENT_COLUMNS or with TIMELINE_COLUMNS (source and target are about's where
    it has none), or several such tables that are written one after the other. Without text what
    the dataset says of an act is left out. Raises BadChoice.
    """
    chosen = format_named(format)
    tables = [acts] if isinstance(acts, pl.DataFrame) else acts

    def slices() -> Iterator[pl.DataFrame]:
        for table in tables:
            yield laid_out(table, about.dataset, about.source, about.target, text=text)

    return chosen.writer(slices(), about, file)
