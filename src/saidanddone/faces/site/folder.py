"""The folder that a site is written into: ours alone is written, replaced and removed.

Every file is written whole or not at all. A journal says which files are about to be written and
which pages are done, so that what a killed run left behind is known to the next one as ours.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from saidanddone.errors import BadChoice, BadFile, CannotWrite
from saidanddone.faces.site.manifest import NAME, Built, Manifest, Written

JOURNAL = ".saidanddone-site.journal"
LOCK = ".saidanddone-site.lock"
NEW = ".saidanddone-site.new"
"""Where files are written before they take their names: on the same file system."""


class Folder:
    """A folder OUT that is held open for one build.

    before: the manifest of the last whole build. done: pages that a killed run had finished since.
    whole: no run was killed since, so that files are as the manifest says.
    """

    def __init__(self, root: Path, before: Manifest, journal: IO[str]) -> None:
        self.root = root
        self.before = before
        self.done: dict[str, Built] = {}
        self.whole = True
        self.written = 0
        self.removed = 0
        self._journal = journal
        # A manifest that was tampered with must not make us reach out of the folder.
        self._ours = {path for path in before.paths if _inside(path)}
        self._folders: set[Path] = set()
        self._begun: set[str] = set()

    @property
    def known(self) -> dict[str, Built]:
        """The pages whose files are as they were noted, by key; not those begun and never done."""
        left = {key: page for key, page in self.before.pages.items() if key not in self._begun}
        return left | self.done

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator[Folder]:
        """Hold the folder; raises BadChoice, BadFile, CannotWrite."""
        with refused(root):
            _folder(root)
            with _locked(root):
                shutil.rmtree(root / NEW, ignore_errors=True)
                (root / NEW).mkdir(exist_ok=True)
                path = root / NAME
                raw = path.read_bytes() if path.exists() else None
                manifest = Manifest.from_bytes(raw, str(root)) if raw is not None else Manifest()
                left = _lines(root / JOURNAL)
                with (root / JOURNAL).open("a", encoding="utf-8") as journal:
                    journal.write("\n" if left else "")  # a killed run may have cut its last line
                    folder = cls(root, manifest, journal)
                    folder.whole = not left
                    for line in left:
                        folder._remember(line)
                    try:
                        yield folder
                    finally:
                        shutil.rmtree(root / NEW, ignore_errors=True)

    def claim(self, paths: Iterable[str]) -> None:
        """Make paths ours before they are written; raises BadChoice where others' files stand."""
        new = sorted(set(paths) - self._ours)
        for path in new:
            self._refuse_foreign(path)
        if new:
            self._ours.update(new)
            self._note({"will": new})
            os.fsync(self._journal.fileno())

    def write(self, path: str, content: bytes) -> Written:
        """Write one file where it is not so already."""
        self.claim([path])
        before = self.before.files.get(path) if self.whole else None
        written, fresh = put(self.root, path, content, before)
        self.written += fresh
        return written

    def begin(self, keys: Sequence[str]) -> None:
        """Note that the files of these pages are about to be written."""
        if keys:
            self._note({"begin": list(keys)})

    def finish(self, key: str, page: Built, fresh: int) -> None:
        """Note that a page's files are written."""
        self.done[key] = page
        self.written += fresh
        self._note({"key": key, "done": page.to_dict()})

    def close(self, manifest: Manifest) -> None:
        """Remove what is no more part of the site, then keep the manifest and end the journal."""
        for path in sorted(self._ours - set(manifest.paths)):
            self._remove(path)
        put(self.root, NAME, manifest.to_bytes(), None)
        self._journal.truncate(0)
        with suppress(OSError):
            (self.root / JOURNAL).unlink()
        self.before = manifest

    def _remove(self, path: str) -> None:
        target = self.root / path
        with suppress(FileNotFoundError):
            target.unlink()
            self.removed += 1
        for parent in target.parents:
            if parent == self.root:
                break
            with suppress(OSError):  # others' files keep a folder
                parent.rmdir()

    def _refuse_foreign(self, path: str) -> None:
        target = self.root / path
        parts = [target, *(p for p in target.parents if p != self.root and self.root in p.parents)]
        for part in parts:
            if part in self._folders:
                continue
            if part.is_symlink() or (part.exists() if part == target else part.is_file()):
                raise BadChoice(
                    f"'{part}' is not of this site",
                    "a new or empty folder, or one that publish wrote",
                    "choose another OUT, or move that file away",
                )
        self._folders.update(parts[1:])

    def _note(self, line: dict[str, object]) -> None:
        self._journal.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._journal.flush()

    def _remember(self, line: str) -> None:
        """Take a line of a killed run's journal; its last one may be cut off."""
        with suppress(ValueError, KeyError, TypeError):
            found = json.loads(line)
            if "will" in found:
                self._ours.update(str(path) for path in found["will"] if _inside(str(path)))
            elif "begin" in found:
                for key in found["begin"]:
                    self._begun.add(str(key))
                    self.done.pop(str(key), None)
            else:
                self.done[str(found["key"])] = Built.from_dict(found["done"])


def last_norms(root: Path) -> str | None:
    """The content whose norms the last whole build used; None where there was none."""
    try:
        stored = Manifest.from_bytes((root / NAME).read_bytes(), str(root))
    except (OSError, BadFile):
        return None
    norms_of = stored.frame.get("norms_of")
    return norms_of if isinstance(norms_of, str) else None


def put(root: Path, path: str, content: bytes, before: Written | None) -> tuple[Written, int]:
    """Write a file whole, unless it stands so already; 1 where it was written, else 0."""
    written = hashlib.sha256(content).hexdigest(), len(content)
    target = root / path
    if before == written and same_size(target, before):
        return written, 0
    with suppress(OSError):
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return written, 0
    new = root / NEW / secrets.token_hex(8)
    with refused(root):
        try:
            new.write_bytes(content)
            target.parent.mkdir(parents=True, exist_ok=True)
            new.replace(target)
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
    return written, 1


def same_size(target: Path, written: Written) -> bool:
    """Whether a file stands there with as many bytes as were written."""
    try:
        return target.stat().st_size == written[1]
    except OSError:
        return False


@contextmanager
def refused(root: Path) -> Iterator[None]:
    """Turn what the system refuses in the folder into CannotWrite."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        raise CannotWrite(
            f"the site cannot be written to '{root}' ({getattr(error, 'strerror', None) or error})",
            "a folder with space that can be written",
            "free some space or choose another OUT; what is written so far is taken up again",
        ) from error


def _folder(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise BadChoice(f"'{root}' is a file", "a folder for the site", "choose another OUT")
    root.mkdir(parents=True, exist_ok=True)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Keep a second build out; one that dies lets go (archive/lock.py says why SQLite's lock)."""
    connection = sqlite3.connect(root / LOCK, timeout=0, isolation_level=None)
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise CannotWrite(
                f"somebody else is publishing into '{root}'",
                "one build at a time",
                "wait until it has ended",
            ) from error
        yield


def _lines(path: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    return []


def _inside(path: str) -> bool:
    """Whether a path of a journal stays below the folder: the file may have been tampered with."""
    return bool(path) and not path.startswith(("/", "\\")) and ".." not in Path(path).parts
