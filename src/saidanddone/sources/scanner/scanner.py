"""A scanner of one layout: what it met, what it was taught, and the cells that it counted."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.meaning import TEXTS
from saidanddone.sources.numbers import Bytes, Numbers
from saidanddone.sources.scanner.library import PAIRS, WORDS, Found, Totals, library
from saidanddone.sources.scanner.meanings import COLUMNS, meanings, steps

MOST_VALUES = 1 << 17
"""Interned values after which all are forgotten: genuine files of a year have some ten thousand,
at 24 bytes each; a file of noise must not fill the memory."""

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Odd:
    """Rows left to the pure path: where they start and end in the text, their lines from 0."""

    start: Int64s
    end: Int64s
    line: Int64s


class Scanner:
    """Counts texts of one layout; to be used by one thread at a time."""

    def __init__(self, layout: Layout) -> None:
        columns = np.array([layout.place(name) for name in COLUMNS], dtype=np.int32)
        self._calls = library()
        self._handle = self._calls.scan_open(columns.ctypes.data, layout.width)
        if not self._handle:
            raise MemoryError(f"no scanner could be made for {layout.width} columns")
        self._learnt = [0] * len(WORDS)
        self._texts = np.array(
            [layout.place(name) if layout.has(name) else -1 for name in TEXTS], dtype=np.int32
        )

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._calls.scan_close(self._handle)
            self._handle = None

    def scan(
        self, text: npt.NDArray[np.uint8], *, only_clean: bool = False, acts: bool = False
    ) -> Totals | None:
        """Count the rows of a text into the cells; says what became of them.

        With only_clean a text that holds a NUL or a CR is not counted: None. With acts the rows
        that are counted can be taken one by one, by acts and texts.
        """
        if sum(self._learnt) > MOST_VALUES:
            self._calls.scan_forget(self._handle)
            self._learnt = [0] * len(WORDS)
        found, totals = Found(), Totals()
        data = text.ctypes.data
        kept = len(self._texts) if acts else 0
        _done(self._calls.scan_keep(self._handle, self._texts.ctypes.data, kept))
        _done(self._calls.scan_read(self._handle, data, text.size, ctypes.byref(found)))
        if only_clean and found.unclean:
            return None
        for table in range(len(WORDS)):
            if found.interned[table] > self._learnt[table]:
                self._learn(table, found.interned[table])
        _done(self._calls.scan_tally(self._handle, ctypes.byref(totals)))
        return totals

    def _learn(self, table: int, known: int) -> None:
        first = self._learnt[table]
        words = np.empty((known - first, WORDS[table]), dtype=np.uint64)
        _done(self._calls.scan_values(self._handle, table, first, words.ctypes.data))
        if table == PAIRS:
            starts, days, said = steps(words)
            _done(
                self._calls.scan_learn_pairs(
                    self._handle,
                    first,
                    len(words),
                    starts.ctypes.data,
                    days.ctypes.data,
                    said.ctypes.data,
                )
            )
        else:
            said = meanings(table, words)
            _done(self._calls.scan_learn(self._handle, table, first, len(words), said.ctypes.data))
        self._learnt[table] = known

    def odd(self, count: int) -> Odd:
        """Return the rows of the last text that were not counted."""
        rows = Odd(*(np.empty(count, dtype=np.int64) for _ in range(3)))
        pointers = (column.ctypes.data for column in (rows.start, rows.end, rows.line))
        _done(self._calls.scan_odd(self._handle, *pointers))
        return rows

    def cells(self, count: int) -> Numbers:
        """Hand over the cells counted so far, and begin anew."""
        cells = _room_for(count)
        _done(self._calls.scan_cells(self._handle, *_pointers(cells)))
        return cells

    def acts(self, count: int) -> tuple[Numbers, Int64s]:
        """Return the rows of the last text that were counted, and their lines from 0."""
        acts, lines = _room_for(count), np.empty(count, dtype=np.int64)
        _done(self._calls.scan_acts(self._handle, *_pointers(acts), lines.ctypes.data))
        return acts, lines

    def texts(self) -> Bytes:
        """Return the columns gdelt.meaning.TEXTS of these rows; the text must still be there."""
        size = _done(self._calls.scan_texts(self._handle))
        texts = np.empty(size, dtype=np.uint8)
        _done(self._calls.scan_text_bytes(self._handle, texts.ctypes.data))
        return texts


def _room_for(count: int) -> Numbers:
    numbers = [np.empty(count, dtype=np.int32) for _ in range(4)]
    government, reports = np.empty(count, dtype=np.int8), np.empty(count, dtype=np.int64)
    return Numbers(numbers[0], numbers[1], government, numbers[2], numbers[3], reports)


def _pointers(numbers: Numbers) -> list[int]:
    return [getattr(numbers, field.name).ctypes.data for field in fields(Numbers)]


def _done(result: int) -> int:
    if result == -1:
        raise MemoryError("the scanner has no memory left")
    if result < 0:
        raise RuntimeError(f"the scanner refused a call ({result})")
    return result
