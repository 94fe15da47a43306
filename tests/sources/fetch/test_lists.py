"""The service's lists on this machine: asked for again only as far as they changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from saidanddone.errors import BadInput, CannotWrite
from saidanddone.sources.fetch import Connection, KeptList, Service, claimed, list_folder
from saidanddone.sources.fetch.lists import ATTEMPTS, OVERLAP_BYTES

from .mirror import FakeClock, Mirror, answers, breaks_off, redirects

PATH = "gdeltv2/masterfilelist.txt"
NAME = "masterfilelist.txt"


def lines(count: int, word: str = "line") -> bytes:
    return b"".join(f"{word} {number:08}\n".encode() for number in range(count))


def current(mirror: Mirror, folder: Path, *, forget: bool = False) -> bytes:
    with Connection(Service.at(mirror.address), 1, FakeClock()) as connection:
        kept = KeptList(connection, PATH, folder, lambda *_: None)
        if forget:
            kept.forget()
        return kept.current().read_bytes()


def test_a_list_that_did_not_change_is_not_sent_again(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    assert current(mirror, tmp_path) == lines(900)
    assert current(mirror, tmp_path) == lines(900)
    first, second = mirror.requests(NAME)
    assert "if-none-match" not in first
    assert "if-none-match" in second


def test_of_a_list_that_grew_only_the_end_is_asked_for(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    current(mirror, tmp_path)
    mirror.put(f"/{PATH}", lines(910))
    assert current(mirror, tmp_path) == lines(910)
    assert mirror.requests(NAME)[-1]["range"] == f"bytes={len(lines(900)) - OVERLAP_BYTES}-"
    assert mirror.counts()[NAME] == 2
    assert current(mirror, tmp_path) == lines(910)
    assert mirror.counts()[NAME] == 3


@pytest.mark.parametrize("new", [lines(900, "LINE"), lines(800), lines(100), b"one line\n"])
def test_a_list_that_was_written_anew_is_taken_whole(
    mirror: Mirror, tmp_path: Path, new: bytes
) -> None:
    mirror.put(f"/{PATH}", lines(900))
    current(mirror, tmp_path)
    mirror.put(f"/{PATH}", new)
    assert current(mirror, tmp_path) == new
    assert current(mirror, tmp_path) == new


def test_a_copy_that_was_tampered_with_is_not_used(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    current(mirror, tmp_path)
    (copy,) = tmp_path.glob("*masterfilelist.txt")
    copy.write_bytes(lines(500))
    assert current(mirror, tmp_path) == lines(900)


def test_a_list_that_lied_is_forgotten(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    current(mirror, tmp_path)
    assert current(mirror, tmp_path, forget=True) == lines(900)
    assert "if-none-match" not in mirror.requests(NAME)[-1]


def test_a_list_that_breaks_off_is_gone_on_with(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    mirror.fail(NAME, breaks_off())
    assert current(mirror, tmp_path) == lines(900)
    assert mirror.requests(NAME)[1]["range"] == f"bytes={len(lines(900)) // 2}-"


def test_growth_that_breaks_off_ends_in_the_whole_list(mirror: Mirror, tmp_path: Path) -> None:
    mirror.put(f"/{PATH}", lines(900))
    current(mirror, tmp_path)
    mirror.put(f"/{PATH}", lines(990))
    mirror.fail(NAME, breaks_off())
    assert current(mirror, tmp_path) == lines(990)


@pytest.mark.parametrize(
    "fault", [answers(404), answers(500), redirects("http://elsewhere.example/")]
)
def test_without_a_list_there_is_no_fetch(mirror: Mirror, tmp_path: Path, fault: object) -> None:
    mirror.always.append(fault)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"masterfilelist\.txt' cannot be fetched"):
        current(mirror, tmp_path)
    assert mirror.counts()[NAME] in (1, ATTEMPTS)


def test_one_fetch_at_a_time_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    with (
        claimed(folder),
        pytest.raises(CannotWrite, match="another fetch"),
        claimed(folder),
    ):
        pass
    with claimed(folder):
        pass


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="cannot be written"), claimed(tmp_path / "file"):
        pass
    with pytest.raises(CannotWrite, match="cannot be written"), claimed(tmp_path / "file" / "x"):
        pass


def test_lists_find_a_place_where_the_cache_is_taken_or_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with list_folder("host:1") as first, list_folder("host:1") as second:
        assert first.is_relative_to(tmp_path / "cache")
        assert second.is_dir() and not second.is_relative_to(tmp_path)
    assert first.is_dir() and not second.exists()
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with list_folder("host:1") as third:
        assert third.is_dir() and not third.is_relative_to(tmp_path)
