"""Generic actors: what 'Police (India)' or the sector 'Foreign Ministry' says of government."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from saidanddone.actors.names import key
from saidanddone.actors.tables import rows

_ANSWERS: dict[str, bool | None] = {"yes": True, "no": False}


_UMBRELLA = key("Government")


class Role(NamedTuple):
    """A role that a data set names instead of a person; government is None where not known."""

    phrase: str
    sector: str
    government: bool | None


@cache
def _roles() -> dict[str, Role]:
    return {
        key(row["phrase"]): Role(row["phrase"], row["sector"], _ANSWERS.get(row["government"]))
        for row in rows("roles.csv")
    }


@cache
def _sectors() -> dict[str, bool | None]:
    return {key(row["sector"]): _ANSWERS.get(row["government"]) for row in rows("sectors.csv")}


def role(phrase: str) -> Role | None:
    """Return the role that a phrase names, a state in brackets after it left out, or None.

    >>> role("no such role") is None
    True
    """
    typed = phrase.strip()
    found = _roles().get(key(typed))
    if found is None and typed.endswith(")"):
        found = _roles().get(key(typed.rpartition("(")[0]))
    return found


def sectors_are_government(sectors: str | None) -> bool | None:
    """Whether a comma list of ICEWS sectors is a government's; None: no sector is known.

    ICEWS puts the umbrella 'Government' on judges, lawmakers and mayors too, so it decides only
    where no other sector of the list is known. A sector whose own name holds commas is looked for
    before its parts.

    >>> sectors_are_government("Judicial,Government"), sectors_are_government("Government")
    (False, True)
    """
    if not sectors or sectors == "NA":
        return None
    parts = sectors.split(",")
    answers: list[bool | None] = []
    umbrella = False
    start = 0
    while start < len(parts):
        # No sector's name holds more than three commas.
        for end in range(min(len(parts), start + 4), start, -1):
            typed = key(",".join(parts[start:end]))
            if typed in _sectors():
                if typed == _UMBRELLA:
                    umbrella = True
                else:
                    answers.append(_sectors()[typed])
                start = end
                break
        else:
            start += 1
    if True in answers:
        return True
    if False in answers:
        return False
    return True if umbrella else None


def role_is_government(phrase: str | None) -> bool | None:
    """Whether a role acts for its government; None: the role is not known."""
    found = role(phrase) if phrase else None
    return found.government if found else None
