"""The notebook of the manual runs in a real kernel and is kept without its output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .examples import DOCS

nbformat = pytest.importorskip("nbformat", reason="the extra docs is not installed")
nbclient = pytest.importorskip("nbclient", reason="the extra docs is not installed")

TUTORIAL = DOCS / "tutorial.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Any:
    found = nbformat.read(TUTORIAL, as_version=4)
    nbformat.validate(found)
    return found


def test_it_is_kept_without_output(notebook: Any) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []


# The kernel's own clients warn of event loops and ports; nothing of it is ours.
@pytest.mark.filterwarnings("ignore")
def test_it_runs_from_top_to_bottom(notebook: Any, tmp_path: Path) -> None:
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    ran = client.execute()
    shown = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert not [output for output in shown if output.output_type == "error"]
    rich = [o["data"]["text/html"] for o in shown if "text/html" in o.get("data", {})]
    assert len(rich) == 3
    assert all("<img" in one for one in rich)
    printed = "".join(output.get("text", "") for output in shown)
    assert "6 rows read, 6 kept" in printed
    assert "write PRK or KOR." in printed
