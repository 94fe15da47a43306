"""The reader of GDELT's event files: as acts, or straight as cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.folder import files_in
from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.acts import acts_of, acts_of_rows
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES, blocks
from saidanddone.sources.gdelt.counter import count_whole, counter, number_whole
from saidanddone.sources.numbers import Bytes, NumberedActs, NumberedBatch, Words
from saidanddone.sources.source import Batch, CountedBatch, Dataset, fingerprint

FILE_NAMES = (
    "*.export.csv.zip",
    "*.export.csv",
    "[12][0-9][0-9][0-9].zip",
    "[12][0-9][0-9][0-9][01][0-9].zip",
    "*.csv",
)
"""The names of daily and 15-minute files, of yearly and monthly ones, and of what is unpacked."""

OTHER_TABLES = (".mentions.", ".gkg.", ".gkgcounts.")
"""Files of the service that lie beside the exports and hold no events."""

BREAKS = (
    (
        date(2015, 2, 19),
        "GDELT 2.0 begins: files every 15 minutes, translated sources, other volumes",
    ),
)
"""The first day of 2.0, as its codebook of that day states."""


class GdeltSource:
    """Reads GDELT 1.0 and 2.0; countries as CAMEO writes them, organisations by known group."""

    format = "gdelt"

    def __init__(self, dataset: str | None = None, block_bytes: int = BLOCK_BYTES) -> None:
        self.block_bytes = block_bytes
        self.dataset = Dataset(
            name=dataset or "gdelt",
            kind="census",
            grain="day",
            roles=True,
            title="Global Database of Events, Language, and Tone (GDELT), events",
            citation="The GDELT Project, https://www.gdeltproject.org; Leetaru and Schrodt: GDELT:"
            " Global Data on Events, Location and Tone, 1979-2012. ISA Annual Convention (2013)",
            missing=(
                "no sentences of the reports",
                "an actor without a type is its country itself ('RUSSIA', 'MOSCOW') and counts as"
                " the government, which GDELT mostly writes so",
            ),
            breaks=BREAKS,
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the event files of a folder by name; raises BadFile.

        Of a file that lies there both zipped and unpacked, the zip is left out.
        """
        found = files_in(path, FILE_NAMES)
        if not path.is_dir():
            return found
        names = {file.name.lower() for file in found}
        events = [
            file
            for file in found
            if not any(other in file.name.lower() for other in OTHER_TABLES)
            and not (
                file.name.lower().endswith(".csv.zip")
                and file.name.lower().removesuffix(".zip") in names
            )
        ]
        if not events:
            raise BadFile(
                f"no file in the folder '{path}' bears the names of GDELT's events",
                f"files such as {' or '.join(FILE_NAMES[:3])}",
                "name the folder that holds them, or the files themselves",
            )
        return events

    def count(self, path: Path) -> Iterator[CountedBatch]:
        """Yield the cells of the file's blocks; raises BadFile."""
        whole = count_whole(path)
        if whole is not None:
            yield whole
            return
        count_rows = counter()
        for block in blocks(path, self.block_bytes):
            yield count_rows(block.text, block.layout, block.first_line)

    def count_numbers(self, file: Bytes, *, acts: bool = False) -> NumberedBatch | None:
        """Count the bytes of a file at once, where the compiled counter takes them."""
        return number_whole(file, acts=acts)

    def acts_of(self, held: Sequence[NumberedActs]) -> pl.DataFrame:
        """Return the acts of files that were counted with them (model.ACT_COLUMNS)."""
        return acts_of(held)

    def words(self) -> Words:
        """Return the lexicon's ids and codes, as they are known so far."""
        return Words(lexicon.ids.series(), lexicon.code_table())

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's acts; raises BadFile."""
        for block in blocks(path, self.block_bytes):
            yield acts_of_rows(block.text, block.layout, block.first_line)
