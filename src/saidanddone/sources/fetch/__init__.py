"""Fetch: GDELT's files from the service's own lists, each whole, and what is missing by name.

A listing says which files a window has (listing, lists), a plan what is missing of what it should
have (interval, plan), and a crew downloads what is wanted (crew, download, partial, connection).
Needs the extra `fetch`.
"""

from __future__ import annotations

from saidanddone.sources.fetch.connection import Connection
from saidanddone.sources.fetch.crew import JOBS, MOST_JOBS, Brought, bring
from saidanddone.sources.fetch.download import Wanted
from saidanddone.sources.fetch.gate import Clock
from saidanddone.sources.fetch.interval import Interval, Version, fetchable, interval_of
from saidanddone.sources.fetch.listing import Listed
from saidanddone.sources.fetch.lists import KeptList
from saidanddone.sources.fetch.plan import (
    NOT_YET,
    Missing,
    Plan,
    holds_events,
    is_known,
    lies_whole,
    make_plan,
    read_lists,
    tables_of,
    wanted_of,
)
from saidanddone.sources.fetch.service import PUBLISHED, SETTING, Service
from saidanddone.sources.fetch.shelter import claimed, list_folder

__all__ = [
    "JOBS",
    "MOST_JOBS",
    "NOT_YET",
    "PUBLISHED",
    "SETTING",
    "Brought",
    "Clock",
    "Connection",
    "Interval",
    "KeptList",
    "Listed",
    "Missing",
    "Plan",
    "Service",
    "Version",
    "Wanted",
    "bring",
    "claimed",
    "fetchable",
    "holds_events",
    "interval_of",
    "is_known",
    "lies_whole",
    "list_folder",
    "make_plan",
    "read_lists",
    "tables_of",
    "wanted_of",
]
