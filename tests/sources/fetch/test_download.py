"""One file from a service that breaks off, lies, is busy, or leads elsewhere."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import CannotWrite, MissingExtra
from saidanddone.sources.fetch import Brought, Connection, Service, Wanted, bring
from saidanddone.sources.fetch import download as downloads
from saidanddone.sources.fetch.crew import AWAY, PATIENCE
from saidanddone.sources.fetch.download import ATTEMPTS
from saidanddone.sources.fetch.fault import Stopped
from saidanddone.sources.fetch.gate import seconds_asked

from .mirror import (
    FakeClock,
    Handler,
    Mirror,
    answers,
    breaks_off,
    garbles,
    goes_on_wrong,
    grows,
    hangs_up,
    md5,
    redirects,
)

CONTENT = bytes(range(256)) * 40
NAME = "20180101.export.CSV.zip"

Get = Callable[..., Brought]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def get(mirror: Mirror, tmp_path: Path, clock: FakeClock) -> Get:
    """Download CONTENT as it is listed."""
    mirror.put(f"/events/{NAME}", CONTENT)

    def run(size: int | None = len(CONTENT), digest: str | None = md5(CONTENT)) -> Brought:
        wanted = Wanted(NAME, f"events/{NAME}", size, digest)
        clock.start()
        with Connection(Service.at(mirror.address), 1, clock) as connection:
            (item,) = bring(connection, [wanted], tmp_path, 1)
        return item

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "cache")


def test_a_file_comes_whole(get: Get, mirror: Mirror, tmp_path: Path) -> None:
    item = get()
    assert item.path is not None and item.path.read_bytes() == CONTENT
    assert names(tmp_path) == [NAME]
    (headers,) = mirror.requests(NAME)
    assert headers["user-agent"].startswith("saidanddone")
    assert headers["accept-encoding"] == "identity"
    assert headers["host"] == f"127.0.0.1:{mirror.port}"


def test_it_goes_on_where_it_broke_off(get: Get, mirror: Mirror, at_once: list[float]) -> None:
    mirror.fail(NAME, breaks_off(), breaks_off())
    assert get().path is not None
    first, second, third = mirror.requests(NAME)
    assert "range" not in first
    half, quarter = len(CONTENT) // 2, len(CONTENT) * 3 // 4
    assert (second["range"], third["range"]) == (f"bytes={half}-", f"bytes={quarter}-")
    assert second["if-range"] == f'"{md5(CONTENT)}"'
    assert len(at_once) == 2


def test_it_goes_on_in_another_process(get: Get, mirror: Mirror, tmp_path: Path) -> None:
    mirror.fail(NAME, breaks_off(), *[hangs_up] * (ATTEMPTS - 1))
    assert get().reason is not None
    assert names(tmp_path) == [f"{NAME}.part", f"{NAME}.part.json"]
    asked = len(mirror.requests(NAME))
    assert get().path is not None
    assert names(tmp_path) == [NAME]
    assert [headers["range"] for headers in mirror.requests(NAME)[asked:]] == [
        f"bytes={len(CONTENT) // 2}-"
    ]


def test_a_whole_part_needs_no_request(get: Get, mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT)
    note = {"bytes": len(CONTENT), "md5": md5(CONTENT), "validator": None}
    (tmp_path / f"{NAME}.part.json").write_text(json.dumps(note))
    assert get().path is not None
    assert mirror.asked == []


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{", '{"bytes": 5}', '{"bytes": 10240, "md5": "0"}', "null", '"' * 9, "\0"],
)
def test_a_part_of_another_file_is_not_gone_on_with(
    get: Get, mirror: Mirror, tmp_path: Path, note: str
) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"another")
    (tmp_path / f"{NAME}.part.json").write_text(note)
    assert get().path is not None
    assert "range" not in mirror.requests(NAME)[0]


def test_a_service_without_ranges_starts_anew(get: Get, mirror: Mirror) -> None:
    mirror.ignores_range = True
    mirror.fail(NAME, breaks_off())
    item = get()
    assert item.path is not None and item.path.read_bytes() == CONTENT


def test_a_service_without_marks_is_resumed_and_checked(get: Get, mirror: Mirror) -> None:
    mirror.marks = False

    def unmarked(handler: Handler, content: bytes) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[:100])
        handler.close_connection = True
        return True

    mirror.fail(NAME, unmarked)
    assert get().path is not None
    assert mirror.requests(NAME)[1]["range"] == "bytes=100-"
    assert "if-range" not in mirror.requests(NAME)[1]


def test_a_wrong_continuation_is_found_and_started_anew(get: Get, mirror: Mirror) -> None:
    mirror.fail(NAME, breaks_off(), goes_on_wrong)
    item = get()
    assert item.path is not None and item.path.read_bytes() == CONTENT
    assert ["range" in headers for headers in mirror.requests(NAME)] == [False, True, False]


def test_a_changed_file_is_started_anew(get: Get, mirror: Mirror) -> None:
    def before(handler: Handler, _: bytes) -> bool:
        return breaks_off()(handler, b"z" * len(CONTENT))

    mirror.fail(NAME, before)
    item = get()
    assert item.path is not None and item.path.read_bytes() == CONTENT


def test_a_wrong_range_is_not_believed(get: Get, mirror: Mirror) -> None:
    mirror.fail(
        NAME,
        breaks_off(),
        answers(206, Content_Range="bytes 7-9/10"),
        breaks_off(),
        answers(416, Content_Range="bytes */10240"),
    )
    assert get().path is not None


@pytest.mark.parametrize("fault", [garbles, grows], ids=["garbles", "grows"])
def test_what_is_not_as_listed_is_never_a_file(
    get: Get, mirror: Mirror, tmp_path: Path, fault: Any
) -> None:
    mirror.always.append(fault)
    item = get()
    assert item.path is None and item.reason is not None
    assert item.reason.startswith("wrong MD5:" if fault is garbles else "wrong size:")
    assert names(tmp_path) == []


def test_a_wrong_sum_on_the_way_is_tried_once_more(get: Get, mirror: Mirror) -> None:
    mirror.fail(NAME, garbles)
    assert get().path is not None
    assert mirror.counts()[NAME] == 2


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1, 0, 10**14])
def test_a_list_that_lies_about_the_size(
    get: Get, mirror: Mirror, tmp_path: Path, size: int
) -> None:
    reason = get(size).reason
    assert reason is not None and reason.startswith("wrong size:")
    assert mirror.counts()[NAME] == 1
    assert names(tmp_path) == []


def test_a_body_without_its_length_is_held_to_the_list(get: Get, mirror: Mirror) -> None:
    def endless(handler: Handler, content: bytes) -> bool:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(content * 50)
        handler.close_connection = True
        return True

    mirror.always.append(endless)
    reason = get().reason
    assert reason is not None and reason.startswith("wrong size:")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501, 302])
def test_what_is_gone_is_asked_for_once(get: Get, mirror: Mirror, status: int) -> None:
    mirror.always.append(answers(status))
    reason = get().reason
    assert reason is not None and str(status) in reason
    assert mirror.counts()[NAME] == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 429])
def test_what_may_pass_is_tried_again(
    get: Get, mirror: Mirror, status: int, at_once: list[float]
) -> None:
    mirror.always.append(answers(status))
    reason = get().reason
    assert reason is not None and str(status) in reason
    assert mirror.counts()[NAME] == ATTEMPTS
    # Doubled from try to try, with jitter of up to a second.
    assert len(at_once) == ATTEMPTS - 1
    assert all(2**n <= pause <= 2**n + 1 for n, pause in enumerate(at_once))


@pytest.mark.parametrize("status", [429, 503])
def test_the_service_names_its_own_pause(
    get: Get, mirror: Mirror, clock: FakeClock, at_once: list[float], status: int
) -> None:
    mirror.fail(NAME, answers(status, Retry_After="37"))
    mirror.fail(NAME, answers(status, Retry_After="Thu, 01 Mar 2018 12:02:37 GMT"))
    assert get().path is not None
    assert clock.waits == [37.0, 120.0]
    assert not any(at_once)


def test_a_pause_of_hours_is_for_a_later_fetch(
    get: Get, mirror: Mirror, clock: FakeClock, tmp_path: Path
) -> None:
    mirror.fail(NAME, breaks_off(), answers(503, Retry_After="7200"))
    reason = get().reason
    assert reason is not None and "7,200 seconds" in reason
    assert clock.waits == []
    assert names(tmp_path) == [f"{NAME}.part", f"{NAME}.part.json"]


@pytest.mark.parametrize("text", ["", "soon", "-5", "1e9", "9" * 40, "Thu, 99 Mar", "٣"])
def test_a_pause_that_cannot_be_read(text: str) -> None:
    assert seconds_asked(text, datetime(2018, 3, 1)) is None


@given(st.text(max_size=40))
def test_no_pause_is_negative(text: str) -> None:
    asked = seconds_asked(text, datetime(2018, 3, 1))
    assert asked is None or asked >= 0


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/x", "https://elsewhere.example/x", "file:///etc/passwd",
        "http://127.0.0.1:1/x", "//elsewhere.example/x", "http://[", "ftp://127.0.0.1/x",
    ],
)  # fmt: skip
def test_redirects_to_other_hosts_are_refused(get: Get, mirror: Mirror, to: str) -> None:
    mirror.always.append(redirects(to))
    reason = get().reason
    assert reason is not None and reason.startswith("redirects to")
    assert mirror.counts()[NAME] == 1


def test_redirects_within_the_host_are_followed(get: Get, mirror: Mirror) -> None:
    mirror.fail(NAME, redirects(f"/moved/{NAME}"))
    mirror.put(f"/moved/{NAME}", CONTENT)
    assert get().path is not None
    mirror.always.append(redirects("/round"))
    mirror.put("/round", b"")
    assert (get().reason or "") == "leads from redirect to redirect"


def test_a_slow_service_is_given_up(mirror: Mirror, tmp_path: Path, clock: FakeClock) -> None:
    mirror.put(f"/events/{NAME}", CONTENT)
    wanted = [Wanted(NAME, f"events/{NAME}", len(CONTENT), md5(CONTENT))]
    mirror.always.append(breaks_off(0.01))
    with Connection(Service.at(mirror.address), 1, clock) as connection:
        # A hundred bytes and less, and a minute for them.
        (item,) = bring(connection, wanted, tmp_path, 1, lambda *_: clock.pass_by(61))
    assert item.reason == f"the service is too slow ({ATTEMPTS} tries)"


def test_progress_starts_the_tries_anew(
    get: Get, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "PROGRESS_BYTES", 100)
    mirror.fail(NAME, *[breaks_off(0.1)] * (ATTEMPTS + 4))
    assert get().path is not None


def test_a_part_outlives_what_stops_the_fetch(
    mirror: Mirror, tmp_path: Path, clock: FakeClock
) -> None:
    large = CONTENT * 400
    mirror.put(f"/events/{NAME}", large)
    wanted = [Wanted(NAME, f"events/{NAME}", len(large), md5(large))]
    with (
        Connection(Service.at(mirror.address), 1, clock) as connection,
        pytest.raises(Stopped),
    ):
        list(bring(connection, wanted, tmp_path, 1, lambda *_: clock.stop()))
    assert names(tmp_path) == [f"{NAME}.part", f"{NAME}.part.json"]
    there = (tmp_path / f"{NAME}.part").stat().st_size
    assert 0 < there < len(large)
    clock.start()
    with Connection(Service.at(mirror.address), 1, clock) as connection:
        (item,) = bring(connection, wanted, tmp_path, 1)
    assert item.path is not None and item.path.read_bytes() == large
    assert mirror.requests(NAME)[1]["range"] == f"bytes={there}-"


def test_a_full_disk_ends_all(get: Get, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(downloads.os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        get()
    assert NAME not in names(tmp_path)


def many(mirror: Mirror, count: int) -> list[Wanted]:
    found = []
    for number in range(count):
        content = CONTENT[number:]
        mirror.put(f"/events/{number}.zip", content)
        found.append(Wanted(f"{number}.zip", f"events/{number}.zip", len(content), md5(content)))
    return found


def test_a_few_connections_and_no_more(mirror: Mirror, tmp_path: Path, clock: FakeClock) -> None:
    wanted = many(mirror, 40)
    with Connection(Service.at(mirror.address), 3, clock) as connection:
        items = list(bring(connection, wanted, tmp_path, 3))
    assert sorted(item.wanted.name for item in items) == sorted(file.name for file in wanted)
    assert all(item.path is not None for item in items)
    assert mirror.most_open <= 3


def test_one_busy_answer_holds_every_connection(
    mirror: Mirror, tmp_path: Path, clock: FakeClock
) -> None:
    wanted = many(mirror, 10)
    mirror.fail("0.zip", answers(429, Retry_After="30"))
    with Connection(Service.at(mirror.address), 3, clock) as connection:
        items = list(bring(connection, wanted, tmp_path, 3))
    assert all(item.path is not None for item in items)
    assert clock.now() >= 30


def test_a_service_that_is_away_is_left_alone(
    mirror: Mirror, tmp_path: Path, clock: FakeClock
) -> None:
    wanted = many(mirror, 30)
    mirror.always.append(answers(500))
    with Connection(Service.at(mirror.address), 2, clock) as connection:
        items = list(bring(connection, wanted, tmp_path, 2))
    assert len(items) == 30
    asked = sum(count > 0 for count in mirror.counts().values())
    assert PATIENCE <= asked <= PATIENCE + 1
    assert sum(item.reason == AWAY for item in items) == 30 - asked


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "stamina", None)
    with pytest.raises(MissingExtra, match=r"saidanddone\[fetch\]"):
        Connection(Service.at("http://127.0.0.1:9"), 1)
