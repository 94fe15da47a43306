"""The forms in which ICEWS files are published: names, order and quotes of columns, packing."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.icews import IcewsSource
from saidanddone.sources.icews_header import COLUMNS, icews_header

SAMPLE = "icews/events.2018.sample.tab"
HEADER = list(COLUMNS)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of rows under a header, columns put in another order where one is given."""

    def write(header: list[str], rows: list[str], order: list[int] | None = None) -> Path:
        path = tmp_path / "events.1995.20150313082510.tab"
        cells = [header, *(row.split("\t") for row in rows)]
        lines = [[line[place] for place in order or range(len(header))] for line in cells]
        path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "as_written",
    [
        lambda name: name,
        lambda name: name.lower().replace(" ", "_"),
        lambda name: name.replace(" ", "."),
        str.upper,
    ],
    ids=["archive", "snake", "dotted", "capitals"],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_columns_go_by_name(
    written: Any, event: Any, whole: Any, as_written: Any, backwards: bool
) -> None:
    order = list(range(20))[::-1] if backwards else None
    rows = [event(), event(code="040", date="1995-01-01")]
    read = whole(IcewsSource(), written([as_written(name) for name in HEADER], rows, order))
    expected = whole(IcewsSource(), written(HEADER, rows))
    assert read.acts.equals(expected.acts)
    assert read.acts["date"].cast(str).to_list() == ["2018-06-01", "1995-01-01"]
    assert read.acts["code"].to_list() == ["112", "040"]


def test_columns_that_a_store_adds_are_left_alone(written: Any, event: Any, whole: Any) -> None:
    path = written([*HEADER, "year", "yearmonth", "source_file"], [event() + "\t1995\t199501\tf"])
    assert whole(IcewsSource(), path).kept == 1


def test_an_unknown_column_is_refused_by_name(written: Any, event: Any) -> None:
    path = written([*HEADER, "Mood", "Tone"], [event() + "\t1\t2"])
    with pytest.raises(BadFile, match="unknown columns Mood, Tone"):
        icews_header(path)


def test_a_column_twice_or_lacking_is_refused_by_name(written: Any, event: Any) -> None:
    with pytest.raises(BadFile, match="the column 'event_id' twice"):
        icews_header(written([*HEADER, "event_id"], [event() + "\t1"]))
    with pytest.raises(BadFile, match="lacks the column CAMEO Code "):
        icews_header(written([*HEADER[:6], "Code", *HEADER[7:]], [event()]))


def test_quoted_fields_are_read(tmp_path: Path, event: Any, whole: Any, written: Any) -> None:
    rows = [event(source='The "Guard" (India)'), event()]
    plain = whole(IcewsSource(), written(HEADER, rows))
    path = tmp_path / "events.1996.tab"
    lines = [HEADER, *(row.split("\t") for row in rows)]
    quoted = ["\t".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    assert whole(IcewsSource(), path).acts.equals(plain.acts)


def test_every_packing_gives_the_same_acts(
    tmp_path: Path, written: Any, event: Any, whole: Any
) -> None:
    path = written(HEADER, [event(), event(code="999")])
    expected = whole(IcewsSource(), path)
    zipped, packed = tmp_path / "Events.2017.20200602.tab.zip", tmp_path / "events.1997.tab.gz"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "Events.2017.20200602.tab")
        archive.writestr("__MACOSX/._Events.2017.20200602.tab", b"x")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for file in (zipped, packed):
        read = whole(IcewsSource(), file)
        assert read.acts.equals(expected.acts)
        assert read.aside.equals(expected.aside)


def test_a_folder_gives_every_form_by_name(tmp_path: Path) -> None:
    names = [
        "20181004-icews-events.zip",
        "20200517-icews-events.tab",
        "Events.2017.20200602.tab.zip",
        "events.1995.20150313082510.tab",
        "events.2018.sample.tab",
    ]
    for name in [*names, "icews.actors.20140112.tab", "changes.txt"]:
        (tmp_path / name).write_text("x")
    assert [path.name for path in open_source("icews").find(tmp_path)] == names


def test_the_genuine_sample_is_read_the_same_under_other_names(
    genuine: Any, whole: Any, tmp_path: Path
) -> None:
    path = genuine(SAMPLE)
    header, _, rest = path.read_text(encoding="utf-8").partition("\n")
    renamed = tmp_path / "events.2018.tab"
    renamed.write_text(header.lower().replace(" ", "_") + "\n" + rest, encoding="utf-8")
    assert whole(IcewsSource(), renamed).acts.equals(whole(IcewsSource(), path).acts)
