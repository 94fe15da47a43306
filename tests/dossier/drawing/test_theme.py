"""Colours: enough contrast on both papers, every class in the style sheet."""

from __future__ import annotations

import re

import pytest

from saidanddone.dossier.drawing import CLASSES, PAPER, stylesheet

TEXT = {"headline", "title", "label", "value", "change-label"}
PALE = {"paper", "grid", "band90", "band50", "change-interval", "margin", "uncertain", "halo"}
"""Grounds that lie behind marks, and cells that are pale because nothing is certain of them."""

ON_MARKS = {"trigger-number": "trigger-mark", "sign": "warmer-1"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def properties(name: str, theme: str) -> dict[str, str]:
    """The properties of a class in a theme."""
    return CLASSES[name].light | (CLASSES[name].dark if theme == "dark" else {})


def colour(name: str, theme: str) -> str:
    """What a class is drawn in on its paper, opacity reckoned in."""
    found = properties(name, theme)
    kind = "stroke" if found["fill"] == "none" else "fill"
    share = float(found.get(f"{kind}-opacity", "1"))
    ink, ground = found[kind], PAPER[theme]
    mixed = [
        round(share * int(ink[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_read_and_marks_are_seen(theme: str) -> None:
    for name in CLASSES:
        if name in PALE or name in ON_MARKS:
            continue
        found = contrast(colour(name, theme), PAPER[theme])
        assert found >= (4.5 if name in TEXT else 3.0), (name, found)
    for name, ground in ON_MARKS.items():
        wanted = 4.5 if name == "trigger-number" else 3.0
        assert contrast(colour(name, theme), colour(ground, theme)) >= wanted, name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signs_are_seen_on_every_cell(theme: str) -> None:
    for side in ("warmer", "colder"):
        for level in (1, 2, 3):
            ground = colour(f"{side}-{level}", theme)
            assert contrast(colour("sign", theme), ground) >= 3.0, ground


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_read_in_the_zone_near_expectation(theme: str) -> None:
    assert contrast(colour("label", theme), colour("margin", theme)) >= 4.5


def test_the_style_sheet_has_every_class_in_both_themes() -> None:
    rules = stylesheet()
    for name in CLASSES:
        assert f"svg.drawing .{name}{{" in rules
        assert f':root[data-theme="dark"] svg.drawing .{name}{{' in rules
    assert rules.count("{") == rules.count("}")
    assert "url(" not in rules and "@import" not in rules
    # Paper is light whatever the screen is.
    assert all("screen" in media for media in re.findall(r"@media ([^{]*)", rules))
