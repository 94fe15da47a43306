"""The timeline of a pair's acts: which of them are shown, and how each is written."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from saidanddone.dossier import topics
from saidanddone.errors import BadDate
from saidanddone.model import CHANNELS, Window

PAGE = 100
"""Acts on one page of a server: about as many as a reader scrolls through, some 60 kB."""

MOST = 1_000
"""Acts on one page without a server: some 600 kB before compression; acts.csv holds all."""

SIGNS = {"cooperative": 1, "conflictual": -1, "neutral": 0}


@dataclass(frozen=True, slots=True)
class Shown:
    """The acts that a filter leaves: one page of them, and what was asked for.

    acts: timeline rows, latest first. total: acts that pass the filter; all: acts of the pair.
    channel, sign, since, until, topic: the fields of the form as they were typed. trouble: why a
    field was not used, a sentence; empty: none.
    """

    acts: pl.DataFrame
    total: int
    all: int
    page: int = 1
    pages: int = 1
    channel: str = ""
    sign: str = ""
    since: str = ""
    until: str = ""
    topic: str = ""
    trouble: str = ""

    @property
    def filtered(self) -> bool:
        """Whether a field of the form was used."""
        return any((self.channel, self.sign, self.since, self.until, self.topic))

    @property
    def whole(self) -> bool:
        """Whether all acts of the pair are on the page, so that a script can filter them."""
        return self.acts.height == self.all


def shown(
    timeline: pl.DataFrame,
    *,
    channel: str = "",
    sign: str = "",
    since: str = "",
    until: str = "",
    topic: str = "",
    page: int = 1,
    size: int = PAGE,
) -> Shown:
    """Choose the acts of a timeline that pass a form's fields, and one page of them.

    A field that cannot be used leaves all acts through and is told in trouble; so is a page that
    there is not, where the nearest is shown. Without any field and with no more than MOST acts all
    are on one page.
    """
    found, troubles = timeline, list[str]()
    if channel in CHANNELS:
        found = found.filter(pl.col("channel") == channel)
    elif channel:
        troubles.append(f"'{channel[:40]}' is no channel: one of {', '.join(CHANNELS)}.")
    if sign in SIGNS:
        found = found.filter(pl.col("valence") == SIGNS[sign])
    elif sign:
        troubles.append(f"'{sign[:40]}' is no sign: one of {', '.join(SIGNS)}.")
    if topic in (known := {each.id for each in topics()}):
        found = found.filter(pl.col("topic") == topic)
    elif topic:
        troubles.append(f"'{topic[:40]}' is no topic: one of {', '.join(sorted(known))}.")
    try:
        window = Window.parse(since or None, until or None)
        if window.since:
            found = found.filter(pl.col("day") >= window.since)
        if window.until:
            found = found.filter(pl.col("day") <= window.until)
    except BadDate as error:
        troubles.append(str(error))
    typed = any((channel, sign, since, until, topic))
    size = MOST if not typed and timeline.height <= MOST else size
    pages = max(1, -(-found.height // size))
    if not 1 <= page <= pages:
        troubles.append(f"There is no such page: they go from 1 to {pages}.")
    page = min(max(1, page), pages)
    return Shown(
        acts=found.slice((page - 1) * size, size),
        total=found.height,
        all=timeline.height,
        page=page,
        pages=pages,
        channel=channel,
        sign=sign,
        since=since,
        until=until,
        topic=topic,
        trouble=" ".join(troubles),
    )


def first_acts(timeline: pl.DataFrame, size: int = MOST) -> Shown:
    """The latest acts, as many as a page without a server holds."""
    pages = max(1, -(-timeline.height // size))
    return Shown(timeline.head(size), timeline.height, timeline.height, pages=pages)
