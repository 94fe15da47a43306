"""Documents that are read in one call: on their way into an archive, and told once each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from saidanddone.archive import EMBEDDED, Archive, Engine
from saidanddone.archive.documents import FOLDER
from saidanddone.errors import BadFile
from saidanddone.faces.engines import mapper_on
from saidanddone.reading import workers
from saidanddone.reading.kept import Kept
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.read import Report
from saidanddone.reading.source import NAME, DocumentsSource, tell
from saidanddone.reading.tellings import Document, ToldAct, told_acts

if TYPE_CHECKING:
    from saidanddone.reading.act import ReportedAct
    from saidanddone.reading.notes import Note
    from saidanddone.reading.workers import Progress


class Documents:
    """Documents of one call, read one after another and kept: in an archive, or until the end.

    Iterate over them first; acts() and notes() then tell what they say together.
    """

    def __init__(self, archive: Archive | None = None, dataset: str | None = None) -> None:
        self.archive = archive
        self.dataset = dataset or NAME
        self._stack = ExitStack()
        if archive is None:
            folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        else:
            folder = archive.path / FOLDER
            folder.mkdir(exist_ok=True)
        self.kept = Kept(folder)
        self.addresses: dict[str, str] = {}
        """Addresses by hash, in the order in which documents were given."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def read(
        self,
        places: Sequence[str],
        *,
        jobs: int = 1,
        engine: Engine = EMBEDDED,
        progress: Progress | None = None,
    ) -> Iterator[Report | Refusal]:
        """Yield what each document reports, or why it could not be read.

        A document that lies in the archive is not parsed again. The acts enter the archive after
        the last document, when it is known who told them first.
        """
        task = workers.Task(kept=self.kept.path.parent if self.archive else None)
        new: list[Report] = []
        try:
            mapper = mapper_on(engine)
            for item in workers.read(places, task, jobs=jobs, mapper=mapper, progress=progress):
                if isinstance(item, Refusal):
                    yield item
                    continue
                report = self._known(item) if isinstance(item, workers.Known) else item
                self.addresses.setdefault(report.page.sha256, report.page.address)
                if report is item:
                    new.append(report)
                if len(new) >= workers.CHUNK:
                    self._keep(new)
                yield report
        finally:
            self._keep(new)
        if self.archive is not None:
            yield from self._ingest(self.archive)

    def _known(self, known: workers.Known) -> Report:
        path = self.kept.path.with_name(known.sha256)
        text = path.with_name(f"{path.name}.txt").read_bytes().decode()
        return self.kept.report(known.sha256, known.address, path.read_bytes(), text)

    def _keep(self, reports: list[Report]) -> None:
        """Keep documents that were read, the bytes first, and empty the list."""
        if self.archive is not None:
            for report in reports:
                page = report.page
                self.archive.keep(page.sha256, page.raw, page.text, _about(page))
        self.kept.add(reports)
        reports.clear()

    def _ingest(self, archive: Archive) -> Iterator[Refusal]:
        tell(self.kept, self.dataset, self.addresses)
        paths = [
            self.kept.path.with_name(reading.sha256)
            for reading in self.kept.readings(self.addresses)
            if reading.acts
        ]
        ingested = archive.ingest(DocumentsSource(self.kept, self.dataset), paths)
        for file in ingested.having("refused"):
            address = self.addresses[file.path.name]
            yield Refusal(address, _refused(address, file.error or ""))

    def acts(self) -> Iterator[ReportedAct]:
        """Yield each act once, in the order of the documents: as it was first published."""
        leading: dict[str, dict[int, ToldAct]] = {}
        for act in self.told():
            leading.setdefault(act.first.sha256, {})[act.first.number] = act
        for reading in self.kept.readings(self.addresses):
            own = leading.get(reading.sha256, {})
            for number, reported in enumerate(reading.acts, start=1):
                if number in own:
                    date = own[number].date
                    dated = replace(reported, date=date, date_edtf=reported.date_edtf or date)
                    yield dated if reported.date != date else reported

    def told(self) -> list[ToldAct]:
        """Return the acts of these documents with all their reports."""
        return told_acts(
            Document(r.sha256, r.address, r.published, r.signature, r.acts)
            for r in self.kept.readings(self.addresses)
        )

    def notes(self) -> Iterator[Note]:
        """Yield the notes of each document, then what does not agree between them."""
        from saidanddone.reading.disagreements import disagreements

        for sha256 in self.addresses:
            yield from self.kept.notes(sha256)
        others = {t.sha256 for t in self.kept.tellings(self.dataset)} - self.addresses.keys()
        yield from disagreements(
            list(self.kept.readings(self.addresses)), list(self.kept.readings(sorted(others)))
        )


def _about(page: Page) -> dict[str, str | None]:
    return {
        "address": page.address,
        "title": page.title,
        "author": page.author,
        "published": str(page.published) if page.published else None,
        "kind": page.kind,
    }


def _refused(address: str, sentence: str) -> BadFile:
    """Say of a document what the archive said of its file."""
    wrong, _, rest = sentence.partition("; expected ")
    expected, _, do = rest.rstrip(".").rpartition("; ")
    return BadFile(f"the acts of '{address}' did not enter the archive: {wrong}", expected, do)
