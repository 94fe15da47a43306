"""The timeline of acts: once each, with addresses, documents and stable keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from saidanddone.archive import EVENT_COLUMNS
from saidanddone.dossier.timeline import schema, timeline
from saidanddone.model import EvidenceItem

SCHEMA = schema(EVENT_COLUMNS)
FILE = "f" * 64


def act(**changed: Any) -> dict[str, Any]:
    row = {
        "date": date(2018, 3, 5), "precision": "day", "source": "RUS", "target": "PRK",
        "source_name": "Russia", "target_name": "North Korea", "government": True, "code": "042",
        "channel": "signed", "valence": 1, "mode": "did", "reports": 1, "id": "1",
        "text": "The minister came to Pyongyang.", "reference": "a file, line 2", "line": 2,
        "place": None, "added": None, "dataset": "d", "file": FILE,
    }  # fmt: skip
    return row | changed


def acts(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


def test_reports_of_one_act_stand_as_one() -> None:
    table = timeline(acts(act(), act(code="043", id="2", line=3, reports=4, text="Received.")))
    assert table.height == 1
    assert table["reports"].item() == 5
    assert table["text"].item() == "Received."


def test_another_mode_is_another_act() -> None:
    table = timeline(acts(act(), act(mode="negated", line=3)))
    assert table.height == 2
    assert table["counted"].sum() == 1


def test_coarse_dates_keep_every_row() -> None:
    rows = [act(date=date(2018, 1, 1), precision="year", line=n) for n in (2, 3)]
    table = timeline(acts(*rows))
    assert table["date"].to_list() == ["2018", "2018"]
    assert table["key"].n_unique() == 2


def test_bare_relations_get_their_actors() -> None:
    table = timeline(acts(act(text="Make a visit")))
    assert table["text"].item() == "Russia → North Korea: Make a visit"


def test_addresses_and_documents() -> None:
    rows = [
        act(reference="Title, page 3 <https://example.org/a>"),
        act(reference="https://example.org/b, characters 10 to 42", date=date(2018, 3, 6)),
        act(reference="javascript:alert(1)", date=date(2018, 3, 7), file="e" * 64),
    ]
    table = timeline(acts(*rows), documents={FILE}).sort("day")
    assert table["url"].to_list() == ["https://example.org/a", "https://example.org/b", None]
    assert table["document"].to_list() == [FILE, FILE, None]
    assert table["start"].to_list() == [None, 10, None]
    assert table["end"].to_list() == [None, 42, None]


def test_keys_do_not_depend_on_order_or_company() -> None:
    rows = [act(), act(date=date(2018, 4, 1)), act(code="190", channel="done", valence=-1)]
    one, other = timeline(acts(*rows)), timeline(acts(*rows[::-1][:2]))
    assert set(other["key"]) < set(one["key"])


def test_weights_are_those_of_the_evidence() -> None:
    item = EvidenceItem("2018-03-05", "042", "signed", 1, 0.25, "", "1", "")
    table = timeline(acts(act(), act(mode="hypothetical", line=3)), [item])
    assert dict(table.select("counted", "weight").iter_rows()) == {True: 0.25, False: None}


def test_no_acts() -> None:
    assert timeline(acts()).is_empty()


def test_folders_of_the_reader_stay_private() -> None:
    told = "/home/me/a b/r.txt, characters 1 to 5; again in C:\\me\\s.txt, characters 2 to 6"
    table = timeline(acts(act(reference=told)))
    assert table["reference"].item() == (
        "r.txt, characters 1 to 5; again in s.txt, characters 2 to 6"
    )
    assert table["start"].item() == 1
