"""What documents report, on the terminal and as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone.errors import BadFile, CannotWrite
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.notes import Note
from saidanddone.reading.read import Report
from saidanddone.reading.sentence_acts import MOST_WORDS


def show(report: Report, console: Console) -> None:
    """Print a document's acts, each with its sentence."""
    page = report.page
    published = f", published {page.published}" if page.published else ""
    console.print(Text(f"{page.title or page.address}{published}: {len(report.acts)} acts", "bold"))
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    for name in ("date", "who toward whom", "what"):
        table.add_column(name, no_wrap=name != "who toward whom")
    table.add_column("sentence", ratio=1)
    for act in report.acts:
        sign = {1: "+", -1: "−", 0: "0"}[act.valence]
        pair = f"{act.source or act.source_text} → {act.target or act.target_text}"
        mode = "" if act.mode == "did" else f", {act.mode}"
        what = f"{act.channel} {sign} ({act.cameo}{mode})"
        table.add_row(act.date or "–", Text(pair), what, Text(act.quote))
    console.print(table)
    for note in report.notes:
        console.print(Text(f"note: {note.text_side}; {note.reference_side}", "dim"))


def left_out(report: Report) -> str:
    """Say that sentences of a document were too long to be coded."""
    what = "a sentence" if report.left_out == 1 else f"{report.left_out:,} sentences"
    error = BadFile(
        f"'{report.page.address}' has {what} of more than {MOST_WORDS} words, not coded",
        "sentences that can be parsed",
        "set full stops where they are missing; the rest of it was read",
    )
    return str(error)


def print_lines(acts: Iterable[ReportedAct]) -> None:
    """Print acts as JSON, one a line."""
    for act in acts:
        line = json.dumps(act.to_dict(), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write_notes(notes: Iterable[Note], path: Path) -> None:
    """Write notes as JSON, one a line; raises CannotWrite."""
    try:
        with path.open("w", encoding="utf-8") as file:
            for note in notes:
                file.write(json.dumps(note.to_dict(), ensure_ascii=False, allow_nan=False) + "\n")
    except OSError as error:
        raise CannotWrite(
            f"the notes '{path}' cannot be written ({error.strerror or error})",
            "a file in a folder that exists and can be written",
            "choose another path for --notes",
        ) from error
