"""Gaps: files that a dataset should have and the archive has not received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from saidanddone.model import Window

REASONS_SAID = 3
"""Enough to tell a service that lacked files from a network that failed; the manifest has all."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A file that was expected and is not there: its name, the days it covers, and why.

    >>> Gap("20180101.export.CSV.zip", date(2018, 1, 1), date(2018, 1, 1), "not listed").name
    '20180101.export.CSV.zip'
    """

    name: str
    since: date
    until: date
    reason: str

    def overlaps(self, window: Window) -> bool:
        """Say whether one of its days lies in a window."""
        after = window.since is None or self.until >= window.since
        return after and (window.until is None or self.since <= window.until)


def names_filled(name: str) -> tuple[str, ...]:
    """Return the names under which a file may be expected: zipped, gzipped or neither.

    >>> names_filled("20180101.export.CSV.zip")
    ('20180101.export.CSV', '20180101.export.CSV.zip', '20180101.export.CSV.gz')
    """
    bare = name.removesuffix(".zip").removesuffix(".gz")
    return bare, f"{bare}.zip", f"{bare}.gz"


def described(gaps: Sequence[Gap]) -> str:
    """Say in one sentence how many files are missing, of which days, and why.

    >>> described([Gap("a", date(2018, 1, 1), date(2018, 1, 1), "not listed"),
    ...            Gap("b", date(2018, 1, 3), date(2018, 1, 3), "404")])
    '2 files of 2018-01-01 to 2018-01-03 that were not received (1 not listed, 1 404)'
    """
    since, until = min(gap.since for gap in gaps), max(gap.until for gap in gaps)
    reasons = Counter(gap.reason for gap in gaps)
    why = ", ".join(f"{files:,} {reason}" for reason, files in reasons.most_common(REASONS_SAID))
    rest = len(reasons) - REASONS_SAID
    more = f", and {rest} other reasons" if rest > 0 else ""
    span = f"{since}" if since == until else f"{since} to {until}"
    files = "1 file" if len(gaps) == 1 else f"{len(gaps):,} files"
    was = "was" if len(gaps) == 1 else "were"
    return f"{files} of {span} that {was} not received ({why}{more})"
