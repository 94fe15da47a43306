"""Mentions in an archive: each file once and whole, parts merged, and who reported an event."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

import saidanddone as sd
from saidanddone.archive import Archive, mentions
from saidanddone.errors import BadChoice, DamagedArchive

Put = Callable[..., Path]

WORLD = [
    *("USA", "CHN", "KOR", "JPN", "FRA", "GBR", "DEU", "IRN"),
    *("IRQ", "TUR", "EGY", "IND", "PAK", "BRA", "CAN", "CUB"),
]


def mention(id_: int, outlet: str, text: str = " ", day: int = 1) -> str:
    length, _, tone = text.partition(" ")
    time = f"201701{day:02d}073000"
    document = f"http://{outlet}/{id_}"
    told = ["1", "0", "0", "0", "1", "100", length, tone]
    return "\t".join([str(id_), "20170101073000", time, "1", outlet, document, *told, "", ""])


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(rows: list[str], name: str) -> Path:
        path = tmp_path / f"{name}.mentions.CSV.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(path.stem, "".join(f"{row}\n" for row in rows))
        return path

    return write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def parts_of(archive: Archive) -> list[Path]:
    return sorted((archive.path / "mentions").rglob("*.parquet"))


def whole(archive: Archive) -> bool:
    return archive.check() == []


def test_a_file_counts_once_and_its_mentions_are_found(archive: Archive, put: Put) -> None:
    first = put([mention(7, "a.org"), mention(7, "b.org"), mention(9, "a.org")], "first")
    second = put([mention(7, "a.org", day=2), mention(8, "c.org", day=2)], "second")
    told = archive.add_mentions([first, second], "gdelt")
    assert [(f.status, f.rows, f.kept) for f in told.files] == [
        ("ingested", 3, 3),
        ("ingested", 2, 2),
    ]
    again = archive.add_mentions([first.parent], "gdelt")
    assert [f.status for f in again.files] == ["already there"] * 2
    found = archive.mentions("gdelt", ["7", "8", "no number", "", "9" * 30])
    assert found.select("id", "outlet").rows() == [(7, "a.org"), (7, "b.org"), (8, "c.org")]
    # What was seen again is one mention, from the first day to the last.
    assert (found["last"] - found["first"])[0].days == 1
    assert archive.mentions("gdelt", ["1", "99"]).is_empty()
    assert archive.mentions("other", ["7"]).is_empty()
    assert whole(archive)
    assert archive.datasets() == []


def test_small_parts_become_one(
    archive: Archive, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentions, "ROWS_IN_A_PART", 5)
    for number in range(6):
        rows = [mention(2 * number + n, "a.org") for n in range(2)]
        archive.add_mentions([put(rows, f"file-{number}")], "gdelt")
        assert whole(archive)
    sizes = [pl.read_parquet(path).height for path in parts_of(archive)]
    assert sum(sizes) == 12 and len(sizes) == 3
    assert archive.mentions("gdelt", [str(n) for n in range(12)]).height == 12


def test_a_refused_file_leaves_the_others(archive: Archive, put: Put, tmp_path: Path) -> None:
    good = put([mention(7, "a.org")], "good")
    bad = put(["not a row of mentions"], "bad")
    told = archive.add_mentions([bad, tmp_path / "nowhere", good], "gdelt")
    assert [f.status for f in told.files] == ["refused", "refused", "ingested"]
    assert "16 columns" in (told.files[0].error or "")
    assert archive.mentions("gdelt", ["7"]).height == 1
    assert whole(archive)


def test_a_name_that_no_dataset_can_have(archive: Archive, put: Put) -> None:
    with pytest.raises(BadChoice, match="cannot be the name of a dataset"):
        archive.add_mentions([put([mention(7, "a.org")], "a")], "../gdelt")
    assert not parts_of(archive)


KILLED = """
import os, signal, sys
from pathlib import Path
from saidanddone.archive import Archive, mentions
original = mentions._commit
def killed(*args):
    if sys.argv[3] == "after":
        original(*args)
    os.kill(os.getpid(), signal.SIGKILL)
mentions._commit = killed
Archive.open(sys.argv[1]).add_mentions([Path(sys.argv[2])], "gdelt")
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_ingest_leaves_before_or_after(archive: Archive, put: Put, when: str) -> None:
    archive.add_mentions([put([mention(7, "a.org")], "first")], "gdelt")
    second = put([mention(7, "b.org"), mention(8, "b.org")], "second")
    command = [sys.executable, "-c", KILLED, str(archive.path), str(second), when]
    assert subprocess.run(command, check=False).returncode < 0
    assert [f for f in archive.check() if f.severity == "fault"] == []
    assert archive.mentions("gdelt", ["7", "8"]).height == (1 if when == "before" else 3)
    archive.add_mentions([second], "gdelt")
    assert archive.mentions("gdelt", ["7", "8"]).height == 3
    assert whole(archive) and len(parts_of(archive)) == 1


def test_a_part_that_is_damaged_is_named(archive: Archive, put: Put) -> None:
    archive.add_mentions([put([mention(7, "a.org")], "a")], "gdelt")
    (part,) = parts_of(archive)
    part.write_bytes(part.read_bytes()[:-9])
    assert [f.what for f in archive.check()] == ["its bytes are not those that were written"]
    with pytest.raises(DamagedArchive):
        archive.mentions("gdelt", ["7"])
    with pytest.raises(DamagedArchive, match="not those that were written"):
        archive.add_mentions([put([mention(8, "a.org")], "b")], "gdelt")
    part.unlink()
    assert [f.what for f in archive.check()] == ["it is missing"]


def test_an_answer_says_who_reported_an_act(tmp_path: Path, put: Put) -> None:
    from saidanddone.sources.gdelt import LAYOUTS

    base = {
        "SQLDATE": "20170101", "Actor1CountryCode": "RUS", "Actor2CountryCode": "PRK",
        "Actor1Type1Code": "GOV", "NumArticles": "4", "DATEADDED": "20170101073000",
        "ActionGeo_FullName": "Pyongyang",
    }  # fmt: skip
    rows = []

    def emit(id_: int, **values: str) -> None:
        all_ = base | {"GLOBALEVENTID": str(id_)} | values
        rows.append("\t".join(all_.get(name, "") for name in LAYOUTS[61].columns))

    for number in range(40):
        day = f"201701{number % 28 + 1:02d}"
        code = ("042", "070", "111", "190", "020")[number % 5]
        for id_ in (number, 1000 + number):  # the second is the first again, as GDELT emits it
            emit(id_, SQLDATE=day, EventCode=code)
    for number, (source, target) in enumerate(permutations(WORLD, 2)):  # a norm needs 200 pairs
        for code in ("020", "111", "070", "190"):
            day = f"201701{(number + int(code)) % 28 + 1:02d}"
            emit(0, SQLDATE=day, EventCode=code, Actor1CountryCode=source, Actor2CountryCode=target)
    export = tmp_path / "20170101073000.export.CSV"
    export.write_text("".join(f"{row}\n" for row in rows))
    folder = tmp_path / "archive"
    sd.ingest("gdelt", [export], folder)
    before = sd.ask("russia", "north-korea", archive=folder)
    told = [mention(n, outlet, "900 1.5") for n in range(40) for outlet in ("a.org", "b.org")]
    told += [mention(1000 + n, "c.org") for n in range(40)]
    sd.ingest("mentions", [put(told, "a")], folder)
    answer = sd.ask("russia", "north-korea", archive=folder)
    assert answer.evidence
    assert {item.text.partition(" (")[2] for item in answer.evidence} == {
        "reported by 3 outlets, 2 independent)"
    }
    assert [i.text.partition(" (")[0] for i in answer.evidence] == [i.text for i in before.evidence]
    assert answer.gap == before.gap
    reported = sd.ask("russia", "north-korea", archive=folder, count="reports")
    (note,) = [note for note in reported.coverage.notes if "repeat another" in note]
    assert note.startswith("40 of 80 events of this pair repeat another")
    assert not [note for note in answer.coverage.notes if "repeat another" in note]
