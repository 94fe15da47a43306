"""What the scanner is taught: the meaning of each distinct value, as the lexicon has it."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.meaning import FIRST_YEAR, RAW
from saidanddone.sources.scanner.library import ASK, BY_GROUP, CODES, DATES

COLUMNS = tuple(
    RAW[name]
    for name in (
        "date_text",
        "source_country",
        "source_group",
        "source_type1",
        "source_type2",
        "source_type3",
        "target_country",
        "target_group",
        "code",
        "reports_text",
    )
)
"""The columns that decide a row, in the order of scan.h, which is that of every layout."""

LAST_YEAR = 2100
"""Dates after this year are judged one by one: they are mistakes."""

_EPOCH = date(1970, 1, 1).toordinal()
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)
_OF_ITSELF = 2  # scan.h: for the government where the actor is known by its group

UInts = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]


def meanings(table: int, words: Words) -> Int32s:
    """Say what values of the tables DATES, ROLES or CODES mean (scan.h, scan_learn)."""
    if table == DATES:
        return np.array([_day(word) for word in words[:, 0].tolist()], dtype=np.int32)
    if table == CODES:
        number = lexicon.code_numbers()(words[:, 0].astype(np.uint32)).astype(np.int32)
        return np.where(number > 0, number, np.int32(ASK))
    said = lexicon.type_numbers()
    types = [words[:, 0] & _LOW, words[:, 0] >> _HIGH, words[:, 1]]
    one, two, three = (said(types_.astype(np.uint32)) for types_ in types)
    together = one | two | three
    role = np.select(
        [together == 0, (together & lexicon.OF_STATE) > 0, (together & lexicon.OF_ITSELF) > 0],
        [1, 1, _OF_ITSELF],
        0,
    )
    asked = (one == lexicon.ASK) | (two == lexicon.ASK) | (three == lexicon.ASK)
    return np.where(asked, ASK, role).astype(np.int32)


def _day(word: int) -> int:
    """Read eight digits as a day since 1970-01-01; ASK for anything else."""
    text = word.to_bytes(8, "little")
    if not text.isdigit():
        return ASK
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ASK
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return ASK


def steps(pairs: Words) -> tuple[Int64s, Int32s, Int32s]:
    """Say who the pairs of country and group are, from which day on (scan.h, scan_learn_pairs).

    Returns where the steps of each pair start, and days and meanings of all steps.
    """
    country, group = (
        (pairs[:, 0] & _LOW).astype(np.uint32),
        (pairs[:, 0] >> _HIGH).astype(np.uint32),
    )
    years = _years()
    by_year = _who(
        np.repeat(country, len(years)),
        np.repeat(group, len(years)),
        np.tile(years, len(pairs)),
    ).reshape(len(pairs), len(years))
    moves = (by_year != by_year[:, :1]).any(axis=1)
    begin = [0]
    days: list[int] = []
    meant: list[int] = []
    for place, move in enumerate(moves.tolist()):
        days.append(ASK)  # the lowest number: from the first day on
        meant.append(int(by_year[place, 0]))
        if move:
            for later in np.flatnonzero(by_year[place, 1:] != by_year[place, :-1]).tolist():
                between = np.arange(years[later] + 1, years[later + 1] + 1, dtype=np.int32)
                size = len(between)
                said = _who(country[[place] * size], group[[place] * size], between)
                for day, number in zip(between.tolist(), said.tolist(), strict=True):
                    if number != meant[-1]:
                        days.append(day)
                        meant.append(number)
        begin.append(len(days))
    return (
        np.array(begin, dtype=np.int64),
        np.array(days, dtype=np.int32),
        np.array(meant, dtype=np.int32),
    )


def _who(country: UInts, group: UInts, days: Int32s) -> Int32s:
    """Return who pairs are on days: a number of lexicon.ids, with BY_GROUP or not; or ASK."""
    said = lexicon.actor_numbers()
    of_country, of_group = (said(code, days).astype(np.int32) for code in (country, group))
    asked = (of_country == lexicon.ASK) | ((of_country == 0) & (of_group == lexicon.ASK))
    who = np.where(of_country == 0, of_group | BY_GROUP, of_country)
    return np.where(asked, ASK, who).astype(np.int32)


@cache
def _years() -> Int32s:
    """Return the first days of the years between which the lexicon looks for changes."""
    years = range(FIRST_YEAR, date.today().year + 2)
    return np.array([date(year, 1, 1).toordinal() - _EPOCH for year in years], dtype=np.int32)
