"""The reader of GDELT's event files: as acts, or straight as cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.acts import as_acts
from saidanddone.sources.folder import files_in
from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES, Block, blocks
from saidanddone.sources.gdelt.counter import count_whole, counter, number_whole
from saidanddone.sources.gdelt.fields import JUDGE, KEPT, Verdicts, fields_of, verdicts
from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.meaning import judge
from saidanddone.sources.gdelt.pure import account, kept_of_judged, raw
from saidanddone.sources.gdelt.split import Ints, Split, split
from saidanddone.sources.numbers import Bytes, NumberedBatch, Words
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

_TEXTS = {
    "GLOBALEVENTID": "id",
    "Actor1Name": "source_name",
    "Actor2Name": "target_name",
    "ActionGeo_FullName": "place",
    "DATEADDED": "added",
    "SOURCEURL": "reference",
}
"""The columns that acts have beside those that decide the row."""


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

    def count_numbers(self, file: Bytes) -> NumberedBatch | None:
        """Count the bytes of a file at once, where the compiled counter takes them."""
        return number_whole(file)

    def words(self) -> Words:
        """Return the lexicon's ids and codes, as they are known so far."""
        return Words(lexicon.ids.series(), lexicon.code_table())

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's acts; raises BadFile."""
        for block in blocks(path, self.block_bytes):
            yield _acts(block)


def _acts(block: Block) -> Batch:
    rows = split(block.text, block.layout, block.first_line)
    fields = fields_of(rows, block.layout)
    said = verdicts(fields)
    unusual = np.flatnonzero(said.outcome == JUDGE)
    judged = judge(raw(rows, block.layout, unusual)) if len(unusual) else None
    total, aside, filtered = account(fields, said, judged, rows.aside)
    kept = np.flatnonzero(said.outcome == KEPT)
    parts = [_plain(rows, said, kept, fields.articles)]
    if judged is not None:
        numbered = judged.with_columns(pl.Series("row", unusual, dtype=pl.Int64))
        parts.append(numbered.filter(kept_of_judged()).select(parts[0].columns))
    acts = pl.concat(parts, how="vertical_relaxed").sort("row")
    texts = _texts(rows, block.layout)[acts["row"]]
    acts = as_acts(acts.hstack(texts))
    return Batch(acts=acts, kept=total, aside=aside, filtered=filtered)


def _plain(rows: Split, said: Verdicts, kept: Ints, articles: Ints) -> pl.DataFrame:
    """What the verdicts say of the rows that are kept, with their places."""
    ids = lexicon.ids.series()
    code = lexicon.code_table()[said.code[kept].astype(np.int64)]
    return pl.DataFrame(
        {
            "row": pl.Series(kept, dtype=pl.Int64),
            "line": rows.lines[kept],
            "date": pl.Series(said.day[kept]).cast(pl.Date),
            "precision": pl.Series(["day"], dtype=pl.String).new_from_index(0, len(kept)),
            "source": ids.gather(said.source[kept].astype(np.int64)),
            "target": ids.gather(said.target[kept].astype(np.int64)),
            "government": pl.Series(said.government[kept], dtype=pl.Boolean),
            "code": code["code"],
            "channel": code["channel"],
            "valence": code["valence"],
            "reports": articles[kept],
        }
    )


def _texts(rows: Split, layout: Layout) -> pl.DataFrame:
    """The columns of _TEXTS for every row; broken UTF-8 becomes U+FFFD."""
    have = [name for name in _TEXTS if layout.has(name)]
    if not rows.text:
        read = pl.DataFrame(schema=dict.fromkeys(have, pl.String))
    else:
        read = pl.read_csv(
            io.BytesIO(rows.text),
            has_header=False,
            columns=[layout.place(name) for name in have],
            new_columns=list(layout.columns),
            infer_schema=False,
            separator="\t",
            quote_char=None,
            encoding="utf8" if rows.text.isascii() else "utf8-lossy",
        )
    nothing = [pl.lit(None, pl.String).alias(name) for name in _TEXTS if name not in have]
    return (
        read.select(*have, *nothing)
        .select(pl.col(name).alias(column) for name, column in _TEXTS.items() if column != "added")
        .with_columns(
            pl.when(read["DATEADDED"].str.contains("^[0-9]{8}([0-9]{6})?$"))
            .then(read["DATEADDED"].str.slice(0, 8))
            .str.to_date("%Y%m%d", strict=False)
            .alias("added")
        )
    )
