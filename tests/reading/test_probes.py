"""Probes: single sentences of the kinds that coders of events get wrong.

probes.csv has one row a pair of actors: what `code()` must answer, or nothing in cameo, channel
and valence where the source does nothing toward the target. Several answers that are right stand
with a slash between them; cameo is a prefix. open marks what is still answered wrongly.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.reading.coding import code

FEWEST = 80
FEWEST_RIGHT = 0.85


def probes() -> list[dict[str, str]]:
    with (Path(__file__).parent / "probes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def right(probe: dict[str, str]) -> bool:
    """Whether code() answers a probe as it must."""
    coding = code(probe["sentence"], source=probe["source"], target=probe["target"])
    if not probe["channel"]:
        return coding is None
    if coding is None:
        return False
    return (
        any(coding.cameo.startswith(prefix) for prefix in probe["cameo"].split("/"))
        and coding.channel in probe["channel"].split("/")
        and probe["valence"] in ("", str(coding.valence))
        and probe["mode"] in ("", coding.mode)
    )


def _name(probe: dict[str, str]) -> str:
    return f"{probe['kind']}: {probe['source']} > {probe['target']}, {probe['sentence'][:40]}"


@pytest.mark.parametrize("probe", [p for p in probes() if not p["open"]], ids=_name)
def test_probe(probe: dict[str, str]) -> None:
    assert right(probe)


def test_open_probes_are_those_that_are_answered_wrongly() -> None:
    """One that is answered rightly is to be closed, so that the list tells the truth."""
    closed = [_name(probe) for probe in probes() if probe["open"] and right(probe)]
    assert not closed


def test_most_probes_are_closed() -> None:
    asked = probes()
    assert len(asked) >= FEWEST
    assert sum(not probe["open"] for probe in asked) >= FEWEST_RIGHT * len(asked)
