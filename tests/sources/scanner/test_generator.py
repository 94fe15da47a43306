from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from saidanddone.sources.gdelt import LAYOUTS, pure

AT = datetime(2019, 10, 1, 0, 15)


def test_the_same_seed_gives_the_same_bytes(gdelt_like: ModuleType, tmp_path: Path) -> None:
    made = [
        gdelt_like.make(tmp_path / name, 300, files=5, seed=seed)
        for name, seed in (("one", 1), ("again", 1), ("other", 2))
    ]
    one, again, other = ([path.read_bytes() for path in paths] for paths in made)
    assert one == again
    assert one != other
    assert len({path.name for path in made[0]}) == 5


@pytest.mark.parametrize("layout", [57, 58, 61])
def test_rows_have_the_layout_and_can_all_be_read(gdelt_like: ModuleType, layout: int) -> None:
    text = gdelt_like.text(500, at=AT, layout=layout)
    counted = pure.count_rows(text, LAYOUTS[layout], 1)
    assert counted.aside.height == 0
    assert counted.kept + sum(counted.filtered.values()) == 500
    assert 300 < len(text) / 500 < 500 or layout == 57


def test_rows_are_told_apart_and_sorted_as_the_genuine_are(gdelt_like: ModuleType) -> None:
    rows = [row.split("\t") for row in gdelt_like.rows(3000, at=AT)]
    assert len({row[0] for row in rows}) == 3000
    keys = [(row[1], row[5], row[15], row[26]) for row in rows]
    assert keys == sorted(keys)
    empty = sum(not row[7] for row in rows) / 3000
    assert 0.25 < empty < 0.5


def test_files_are_zipped_as_shipped(gdelt_like: ModuleType, tmp_path: Path) -> None:
    paths = gdelt_like.make(tmp_path, 100, files=3, days=3, since=date(2013, 4, 1), layout=58)
    assert [path.name for path in paths] == [f"2013040{day}.export.CSV.zip" for day in (1, 2, 3)]
    with zipfile.ZipFile(paths[0]) as archive:
        assert archive.namelist() == ["20130401.export.CSV"]
        assert archive.read("20130401.export.CSV").count(b"\n") == 33
    (plain,) = gdelt_like.make(tmp_path / "plain", 0, zipped=False)
    assert plain.read_bytes() == b""
