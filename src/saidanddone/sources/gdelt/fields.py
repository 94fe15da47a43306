"""The fields that decide a row, as integers, and what becomes of every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.lexicon import ASK
from saidanddone.sources.gdelt.meaning import FIRST_YEAR, RAW, TYPES
from saidanddone.sources.gdelt.split import Ints, Split

Bools = npt.NDArray[np.bool_]
UInts = npt.NDArray[np.uint32]
ULongs = npt.NDArray[np.uint64]

KEPT, SOURCE, TARGET, SAME, JUDGE = range(5)
"""What becomes of a row: kept; filtered (source or target unknown, same state); judged by itself
by meaning.judge, because a field is unusual."""

_CODES = tuple(name for name in RAW if name not in ("date_text", "reports_text", *TYPES))
_LAST_YEAR = 2100
_ZEROS = np.uint64(0x3030303030303030)
_SIGNS = np.uint64(0x8080808080808080)
_ABOVE_NINE = np.uint64(0x4646464646464646)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(5)], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of meaning.RAW, for rows or for distinct combinations of them.

    Codes and types hold up to four bytes, the first lowest, 0 where empty; types are 0, too, where
    a side has neither country nor group. date is YYYYMMDD as a number. articles is the sum over
    rows, rows how many there are. odd marks what does not fit: a longer field, a date that is not
    eight digits, articles that are not one to eight digits or are 0.
    """

    date: Ints
    code: UInts
    source_country: UInts
    source_group: UInts
    source_type1: UInts
    source_type2: UInts
    source_type3: UInts
    target_country: UInts
    target_group: UInts
    articles: Ints
    rows: Ints
    odd: Bools


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What becomes of Fields: outcome (KEPT ... JUDGE), and for those kept what they say.

    source and target are numbers of lexicon.ids, code of lexicon.code_table, day is days since
    1970-01-01.
    """

    outcome: npt.NDArray[np.int8]
    source: npt.NDArray[np.int16]
    target: npt.NDArray[np.int16]
    code: npt.NDArray[np.int16]
    day: npt.NDArray[np.int32]
    government: Bools


def fields_of(split: Split, layout: Layout) -> Fields:
    """Take the fields of every row."""
    text = split.text
    rows = len(split.lines)
    size = max(len(text) - 7, 0)
    # Views of the text in which every byte begins an integer. All the fields have at least 23
    # more bytes of their row behind them, so that none is cut off at the end.
    fours = np.ndarray((size,), dtype="<u4", buffer=text, strides=(1,)) if size else _none("<u4")
    eights = np.ndarray((size,), dtype="<u8", buffer=text, strides=(1,)) if size else _none("<u8")
    starts, lengths = _spans(split, layout)
    odd = np.zeros(rows, dtype=np.bool_)
    taken: dict[str, UInts] = {}
    for name in _CODES:
        odd |= lengths[name] > 4
        taken[name] = fours[starts[name]] & _MASKS[np.minimum(lengths[name], 4)]
    # Most rows lack a side: they are filtered, of whatever type their actors are.
    both = np.flatnonzero(
        (taken["source_country"] | taken["source_group"]).astype(np.bool_)
        & (taken["target_country"] | taken["target_group"]).astype(np.bool_)
    )
    for name in TYPES:
        length = lengths[name][both]
        odd[both] |= length > 4
        taken[name] = np.zeros(rows, dtype=np.uint32)
        taken[name][both] = fours[starts[name][both]] & _MASKS[np.minimum(length, 4)]
    numbers = []
    for name, exact in (("date_text", 8), ("reports_text", None)):
        value, digits = _number(eights[starts[name]], lengths[name])
        odd |= ~digits if exact is None else ~digits | (lengths[name] != exact)
        numbers.append(value)
    odd |= numbers[1] < 1
    return Fields(
        date=numbers[0], articles=numbers[1], rows=np.ones(rows, dtype=np.int64), odd=odd, **taken
    )


def _spans(split: Split, layout: Layout) -> tuple[dict[str, Ints], dict[str, Ints]]:
    """Where the fields start, and how long they are."""
    places = {name: layout.place(column) for name, column in RAW.items()}
    # No field that is taken is the first of its row: each starts behind the end of another. The
    # columns that matter are put together once, since the whole table does not fit into a cache.
    wanted = sorted({place - back for place in places.values() for back in (0, 1)})
    ends = np.ascontiguousarray(split.ends[:, wanted].T)
    end = dict(zip(wanted, ends, strict=True))
    starts = {name: end[place - 1] + 1 for name, place in places.items()}
    return starts, {name: end[place] - starts[name] for name, place in places.items()}


def _none(dtype: str) -> npt.NDArray[np.unsignedinteger]:
    return np.zeros(0, dtype=dtype)


def _number(bytes_: ULongs, lengths: Ints) -> tuple[Ints, Bools]:
    """Read one to eight decimal digits, all of them at once; also say where they are digits."""
    fits = (lengths >= 1) & (lengths <= 8)
    unused = (np.uint64(8) * (8 - np.clip(lengths, 1, 8)).astype(np.uint64)).astype(np.uint64)
    # The digits move to the end and zeros fill the front.
    filling = np.where(unused > 0, _ZEROS >> ((np.uint64(64) - unused) & np.uint64(63)), 0)
    text = (bytes_ << unused) | filling.astype(np.uint64)
    wrong = ((text + _ABOVE_NINE) | (text - _ZEROS)) & _SIGNS
    value = text - _ZEROS
    value = value * np.uint64(10) + (value >> np.uint64(8))
    pairs = np.uint64(0x000000FF000000FF)
    value = (
        (value & pairs) * np.uint64(0x000F424000000064)
        + ((value >> np.uint64(16)) & pairs) * np.uint64(0x0000271000000001)
    ) >> np.uint64(32)
    return value.astype(np.int64), fits & (wrong == 0)


@cache
def _days() -> npt.NDArray[np.int32]:
    """Days since 1970 at (year - FIRST_YEAR) * 372 + (month - 1) * 31 + day - 1; -1: no day."""
    table = np.full((_LAST_YEAR - FIRST_YEAR + 1) * 372, -1, dtype=np.int32)
    epoch = date(1970, 1, 1).toordinal()
    first = date(FIRST_YEAR, 1, 1).toordinal()
    for ordinal in range(first, date(_LAST_YEAR, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        place = (day.year - FIRST_YEAR) * 372 + (day.month - 1) * 31 + day.day - 1
        table[place] = ordinal - epoch
    return table


def _day(dates: Ints) -> npt.NDArray[np.int32]:
    year, rest = np.divmod(dates, 10_000)
    month, day = np.divmod(rest, 100)
    possible = (
        (year >= FIRST_YEAR)
        & (year <= _LAST_YEAR)
        & (month >= 1)
        & (month <= 12)
        & (day >= 1)
        & (day <= 31)
    )
    place = (year - FIRST_YEAR) * 372 + (month - 1) * 31 + day - 1
    return np.where(possible, _days()[np.where(possible, place, 0)], np.int32(-1))


def verdicts(fields: Fields) -> Verdicts:
    """Say what becomes of rows; equal to meaning.judge, but for those that it says to JUDGE."""
    actor = lexicon.actor_numbers()
    day = _day(fields.date)
    country, group = actor(fields.source_country, day), actor(fields.source_group, day)
    by_group = country == 0
    source = np.where(by_group, group, country)
    country, group = actor(fields.target_country, day), actor(fields.target_group, day)
    target = np.where(country == 0, group, country)
    code = lexicon.code_numbers()(fields.code)
    judge = fields.odd | (source == ASK) | (target == ASK) | (code <= 0) | (day < 0)
    type_ = lexicon.type_numbers()
    one, two, three = (
        type_(column) for column in (fields.source_type1, fields.source_type2, fields.source_type3)
    )
    judge |= (one == ASK) | (two == ASK) | (three == ASK)
    said = one | two | three
    government = (
        (said == 0)
        | ((said & lexicon.OF_STATE) > 0)
        | (((said & lexicon.OF_ITSELF) > 0) & by_group)
    )
    outcome = np.where(source == target, np.int8(SAME), np.int8(KEPT))
    outcome[target == 0] = TARGET
    outcome[source == 0] = SOURCE
    outcome[judge] = JUDGE
    return Verdicts(outcome, source, target, code, day, government)
