"""Topics: every code has one, and a yielding act is not told under what it ends."""

from __future__ import annotations

import pytest

from saidanddone import codes
from saidanddone.dossier import topics
from saidanddone.dossier.topics import topic, topic_of_codes
from saidanddone.errors import BadChoice


def test_every_code_has_one_topic() -> None:
    table = topic_of_codes()
    assert sorted(table["code"]) == sorted(codes.table()["code"])


def test_every_topic_has_codes_and_every_beginning_is_used() -> None:
    known = codes.table()["code"].to_list()
    named = [begin for found in topics() for begin in found.codes]
    assert len(named) == len(set(named))
    assert all(any(code.startswith(begin) for code in known) for begin in named)
    assert set(topic_of_codes()["topic"]) == {found.id for found in topics()}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("163", "sanctions"),
        ("085", "sanctions"),
        ("1312", "sanctions"),
        ("0254", "sanctions"),
        ("072", "arms"),
        ("0711", "aid"),
        ("042", "talks"),
        ("057", "agreements"),
        ("051", "praise"),
        ("129", "votes"),
        ("V-", "votes"),
        ("1011", "trade"),
        ("190", "force"),
    ],
)
def test_longest_beginning_decides(code: str, expected: str) -> None:
    assert dict(topic_of_codes().iter_rows()).get(code, expected) == expected


def test_unknown_topic_is_refused() -> None:
    with pytest.raises(BadChoice, match="'magic'"):
        topic("magic")
