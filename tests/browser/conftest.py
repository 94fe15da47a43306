"""A browser, the web application as a process of its own, and a static site on a file server."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

ARTEFACTS = Path(os.environ.get("SAIDANDDONE_ARTEFACTS", Path(__file__).parents[2] / "artefacts"))
"""Screenshots of the run are kept here, to be looked at."""

REPORT = """\
North Korea and the fish

By A. Writer. 5 March 2018

Russia condemned North Korea on 2 March 2018. The Russian foreign minister visited Pyongyang on
3 March 2018. Russia sent food aid to North Korea on 4 March 2018. <script>alert("no")</script>
South Korea accused North Korea of theft on 4 March 2018.
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium; a test that needs it is skipped where it or playwright is missing.

    No longer than a module: playwright keeps an event loop running in this thread meanwhile.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def trouble() -> list[str]:
    """What a page complained of: errors, refused policies, requests to other hosts."""
    return []


@pytest.fixture
def open_page(chromium: Any, trouble: list[str]) -> Iterator[Any]:
    """Open pages in contexts of their own; at the end nothing may have gone wrong in them."""
    contexts = []

    def opened(url: str, *, width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        own = url.split("/")[2]
        page.on(
            "request",
            lambda asked: None if asked.url.split("/")[2] == own else trouble.append(asked.url),
        )
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run `saidanddone serve` on a free port; yields its address without the last slash."""
    command = [sys.executable, "-m", "saidanddone.faces.cli", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "serving at " in line:
                address = line.split("serving at ")[1].split()[0].rstrip("/")
                break
        else:
            pytest.fail("the web application did not start")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield address
    finally:
        process.terminate()
        assert process.wait(30) == 0
        process.stderr.close()


@pytest.fixture(scope="session")
def case_server() -> Iterator[str]:
    """The case that ships, served."""
    pytest.importorskip("fastapi")
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def census_server(census_archive: Path) -> Iterator[str]:
    """The generated census, served."""
    pytest.importorskip("fastapi")
    with serving("--archive", str(census_archive)) as address:
        yield address


@pytest.fixture(scope="session")
def documents_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive into which one report was read, served."""
    pytest.importorskip("fastapi")
    pytest.importorskip("spacy")
    folder = tmp_path_factory.mktemp("read")
    report = folder / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    found = list(sd.read([str(report)], into=folder / "archive"))
    assert found
    with serving("--archive", str(folder / "archive")) as address:
        yield address


@pytest.fixture(scope="session")
def static_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case that ships as a static site."""
    out = tmp_path_factory.mktemp("site") / "out"
    command = [sys.executable, "-m", "saidanddone.faces.cli", "publish", str(out), "--quiet"]
    subprocess.run(command, check=True)
    return out


@pytest.fixture(scope="session")
def static_server(static_site: Path) -> Iterator[str]:
    """The static site on a plain file server, below a folder."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    root = static_site.parent
    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{static_site.name}"
        server.shutdown()
        thread.join()
