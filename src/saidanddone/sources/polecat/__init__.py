"""POLECAT: tab-separated files of PLOVER events, with several actors and recipients a row."""

from __future__ import annotations

from saidanddone.sources.polecat.reader import PolecatSource

__all__ = ["PolecatSource"]
