"""Bylines: who wrote a page and when it was published, as its own lines say."""

from __future__ import annotations

import re
from datetime import date

from saidanddone.errors import BadDate
from saidanddone.model import FuzzyDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)\b"
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?P<year>(?:1[89]|20)\d\d)-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}",
        r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:1[89]|20)\d\d)\b",
        rf"\b{_MONTH},?\s+{_YEAR}",
    )
)

_POSTED = re.compile(
    r"^\W*(?:first |last |originally )?"
    r"(?:posted|published|updated|modified|released|issued|date|dated|publication date)\b",
    re.I,
)
_UPDATED = re.compile(r"^\W*(?:last )?(?:updated|modified)\b", re.I)
_DAYS_AND_HOURS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"|\b(?:[ap]\.?m|gmt|utc|[ecmp][sd]?t|bst|cet|kst|jst|msk|at|on|o'clock|hrs?|z)\b|[+-]\d{4}",
    re.I,
)
_DATELINE = re.compile(r"^[A-Z][A-Z .'’-]{2,40}[A-Z],? .{0,40}?(?:--?|–|—)\s")
"""PYONGYANG, April 23, 2009 (Agency) -- at the start of a report."""

_BY = re.compile(r"^(?:written |reported |story |text )?by:? +(?P<name>\S.{1,80})$", re.I)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev|Gen|Col|Sir)\.? )?[A-Z][\w'’.-]*"
    r"(?: (?:de|del|der|van|von|al|bin|la|le|da|di|du|ibn|[A-Z][\w'’-]*\.?)){1,4}"
    r"(?:,? (?:Jr|Sr|Ph\.? ?D|M\.? ?D)\.?)?"
)
_AND = re.compile(r"\s*(?:,| and | & )\s*")
_LONGEST_BYLINE = 12
"""Words: 'By A, B and C in City' fits; a sentence that starts with 'By' does not."""


def date_in(text: str) -> FuzzyDate | None:
    """Return the first date that a line writes out with its year; 3/4/2009 is ambiguous: None.

    >>> str(date_in("Posted on the 20th of June, 2009"))
    '2009-06-20'
    """
    for pattern in _DATES:
        for found in pattern.finditer(text):
            dated = _read(found.groupdict())
            if dated is not None:
                return dated
    return None


def _read(parts: dict[str, str | None]) -> FuzzyDate | None:
    day = int(parts.get("day") or 0)
    if parts.get("month"):
        month = _MONTHS.index(str(parts["month"])[:3].lower()) + 1
    elif parts.get("number"):
        month = int(str(parts["number"]))
    else:
        first, second = int(str(parts["first"])), int(str(parts["second"]))
        month, day = (first, second) if second > 12 else (second, first)
        if first <= 12 and second <= 12 and first != second:
            return None
    written = f"{parts['year']}-{month:02}" + (f"-{day:02}" if day else "")
    try:
        return FuzzyDate.parse(written)
    except BadDate:
        return None


def posted_in(line: str) -> FuzzyDate | None:
    """Return the date of a line that is about publication, or that holds nothing but a date.

    >>> str(posted_in("Published: Saturday, 20 June 2009, 14:05 GMT"))
    '2009-06-20'
    >>> posted_in("On June 20, 2009 the minister left.") is None
    True
    """
    if len(line) > 120:
        return None
    dated = date_in(line)
    if dated is None or _POSTED.match(line):
        return dated
    rest = line
    for pattern in _DATES:
        rest = pattern.sub(" ", rest)
    return dated if not re.search(r"\w", _DAYS_AND_HOURS.sub(" ", rest)) else None


def is_posted(line: str) -> bool:
    """Whether a line says that it is about publication."""
    return bool(_POSTED.match(line)) and not is_update(line)


def is_update(line: str) -> bool:
    """Whether a line dates a later change, not the publication."""
    return bool(_UPDATED.match(line))


def dateline_in(paragraph: str) -> FuzzyDate | None:
    """Return the date of a report's dateline, where it bears a year.

    >>> str(dateline_in("MOSCOW, June 20, 2009 (Agency) -- The minister left."))
    '2009-06-20'
    """
    found = _DATELINE.match(paragraph[:100])
    return date_in(found[0]) if found else None


def author_in(line: str) -> str | None:
    """Return the name in a line of the form 'By X'.

    >>> author_in("By Jane Roe and John van Dam")
    'Jane Roe and John van Dam'
    """
    found = _BY.match(line)
    if not found or len(line.split()) > _LONGEST_BYLINE:
        return None
    name = re.split(r"\s*(?:\||•|–|—| - | in [A-Z]|\()", found["name"])[0].strip(" ,.;")
    parts = [part for part in _AND.split(name) if part]
    return name if parts and all(is_name(part) for part in parts[:2]) else None


def is_name(line: str) -> bool:
    """Whether a line reads as a person's name: two to five capitalised words."""
    return bool(_NAME.fullmatch(line))


def latest_sensible(dated: FuzzyDate | None) -> FuzzyDate | None:
    """Return a date of publication unless it lies in the future, which is a slip of the page."""
    return dated if dated is not None and dated.first <= date.today() else None
