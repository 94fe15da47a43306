"""Triggers: the days around which an event study looks, from shipped lists or a user's table."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from saidanddone import actors
from saidanddone.actors.tables import rows as office_rows
from saidanddone.errors import BadChoice, BadFile
from saidanddone.model import Window

MOST = 10_000
"""Triggers in one list: more than one a day over a lifetime is no list of events."""

OFFICES = ("head of state", "head of government", "supreme leader", "party leader")
"""Offices whose new holder is a change of leader; acting ones are none."""

LEADERS = "leaders:"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A day on which something happened."""

    date: date
    what: str


def shipped() -> tuple[str, ...]:
    """Names of the lists that ship.

    >>> "nuclear-tests" in shipped()
    True
    """
    folder = files("saidanddone.dossier").joinpath("triggers")
    return tuple(sorted(file.name[:-4] for file in folder.iterdir() if file.name.endswith(".csv")))


def concerning(states: Collection[str], window: Window) -> tuple[Trigger, ...]:
    """Return the days of all shipped lists that concern one of some states, within a window.

    >>> concerning(["PRK"], Window.parse("2006", "2006"))[0].what
    'first underground nuclear test of North Korea'
    """
    found = []
    for name in shipped():
        text = files("saidanddone.dossier").joinpath("triggers", f"{name}.csv")
        for row in csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"))):
            if row["state"] in states:
                found.append(Trigger(date.fromisoformat(row["date"]), row["what"]))
    since, until = window.since or date.min, window.until or date.max
    return _distinct(trigger for trigger in found if since <= trigger.date <= until)


def triggers(named: str) -> tuple[Trigger, ...]:
    """Read a shipped list, the changes of leader of a state (leaders:RUS), or a CSV file.

    A file needs a column date (YYYY-MM-DD) and may have a column what. Days are sorted, each once.
    Raises BadChoice, BadFile.
    """
    if named.startswith(LEADERS):
        return _leaders(named.removeprefix(LEADERS))
    if named in shipped():
        text = files("saidanddone.dossier").joinpath("triggers", f"{named}.csv")
        return _parse(text.read_text(encoding="utf-8"), named)
    path = Path(named)
    if not path.is_file():
        raise BadChoice(
            f"there are no triggers '{named}'",
            f"{', '.join(shipped())}, {LEADERS}STATE or a CSV file with a column date",
            "correct --triggers",
        )
    try:
        return _parse(path.read_bytes().decode("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(
            f"'{path.name}' cannot be read ({error})", "a CSV file in UTF-8", "save it as such"
        ) from error


def _leaders(name: str) -> tuple[Trigger, ...]:
    state = actors.resolve(name)
    found = [
        (row["start"], f"{row['person']} becomes {row['office']} of {state.name}")
        for row in office_rows("offices.csv")
        if row["state"] == state.id and row["office"] in OFFICES and len(row["start"]) == 10
    ]
    if not found:
        raise BadChoice(
            f"no change of leader of {state.name} is recorded to the day",
            "a state whose leaders stand in actors/offices.csv",
            "give a CSV file with a column date",
        )
    return _distinct((Trigger(date.fromisoformat(day), what) for day, what in found))


def _parse(text: str, name: str) -> tuple[Trigger, ...]:
    # Some published tables end their lines with a bare CR.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in lines:
        raise BadFile(f"'{name}' holds NUL bytes", "a CSV file in UTF-8", "save it as such")
    reader = csv.DictReader(io.StringIO(lines))
    columns = {(column or "").strip().lower(): column for column in reader.fieldnames or ()}
    if "date" not in columns:
        raise BadFile(
            f"'{name}' has no column date", "a header with a column named date", "name it so"
        )
    found = []
    for number, row in enumerate(reader, start=2):
        day = (row[columns["date"]] or "").strip()
        if not day and not any((cell or "").strip() for cell in row.values() if cell != day):
            continue
        what = row.get(columns.get("what") or "", "") or ""
        try:
            found.append(Trigger(date.fromisoformat(day), what.strip()))
        except ValueError:
            raise BadFile(
                f"line {number} of '{name}' has the date '{day}'",
                "dates as YYYY-MM-DD",
                "correct the line or leave it out",
            ) from None
        if len(found) > MOST:
            raise BadFile(
                f"'{name}' holds more than {MOST:,} triggers", "a list of events", "shorten it"
            )
    if not found:
        raise BadFile(f"'{name}' holds no triggers", "at least one date", "add one")
    return _distinct(found)


def _distinct(found: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """By day; of several on one day the words of all stand together."""
    days: dict[date, list[str]] = {}
    for trigger in found:
        words = days.setdefault(trigger.date, [])
        if trigger.what and trigger.what not in words:
            words.append(trigger.what)
    return tuple(Trigger(day, "; ".join(days[day])) for day in sorted(days))
