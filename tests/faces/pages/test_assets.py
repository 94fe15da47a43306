"""What pages load: small, from here only, marked with its content."""

from __future__ import annotations

import re

from saidanddone.faces.pages import assets
from saidanddone.faces.pages.environment import version

LARGEST = 20_000
"""Bytes: more is a framework."""


def test_files_are_small_and_load_nothing_from_elsewhere() -> None:
    for name, content in assets.files().items():
        text = content.decode()
        assert len(content) < LARGEST, name
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text), name
        assert "eval(" not in text and "innerHTML" not in text, name


def test_links_bear_a_mark_of_the_content() -> None:
    found = {assets.address(name) for name in assets.files()}
    assert len(found) == len(assets.files())
    assert all(re.fullmatch(r"assets/[a-z.]+\?v=[0-9a-f]{8}", address) for address in found)


def test_the_version_is_that_of_the_files() -> None:
    assert re.fullmatch("[0-9a-f]{64}", version())


def test_both_themes_say_the_same_things() -> None:
    css = assets.files()["style.css"].decode()
    blocks = re.findall(r"\{[^{}]*--paper:[^{}]*\}", css)
    assert len(blocks) == 3
    light, system, chosen = (set(re.findall(r"--(\w+):", block)) for block in blocks)
    assert system == chosen == light - {"serif", "sans"}
    assert re.sub(r"\s+", " ", blocks[1]) == re.sub(r"\s+", " ", blocks[2])
