"""Small GDELT files, made line by line, and the plainest possible reading of them."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from saidanddone import actors, codes
from saidanddone.sources.gdelt import LAYOUTS
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

PLAIN = {
    "GLOBALEVENTID": "881990836",
    "SQLDATE": "20191024",
    "Actor1Code": "RUS",
    "Actor1Name": "MOSCOW",
    "Actor1CountryCode": "RUS",
    "Actor2Code": "PRK",
    "Actor2Name": "PYONGYANG",
    "Actor2CountryCode": "PRK",
    "EventCode": "042",
    "NumMentions": "4",
    "NumSources": "1",
    "NumArticles": "4",
    "ActionGeo_FullName": "Pyongyang, P'yongyang-si, North Korea",
    "DATEADDED": "20191024143000",
    "SOURCEURL": "http://example.org/a",
}


def _row(width: int = 61, **changes: str) -> str:
    layout = LAYOUTS[width]
    values = PLAIN | ({"DATEADDED": "20191024"} if width < 61 else {}) | changes
    return "\t".join(values.get(name, "") for name in layout.columns)


@pytest.fixture(scope="session")
def row() -> Callable[..., str]:
    """Make one line: Russia visits North Korea, but for what is given."""
    return _row


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of lines, zipped if its name says so."""

    def write(lines: Iterable[str], name: str = "20191024143000.export.CSV") -> Path:
        path = tmp_path / name
        text = "".join(f"{line}\n" for line in lines).encode()
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(name.removesuffix(".zip"), text)
        else:
            path.write_bytes(text)
        return path

    return write


@dataclass
class Plainly:
    """What a text says, read one row after the other."""

    cells: Counter[tuple[object, ...]] = field(default_factory=Counter)
    kept: int = 0
    aside: list[int] = field(default_factory=list)
    filtered: Counter[str] = field(default_factory=Counter)


GOVERNMENT = {"GOV", "MIL", "COP", "SPY", "UIS"}


def _plainly(text: bytes, width: int) -> Plainly:
    known = {
        code: (channel, valence)
        for code, channel, valence in codes.table().select("code", "channel", "valence").iter_rows()
        if len(code) >= 3 and code.isdigit()
    }
    found = Plainly()
    for line, raw in enumerate(text.split(b"\n")[:-1], 1):
        fields = raw.split(b"\t")
        if not raw:
            continue
        if len(fields) != width or len(raw) >= 65_536:
            found.aside.append(line)
            continue
        values = dict(
            zip(
                LAYOUTS[width].columns,
                (value.decode("utf-8", "replace") for value in fields),
                strict=True,
            )
        )
        day = _day(values["SQLDATE"])
        code = values["EventCode"].strip()
        reports = values["NumArticles"]
        countable = reports.isascii() and reports.isdigit() and len(reports) <= 8
        if day is None or code not in known or not countable or int(reports) < 1:
            found.aside.append(line)
            continue
        country = {side: _find(values[f"{side}CountryCode"], day) for side in ("Actor1", "Actor2")}
        who = {
            side: country[side] or _find(values[f"{side}KnownGroupCode"], day) for side in country
        }
        source, target = who["Actor1"], who["Actor2"]
        if source is None or target is None or source == target:
            why = SAME_STATE if source else SOURCE_UNKNOWN
            found.filtered[TARGET_UNKNOWN if source and not target else why] += 1
            continue
        types = {values[f"Actor1Type{place}Code"] for place in (1, 2, 3)} - {""}
        government = not types or bool(types & GOVERNMENT)
        government |= "IGO" in types and country["Actor1"] is None
        found.cells[(source, target, government, day, "day", code, *known[code])] += int(reports)
        found.kept += 1
    return found


def _day(text: str) -> date | None:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        day = datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None
    return day if day.year >= 1979 else None


_FOUND: dict[tuple[str, date], str | None] = {}


def _find(code: str, day: date) -> str | None:
    if not code:
        return None
    if (code, day) not in _FOUND:
        _FOUND[code, day] = actors.find(pl.Series([code]), "cameo", pl.Series([day]))[0]
    return _FOUND[code, day]


@pytest.fixture(scope="session")
def plainly() -> Callable[[bytes, int], Plainly]:
    """Read a text one row after the other, as slowly and as plainly as can be."""
    return _plainly


@pytest.fixture(scope="session")
def counted() -> Callable[[pl.DataFrame], Counter[tuple[object, ...]]]:
    """Turn cells into a counter, checking that each is there once."""

    def count(cells: pl.DataFrame) -> Counter[tuple[object, ...]]:
        found = {tuple(cell[:-1]): cell[-1] for cell in cells.iter_rows()}
        assert len(found) == cells.height
        return Counter(found)

    return count
