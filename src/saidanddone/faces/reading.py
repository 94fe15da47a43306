"""What documents report, on the terminal and as JSON lines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone.errors import CannotWrite
from saidanddone.reading.notes import Note
from saidanddone.reading.read import Report


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


def print_lines(report: Report) -> None:
    """Print a document's acts as JSON, one a line."""
    for act in report.acts:
        line = json.dumps(act.to_dict(), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write_notes(notes: list[Note], path: Path) -> None:
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
