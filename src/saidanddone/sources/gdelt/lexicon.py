"""The lexicon: what short codes mean, looked up once and then found in a table by their bytes.

A code of up to four bytes is an unsigned integer, its first byte lowest; 0 is an empty field.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone import actors, codes
from saidanddone.sources.acts import with_codes
from saidanddone.sources.gdelt.meaning import FIRST_YEAR, SHORTEST_CODE, types

UInts = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int16]
Days = npt.NDArray[np.int32]

ASK = -1
"""Not remembered, or no code that is known: the row has to be judged by itself."""

OF_STATE, OF_ITSELF, OTHER_TYPE = 1, 2, 4
"""What a type says: acts for its state; for the organisation that it is; for neither."""

MOST_LEARNT = 4000
"""Codes remembered by one table; GDELT has some 300 countries, groups and event codes each. More
are noise, and are judged row by row."""

_SLOTS = 1 << 12
_TRIES = 16


class Lexicon:
    """Numbers for the codes of a column; new codes are learnt as they are met."""

    def __init__(self, learn: Callable[[list[str]], Sequence[int]]) -> None:
        self._learn = learn
        self._known: dict[int, int] = {0: 0}
        self._lock = threading.Lock()
        self._table = _build(self._known)

    def __call__(self, codes: UInts) -> Numbers:
        """Return the number of every code; ASK for one that is not remembered."""
        found, missing = _look_up(self._table, codes)
        if missing.any():
            self._meet(sorted(set(codes[missing].tolist())))
            found, missing = _look_up(self._table, codes)
            found = np.where(missing, np.int16(ASK), found)
        return found

    def _meet(self, unknown: list[int]) -> None:
        with self._lock:
            new = [code for code in unknown if code not in self._known]
            new = new[: max(MOST_LEARNT - len(self._known), 0)]
            if new:
                self._known |= dict(
                    zip(new, self._learn([_text(code) for code in new]), strict=True)
                )
                self._table = _build(self._known)


def _text(code: int) -> str:
    return code.to_bytes(4, "little").rstrip(b"\0").decode("utf-8", "replace")


Table = tuple[np.uint32, np.uint32, UInts, Numbers]
"""Multiplier, shift, and for every slot its code and number."""


def _build(known: dict[int, int]) -> Table:
    """Build a table without collisions: multipliers are tried, then the table is doubled."""
    keys = np.array(list(known), dtype=np.uint32)
    values = np.array(list(known.values()), dtype=np.int16)
    bits = _SLOTS.bit_length() - 1
    random = np.random.default_rng(0)
    while True:
        for multiplier in random.integers(1, 1 << 32, _TRIES, dtype=np.uint32) | np.uint32(1):
            shift = np.uint32(32 - bits)
            slots = (keys * multiplier) >> shift
            if np.bincount(slots).max() == 1:
                # An empty slot holds the code of slot 0's complement: no code leads to it.
                codes = np.full(1 << bits, 0, dtype=np.uint32)
                codes[0] = 0
                numbers = np.zeros(1 << bits, dtype=np.int16)
                codes[slots] = keys
                numbers[slots] = values
                return multiplier, shift, codes, numbers
        bits += 1


def _look_up(table: Table, codes: UInts) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    multiplier, shift, held, numbers = table
    slots = (codes * multiplier) >> shift
    return numbers[slots], held[slots] != codes


class Register:
    """Texts and the numbers that stand for them; the first has the number 1."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._numbers: dict[str, int] = {}
        self._series = pl.Series(dtype=pl.String)

    def series(self) -> pl.Series:
        """Return the texts; a text's number is its place."""
        if len(self._series) != len(self.texts):
            self._series = pl.Series(self.texts, dtype=pl.String)
        return self._series

    def number(self, text: str) -> int:
        """Return the number of a text, a new one if it has none."""
        if text not in self._numbers:
            self.texts.append(text)
            self._numbers[text] = len(self.texts) - 1
        return self._numbers[text]


ids = Register()
"""The ids of actors."""


class Actors:
    """Countries and known groups, on days: 0 is nobody, a higher number that of an id."""

    def __init__(self) -> None:
        self._codes = Lexicon(self._learn)
        self._changing: list[tuple[Days, Numbers]] = []

    def __call__(self, codes: UInts, days: Days | None = None) -> Numbers:
        """Return the number of every code on its day (since 1970-01-01).

        ASK if a code is not remembered; without days also if its bearer depends on the day.
        """
        numbers = self._codes(codes)
        if numbers.min(initial=0) < ASK:  # some codes change their bearer: East Timor's
            if days is None:
                return np.maximum(numbers, np.int16(ASK))
            for place in np.flatnonzero(numbers < ASK):
                since, bearers = self._changing[ASK - 1 - numbers[place]]
                numbers[place] = bearers[max(since.searchsorted(days[place], "right") - 1, 0)]
        return numbers

    def _learn(self, texts: list[str]) -> list[int]:
        numbers = []
        years = [date(year, 1, 1) for year in range(FIRST_YEAR, date.today().year + 2)]
        found = _found(texts, years)
        for place, text in enumerate(texts):
            by_year = found[place * len(years) : (place + 1) * len(years)]
            if len(set(by_year)) == 1:
                numbers.append(_number(by_year[0]))
                continue
            since, bearers = [years[0]], [_number(by_year[0])]
            for first, id_, next_ in zip(years, by_year, by_year[1:], strict=False):
                if id_ != next_:
                    days = [first + timedelta(days=day) for day in range(367)]
                    for day, bearer in zip(days, _found([text], days), strict=True):
                        if _number(bearer) != bearers[-1]:
                            since.append(day)
                            bearers.append(_number(bearer))
            epoch = [(day - date(1970, 1, 1)).days for day in since]
            self._changing.append((np.array(epoch, np.int32), np.array(bearers, np.int16)))
            numbers.append(ASK - len(self._changing))
        return numbers


def _found(texts: list[str], days: list[date]) -> list[str | None]:
    """Find the ids of every text on every day, the days of the first text first."""
    names = pl.Series([text for text in texts for _ in days], dtype=pl.String)
    ids_: list[str | None] = actors.find(names, "cameo", pl.Series(days * len(texts))).to_list()
    return ids_


def _number(id_: str | None) -> int:
    return ids.number(id_) if id_ else 0


@cache
def actor_numbers() -> Actors:
    """Return the table of countries and known groups."""
    return Actors()


@cache
def type_numbers() -> Lexicon:
    """Actor types: OF_STATE, OF_ITSELF or OTHER_TYPE."""
    said = dict.fromkeys(types("organization"), OF_ITSELF) | dict.fromkeys(types("state"), OF_STATE)
    return Lexicon(lambda texts: [said.get(text, OTHER_TYPE) for text in texts])


@cache
def code_table() -> pl.DataFrame:
    """CAMEO codes with channel and valence; the row's place is the number, the first is empty."""
    table = codes.table().select("code", "channel", "valence")
    table = table.filter(
        (pl.col("code").str.len_chars() >= SHORTEST_CODE) & pl.col("code").str.contains("^[0-9]+$")
    )
    return pl.concat([table.clear(1), table])


@cache
def code_numbers() -> Lexicon:
    """Event codes; ASK for one that is unknown."""
    numbers = {code: place for place, code in enumerate(code_table()["code"])}

    def learn(texts: list[str]) -> list[int]:
        met = with_codes(pl.DataFrame({"code": texts}), shortest=SHORTEST_CODE)
        return [
            numbers.get(code, ASK) if reason is None else ASK
            for code, reason in met.select("code", "code_reason").iter_rows()
        ]

    return Lexicon(learn)
