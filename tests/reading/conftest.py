"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest


@pytest.fixture(scope="session")
def told() -> Callable[..., set[str]]:
    """The acts of a sentence as 'SOURCE>TARGET channel sign'."""
    from saidanddone.reading.coding import UNREPORTED
    from saidanddone.reading.parser import parse_all
    from saidanddone.reading.sentence_acts import acts_in

    def read(sentence: str, published: str = "2023-06-15") -> set[str]:
        (doc,) = parse_all([sentence])
        return {
            f"{act.source}>{act.target} {act.coding.channel} {act.coding.valence:+d}"
            for act in acts_in(doc, published=date.fromisoformat(published))
            if act.source and act.target and act.coding.mode not in UNREPORTED
        }

    return read
