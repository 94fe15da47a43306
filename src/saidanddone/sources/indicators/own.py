"""Anybody's indicators: the columns source, target, year, measure, value, unit, or a mapping.

A mapping is a TOML file:

    format = "indicators"
    name = "trade"               # the dataset's name
    measure = "exports"          # where no column tells it
    unit = "million USD"         # likewise
    directed = true              # false: the value belongs to the two alike
    direction = "warmer"         # what more of it means: warmer, colder, or left out
    absent = "unknown"           # a pair without a row: zero or unknown
    adds = true                  # years add up to a window; otherwise they are averaged

    [columns]                    # our name = the table's name
    source = "exporter"
    target = "importer"
    year = "year"
    value = "exports"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.errors import BadFile, BadMapping
from saidanddone.sources.indicators.indicator import IndicatorTable, Measure, sorted_out

COLUMNS = ("source", "target", "year", "measure", "value", "unit")
DIRECTIONS = {"warmer": 1, "colder": -1}


@dataclass(frozen=True, slots=True)
class IndicatorMapping:
    """Which column is what, and what the measure means."""

    name: str = "indicators"
    columns: dict[str, str] = field(default_factory=lambda: {name: name for name in COLUMNS})
    measure: str | None = None
    unit: str | None = None
    directed: bool = True
    direction: int = 0
    absent: str = "unknown"
    adds: bool = False


def read(rows: pl.DataFrame, dataset: str | None, mapping: IndicatorMapping) -> IndicatorTable:
    """Read rows (text) as the mapping says; raises BadFile where one measure has two units."""
    given = {ours: pl.col(theirs) for ours, theirs in mapping.columns.items()}
    measure = given.get("measure", pl.lit(mapping.measure))
    unit = given.get("unit", pl.lit(mapping.unit or ""))
    table = rows.select(
        given["source"].alias("source_name"),
        given["target"].alias("target_name"),
        given["year"].alias("year"),
        measure.fill_null("").str.strip_chars().alias("measure"),
        given["value"].alias("value"),
        unit.fill_null("").str.strip_chars().alias("unit"),
    )
    units = table.select("measure", "unit").unique().sort("measure", "unit")
    several = units.filter(pl.col("measure").is_duplicated())
    if several.height:
        name = several["measure"][0]
        raise BadFile(
            f"the measure '{name}' has several units "
            f"({', '.join(several.filter(pl.col('measure') == name)['unit'].to_list()[:3])})",
            "one unit for each measure",
            "give them names of their own, or one unit",
        )
    found, aside, filtered, reasons = sorted_out(table)
    if not mapping.directed:
        low, high = pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target")
        found = found.with_columns(low.alias("source"), high.alias("target"))
        found = found.unique(["source", "target", "year", "measure"], maintain_order=True)
    unit_of = dict(units.iter_rows())
    spans = found.group_by("measure").agg(
        pl.col("year").min().alias("since"), pl.col("year").max().alias("until")
    )
    measures = tuple(
        Measure(
            row["measure"], unit_of[row["measure"]], mapping.directed, mapping.direction,
            mapping.absent, mapping.adds, row["since"], row["until"],
        )
        for row in spans.sort("measure").iter_rows(named=True)
    )  # fmt: skip
    return IndicatorTable(
        "own", dataset or mapping.name, found, measures, rows.height, aside, filtered, reasons
    )


def read_mapping(path: Path) -> IndicatorMapping:
    """Read a mapping file; raises BadMapping."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(
            f"the mapping '{path}' cannot be read ({error})", "a TOML file", "check its path"
        ) from None

    def wrong(what: str, expected: str, do: str) -> BadMapping:
        return BadMapping(f"the mapping '{path}' {what}", expected, do)

    if data.pop("format", "indicators") != "indicators":
        raise wrong("is for another format", 'format = "indicators"', "write one for indicators")
    columns = data.pop("columns", None)
    needed = ("source", "target", "year", "value")
    if not isinstance(columns, dict) or not set(needed) <= set(columns) <= set(COLUMNS):
        raise wrong(
            "does not say which columns are which",
            f"[columns] with {', '.join(needed)}, and measure and unit where a column tells them",
            "correct [columns]",
        )
    if ("measure" in columns) == ("measure" in data):
        raise wrong("names no measure, or two", "a column or a text", 'add measure = "exports"')
    allowed: dict[str, Any] = {
        "name": str, "measure": str, "unit": str, "directed": bool, "adds": bool,
        "direction": tuple(DIRECTIONS), "absent": ("zero", "unknown"),
    }  # fmt: skip
    for key, value in data.items():
        kind = allowed.get(key)
        right = value in kind if isinstance(kind, tuple) else kind and isinstance(value, kind)
        if not right:
            what = "a text" if kind is str else "true or false" if kind is bool else kind
            expected = " or ".join(what) if isinstance(what, tuple) else what
            raise wrong(
                f"gives {key} = {value!r}",
                str(expected or f"one of {', '.join(allowed)}"),
                "correct it or leave it out",
            )
    if "direction" in data:
        data["direction"] = DIRECTIONS[data["direction"]]
    return IndicatorMapping(columns=columns, **data)
