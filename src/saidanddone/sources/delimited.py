"""Delimited text: plain (quotes mean nothing, as in ICEWS) and quoted (CSV).

Both check the header first and set rows aside that do not have its number of fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.header import read_header, sniff
from saidanddone.sources.lines import blocks
from saidanddone.sources.rows import Rows, misfits, require_rows, truncated, wrong_width
from saidanddone.sources.source import BATCH_ROWS, CONTENT_CHARACTERS

_ROW_BYTES = 200
"""A row of the tables met here has 80 to 260 bytes; sets the block size for a number of rows."""


def plain_rows(
    path: Path, wanted: Sequence[str], separator: str = "\t", batch_rows: int = BATCH_ROWS
) -> Iterator[Rows]:
    """Read delimited text in which quotes mean nothing; raises BadFile."""
    header: list[str] | None = None
    line = 1
    anything = False
    for raw in blocks(path, batch_rows * _ROW_BYTES):
        block = raw
        if header is None:
            first, _, block = raw.partition(b"\n")
            header = read_header(path, first.decode(), wanted, separator, quoted=False)
            line = 2
        if not block:
            continue
        rows, count = _plain_block(path, block, header, wanted, separator=separator, line=line)
        anything = anything or bool(rows.frame.height or rows.aside.height)
        line += count
        yield rows
    require_rows(path, anything)


def _plain_block(
    path: Path, block: bytes, header: list[str], wanted: Sequence[str], *, separator: str, line: int
) -> tuple[Rows, int]:
    """Split one block; also return how many lines it has."""
    bytes_ = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(bytes_ == ord("\n"))
    ended = block.endswith(b"\n")
    if not ended:
        ends = np.append(ends, len(block))
    starts = np.concatenate(([0], ends[:-1] + 1))
    marks = np.flatnonzero(bytes_ == ord(separator))
    fields = np.searchsorted(marks, ends) - np.searchsorted(marks, starts) + 1
    blank = ends == starts
    good = (fields == len(header)) & ~blank
    bad = ~good & ~blank
    if not ended and fields[-1] < len(header):
        raise truncated(path, line + len(ends) - 1, int(fields[-1]), len(header))
    text = block
    if not good.all():
        spans = zip(starts[good].tolist(), ends[good].tolist(), strict=True)
        text = b"\n".join(block[start:end] for start, end in spans)
    numbers = np.arange(line, line + len(ends), dtype=np.int64)
    return (
        Rows(
            _parse(text, header, wanted, separator).with_columns(
                line=pl.Series(numbers[good], dtype=pl.Int64)
            ),
            misfits(
                numbers[bad].tolist(),
                [wrong_width(count, len(header)) for count in fields[bad].tolist()],
                [
                    block[start:end].decode()[:CONTENT_CHARACTERS]
                    for start, end in zip(starts[bad].tolist(), ends[bad].tolist(), strict=True)
                ],
            ),
        ),
        len(ends),
    )


def _parse(text: bytes, header: list[str], wanted: Sequence[str], separator: str) -> pl.DataFrame:
    """Parse lines that all have the header's number of fields; empty fields become null."""
    if not text:
        return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    return pl.read_csv(
        io.BytesIO(text),
        has_header=False,
        new_columns=header,
        separator=separator,
        quote_char=None,
        infer_schema=False,
    ).select(wanted)


def quoted_rows(
    path: Path,
    wanted: Sequence[str],
    separator: str | None = None,
    batch_rows: int = BATCH_ROWS,
    optional: Sequence[str] = (),
) -> Iterator[Rows]:
    """Read CSV with quoted fields, the separator sniffed if None; raises BadFile.

    optional columns are read where the file has them and are null where it has not.
    """
    lines = _Lines(path, batch_rows * _ROW_BYTES)
    first = next(iter(lines), "").rstrip("\n")
    separator = separator or sniff(first, wanted)
    header = read_header(path, first, wanted, separator, quoted=True)
    columns = [*wanted, *(name for name in optional if name in header)]
    places = {name: header.index(name) for name in columns}
    reader = csv.reader(lines, delimiter=separator, strict=True)
    anything = False
    kept: list[list[str]] = []
    numbers: list[int] = []
    wrong: list[tuple[int, str, str]] = []
    line = 2  # where the record at hand starts; the reader counts from the line after the header
    while True:
        short = 0
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "unexpected end" in str(error) or "field limit" in str(error):
                raise BadFile(
                    f"'{path.name}' opens a quote on line {line} that never closes",
                    "quoted fields that end",
                    "check for a truncated file or a stray quotation mark",
                ) from None
            wrong.append((line, "a quoted field goes on after its closing quote", ""))
        else:
            if len(fields) == len(header):
                kept.append(fields)
                numbers.append(line)
            elif fields:
                short = len(fields) if len(fields) < len(header) else 0
                content = separator.join(fields)[:CONTENT_CHARACTERS]
                wrong.append((line, wrong_width(len(fields), len(header)), content))
        if short and lines.unended:
            raise truncated(path, line, short, len(header))
        line = reader.line_num + 2
        if len(kept) + len(wrong) >= batch_rows:
            anything = True
            yield _quoted_batch(kept, numbers, wrong, places, optional)
            kept, numbers, wrong = [], [], []
    if kept or wrong:
        anything = True
        yield _quoted_batch(kept, numbers, wrong, places, optional)
    require_rows(path, anything)


class _Lines:
    """The lines of a file, one after the other; unended: the last one given lacks its LF."""

    def __init__(self, path: Path, size: int) -> None:
        self.unended = False
        self._lines = self._read(path, size)

    def _read(self, path: Path, size: int) -> Iterator[str]:
        for block in blocks(path, size):
            # StringIO splits at LF alone; str.splitlines would split at U+2028 and others too.
            for line in io.StringIO(block.decode()):
                self.unended = not line.endswith("\n")
                yield line

    def __iter__(self) -> Iterator[str]:
        return self._lines


def _quoted_batch(
    kept: list[list[str]],
    numbers: list[int],
    wrong: list[tuple[int, str, str]],
    places: dict[str, int],
    optional: Sequence[str],
) -> Rows:
    across = list(zip(*kept, strict=True)) if kept else None
    frame = pl.DataFrame(
        [
            pl.Series(name, across[place] if across else [], dtype=pl.String)
            for name, place in places.items()
        ]
    ).select(
        pl.all().replace("", None),
        *(pl.lit(None, pl.String).alias(name) for name in optional if name not in places),
        pl.Series("line", numbers, dtype=pl.Int64),
    )
    return Rows(frame, misfits(*map(list, zip(*wrong, strict=True)) if wrong else ([], [], [])))
