"""Every example of the manual runs and prints what the manual shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .examples import GENUINE, PAGES, ROOT, RUN, Block, blocks, commands

ALL = [block for page in PAGES for block in blocks(page)]

MOST_NOT_RUN = 21
"""Blocks that no test runs: lower it when one can be run; raise it for nothing but a reason."""


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def to_follow(page: Path) -> list[Block]:
    """The blocks of a page that need nothing but the package."""
    return [b for b in ALL if b.page == page and b.reason is None and not b.genuine]


@pytest.mark.parametrize(
    "page", [p for p in PAGES if any(b.language in RUN for b in to_follow(p))], ids=named
)
def test_the_examples_of_a_page(
    page: Path, reader: Any, lay_out: Callable[[Path], None], tmp_path: Path
) -> None:
    lay_out(tmp_path)
    # A page shows a command before the file that it reads as often as after it.
    for block in sorted(to_follow(page), key=lambda block: block.file is None):
        reader.follow(block)


def of_others() -> list[tuple[Path, str]]:
    return sorted({(block.page, block.genuine) for block in ALL if block.genuine})


@pytest.mark.parametrize(
    ("page", "data"), of_others(), ids=[f"{named(page)} {data}" for page, data in of_others()]
)
def test_the_examples_from_genuine_data(  # noqa: PLR0917
    page: Path,
    data: str,
    reader: Any,
    genuine: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = [b for b in ALL if b.page == page and b.genuine == data and b.reason is None]
    for number, block in enumerate(chosen):
        # An ingest whose output is shown begins with nothing; the others ask what is there already.
        anew = any("ingest" in c.line and c.shown for c in commands(block))
        folder = tmp_path / (f"new-{number}" if anew else "asked")
        if not folder.exists():
            folder.mkdir()
            genuine(data, folder, archive=not anew)
        monkeypatch.chdir(folder)
        reader.there_already = not anew
        reader.follow(block)


def test_info_strings_say_what_they_mean() -> None:
    known = {*GENUINE, "no-run", "output"}
    for block in ALL:
        assert block.language, f"{block.where}: a fence without a language"
        if block.reason is None:
            unknown = [w for w in block.words if w not in known and w != block.file]
            assert not unknown, f"{block.where}: {unknown}"
        else:
            assert block.reason, f"{block.where}: no-run needs a reason"


def test_what_is_not_run_is_little(record_property: Callable[[str, object], None]) -> None:
    idle = [block for block in ALL if block.reason is not None]
    record_property("blocks not run", len(idle))
    print(*(f"{block.where}: {block.reason}" for block in idle), sep="\n")
    assert len(idle) <= MOST_NOT_RUN


def test_no_example_hides_outside_a_fence() -> None:
    for page in PAGES:
        fenced = "\n".join(block.text for block in ALL if block.page == page)
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith(("    saidanddone", "    $ saidanddone", "    import saidanddone")):
                assert line.strip() in fenced, f"{named(page)}: {line.strip()} is not in a fence"
