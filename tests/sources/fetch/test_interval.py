"""Which files a window should have, by the names that the service gives them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadDate
from saidanddone.model import Window
from saidanddone.sources.fetch.interval import Table, expected, fetchable, interval_of
from saidanddone.sources.fetch.listing import Listing
from saidanddone.sources.fetch.plan import make_plan

NOW = datetime(2023, 10, 6, 16)


def window(since: str, until: str) -> Window:
    return Window.parse(since, until)


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("1979.zip", "1979-01-01", "1979-12-31"),
        ("200602.zip", "2006-02-01", "2006-02-28"),
        ("20130401.export.CSV.zip", "2013-04-01", "2013-04-01"),
        ("20150218230000.export.CSV.zip", "2015-02-18", "2015-02-18"),
        ("20150219234500.translation.export.csv.zip", "2015-02-19", "2015-02-19"),
    ],
)
def test_a_name_tells_its_days(name: str, since: str, until: str) -> None:
    found = interval_of(name)
    assert found is not None
    assert (str(found.since), str(found.until)) == (since, until)


@pytest.mark.parametrize(
    "name",
    [
        "GDELT.MASTERREDUCEDV2.1979-2013.zip",
        "20150218230000.gkg.csv.zip",
        "20150231.export.CSV.zip",
        "20150218250000.export.CSV.zip",
        "2013.zip",  # its days stand in monthly and daily files
        "200512.zip",
        "20130331.export.CSV.zip",
        "../1979.zip",
        "1979.zip\n",
        "٢٠٠٥.zip",
        "9999.zip",
        "0000.zip",
        "",
    ],
)
def test_other_names_are_no_intervals(name: str) -> None:
    assert interval_of(name) is None


def test_files_off_the_grid_stand_for_their_quarter() -> None:
    late, exact = (
        interval_of("20190101001503.export.CSV.zip"),
        interval_of("20190101001500.export.CSV.zip"),
    )
    assert late is not None and exact is not None
    assert late.key == exact.key


@given(st.dates(date(1979, 1, 1), date(2024, 1, 1)), st.integers(0, 900), st.sampled_from([1, 2]))
def test_expected_intervals_tile_the_window(first: date, days: int, version: int) -> None:
    tables: Sequence[Table] = ["export"]
    if version == 2:
        days = min(days, 20)
    span = Window(first, first + timedelta(days=days))
    found = list(expected(span, 1 if version == 1 else 2, tables))
    for before, after in pairwise(found):
        assert before.end == after.start
    for interval in found:
        assert interval.overlaps(span)
        assert interval_of(interval.name) == interval
    if version == 1:
        assert found[0].since <= first
        assert found[-1].until >= first + timedelta(days=days)


def test_the_whole_of_one_is_as_the_service_lists_it(shared_data: Path, tmp_path: Path) -> None:
    lists = {
        "sizes": shared_data / "gdelt/filelists/v1_event_file_list.txt.zip",
        "md5s": shared_data / "gdelt/filelists/v1_event_md5sums.txt.zip",
    }
    span, listing = window("1979", "2023-10-05"), Listing()
    for form, path in lists.items():
        with zipfile.ZipFile(path) as packed:
            text = tmp_path / form
            text.write_bytes(packed.read(packed.namelist()[0]))
        listing.add(text, "sizes" if form == "sizes" else "md5s", span, 1, ["export"])
    plan = make_plan(listing, span, 1, ["export"], NOW)
    assert len(plan.files) == 3950
    assert all(file.bytes and re.fullmatch("[0-9a-f]{32}", file.md5 or "") for file in plan.files)
    assert [gap.interval.name[:8] for gap in plan.unlisted] == [
        "20140123", "20140124", "20140125", "20140319"
    ]  # fmt: skip
    assert (plan.unread, plan.not_due) == (0, 0)


def test_the_first_days_of_two_are_as_the_service_lists_them(
    shared_data: Path, tmp_path: Path
) -> None:
    path = shared_data / "gdelt/filelists/v2_masterfilelist_english.txt.zip"
    with zipfile.ZipFile(path) as packed:
        text = tmp_path / "master"
        text.write_bytes(packed.read(packed.namelist()[0]))
    span, listing = window("2015-02-18", "2015-02-21"), Listing()
    listing.add(text, "master", span, 2, ["export"])
    plan = make_plan(listing, span, 2, ["export"], NOW)
    assert len(plan.files) + len(plan.unlisted) == 4 + 3 * 96
    assert [gap.interval.name[:12] for gap in plan.unlisted] == [
        "201502190700", "201502190730", "201502190815", "201502190830", "201502190845",
        "201502190900", "201502190915", "201502191000",
    ]  # fmt: skip


def test_what_is_not_due_is_no_gap() -> None:
    span = window("2018-03-01", "2018-03-01")
    plan = make_plan(Listing(), span, 2, ["export"], datetime(2018, 3, 1, 3))
    # Until 02:00 an hour has passed since the quarter's end.
    assert (len(plan.unlisted), plan.not_due) == (8, 88)
    plan = make_plan(Listing(), span, 1, ["export"], datetime(2018, 3, 2, 9))
    assert (len(plan.unlisted), plan.not_due) == (0, 1)
    plan = make_plan(Listing(), span, 1, ["export"], datetime(2018, 3, 3, 1))
    assert (len(plan.unlisted), plan.not_due) == (1, 0)


def test_windows_are_cut_to_what_there_is() -> None:
    now = datetime(2018, 3, 1, 12)
    assert fetchable(window("1950", "1980"), 1, now) == window("1979-01-01", "1980")
    assert fetchable(window("2018", "2030"), 1, now) == window("2018-01-01", "2018-03-01")
    with pytest.raises(BadDate, match="begins on 1979-01-01"):
        fetchable(window("1950", "1978"), 1, now)
    with pytest.raises(BadDate, match="or --version 1"):
        fetchable(window("2014", "2014"), 2, now)
    with pytest.raises(BadDate, match="in the future"):
        fetchable(window("2018-03-02", "2019"), 1, now)
    with pytest.raises(BadDate, match="two ends"):
        fetchable(Window(date(2018, 1, 1), None), 1, now)
