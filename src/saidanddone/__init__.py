"""Ask whether a government's deeds match its words, and get an answer with its evidence.

>>> import saidanddone as sd
>>> answer = sd.ask("Russia", "North Korea")
>>> answer.verdict.decided
False

Without an archive the case that ships answers; it is a selection, which decides nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from saidanddone.archive import Archive as Archive
    from saidanddone.errors import SaidAndDoneError as SaidAndDoneError
    from saidanddone.faces.comparing import compare as compare
    from saidanddone.faces.event_study import study as study
    from saidanddone.faces.event_study import study_targets as study_targets
    from saidanddone.faces.foretold import why as why
    from saidanddone.faces.hearers import audiences as audiences
    from saidanddone.faces.moving import movers as movers
    from saidanddone.faces.paging import page as page
    from saidanddone.faces.python import ask as ask
    from saidanddone.faces.python import check as check
    from saidanddone.faces.python import fetch as fetch
    from saidanddone.faces.python import ingest as ingest
    from saidanddone.faces.python import rank as rank
    from saidanddone.faces.python import read as read
    from saidanddone.faces.specification_curve import curve as curve
    from saidanddone.faces.through_time import series as series

_HOMES = {
    "Archive": "saidanddone.archive",
    "SaidAndDoneError": "saidanddone.errors",
    "ask": "saidanddone.faces.python",
    "audiences": "saidanddone.faces.hearers",
    "check": "saidanddone.faces.python",
    "compare": "saidanddone.faces.comparing",
    "curve": "saidanddone.faces.specification_curve",
    "fetch": "saidanddone.faces.python",
    "ingest": "saidanddone.faces.python",
    "movers": "saidanddone.faces.moving",
    "page": "saidanddone.faces.paging",
    "rank": "saidanddone.faces.python",
    "read": "saidanddone.faces.python",
    "series": "saidanddone.faces.through_time",
    "study": "saidanddone.faces.event_study",
    "study_targets": "saidanddone.faces.event_study",
    "why": "saidanddone.faces.foretold",
}

__all__ = [
    "Archive",
    "SaidAndDoneError",
    "__version__",
    "ask",
    "audiences",
    "check",
    "compare",
    "curve",
    "fetch",
    "ingest",
    "movers",
    "page",
    "rank",
    "read",
    "series",
    "study",
    "study_targets",
    "why",
]


def __getattr__(name: str) -> Any:
    # Imported on first use: the command line reads only the version from here.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
