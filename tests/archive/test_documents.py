"""Documents kept by the hash of their bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saidanddone.archive import Archive
from saidanddone.archive import documents as kept
from saidanddone.errors import CannotWrite


def test_bytes_text_and_what_is_known_are_kept(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "archive")
    path = archive.keep("ab" * 32, b"<p>They met.</p>", "They met.", {"title": "Talks"})
    assert path.read_bytes() == b"<p>They met.</p>"
    assert path.with_name(path.name + ".txt").read_text("utf-8") == "They met."
    assert json.loads(path.with_name(path.name + ".json").read_text("utf-8")) == {"title": "Talks"}
    assert archive.check() == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    first = kept.keep(tmp_path, "cd" * 32, b"one", "one", {})
    again = kept.keep(tmp_path, "cd" * 32, b"another", "another", {})
    assert first == again
    assert first.read_bytes() == b"one"


def test_a_full_disk_leaves_no_half_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        kept.keep(tmp_path, "ef" * 32, b"one", "one", {})
    assert list((tmp_path / kept.FOLDER).iterdir()) == []
