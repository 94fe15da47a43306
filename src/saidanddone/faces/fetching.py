"""Fetching: files from the service into an archive or a folder, and every gap on record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from saidanddone.archive import Archive, FileReport, Gap, Ingest, mentions
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.manifest import Manifest
from saidanddone.errors import BadInput
from saidanddone.faces.order import Order
from saidanddone.sources import fetch as service_files
from saidanddone.sources.fetch import Brought, Connection, KeptList, Listed, Missing, Plan

Progress = Callable[[str, int, int], None]
"""Is called with what is done, and how many bytes of how many are there."""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of a window.

    files and bytes are what the service lists; there is how many of them were here before;
    fetched and fetched_bytes came now, or would come, after a dry run. missing are the intervals
    whose files are still not here, each with its reason; failed are those of them that are
    listed. ingest says what the archive made of the files, mentions what of those of mentions.
    """

    plan: Plan
    there: int
    fetched: int
    fetched_bytes: int
    failed: tuple[Missing, ...] = ()
    ingest: Ingest | None = None
    mentions: Ingest | None = None

    @property
    def files(self) -> int:
        """How many files the service lists."""
        return len(self.plan.files)

    @property
    def bytes(self) -> int:
        """Their sizes together, as far as they are listed."""
        return sum(file.bytes or 0 for file in self.plan.files)

    @property
    def missing(self) -> list[Missing]:
        """What is missing, by time."""
        both = [*self.plan.unlisted, *self.failed]
        return sorted(both, key=lambda gap: (gap.interval.start, gap.interval.name))


def fetch(
    order: Order,
    *,
    dry_run: bool = False,
    clock: service_files.Clock | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> FetchReport:
    """Fetch what was ordered; the archive's gaps of the window are what is missing, at any time.

    Raises BadInput, BadFile, MissingExtra, CannotWrite, BusyArchive and other errors of archives.
    What is whole by then stays and is not fetched again.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(Connection(order.service, order.jobs, clock))
        with service_files.list_folder(order.service.url("")) as folder:
            plan, lists = _planned(order, connection, folder, progress)
        known = _known(order)
        plan = replace(plan, unlisted=tuple(_unknown(plan.unlisted, known)))
        _refuse_both_versions(order, known)
        new = [file for file in plan.files if not service_files.is_known(file.name, known)]
        lying = [file for file in new if service_files.lies_whole(file, order.folder)]
        names = {file.name for file in lying}
        wanted = [file for file in new if file.name not in names]
        if dry_run:
            size = sum(file.bytes or 0 for file in wanted)
            return FetchReport(plan, len(plan.files) - len(wanted), len(wanted), size)
        archive = Archive.create(order.archive) if order.archive else None
        stack.enter_context(service_files.claimed(order.folder))
        errand = _Errand(order, connection, archive, wanted, progress)
        try:
            if archive is not None:
                _record(order, archive, plan.unlisted, [*lying, *wanted])
            report = errand.run(lying)
        finally:
            if any(fault.reason.startswith("wrong ") for fault in errand.failed):
                for kept in lists:
                    kept.forget()
            if archive is not None:
                errand.record_failures()
        there = len(plan.files) - len(wanted)
        return FetchReport(
            plan,
            there,
            errand.fetched,
            errand.fetched_bytes,
            tuple(errand.failed),
            report,
            errand.mentioned,
        )


def _planned(
    order: Order, connection: Connection, folder: Path, progress: Progress
) -> tuple[Plan, list[KeptList]]:
    tables = service_files.tables_of(
        order.version, translated=order.translated, mentions=order.mentions
    )
    listing, lists = service_files.read_lists(
        connection, folder, order.window, order.version, tables,
        progress=lambda name, size: progress(name, size, 0),
    )  # fmt: skip
    now = connection.clock.today()
    return service_files.make_plan(listing, order.window, order.version, tables, now), lists


def _known(order: Order) -> set[str]:
    """The names of the files that were ingested, in small letters."""
    if order.archive is None or not (order.archive / MANIFEST).exists():
        return set()
    name = order.source.dataset.name
    with Manifest.opened(order.archive) as manifest:
        events = {file.name.lower() for file in manifest.files(name)}
    return events | {file.lower() for file in mentions.names(order.archive, name)}


def _unknown(missing: Sequence[Missing], known: Collection[str]) -> Iterator[Missing]:
    """Leave out what is there though the service does not list it."""
    for gap in missing:
        if not service_files.is_known(gap.interval.name, known):
            yield gap


def _refuse_both_versions(order: Order, known: Collection[str]) -> None:
    """Raise BadInput if the dataset has files of the other version for the window."""
    for name in known:
        other = service_files.interval_of(f"{name.removesuffix('.zip')}.zip")
        if other and other.version != order.version and other.overlaps(order.window):
            raise BadInput(
                f"the dataset '{order.source.dataset.name}' holds days of the window from GDELT "
                f"{other.version}.0 ('{name}')",
                "one version for a day, as both report the same events",
                "choose another name with --dataset, or another window",
            )


def _record(
    order: Order, archive: Archive, unlisted: Sequence[Missing], new: Sequence[Listed]
) -> None:
    """Enter as gaps all that is not ingested now; whatever happens next, they stay true."""
    pending = [Missing(file.interval, service_files.NOT_YET) for file in new]
    _record_gaps(order, archive, [*unlisted, *pending])


def _record_gaps(order: Order, archive: Archive, missing: Sequence[Missing]) -> None:
    gaps = [
        Gap(m.interval.name, m.interval.since, m.interval.until, m.reason.partition(":")[0])
        for m in missing
        if "mentions" not in m.interval.table
    ]
    if gaps:
        archive.record_gaps(order.source.dataset, gaps)


@dataclass
class _Errand:
    """One fetch on its way."""

    order: Order
    connection: Connection
    archive: Archive | None
    wanted: Sequence[Listed]
    progress: Progress
    fetched: int = 0
    fetched_bytes: int = 0
    failed: list[Missing] = field(default_factory=list)
    mentioned: Ingest | None = None
    _broken: BaseException | None = None
    _sizes: dict[str, int] = field(default_factory=dict)
    _done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._whole = sum(file.bytes or 0 for file in self.wanted)

    def run(self, lying: Sequence[Listed]) -> Ingest | None:
        """Bring what is wanted, and make it and what lies there part of the archive."""
        by_name = {file.name: file for file in [*lying, *self.wanted]}
        arriving = self._arriving(lying, by_name)
        if self.archive is None:
            for _ in arriving:
                pass
            report = None
        else:
            report = self.archive.ingest(
                self.order.source, arriving, keep=self.order.keep, landed=self._landed
            )
            self._account(report, by_name)
            self._take_mentions(self.archive, by_name)
        if self._broken is not None:
            raise self._broken
        return report

    def _take_mentions(self, archive: Archive, by_name: dict[str, Listed]) -> None:
        """Make the files of mentions that are here part of the archive, after the events."""
        kept = [
            self.order.folder / name
            for name, file in by_name.items()
            if not service_files.holds_events(file) and (self.order.folder / name).is_file()
        ]
        if kept:
            self.mentioned = archive.add_mentions(kept, self.order.source.dataset.name)
            self._account(self.mentioned, by_name)
            for report in self.mentioned.files:
                self._landed(report)

    def record_failures(self) -> None:
        """Say in the archive why files are missing."""
        if self.archive is not None:
            _record_gaps(self.order, self.archive, self.failed)

    def _arriving(self, lying: Sequence[Listed], by_name: dict[str, Listed]) -> Iterator[Path]:
        """Yield files of events as they come; what breaks the fetch waits until these landed."""
        events = [file for file in lying if service_files.holds_events(file)]
        yield from (self.order.folder / file.name for file in events)
        try:
            wanted = [service_files.wanted_of(file) for file in self.wanted]
            with closing(
                service_files.bring(
                    self.connection, wanted, self.order.folder, self.order.jobs, self._tell
                )
            ) as brought:
                for item in brought:
                    listed = by_name[item.wanted.name]
                    if self._noted(item, listed) and service_files.holds_events(listed):
                        yield self.order.folder / listed.name
        except GeneratorExit:
            raise
        except BaseException as error:
            self._broken = error

    def _noted(self, item: Brought, listed: Listed) -> bool:
        if item.path is None:
            self.failed.append(Missing(listed.interval, item.reason or ""))
            return False
        self.fetched += 1
        self.fetched_bytes += item.path.stat().st_size
        return True

    def _landed(self, report: FileReport) -> None:
        """Let go of a file that the archive has, or will not have."""
        if self.order.drop:
            with suppress(OSError):
                report.path.unlink(missing_ok=True)

    def _account(self, report: Ingest, by_name: dict[str, Listed]) -> None:
        """Name files that the archive refused; one that it has under another name is no gap."""
        for file in report.having("refused"):
            why = f"refused by the archive: {file.error}"
            self.failed.append(Missing(by_name[file.path.name].interval, why))
        twins = [file.path.name for file in report.having("already there")]
        if twins and self.archive is not None:
            self.archive.fill(self.order.source.dataset, twins)

    def _tell(self, name: str, size: int) -> None:
        with self._lock:  # every connection tells what it has
            self._done += size - self._sizes.get(name, 0)
            self._sizes[name] = size
            self.progress(name, self._done, self._whole)
