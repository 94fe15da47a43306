"""An order: what to fetch from where to where, checked before anything is asked of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from saidanddone.errors import BadChoice
from saidanddone.faces.options import DEFAULT_ARCHIVE
from saidanddone.model import Window
from saidanddone.sources import Source, open_source
from saidanddone.sources import fetch as service_files

INCOMING = "incoming"
"""The folder of an archive that files pass through where no other is named."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch, and where to; made by :func:`order_of`, which checks it."""

    window: Window
    version: service_files.Version
    translated: bool
    mentions: bool
    archive: Path | None
    folder: Path
    drop: bool
    keep: str
    service: service_files.Service
    jobs: int
    source: Source


def order_of(
    format: str,
    since: str | None,
    until: str | None,
    *,
    archive: str | Path | None = None,
    dataset: str | None = None,
    into: str | Path | None = None,
    version: int = 1,
    translated: bool = False,
    mentions: bool = False,
    keep: str = "events",
    files: str | None = None,
    service: str | None = None,
    jobs: int = service_files.JOBS,
    clock: service_files.Clock | None = None,
) -> Order:
    """Check what was asked for; raises BadChoice, BadDate."""
    _one_of(format, ["gdelt"], "a dataset that can be fetched")
    _one_of(str(version), ["1", "2"], "a version of GDELT")
    _one_of(keep, ["events", "tally"], "what an archive keeps")
    _one_of(files or "keep", ["keep", "drop"], "what can be done with files")
    if not 1 <= jobs <= service_files.MOST_JOBS:
        raise BadChoice(
            f"{jobs} connections are not possible",
            f"1 to {service_files.MOST_JOBS}",
            "choose fewer with --jobs: the service is free for everybody",
        )
    chosen: service_files.Version = 1 if version == 1 else 2
    if chosen == 1 and (translated or mentions):
        raise BadChoice(
            "GDELT 1.0 has neither translated files nor mentions",
            "--translated and --mentions with --version 2",
            "add --version 2 or leave them out",
        )
    window = service_files.fetchable(
        Window.parse(since, until), chosen, (clock or service_files.Clock()).today()
    )
    # Without either, the archive beside the user, as for ingest.
    home = Path(archive) if archive else None if into else DEFAULT_ARCHIVE
    drop = files == "drop" if files else home is not None
    if drop and home is None:
        raise BadChoice(
            "nothing would be left of the files",
            "--files keep with --into FOLDER, where no archive takes them",
            "choose an archive with --archive, or --files keep",
        )
    if not drop and into is None:
        raise BadChoice("there is no folder to keep files in", "--into FOLDER", "name one")
    folder = Path(into) if into else (home or DEFAULT_ARCHIVE) / INCOMING
    return Order(
        window, chosen, translated, mentions, home, folder, drop, keep,
        service_files.Service.at(service), jobs, open_source(format, dataset=dataset),
    )  # fmt: skip


def _one_of(given: str, allowed: Sequence[str], what: str) -> None:
    if given not in allowed:
        raise BadChoice(f"'{given}' is not {what}", " or ".join(allowed), "choose one of them")
