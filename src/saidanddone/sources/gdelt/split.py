"""Splitting: where every field of a block ends, and the rows that do not have a layout's width."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.rows import misfits, wrong_width
from saidanddone.sources.source import CONTENT_CHARACTERS

Ints = npt.NDArray[np.int64]
Text = bytes | memoryview

LONGEST_ROW = 1 << 16
"""64 KB: the longest of 5,757 genuine rows has under 1 KB, and no browser takes longer addresses;
a longer row is set aside."""

_NO_MISFITS = misfits([], [], [])  # made once: an empty table costs as much as hashing a file
_TAB = ord("\t")
_LF = ord("\n")


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of a block that have the layout's width.

    text holds these rows alone, each ended by LF. ends has a row for each and a column for each
    field: where in text it ends. lines are their line numbers. aside has the other rows.
    """

    text: Text
    ends: Ints
    lines: Ints
    aside: pl.DataFrame

    def starts(self, place: int) -> Ints:
        """Return where in text the field of a place starts, for every row."""
        if place:
            return np.asarray(self.ends[:, place - 1] + 1)
        return np.concatenate(([0], self.ends[:-1, -1] + 1)).astype(np.int64)

    def content(self, row: int) -> str:
        """Return the beginning of a row, as it is shown of rows that are set aside."""
        start = 0 if row == 0 else int(self.ends[row - 1, -1]) + 1
        return shown(bytes(self.text[start : int(self.ends[row, -1])]))


def shown(row: bytes) -> str:
    """Return what is shown of a row that is set aside; broken UTF-8 becomes U+FFFD."""
    return row[: 4 * CONTENT_CHARACTERS].decode("utf-8", "replace")[:CONTENT_CHARACTERS]


def split(text: Text, layout: Layout, first_line: int) -> Split:
    """Split whole lines, each ended by LF, of which the first has the number first_line.

    Blank lines are passed over, but they count as lines.
    """
    marks = _marks(text)
    rows, rest = divmod(len(marks), layout.width)
    if not rest and rows:
        ends = marks.reshape(rows, layout.width)
        last = ends[:, -1]
        # As many LF as rows, each at the end of one: then no row can have another width.
        if (
            lines_in(text) == rows
            and (np.frombuffer(text, dtype=np.uint8)[last] == _LF).all()
            and int(np.diff(last, prepend=-1).max()) <= LONGEST_ROW
        ):
            lines = np.arange(first_line, first_line + rows, dtype=np.int64)
            return Split(text, ends, lines, _NO_MISFITS.clone())
    return _split_line_by_line(text, marks, layout, first_line)


def lines_in(text: Text) -> int:
    """Count the line feeds."""
    return int(np.count_nonzero(_compared(np.equal, np.frombuffer(text, dtype=np.uint8), _LF)))


def _marks(text: Text) -> Ints:
    """Where tabs and line feeds are."""
    bytes_ = np.frombuffer(text, dtype=np.uint8)
    # 9 and 10 are neighbours: less 9, and all others are above 1.
    shifted = np.subtract(bytes_, np.uint8(_TAB), out=_scratch(len(bytes_))[0])
    return np.flatnonzero(_compared(np.less, shifted, 2))


def _compared(how: np.ufunc, bytes_: npt.NDArray[np.uint8], value: int) -> npt.NDArray[np.bool_]:
    """Compare into memory that is kept: fresh pages would cost several times the comparison."""
    compared: npt.NDArray[np.bool_] = how(
        bytes_, np.uint8(value), out=_scratch(len(bytes_))[1].view(np.bool_)
    )
    return compared


_kept = threading.local()


def _scratch(size: int) -> npt.NDArray[np.uint8]:
    """Two arrays of that many bytes, the same for every block of a thread."""
    held: npt.NDArray[np.uint8] | None = getattr(_kept, "scratch", None)
    if held is None or held.shape[1] < size:
        held = _kept.scratch = np.zeros((2, size), dtype=np.uint8)
    return held[:, :size]


def _split_line_by_line(text: Text, marks: Ints, layout: Layout, first_line: int) -> Split:
    bytes_ = np.frombuffer(text, dtype=np.uint8)
    at = np.flatnonzero(bytes_[marks] == _LF)
    line_ends = marks[at]
    line_starts = np.concatenate(([0], line_ends[:-1] + 1))
    widths = np.diff(at, prepend=-1)
    lengths = line_ends - line_starts
    long = lengths >= LONGEST_ROW
    good = (widths == layout.width) & ~long
    bad = ~good & (lengths > 0)
    spans = zip(line_starts[good].tolist(), (line_ends[good] + 1).tolist(), strict=True)
    kept = b"".join([text[start:end] for start, end in spans])
    numbers = np.arange(first_line, first_line + len(line_ends), dtype=np.int64)
    reasons = [
        f"a row of {length:,} bytes, more than {LONGEST_ROW - 1:,}"
        if too_long
        else wrong_width(width, layout.width)
        for length, too_long, width in zip(
            lengths[bad].tolist(), long[bad].tolist(), widths[bad].tolist(), strict=True
        )
    ]
    contents = [
        shown(bytes(text[start:end]))
        for start, end in zip(line_starts[bad].tolist(), line_ends[bad].tolist(), strict=True)
    ]
    aside = misfits(numbers[bad].tolist(), reasons, contents)
    return Split(kept, _marks(kept).reshape(-1, layout.width), numbers[good], aside)
