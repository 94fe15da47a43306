"""Operators folded into codes, and what support makes of what it supports."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.reading import code
from saidanddone.reading.folding import fold


@pytest.mark.parametrize(
    ("operator", "inner", "folded"),
    [
        ("pledge", "070", "033"),
        ("pledge", "190", "138"),
        ("refuse", "046", "125"),
        ("refuse", "036", "125"),
        ("stop", "070", "162"),
        ("ease", "163", "085"),
        ("back", "163", "113"),
        ("back", "046", "051"),
        ("begin", "190", "190"),
        ("refuse", "V+", "V+"),
    ],
)
def test_an_operator_over_a_code(operator: str, inner: str, folded: str) -> None:
    assert fold(operator, inner) == folded


@pytest.mark.parametrize(
    ("sentence", "source", "target", "valence"),
    [
        ("Russia supports sanctions against North Korea.", "Russia", "North Korea", -1),
        ("Germany's support for sanctions against Iran grew.", "Germany", "Iran", -1),
        ("China backed an embargo on Iran.", "China", "Iran", -1),
        ("France supports Ukraine.", "France", "Ukraine", 1),
        ("Japan endorsed talks with China.", "Japan", "China", 1),
    ],
)
def test_support_has_the_sign_of_what_it_supports(
    sentence: str, source: str, target: str, valence: int
) -> None:
    found = code(sentence, source=source, target=target)
    assert found is not None
    assert (found.channel, found.valence) == ("said", valence)
