"""The archive: acts on disk, their tally, and what became of every row that was read."""

from saidanddone.archive.archive import Archive
from saidanddone.archive.check import Finding
from saidanddone.archive.coverage import Coverage
from saidanddone.archive.documents import Document
from saidanddone.archive.elsewhere import FileCounter
from saidanddone.archive.engine import EMBEDDED, ENGINES, Engine, engine_of
from saidanddone.archive.gaps import Gap, described
from saidanddone.archive.panel import PANEL_COLUMNS
from saidanddone.archive.parts import EVENT_COLUMNS
from saidanddone.archive.report import FileReport, Ingest
from saidanddone.archive.shelf import Shelf
from saidanddone.archive.store import DistributedStore, Store, select_acts, select_cells
from saidanddone.archive.tally import TALLY_COLUMNS

__all__ = [
    "EMBEDDED",
    "ENGINES",
    "EVENT_COLUMNS",
    "PANEL_COLUMNS",
    "TALLY_COLUMNS",
    "Archive",
    "Coverage",
    "DistributedStore",
    "Document",
    "Engine",
    "FileCounter",
    "FileReport",
    "Finding",
    "Gap",
    "Ingest",
    "Shelf",
    "Store",
    "described",
    "engine_of",
    "select_acts",
    "select_cells",
]
