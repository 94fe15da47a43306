"""Bytes in, acts out: one reader a format, and one door to them.

>>> open_source("icews").dataset.kind
'census'
"""

from __future__ import annotations

from pathlib import Path

from saidanddone.errors import BadChoice, BadMapping
from saidanddone.sources.source import Batch, CountedBatch, CountingSource, Dataset, Source

__all__ = [
    "FORMATS",
    "Batch",
    "CountedBatch",
    "CountingSource",
    "Dataset",
    "Source",
    "open_source",
    "shipped_case",
]

FORMATS = ("icews", "gdelt", "polecat", "votes", "table", "counts", "case")
"""The formats whose acts can be read."""

BESIDE_ACTS = ("indicators", "mentions")
"""What `ingest` takes besides, by other ways than a Source."""


def open_source(
    format: str,
    *,
    mapping: str | Path | None = None,
    dataset: str | None = None,
) -> Source:
    """Return the reader of a format; mapping is a path or a shipped mapping's name.

    dataset overrides the dataset's name. Raises BadChoice for a format that does not exist or
    takes no mapping, BadMapping for a mapping that is missing or wrong.

    >>> open_source("xml")
    Traceback (most recent call last):
        ...
    saidanddone.errors.BadChoice: 'xml' is not a format that can be read; \
expected icews, gdelt, polecat, votes, table, counts, case, or indicators and mentions by ingest; \
choose one of them.
    """
    if format not in FORMATS:
        raise BadChoice(
            f"'{format}' is not a format that can be read",
            f"{', '.join(FORMATS)}, or {' and '.join(BESIDE_ACTS)} by ingest",
            "choose one of them",
        )
    if format not in ("table", "counts"):
        if mapping is not None:
            raise BadChoice(
                f"the format {format} takes no mapping",
                "a mapping with table or counts only",
                "leave the mapping out",
            )
        return _without_mapping(format, dataset)
    from saidanddone.sources.mapping import read_mapping, shipped_mappings

    if format == "counts":
        from saidanddone.sources.counts import AS_PUBLISHED, CountsSource

        read = AS_PUBLISHED if mapping is None else read_mapping(mapping, "counts")
        return CountsSource(read, dataset)
    from saidanddone.sources.table import TableSource

    if mapping is None:
        raise BadMapping(
            "the format table needs a mapping",
            f"a TOML file or one that ships: {', '.join(shipped_mappings())}",
            "name it with --mapping",
        )
    return TableSource(read_mapping(mapping, "table"), dataset)


def _without_mapping(format_name: str, dataset: str | None) -> Source:
    if format_name == "icews":
        from saidanddone.sources.icews import IcewsSource

        return IcewsSource(dataset)
    if format_name == "gdelt":
        from saidanddone.sources.gdelt import GdeltSource

        return GdeltSource(dataset)
    if format_name == "polecat":
        from saidanddone.sources.polecat import PolecatSource

        return PolecatSource(dataset)
    if format_name == "votes":
        from saidanddone.sources.votes import VotesSource

        return VotesSource(dataset)
    from saidanddone.sources.case import CaseSource

    return CaseSource(dataset)


def shipped_case(name: str = "moscow-pyongyang") -> Path:
    """Return the folder of a case that ships with the package; raises BadFile."""
    from saidanddone.sources.case import shipped_case as folder

    return folder(name)
