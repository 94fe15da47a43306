"""Known files: what an archive already says of a file that comes again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from saidanddone.archive import parts
from saidanddone.archive.group import Group
from saidanddone.archive.manifest import InputFile, Keep, Manifest
from saidanddone.archive.report import FileReport
from saidanddone.archive.staging import StagedFile
from saidanddone.errors import BadInput
from saidanddone.sources.source import Dataset, Source


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is there: what is reported of it, and how it is listed once it is committed."""

    report: FileReport
    file: InputFile | None = None

    def lacking(self, keep: Keep) -> InputFile | None:
        """Return the file as it is listed, if only its cells were kept and now its events shall."""
        lacks = self.file is not None and keep == "events" and self.file.keep == "tally"
        return self.file if lacks else None


def look_up(
    manifest: Manifest, group: Group, source: Source, path: Path, sha256: str
) -> Known | None:
    """Say what is known of a file; None if it is new.

    Raises BadChoice for a name that no dataset can have, BadInput if the file was read otherwise.
    """
    name = source.dataset.name
    there = group.reports.get(sha256) if source.dataset == group.dataset else None
    if there is not None:
        return Known(replace(there, path=path, status="already there"))
    found = manifest.files(name, sha256)
    if not found:
        return None
    if found[0].fingerprint != source.fingerprint:
        raise BadInput(
            f"'{path.name}' is already in the dataset '{name}', read in another way",
            "the same format and mapping as then",
            "choose another name with --dataset",
        )
    reasons = manifest.reasons(name, found[0].id)
    report = FileReport(path, sha256, "already there", *found[0].counts, reasons)
    return Known(report, found[0])


def fit(new: Dataset, old: Dataset, path: Path) -> None:
    """Raise BadChoice or BadInput unless a file may enter a dataset."""
    parts.require_name(new.name)
    if (old.kind, old.grain) != (new.kind, new.grain):
        raise BadInput(
            f"the dataset '{new.name}' is a {old.kind} by {old.grain} and '{path.name}' a "
            f"{new.kind} by {new.grain}",
            "one kind and grain in a dataset",
            "choose another name with --dataset",
        )


def require_same(staged: StagedFile, known: InputFile, path: Path) -> None:
    """Raise BadInput unless a file gives the cells that it gave when they were counted."""
    if f"{staged.digest():016x}" != known.digest:
        raise BadInput(
            f"'{path.name}' now gives other acts than those that were counted of it",
            "a file that is read as then, so that its events agree with the tally",
            "ingest the dataset's files into a new archive",
        )
