"""Ingest: files become part of an archive, each of them whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from saidanddone.archive import intake, parts
from saidanddone.archive.change import Change, commit
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import InputFile, Manifest
from saidanddone.archive.staging import Staging
from saidanddone.errors import BadChoice, BadInput
from saidanddone.sources.source import Source

Progress = Callable[[str, int], None]
"""Is called with a file's name and the rows read of it so far."""

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""Names of datasets, as they are also names of folders on every system."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file; reasons tells why rows were set aside or filtered."""

    path: Path
    sha256: str | None
    status: Literal["ingested", "already there", "refused"]
    rows: int
    kept: int
    set_aside: int
    filtered: int
    reasons: dict[str, int]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Ingest:
    """What became of all files; the totals are those of the files ingested now."""

    files: tuple[FileReport, ...]

    def having(self, status: str) -> list[FileReport]:
        """Return the files that are ingested, already there or refused."""
        return [file for file in self.files if file.status == status]

    @property
    def rows(self) -> int:
        """Rows read."""
        return sum(file.rows for file in self.having("ingested"))

    @property
    def kept(self) -> int:
        """Rows kept."""
        return sum(file.kept for file in self.having("ingested"))

    @property
    def set_aside(self) -> int:
        """Rows that could not be read."""
        return sum(file.set_aside for file in self.having("ingested"))

    @property
    def filtered(self) -> int:
        """Rows that are no act between two states."""
        return sum(file.filtered for file in self.having("ingested"))


def ingest(
    root: Path, source: Source, paths: Sequence[Path], progress: Progress | None = None
) -> Ingest:
    """Ingest files, or the files that the source finds in folders, one commit each.

    A file that is bad input is refused, and reported with the reason; the others go on. Raises
    BusyArchive, CannotWrite, DamagedArchive: the archive then holds the files before that one.
    """
    with locked(root):
        _clean(root)
        reports = [
            report for path in paths for report in _ingest_path(root, source, path, progress)
        ]
    return Ingest(tuple(reports))


def _clean(root: Path) -> None:
    """Remove what a killed ingest left behind."""
    with Manifest.opened(root) as manifest:
        listed = manifest.parts()
    parts.remove(root, parts.unlisted(root, listed))


def _ingest_path(
    root: Path, source: Source, path: Path, progress: Progress | None
) -> Iterator[FileReport]:
    try:
        files = source.find(path)
    except BadInput as error:
        yield _refused(path, None, error)
        return
    for file in files:
        sha256 = None
        try:
            sha256 = intake.identify(file)
            yield _ingest_file(root, source, file, sha256, progress)
        except BadInput as error:
            yield _refused(file, sha256, error)


def _refused(path: Path, sha256: str | None, error: BadInput) -> FileReport:
    return FileReport(path, sha256, "refused", 0, 0, 0, 0, {}, str(error))


def _ingest_file(
    root: Path, source: Source, path: Path, sha256: str, progress: Progress | None
) -> FileReport:
    known = _look_up(root, source, path, sha256)
    if known is not None:
        return known
    try:
        account = intake.Account()
        staging = Staging(root)
        for acts in intake.read(source, path, account, sha256):
            staging.add(acts)
            if progress is not None:
                progress(path.name, account.rows)
        known = _look_up(root, source, path, sha256)  # some name their dataset while they read
        if known is None:
            _land(root, source, path, account, staging, sha256=sha256)
    except BaseException:
        _clean(root)
        raise
    shutil.rmtree(root / parts.STAGING, ignore_errors=True)
    return known or FileReport(path, sha256, "ingested", *account.counts, account.reasons)


def _land(
    root: Path,
    source: Source,
    path: Path,
    account: intake.Account,
    staging: Staging,
    *,
    sha256: str,
) -> None:
    """Write the parts of a file that was read and commit them."""
    with Manifest.opened(root) as manifest:
        number = manifest.next_number()
        added, replaced = staging.write(manifest, source.dataset.name, sha256, number)
    file = InputFile(
        number,
        source.dataset.name,
        sha256,
        path.name,
        source.format,
        source.fingerprint,
        path.stat().st_size,
        *account.counts,
        account.acts,
    )
    commit(root, Change(source.dataset, file, account.entries(), account.lines, added, replaced))
    parts.remove(root, (root / part.path for part in replaced))


def _look_up(root: Path, source: Source, path: Path, sha256: str) -> FileReport | None:
    """Return the report of a file that is already there; raises BadInput if it may not enter."""
    new = source.dataset
    if not re.fullmatch(_NAME, new.name):
        raise BadChoice(
            f"'{new.name}' cannot be the name of a dataset",
            "up to 64 letters, digits, '.', '_' and '-', a letter or digit first",
            "choose another name with --dataset",
        )
    with Manifest.opened(root) as manifest:
        old = manifest.datasets().get(new.name, new)
        found = manifest.files(new.name, sha256)
        reasons = manifest.reasons(new.name, found[0].id) if found else {}
    if (old.kind, old.grain) != (new.kind, new.grain):
        raise BadInput(
            f"the dataset '{new.name}' is a {old.kind} by {old.grain} and '{path.name}' a "
            f"{new.kind} by {new.grain}",
            "one kind and grain in a dataset",
            "choose another name with --dataset",
        )
    if not found:
        return None
    if found[0].fingerprint != source.fingerprint:
        raise BadInput(
            f"'{path.name}' is already in the dataset '{new.name}', read in another way",
            "the same format and mapping as then",
            "choose another name with --dataset",
        )
    return FileReport(path, sha256, "already there", *found[0].counts, reasons)
