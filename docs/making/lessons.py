"""The notebooks of the manual: their cells are run here, and become a page with what they show."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cell:
    """A cell that was run: its text, what it printed, and what its last line shows."""

    kind: str
    source: str
    printed: str = ""
    shown: Any = None


def run(notebook: Path) -> Iterator[Cell]:
    """Run a notebook's cells one after another in a folder that is thrown away."""
    names: dict[str, Any] = {}
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    back = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for cell in cells:
                source = "".join(cell["source"])
                if cell["cell_type"] != "code":
                    yield Cell(cell["cell_type"], source)
                    continue
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    shown = _value(source, names)
                yield Cell("code", source, printed.getvalue(), shown)
        finally:
            os.chdir(back)


def _value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; its value is that of its last expression, as in a notebook."""
    tree = ast.parse(source)
    silent = source.rstrip().endswith(";") or not isinstance(tree.body[-1], ast.Expr)
    last = None if silent else tree.body.pop()
    exec(compile(tree, "<cell>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def page(notebook: Path) -> str:
    """Return a notebook as a page of Markdown with its output."""
    parts = []
    for cell in run(notebook):
        if cell.kind == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        if cell.printed:
            parts.append(f"```text\n{cell.printed.rstrip()}\n```")
        if cell.shown is not None:
            parts.append(_shown(cell.shown))
    return "\n\n".join(parts) + "\n"


def _shown(value: Any) -> str:
    if hasattr(value, "_repr_html_"):
        # One line, so that Markdown leaves the piece as it is.
        inside = value._repr_html_().replace("\n", " ")
        return f'<div class="shown">{inside}</div>'
    return f"```text\n{value if isinstance(value, str) else json.dumps(value, default=repr)}\n```"
