"""A window into an archive or a folder: what is whole lands once, what is missing is on record."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidanddone.archive import Archive
from saidanddone.errors import BadChoice, BadDate, BadInput, CannotWrite
from saidanddone.faces import fetching
from saidanddone.faces.fetching import FetchReport
from saidanddone.faces.order import INCOMING, order_of
from saidanddone.sources import fetch as service_files

from .mirror import (
    FakeClock,
    Mirror,
    answers,
    breaks_off,
    garbles,
    goes_on_wrong,
    grows,
    hangs_up,
    md5,
    rows_of,
    served,
    zipped,
)

Fetch = Callable[..., FetchReport]

FIRST = date(2018, 1, 1)
SINCE, UNTIL = "2018-01-01", "2018-01-06"


def gaps(archive: Path) -> dict[str, str]:
    return {gap.name: gap.reason for gap in Archive.open(archive).gaps("gdelt")}


def cells(archive: Path) -> list[Any]:
    return Archive.open(archive).cells("gdelt").sort("date").rows()


def whole(folder: Path) -> list[str]:
    """The files that somebody would take for whole."""
    found = (path.name for path in folder.iterdir() if path.is_file())
    return sorted(name for name in found if not name.startswith(".") and ".part" not in name)


def day(number: int) -> str:
    return f"2018010{number}.export.CSV.zip"


@pytest.mark.parametrize("keep", ["events", "tally"])
def test_files_land_in_the_archive_and_go(
    mirror: Mirror, fetch: Fetch, tmp_path: Path, keep: str
) -> None:
    mirror.days(FIRST, 6, without={date(2018, 1, 3)})
    archive = tmp_path / "archive"
    report = fetch(SINCE, UNTIL, archive=archive, keep=keep)
    assert (report.files, report.there, report.fetched, report.failed) == (5, 0, 5, ())
    assert report.ingest is not None and report.ingest.rows == 15
    assert whole(archive / INCOMING) == []
    assert gaps(archive) == {day(3): "not listed by the service"}
    assert len(cells(archive)) == 5
    assert not [finding for finding in Archive.open(archive).check() if finding.severity == "fault"]


def test_what_was_ingested_is_not_fetched_again(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    mirror.days(FIRST, 6, without={date(2018, 1, 3)})
    archive = tmp_path / "archive"
    fetch(SINCE, "2018-01-04", archive=archive)
    before, held = mirror.counts(), cells(archive)
    mirror.days(FIRST, 6)
    report = fetch(SINCE, UNTIL, archive=archive)
    assert (report.there, report.fetched) == (3, 3)
    assert mirror.counts()[day(1)] == before[day(1)] == 1
    assert gaps(archive) == {}
    assert len(cells(archive)) == len(held) + 3
    report = fetch(SINCE, UNTIL, archive=archive)
    assert (report.there, report.fetched) == (6, 0)


def test_a_file_that_was_ingested_unpacked_is_known(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    mirror.days(FIRST, 2)
    bare = tmp_path / "20180101.export.CSV"
    bare.write_bytes(rows_of(FIRST))
    order = order_of("gdelt", SINCE, UNTIL, archive=tmp_path / "archive")
    Archive.create(tmp_path / "archive").ingest(order.source, [bare])
    report = fetch(SINCE, "2018-01-02", archive=tmp_path / "archive")
    assert (report.there, report.fetched) == (1, 1)


def test_what_fails_for_good_is_a_gap_until_it_comes(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    mirror.days(FIRST, 6)
    mirror.fail(day(1), answers(404))
    mirror.fail(day(2), garbles, garbles)
    mirror.fail(day(3), grows)
    mirror.fail(day(4), *[answers(500)] * 6)
    archive = tmp_path / "archive"
    report = fetch(SINCE, UNTIL, archive=archive)
    assert gaps(archive) == {
        day(1): "HTTP status 404 (not found)",
        day(2): "wrong MD5",
        day(3): "wrong size",
        day(4): "HTTP status 500 (6 tries)",
    }
    assert [gap.interval.name for gap in report.missing] == [day(n) for n in (1, 2, 3, 4)]
    assert report.fetched == 2
    report = fetch(SINCE, UNTIL, archive=archive)
    assert (report.fetched, report.failed, gaps(archive)) == (4, (), {})


def test_after_a_wrong_sum_the_whole_list_is_asked_for(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    mirror.days(FIRST, 1)
    mirror.fail(day(1), garbles, garbles)
    for _ in range(2):
        fetch(SINCE, SINCE, archive=tmp_path / "archive")
    assert all("if-none-match" not in asked for asked in mirror.requests("md5sums"))


def test_a_file_that_the_archive_refuses_is_a_gap(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    mirror.days(FIRST, 2)
    mirror.put(f"/events/{day(1)}", zipped(day(1), b"no\tevents\n" * 9))
    mirror.list_days()
    archive = tmp_path / "archive"
    report = fetch(SINCE, "2018-01-02", archive=archive)
    assert gaps(archive) == {day(1): "refused by the archive"}
    assert whole(archive / INCOMING) == []
    assert len(report.failed) == 1 and report.fetched == 2


def test_a_dry_run_changes_nothing(mirror: Mirror, fetch: Fetch, tmp_path: Path) -> None:
    mirror.days(FIRST, 6, without={date(2018, 1, 3)})
    archive = tmp_path / "archive"
    report = fetch(SINCE, UNTIL, archive=archive, dry_run=True)
    size = sum(len(mirror.files[f"/events/{day(n)}"]) for n in (1, 2, 4, 5, 6))
    assert (report.files, report.fetched, report.fetched_bytes, report.there) == (5, 5, size, 0)
    assert [gap.interval.name for gap in report.missing] == [day(3)]
    assert not archive.exists()
    assert set(mirror.counts()) == {"filesizes", "md5sums"}
    fetch(SINCE, "2018-01-02", archive=archive)
    report = fetch(SINCE, UNTIL, archive=archive, dry_run=True)
    assert (report.fetched, report.there) == (3, 2)


def test_files_are_kept_in_a_folder(mirror: Mirror, fetch: Fetch, tmp_path: Path) -> None:
    names = mirror.days(FIRST, 3)
    folder, archive = tmp_path / "folder", tmp_path / "archive"
    report = fetch(SINCE, "2018-01-03", into=folder)
    assert whole(folder) == names and report.ingest is None
    # What lies there whole is ingested without a request; what lies there wrong is replaced.
    (folder / day(2)).write_bytes(b"wrong")
    report = fetch(SINCE, "2018-01-03", into=folder, archive=archive, files="keep")
    assert (report.there, report.fetched) == (2, 1)
    assert whole(folder) == names and len(cells(archive)) == 3
    assert [mirror.counts()[name] for name in names] == [1, 2, 1]


def test_two_point_zero_with_translations_and_mentions(
    mirror: Mirror, fetch: Fetch, tmp_path: Path
) -> None:
    for table in ("export", "mentions", "gkg", "translation.export", "translation.mentions"):
        for quarter in ("0000", "1500", "3000"):
            name = f"2018010100{quarter}.{table}.CSV.zip"
            rows = rows_of(FIRST).replace(b"\t\t\t\t\t\t\n", b"\n")
            mirror.put(f"/gdeltv2/{name}", zipped(name, rows + f"{quarter}{table}".encode()))
    mirror.list_quarters()
    folder = tmp_path / "folder"
    report = fetch(SINCE, SINCE, version=2, into=folder)
    assert {name.split(".", 1)[1] for name in whole(folder)} == {"export.CSV.zip"}
    assert len(report.plan.unlisted) == 93
    report = fetch(SINCE, SINCE, version=2, into=folder, mentions=True, translated=True)
    assert (report.files, report.there, len(whole(folder))) == (12, 3, 12)
    assert len(report.plan.unlisted) == 4 * 93


def test_mentions_become_part_of_the_archive(mirror: Mirror, fetch: Fetch, tmp_path: Path) -> None:
    mentioned = "7\t20180101000000\t20180101000000\t1\ta.org\thttp://a.org/1" + "\t1" * 8 + "\t\t\n"
    for quarter in ("0000", "1500"):
        name = f"2018010100{quarter}.export.CSV.zip"
        mirror.put(
            f"/gdeltv2/{name}", zipped(name, rows_of(FIRST).replace(b"\t\t\t\t\t\t\n", b"\n"))
        )
        name = f"2018010100{quarter}.mentions.CSV.zip"
        mirror.put(f"/gdeltv2/{name}", zipped(name, mentioned.replace("a.org", quarter).encode()))
    mirror.list_quarters()
    archive = tmp_path / "archive"
    report = fetch(SINCE, SINCE, version=2, archive=archive, mentions=True)
    assert report.mentions is not None and len(report.mentions.having("ingested")) == 2
    assert Archive.open(archive).mentions("gdelt", ["7"])["outlet"].to_list() == ["0000", "1500"]
    assert not list(archive.rglob("*.zip"))
    again = fetch(SINCE, SINCE, version=2, archive=archive, mentions=True)
    assert again.fetched == 0


def test_one_version_for_a_day(mirror: Mirror, fetch: Fetch, tmp_path: Path) -> None:
    mirror.days(FIRST, 2)
    mirror.put("/gdeltv2/x.zip", b"x")
    mirror.list_quarters()
    archive = tmp_path / "archive"
    fetch(SINCE, SINCE, archive=archive)
    with pytest.raises(BadInput, match=r"holds days of the window from GDELT 1\.0"):
        fetch(SINCE, SINCE, archive=archive, version=2)


def test_an_interrupted_fetch_keeps_what_is_whole(
    mirror: Mirror, fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.days(FIRST, 6)
    archive, real, landed = tmp_path / "archive", fetching._Errand._noted, []

    def interrupts(self: Any, item: Any, listed: Any) -> bool:
        if len(landed) == 2:
            raise KeyboardInterrupt
        landed.append(listed.name)
        return real(self, item, listed)

    with monkeypatch.context() as patched:
        patched.setattr(fetching._Errand, "_noted", interrupts)
        with pytest.raises(KeyboardInterrupt):
            fetch(SINCE, UNTIL, archive=archive, jobs=1)
    assert len(cells(archive)) == 2
    assert gaps(archive) == {day(n): "not fetched yet" for n in (3, 4, 5, 6)}
    report = fetch(SINCE, UNTIL, archive=archive)
    assert report.there + report.fetched == 6
    assert mirror.counts()[day(1)] == 1
    assert (len(cells(archive)), gaps(archive)) == (6, {})


def test_a_full_disk_ends_the_fetch_and_loses_nothing(
    mirror: Mirror, fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.days(FIRST, 6)
    archive, real = tmp_path / "archive", service_files.download.os.fsync
    calls = []

    def fills(number: int) -> None:
        calls.append(number)
        if len(calls) > 4:  # two lists and two files
            raise OSError(28, "No space left on device")
        real(number)

    with monkeypatch.context() as patched:
        patched.setattr(service_files.download, "os", type("Os", (), {"fsync": fills}))
        with pytest.raises(CannotWrite, match="No space left"):
            fetch(SINCE, UNTIL, archive=archive, jobs=1)
    assert sorted(gaps(archive)) == [day(n) for n in (3, 4, 5, 6)]
    assert fetch(SINCE, UNTIL, archive=archive).fetched == 4
    assert gaps(archive) == {}


def test_a_late_interval_is_no_gap(mirror: Mirror, fetch: Fetch, tmp_path: Path) -> None:
    mirror.days(date(2018, 2, 25), 2)
    clock = FakeClock(datetime(2018, 3, 1, 12))
    report = fetch("2018-02-25", "2018-12-31", archive=tmp_path / "archive", clock=clock)
    assert [gap.interval.name[:8] for gap in report.missing] == ["20180227"]
    assert report.plan.not_due == 2


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"version": 3}, "a version of GDELT"),
        ({"keep": "all"}, "what an archive keeps"),
        ({"files": "burn"}, "what can be done with files"),
        ({"jobs": 0}, "0 connections"),
        ({"jobs": 99}, "99 connections"),
        ({"translated": True}, "neither translated"),
        ({"mentions": True}, "neither translated"),
        ({"files": "keep"}, "no folder to keep"),
        ({"files": "drop", "into": "x"}, "nothing would be left"),
        ({"service": "gdelt"}, "not the address"),
    ],
)
def test_an_order_that_cannot_be(options: dict[str, Any], what: str) -> None:
    with pytest.raises(BadChoice, match=what):
        order_of("gdelt", SINCE, UNTIL, **options)


@pytest.mark.parametrize(
    ("since", "until"),
    [("2018-02", "2018-01"), ("2999", "2999"), ("1950", "1978"), (None, "2018"), ("x", "2018")],
)
def test_a_window_that_cannot_be(since: str | None, until: str) -> None:
    with pytest.raises(BadDate):
        order_of("gdelt", since, until)


def test_only_gdelt_is_fetched() -> None:
    with pytest.raises(BadChoice, match="'icews' is not a dataset that can be fetched"):
        order_of("icews", SINCE, UNTIL)


FAULTS = {
    "breaks off": breaks_off(),
    "sends little": breaks_off(0.05),
    "hangs up": hangs_up,
    "garbles": garbles,
    "grows": grows,
    "goes on wrong": goes_on_wrong,
    "is gone": answers(404),
    "fails": answers(500),
    "is busy": answers(503, Retry_After="3"),
    "is very busy": answers(429, Retry_After="9999"),
}

RUNS = st.lists(
    st.tuples(
        st.booleans(),  # whether the service takes ranges
        st.sets(st.integers(1, 5)),  # days that are not listed
        st.dictionaries(
            st.integers(1, 5), st.lists(st.sampled_from(sorted(FAULTS)), max_size=9), max_size=5
        ),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=RUNS, archived=st.booleans())
def test_after_any_faults_only_whole_files_and_exactly_the_gaps(
    tmp_path: Path, runs: list[Any], archived: bool
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    archive, folder = tmp_path / "archive", tmp_path / "folder"
    target: dict[str, Any] = {"into": folder, "files": "keep"}
    if archived:
        target["archive"] = archive
    mirror, server = served()
    held: set[str] = set()
    try:
        for ranges, unlisted, faults in runs:
            mirror.ignores_range = not ranges
            mirror.faults.clear()
            mirror.files.clear()
            without = {date(2018, 1, n) for n in unlisted}
            mirror.days(date(2017, 12, 31), 6, without=without, padding=3000)
            for number, names in faults.items():
                mirror.fail(day(number), *[FAULTS[name] for name in names])
            clock = FakeClock()
            order = order_of(
                "gdelt", SINCE, "2018-01-05", service=mirror.address, clock=clock, **target
            )
            report = fetching.fetch(order, clock=clock)
            now = set(whole(folder))
            assert held <= now  # nothing that was whole is lost
            held = now
            for name in held:
                if f"/events/{name}" in mirror.files:
                    assert md5((folder / name).read_bytes()) == md5(mirror.files[f"/events/{name}"])
            lacking = {day(n) for n in range(1, 6)} - held
            if archived:
                assert set(gaps(archive)) == lacking
                assert len(cells(archive)) == len(held)
            else:
                assert {gap.interval.name for gap in report.missing} - held == lacking
    finally:
        server.shutdown()
        server.server_close()
