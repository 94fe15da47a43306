"""The folder of a site: ours alone is written, replaced and removed; killed runs are taken up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saidanddone.errors import BadChoice, BadFile, CannotWrite
from saidanddone.faces.site.folder import JOURNAL, NEW, Folder, last_norms
from saidanddone.faces.site.manifest import NAME, Built, Manifest


def _write(root: Path, files: dict[str, bytes]) -> Folder:
    with Folder.opened(root) as folder:
        written = {path: folder.write(path, content) for path, content in files.items()}
        folder.close(Manifest(content="c", frame={"norms_of": "n"}, files=written))
    return folder


def _files(root: Path) -> dict[str, bytes]:
    found = {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return {path: raw for path, raw in found.items() if not path.startswith(".saidanddone")}


def test_only_what_changed_is_written_and_what_is_gone_removed(tmp_path: Path):
    _write(tmp_path, {"a/x.html": b"1", "b.html": b"2"})
    before = (tmp_path / "b.html").stat().st_mtime_ns
    folder = _write(tmp_path, {"b.html": b"2", "c/d/y.html": b"3"})
    assert (folder.written, folder.removed) == (1, 1)
    assert _files(tmp_path) == {"b.html": b"2", "c/d/y.html": b"3"}
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b.html").stat().st_mtime_ns == before
    assert last_norms(tmp_path) == "n"


def test_files_of_others_are_left_alone(tmp_path: Path):
    _write(tmp_path, {"a/x.html": b"1"})
    (tmp_path / "a" / "own.txt").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    _write(tmp_path, {"b.html": b"2"})
    expected = {"a/own.txt": b"mine", "notes.txt": b"mine", "b.html": b"2"}
    assert _files(tmp_path) == expected


@pytest.mark.parametrize("where", ["a/x.html", "a"])
def test_a_file_of_others_in_the_way_is_refused(tmp_path: Path, where: str):
    (tmp_path / where).parent.mkdir(exist_ok=True)
    (tmp_path / where).write_text("mine")
    with Folder.opened(tmp_path) as folder, pytest.raises(BadChoice, match="not of this site"):
        folder.claim(["b.html", "a/x.html"])
    assert _files(tmp_path) == {where: b"mine"}


def test_a_link_is_not_followed(tmp_path: Path):
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    root.mkdir()
    (root / "a").symlink_to(elsewhere)
    with Folder.opened(root) as folder, pytest.raises(BadChoice, match="not of this site"):
        folder.write("a/x.html", b"1")
    assert not list(elsewhere.iterdir())


def test_a_folder_in_the_way_of_a_file_is_refused(tmp_path: Path):
    (tmp_path / "x.html").mkdir()
    with Folder.opened(tmp_path) as folder, pytest.raises(BadChoice, match="not of this site"):
        folder.write("x.html", b"1")


def test_out_may_not_be_a_file(tmp_path: Path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadChoice, match="is a file"), Folder.opened(tmp_path / "out"):
        pass


def test_one_build_at_a_time(tmp_path: Path):
    with (
        Folder.opened(tmp_path),
        pytest.raises(CannotWrite, match="somebody else"),
        Folder.opened(tmp_path),
    ):
        pass


def test_what_a_killed_run_wrote_is_ours(tmp_path: Path):
    page = Built("in", {"p/index.html": ("0" * 64, 1)}, {}, {})
    with Folder.opened(tmp_path) as folder:
        folder.claim(["p/index.html", "q.html"])
        folder.write("p/index.html", b"1")
        folder.finish("A-B", page, 1)
        folder.write("q.html", b"half of a site")
    # Killed here: no manifest, and the last line of the journal cut off.
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('{"key": "C-D", "done": {"inp')
    (tmp_path / NEW).mkdir()
    (tmp_path / NEW / "half").write_bytes(b"h")
    with Folder.opened(tmp_path) as folder:
        assert folder.done == folder.known == {"A-B": page}
        assert not folder.whole
        folder.claim(["r.html"])
        folder.write("r.html", b"2")
    # Killed once more: what was noted after the cut line is read too.
    with Folder.opened(tmp_path) as folder:
        written = {"p/index.html": folder.write("p/index.html", b"1")}
        folder.close(Manifest(files=written))
    assert _files(tmp_path) == {"p/index.html": b"1"}
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == [
        NAME,
        ".saidanddone-site.lock",
    ]


def test_a_page_that_was_begun_and_never_done_is_not_trusted(tmp_path: Path):
    page = Built("in", {"p.html": ("0" * 64, 1)}, {}, {})
    with Folder.opened(tmp_path) as folder:
        folder.close(Manifest(pages={"A-B": page, "C-D": page}))
    with Folder.opened(tmp_path) as folder:
        assert folder.whole
        folder.begin(["A-B"])
    with Folder.opened(tmp_path) as folder:
        assert folder.known == {"C-D": page}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "pages": 3}', b"\xff"]
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, raw: bytes):
    (tmp_path / NAME).write_bytes(raw)
    with pytest.raises(BadFile, match="cannot be read"), Folder.opened(tmp_path):
        pass
    assert last_norms(tmp_path) is None


def test_a_manifest_of_another_version_is_refused(tmp_path: Path):
    _write(tmp_path, {"a.html": b"1"})
    stored = json.loads((tmp_path / NAME).read_bytes())
    (tmp_path / NAME).write_text(json.dumps(stored | {"format": 99}))
    with pytest.raises(BadFile, match="another version"), Folder.opened(tmp_path):
        pass


def test_nothing_outside_is_removed_whatever_the_manifest_says(tmp_path: Path):
    root, mine = tmp_path / "out", tmp_path / "mine.txt"
    mine.write_text("mine")
    _write(root, {"a.html": b"1"})
    stored = json.loads((root / NAME).read_bytes())
    stored["files"] |= {"../mine.txt": ["0", 1], str(mine): ["0", 1]}
    (root / NAME).write_text(json.dumps(stored))
    (root / JOURNAL).write_text(json.dumps({"will": ["../mine.txt", "b/../../mine.txt"]}) + "\n")
    _write(root, {"b.html": b"1"})
    assert mine.read_text() == "mine"


def test_a_disk_that_is_full_is_told_in_one_sentence(tmp_path: Path, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    with Folder.opened(tmp_path) as folder:
        folder.claim(["a.html"])
        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(CannotWrite, match="No space left"):
            folder.write("a.html", b"1")
    assert not (tmp_path / "a.html").exists()
