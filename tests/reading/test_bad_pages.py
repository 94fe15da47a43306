"""Bad input: one clear sentence each, the other documents go on, nothing is lost."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.faces.cli import app
from saidanddone.reading import pages

SENTENCE = "On March 3, 2015, Russia vetoed sanctions against North Korea."
GERMAN = (
    "Der Minister hat am Montag in Berlin erklärt, dass die Verhandlungen mit der Regierung nicht "
    "fortgesetzt werden und dass es für die Gespräche keine Gründe gibt."
)
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
NOISE = random.Random(3).randbytes(5000)

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "is empty"),
    "blank": ("a.txt", b" \n\t\n ", "is empty"),
    "empty page": ("a.html", b"<html><body> </body></html>", "holds no sentence"),
    "only a script": ("a.html", b"<html><script>var a = 1;</script></html>", "holds no sentence"),
    "German": ("a.txt", GERMAN.encode(), "seems to be in German"),
    "too large": ("a.txt", b"A" * (pages.MOST_TEXT_BYTES + 1), "is larger than 16 MB"),
    "nested tags": ("a.html", b"<div>" * 100_000 + SENTENCE.encode(), "nested without end"),
    "open tags": ("a.html", b"<html><body>" + b"<b><i>" * 50_000, "nested without end"),
    "a scan": ("a.pdf", SCAN, "needs OCR"),
    "half a PDF": ("a.pdf", b"%PDF-1.4 and nothing", "is damaged or no PDF"),
    "Shift JIS": ("a.txt", "ロシアは北朝鮮を非難した。".encode("shift_jis"), "neither UTF-8 nor"),
    "many control characters": ("a.txt", bytes(range(32)) * 200, "is a binary file"),
    "random bytes": ("a.bin", NOISE, "is a binary file"),
    "zero bytes": ("a.txt", b"\0" * 9000, "is a binary file"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + NOISE, "is a picture"),
    "an office document": ("a.docx", b"PK\x03\x04" + NOISE, "is a zip archive"),
    "a gzip": ("a.txt", b"\x1f\x8b" + NOISE, "is a compressed file"),
    "JSON": ("a.json", b'{"a": 1}', "is a .json file"),
    "one letter": ("a.txt", b"x", "holds no sentence"),
    "one word": ("a.txt", b"a" * 1_000_000, "holds no sentence"),
    "dots": ("a.txt", b"." * 100_000, "holds no sentence"),
    "pictograms": ("a.txt", "\U0001f600".encode() * 5000, "holds no sentence"),
    "a private address": ("a.txt", b"http://127.0.0.1/x\n", "leads to a private network"),
    "a link-local address": ("a.txt", b"http://169.254.169.254/\n", "leads to a private network"),
    "a host that is none": ("a.txt", b"http://nowhere.invalid/x\n", "cannot be reached"),
}

READ_ALL_THE_SAME: dict[str, bytes] = {
    "UTF-16": SENTENCE.encode("utf-16"),
    "Windows-1252": ("A café was full. " + SENTENCE).encode("cp1252"),
    "control characters": SENTENCE.replace("Russia", "Rus\x00\x01sia").encode() + b"\x07\x1b[31m",
    "direction marks": f"\u202e{SENTENCE}\u202d".encode(),
    "brackets": ("(" * 30 + SENTENCE + ")" * 30).encode(),
    "a broken surrogate": b"\xef\xbf\xbd " + SENTENCE.encode(),
    "two languages": (
        f"{SENTENCE} It was in the papers, and it is known to all. " * 9 + GERMAN
    ).encode(),
}

Run = Callable[..., tuple[int, list[dict[str, object]], list[str]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: object) -> tuple[int, list[dict[str, object]], list[str]]:
        code = app(["read", "--json", "--quiet", *map(str, words)], standalone_mode=False)
        printed = capsys.readouterr()
        acts = [json.loads(line) for line in printed.out.splitlines()]
        return code or 0, acts, printed.err.splitlines()

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "z-good.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_document_gets_one_sentence_and_the_next_is_read(
    tmp_path: Path, good: Path, run: Run, kind: str
) -> None:
    name, content, said = REFUSED[kind]
    path = tmp_path / name
    path.write_bytes(content)
    code, acts, sentences = run(path, good)
    assert code == 2
    assert len(sentences) == 1
    assert said in sentences[0]
    assert sentences[0].startswith("saidanddone: ")
    assert "; expected " in sentences[0]
    assert [act["document"] for act in acts] == [str(good)]


@pytest.mark.parametrize("content", READ_ALL_THE_SAME.values(), ids=READ_ALL_THE_SAME)
def test_an_odd_document_is_read(tmp_path: Path, run: Run, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    code, acts, sentences = run(path)
    assert (code, sentences) == (0, [])
    assert ("2015-03-03", "RUS", "PRK", "signed") in [
        (act["date"], act["source"], act["target"], act["channel"]) for act in acts
    ]


def test_a_sentence_of_5000_words_is_named_and_the_rest_is_read(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.txt"
    endless = "Russia and " + "another word and " * 1700 + "Japan met."
    path.write_text(f"{SENTENCE}\n\n{endless}\n\n{SENTENCE}", encoding="utf-8")
    code, acts, sentences = run(path)
    assert code == 0
    assert len(sentences) == 1
    assert "has a sentence of more than 400 words, not coded" in sentences[0]
    assert {act["quote"] for act in acts} == {SENTENCE}


@pytest.mark.parametrize("place", ["", "  ", "ftp://example.org/a", "file:///etc/hosts", "\0"])
def test_what_is_no_path_is_refused(run: Run, good: Path, place: str) -> None:
    code, acts, sentences = run(place, good)
    assert (code, len(sentences), len(acts)) == (2, 1, 1)


def test_what_is_no_file_is_refused(tmp_path: Path, good: Path, run: Run) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    names = ("folder", "dangling.txt", "pipe.txt", "missing.txt")
    _, acts, sentences = run(*(tmp_path / name for name in names), good)
    assert len(sentences) == len(names)
    assert len(acts) == 1


def test_a_name_with_a_line_end_stays_one_sentence(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a\nb.txt"
    path.write_bytes(b"")
    _, _, sentences = run(path)
    assert len(sentences) == 1


def test_a_pipeline_that_does_not_exist_is_refused(good: Path) -> None:
    from saidanddone.errors import BadChoice

    with pytest.raises(BadChoice, match="the pipeline 'nowhere' cannot be loaded"):
        app(["read", str(good), "--pipeline", "nowhere"], standalone_mode=False)
