"""The archive: acts on disk, their tally, and what became of every row that was read."""

from saidanddone.archive.archive import Archive
from saidanddone.archive.check import Finding
from saidanddone.archive.coverage import Coverage
from saidanddone.archive.ingest import FileReport, Ingest
from saidanddone.archive.parts import EVENT_COLUMNS
from saidanddone.archive.shelf import Shelf
from saidanddone.archive.store import Store
from saidanddone.archive.tally import TALLY_COLUMNS

__all__ = [
    "EVENT_COLUMNS",
    "TALLY_COLUMNS",
    "Archive",
    "Coverage",
    "FileReport",
    "Finding",
    "Ingest",
    "Shelf",
    "Store",
]
