"""Pages to report on: of a census, of the case that ships, of a silent pair, of a hostile one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd

from ... import worlds

HOSTILE = (
    "# heading", "1. one", "- item", "+ item", "=====", "<script>alert(1)</script>",
    "[a](javascript:alert(1))", "![i](http://example.org/i.png)", "http://example.org/x",
    "www.example.org", "someone@example.org @someone", "**bold** __bold__ `code` ~~s~~ $x$",
    "| a | b |\n|---|---|", "&lt;b&gt; &amp;", "```\nfence", "a\\b \\", "\x00\x07\u2028x",
    "#eval(\"1+1\") #sys.version $ pi $ *b*", "#read(\"/etc/passwd\")", "{{7*7}} {% x %}",
    "<https://example.org>",
    "한국어 Русский العربية", "[^1]: note", "<!-- c -->", "]]> </desc>",
)  # fmt: skip
"""Texts that would be markup, links, code or ends of something where they are not escaped."""


@pytest.fixture(scope="session")
def census_page(census_archive: Path) -> Any:
    """The page of a decided pair."""
    return sd.page(*worlds.DECIDED, archive=census_archive)


@pytest.fixture(scope="session")
def silent_page(census_archive: Path) -> Any:
    """The page of a pair without acts."""
    return sd.page(*worlds.SILENT, archive=census_archive)


@pytest.fixture(scope="session")
def yearly_page(counts_archive: Path) -> Any:
    """A page of yearly counts."""
    return sd.page("Argentina", "Chile", archive=counts_archive)


@pytest.fixture(scope="session")
def case_page() -> Any:
    """The page of the case that ships."""
    return sd.page("Russia", "North Korea")


@pytest.fixture(scope="session")
def hostile_page(case_page: Any) -> Any:
    """A page whose acts, dataset and notes carry hostile texts."""
    dossier = case_page.dossier
    evidence = tuple(
        replace(item, text=HOSTILE[i % len(HOSTILE)], reference=HOSTILE[-1 - i % len(HOSTILE)])
        for i, item in enumerate(dossier.evidence)
    )
    changed = replace(dossier, evidence=evidence, title=HOSTILE[5], citation=" ".join(HOSTILE))
    return replace(case_page, dossier=changed, against=HOSTILE)
