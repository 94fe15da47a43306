"""ICEWS: the archive's tab-separated files of events, by year and by week, 20 columns, a header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from saidanddone.sources.acts import content_of, sort_rows, with_codes, with_dates
from saidanddone.sources.delimited import plain_rows, quoted_rows
from saidanddone.sources.folder import files_in
from saidanddone.sources.icews_header import COLUMNS, icews_header
from saidanddone.sources.source import BATCH_ROWS, Batch, Dataset, fingerprint
from saidanddone.sources.who import who_acts

FILE_NAMES = (
    "events.*.tab",
    "events.*.tab.zip",
    "events.*.tab.gz",
    "events.*.zip",
    "*icews*events*.tab",
    "*icews*events*.zip",
    "*icews*events*.tab.gz",
)
"""E.g. events.1995.20150313082510.tab, Events.2017.20200602.tab.zip, 20181004-icews-events.zip."""

SHORTEST_CODE = 3
"""ICEWS writes three or four digits: '13' is 013 without its zero, or nothing at all."""

_NOT_AVAILABLE = ("Source Sectors", "Source Country", "Target Sectors", "Target Country")


class IcewsSource:
    """Reads ICEWS files: government from sectors, countries from their columns.

    Columns go by their names (icews_header). Where the country is NA (organisations), the actor's
    name says who acts. Codes are taken as written: one that has lost its leading zero is set
    aside, because 13 and 013 both exist.
    """

    format = "icews"

    def __init__(self, dataset: str | None = None, batch_rows: int = BATCH_ROWS) -> None:
        self.batch_rows = batch_rows
        self.dataset = Dataset(
            name=dataset or "icews",
            kind="census",
            grain="day",
            roles=True,
            title="Integrated Crisis Early Warning System (ICEWS), coded events",
            citation="Boschee, Lautenschlager, O'Brien, Shellman, Starz and Ward: ICEWS Coded"
            " Event Data. Harvard Dataverse, doi:10.7910/DVN/28075",
            missing=("no sentences of the reports",),
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the ICEWS files of a folder by name; raises BadFile."""
        return files_in(path, FILE_NAMES)

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile."""
        header = icews_header(path)
        read = quoted_rows if header.quoted else plain_rows
        for rows in read(path, list(header.names.values()), "\t", self.batch_rows):
            named = rows.frame.rename({theirs: ours for ours, theirs in header.names.items()})
            frame = named.with_columns(
                content_of(COLUMNS).alias("content"),
                *(pl.col(name).replace("NA", None) for name in _NOT_AVAILABLE),
            ).rename(
                {
                    "Event ID": "id",
                    "Event Date": "date_text",
                    "CAMEO Code": "code",
                    "Event Text": "text",
                    "Source Name": "source_name",
                    "Source Country": "source_country",
                    "Source Sectors": "source_sectors",
                    "Target Name": "target_name",
                    "Target Country": "target_country",
                }
            )
            frame = with_codes(with_dates(frame), shortest=SHORTEST_CODE)
            frame = who_acts(frame, government="sectors", scheme="icews")
            frame = frame.with_columns(reference=_reference())
            yield sort_rows(frame, rows.aside, ("date_reason", "code_reason"), "filter")


def _reference() -> pl.Expr:
    """E.g. 'ICEWS event 32889836, story 47400351, sentence 2, Vietnam News Agency Bulletin'."""
    parts = {
        "id": "ICEWS event {}",
        "Story ID": "story {}",
        "Sentence Number": "sentence {}",
        "Publisher": "{}",
    }
    known = [
        pl.when(pl.col(name) != "NA").then(pl.format(part, name)) for name, part in parts.items()
    ]
    return pl.concat_str(known, separator=", ", ignore_nulls=True)
