"""FollowTheMoney entities: valid by the real library, each named before it is referred to."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from saidanddone.actors.tables import entries
from saidanddone.faces.exports import shapes

from .conftest import HOSTILE, acts_of


def entities_of(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().split("\n") if line]


def acts_of_every_kind() -> Any:
    others = [{"target": id_, "target_name": None} for id_ in entries() if id_ != "RUS"]
    return acts_of(
        {"text": HOSTILE, "place": "Moscow, Russia", "id": "7"},
        {"source": "SUN", "date": date(1950, 1, 1), "precision": "year"},
        {"code": "V-", "channel": "signed", "valence": -1, "text": None, "file": None},
        {"code": None, "channel": "material", "reference": None},
        {"reference": "A page <https://example.org/a>, characters 10 to 20"},
        *others,
    )


def test_an_act_is_an_event_between_two_parties_with_its_proof(export: Any) -> None:
    reference = "A page <https://example.org/a>, characters 10 to 20"
    found = entities_of(export("ftm", acts_of({"reference": reference}))[0])
    assert [entity["schema"] for entity in found] == [
        "PublicBody", "PublicBody", "Document", "Event",
    ]  # fmt: skip
    russia, korea, document, event = found
    assert russia["properties"] == {"name": ["Russia"], "country": ["ru"]}
    assert event["properties"]["organizer"] == [russia["id"]]
    assert event["properties"]["involved"] == [korea["id"]]
    assert event["properties"]["proof"] == [document["id"]]
    assert event["properties"]["date"] == ["2018-03-05"]
    assert event["properties"]["sourceUrl"] == ["https://example.org/a"]
    assert event["properties"]["keywords"] == ["said", "cooperative", "praise", "CAMEO 051"]
    assert document["properties"]["fileName"] == ["ab" * 32]


def test_every_entity_comes_once_and_before_it_is_named(export: Any) -> None:
    met: set[str] = set()
    for entity in entities_of(export("ftm", acts_of_every_kind())[0]):
        assert entity["id"] not in met
        met.add(entity["id"])
        for name in ("organizer", "involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= met


def test_what_was_denied_is_no_event(export: Any) -> None:
    content, written = export("ftm", acts_of({"mode": "negated"}, {}))
    assert written.left_out == {shapes.DENIED: 1}
    assert [e["schema"] for e in entities_of(content)].count("Event") == 1


def test_the_real_library_takes_every_value(export: Any) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    for raw in entities_of(export("ftm", acts_of_every_kind())[0]):
        schema = followthemoney.model.get(raw["schema"])
        assert schema is not None and not schema.abstract
        entity = followthemoney.model.get_proxy(raw, cleaned=False)
        kept = entity.to_dict()["properties"]
        assert set(kept) == set(raw["properties"]), raw
        for name, values in raw["properties"].items():
            type_ = schema.get(name).type
            assert all(type_.clean(value) is not None for value in values), (name, values)
            if type_.name == "entity":
                target = schema.get(name).range
                schemas = {"actor": ("PublicBody", "Organization"), "document": ("Document",)}
                kind = values[0].split("-")[1]
                assert any(followthemoney.model.get(s).is_a(target) for s in schemas[kind])
        schema.validate(entity.to_dict())
