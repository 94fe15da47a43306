"""Documents read one after another or by processes: the same, and none stops the others."""

from __future__ import annotations

import pickle
import signal
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.errors import BadFile
from saidanddone.reading import read as reading
from saidanddone.reading import workers
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.kept import Kept
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.read import Report

PAGE = "Posted March {}, 2015\n\nMoscow vetoed sanctions against North Korea on March 5, 2015.\n"


def folder_of(path: Path, documents: int) -> Path:
    path.mkdir()
    for n in range(documents):
        (path / f"{n:03}.txt").write_text(PAGE.format(n % 28 + 1), encoding="utf-8")
    (path / "001.txt").write_bytes(b"")
    return path


def told(items: list[workers.Item]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for item in items:
        if isinstance(item, Report):
            found.append((item.page.address, item.acts))
        else:
            found.append((item.address, str(getattr(item, "error", None))))
    return found


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pages", workers.WORTH_IT + 3)
    places = [str(folder), str(tmp_path / "missing.txt")]
    steps: list[tuple[int, int]] = []
    one = list(workers.read(places, workers.Task()))
    two = list(
        workers.read(
            places,
            workers.Task(),
            jobs=2,
            progress=lambda _, done, total: steps.append((done, total)),
        )
    )
    assert told(one) == told(two)
    assert [type(item) for item in one[:3]] == [Report, Refusal, Report]
    assert isinstance(one[-1], Refusal)
    assert steps[-1] == (len(one), len(one))
    assert steps == sorted(steps)


def test_errors_survive_the_way_between_processes() -> None:
    error = BadFile("this is wrong", "that", "do so")
    refusal = pickle.loads(pickle.dumps(Refusal("a.txt", error)))
    assert (refusal.error.wrong, refusal.error.expected, refusal.error.do) == (
        "this is wrong", "that", "do so",
    )  # fmt: skip


def test_a_page_at_which_the_reader_fails_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "pages", 5)
    (folder / "003.txt").write_text(PAGE.format(9) + "Trip me.\n", encoding="utf-8")
    found = reading.ask

    def trip(doc: object, **given: object) -> object:
        if "Trip" in str(doc):
            raise IndexError("list index out of range")
        return found(doc, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "ask", trip)
    items = list(workers.read([str(folder)], workers.Task()))
    refused = {Path(i.address).name: str(i.error) for i in items if isinstance(i, Refusal)}
    assert sorted(refused) == ["001.txt", "003.txt"]
    assert "the reader failed at" in refused["003.txt"]
    assert "IndexError list index out of range" in refused["003.txt"]
    assert sum(len(item.acts) for item in items if isinstance(item, Report)) > 0


class Deadly(workers.Task):
    """A task whose process dies at one document."""

    def read(self, documents: workers.Documents) -> list[workers.Item]:
        if any(str(document).endswith("007.txt") for document in documents):
            signal.raise_signal(signal.SIGKILL)
        return super().read(documents)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_document_of_which_a_process_dies_is_refused_alone(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pages", workers.WORTH_IT)
    items = list(workers.read([str(folder)], Deadly(), jobs=2))
    refused = [Path(item.address).name for item in items if isinstance(item, Refusal)]
    assert refused == ["001.txt", "007.txt"]
    assert len(items) == workers.WORTH_IT


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAGE.format(9), encoding="utf-8")
    (report,) = workers.read([str(path)], workers.Task())
    assert isinstance(report, Report)
    page: Page = report.page
    kept = Kept(tmp_path)
    kept.add([report])
    assert not kept.holds(page.sha256)
    (tmp_path / page.sha256).write_bytes(page.raw)
    assert kept.holds(page.sha256)
    again = kept.report(page.sha256, page.address, page.raw, page.text)
    assert again == report
    (known,) = workers.read([str(path)], workers.Task(kept=tmp_path))
    assert known == workers.Known(str(path), page.sha256)


def test_another_reader_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAGE.format(9), encoding="utf-8")
    (report,) = workers.read([str(path)], workers.Task())
    assert isinstance(report, Report)
    kept = Kept(tmp_path)
    kept.add([report])
    (tmp_path / report.page.sha256).write_bytes(report.page.raw)
    monkeypatch.setattr("saidanddone.reading.kept.READER_VERSION", "another")
    assert not kept.holds(report.page.sha256)
    assert all(isinstance(act, ReportedAct) for act in report.acts)
