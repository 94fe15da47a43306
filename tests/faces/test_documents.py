"""Documents into an archive: told once each, in any order, and after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

import saidanddone as sd
from saidanddone.archive import Archive
from saidanddone.faces.cli import app
from saidanddone.reading import workers

STORY = """Envoys in the capital

Posted March {day}, 2015

On March 2, 2015, Russia vetoed sanctions against North Korea in the Security Council, as it had
said for weeks that it would. In 1968 North Korea seized an American ship off its coast.

Moscow has condemned the North Korean missile test once more before the delegation flew home to
write its report, and nobody at the airport wanted to answer a question of the press.

Reporting by our own staff in town {day}.
"""
OTHER = """Posted May 9, 2015

On May 8, 2015, Japan condemned North Korea.
"""


def pages(folder: Path, days: range) -> Path:
    folder.mkdir()
    for day in days:
        (folder / f"{day:02}.txt").write_text(STORY.format(day=day), encoding="utf-8")
    (folder / "99.txt").write_text(OTHER, encoding="utf-8")
    return folder


def lines(capsys: pytest.CaptureFixture[str], *words: object) -> list[dict[str, object]]:
    app(["read", "--json", "--quiet", *map(str, words)], standalone_mode=False)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def events(archive: Path, dataset: str = "documents") -> list[tuple[object, ...]]:
    acts = Archive.open(archive).acts(dataset, sources=None, targets=None)
    columns = ("date", "precision", "source", "target", "code", "reports", "id", "text")
    return sorted(acts.select(columns).iter_rows(), key=str)


def test_json_tells_each_act_once_by_its_first_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pages(tmp_path / "pages", range(10, 20))
    acts = lines(capsys, folder)
    told = [(act["source"], act["target"], act["date"], act["document"]) for act in acts]
    assert len(told) == len(set(told))
    first = str(folder / "10.txt")
    assert ("RUS", "PRK", "2015-03-02", first) in told
    assert ("PRK", "USA", "1968", first) in told
    assert {document for *_, document in told} == {first, str(folder / "99.txt")}
    backwards = lines(capsys, *sorted(folder.iterdir(), reverse=True))
    assert sorted(map(str, acts)) == sorted(map(str, backwards))


def test_an_archive_counts_one_act_with_all_its_reports(tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", range(10, 20))
    archive = tmp_path / "archive"
    list(sd.read([str(folder)], into=archive))
    cells = Archive.open(archive).cells("documents", sources=["RUS"], targets=["PRK"])
    vetoes = cells.filter(cells["code"].str.starts_with("V"))
    assert vetoes.select("precision", "reports").rows() == [("day", 10)]
    condemned = cells.filter(cells["code"].str.starts_with("11"))
    assert [str(day) for day in condemned["date"]] == ["2015-03-10"]
    # What has no day counts as reported: it is there once.
    seized = Archive.open(archive).cells("documents", sources=["PRK"], targets=["USA"])
    assert seized.select("precision", "reports").rows() == [("year", 1)]
    acts = Archive.open(archive).acts("documents", sources=["RUS"], targets=["PRK"])
    assert all(str(folder / "10.txt") in reference for reference in acts["reference"])
    assert sd.check(archive) == []


def test_a_later_call_joins_what_the_archive_tells(tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", range(10, 13))
    archive = tmp_path / "archive"
    list(sd.read([str(folder / "11.txt")], into=archive))
    list(sd.read([str(folder / "10.txt"), str(folder / "12.txt")], into=archive))
    cells = Archive.open(archive).cells("documents", sources=["RUS"], targets=["PRK"])
    assert {row[0] for row in cells.select("reports").rows()} == {3}
    acts = Archive.open(archive).acts("documents", sources=["RUS"], targets=["PRK"])
    assert all(str(folder / "11.txt") in reference for reference in acts["reference"])


def test_the_order_of_paths_does_not_matter_to_an_archive(tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", range(10, 14))
    paths = sorted(map(str, folder.iterdir()))
    list(sd.read(paths, into=tmp_path / "one"))
    list(sd.read(paths[::-1], into=tmp_path / "two"))
    assert events(tmp_path / "one") == events(tmp_path / "two")


def test_what_lies_in_the_archive_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pages(tmp_path / "pages", range(10, 12))
    archive = tmp_path / "archive"
    first = lines(capsys, folder, "--into", archive)
    reports = list(sd.read([str(folder)], into=archive))

    def parse(*_: object) -> None:
        raise AssertionError("it is parsed again")

    monkeypatch.setattr("saidanddone.reading.workers.read_pages", parse)
    monkeypatch.setattr(workers, "read_pages", lambda given: parse() if given else iter(()))
    assert lines(capsys, folder, "--into", archive) == first
    assert list(sd.read([str(folder)], into=archive)) == reports
    other = list(sd.read([str(folder)], into=archive, dataset="again"))
    assert other == reports
    assert events(archive, "again") == events(archive)
    assert sd.check(archive) == []


def test_notes_name_what_does_not_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    text = STORY.replace("seized an American ship", "seized the Pueblo, an American ship")
    (folder / "a.txt").write_text(text.format(day=9).replace("1968", "1967"), encoding="utf-8")
    notes = tmp_path / "notes.jsonl"
    lines(capsys, folder, "--notes", notes)
    (note,) = map(json.loads, notes.read_text(encoding="utf-8").splitlines())
    assert list(note) == ["kind", "text_side", "reference_side", "quote", "start", "end"]
    assert note["kind"] == "date"
    assert "1968-01-23" in note["reference_side"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(5 * workers.CHUNK):
        day = n % 28 + 1
        text = STORY.format(day=day).replace("town", f"{n} town") + OTHER.replace("2015", "2014")
        (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")
    command = [
        sys.executable, "-m", "saidanddone.faces.cli", "read", str(folder), "--json", "--jobs",
        str(jobs), "--into",
    ]  # fmt: skip
    whole = subprocess.run([*command, str(tmp_path / "whole")], capture_output=True, check=True)
    archive = tmp_path / "killed"
    with subprocess.Popen(
        [*command, str(archive)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        documents = archive / "documents"
        while process.poll() is None and sum(1 for _ in documents.glob("*.txt")) < workers.CHUNK:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
    kept = sum(1 for _ in documents.glob("*.txt"))
    assert kept >= workers.CHUNK
    again = subprocess.run([*command, str(archive)], capture_output=True, check=True)
    assert again.stdout == whole.stdout
    assert events(archive) == events(tmp_path / "whole")
    assert sd.check(archive) == []
