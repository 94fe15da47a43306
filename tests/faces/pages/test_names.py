"""names.json: what the ask box understands without a server."""

from __future__ import annotations

import json

from saidanddone.actors.names import key
from saidanddone.faces import pages


def test_names_lead_to_slugs() -> None:
    found = json.loads(pages.names_json(["RUS", "PRK", "KOR", "CIV"], [("RUS", "PRK")]))
    labels, names = found["labels"], found["names"]

    def meant(typed: str) -> list[str]:
        return [labels[at] for at in names.get(key(typed), [])]

    assert meant("Moscow") == ["Russia"]
    assert meant("Pyongyang") == meant("D.P.R.K.") == ["North Korea"]
    assert meant("Северная Корея") == ["North Korea"]
    assert meant("Korea") == ["North Korea", "South Korea"]
    assert meant("France") == []
    assert found["slugs"][labels.index("North Korea")] == "north-korea"
    pairs = [[labels[at] for at in pair] for pair in found["pairs"]]
    assert pairs == [["Russia", "North Korea"]]


def test_the_same_names_are_the_same_bytes() -> None:
    assert pages.names_json(["RUS", "PRK"]) == pages.names_json(["PRK", "RUS", "PRK"])
    assert json.loads(pages.names_json([]))["pairs"] is None
