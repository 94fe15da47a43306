from __future__ import annotations

import os
from pathlib import Path

import pytest

from saidanddone.reading import web
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.pages import open_pages

SENTENCE = "The envoy of Borduria left the capital of Syldavia, and nobody knows why."


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def refusal_of(path: Path) -> str:
    [refusal] = open_pages([str(path)])
    assert isinstance(refusal, Refusal)
    assert refusal.address == str(path)
    return str(refusal.error)


def test_a_folder_gives_its_pages_sorted_and_goes_on_after_bad_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        c_txt=SENTENCE,
        a__b_txt=SENTENCE,
        b_txt="",
        d_png=b"\x89PNG\r\n",
        notes=SENTENCE,
        x_css="p { color: red }",
    )
    write(tmp_path / ".hidden", a_txt=SENTENCE)
    opened = list(open_pages([str(tmp_path)]))

    assert [Path(item.address).name for item in opened] == [
        "b.txt",
        "b.txt",
        "c.txt",
        "d.png",
        "notes",
        "x.css",
    ]
    assert [isinstance(item, Page) for item in opened] == [True, False, True, False, True, False]


def test_progress_is_told_of_each_document(tmp_path: Path) -> None:
    write(tmp_path, a_txt=SENTENCE, b_txt=SENTENCE)
    told: list[tuple[str, int]] = []
    list(open_pages([str(tmp_path)], progress=lambda name, done: told.append((name, done))))

    assert told == [(str(tmp_path / "a.txt"), 0), (str(tmp_path / "b.txt"), 1)]


def test_pages_are_opened_one_at_a_time(tmp_path: Path) -> None:
    write(tmp_path, a_txt=SENTENCE, b_txt=SENTENCE)
    pages = open_pages([str(tmp_path)])
    next(pages)
    (tmp_path / "b.txt").unlink()

    assert isinstance(next(pages), Refusal)


def test_a_list_of_addresses_is_followed(tmp_path: Path) -> None:
    pytest.importorskip("httpx2")
    write(tmp_path, list_txt="# to read\nhttp://127.0.0.1/a\n\nhttp://127.0.0.1/b\n")
    opened = list(open_pages([str(tmp_path / "list.txt")]))

    assert [item.address for item in opened] == ["http://127.0.0.1/a", "http://127.0.0.1/b"]
    assert all("private network" in str(item.error) for item in opened if isinstance(item, Refusal))


def test_a_page_that_begins_with_an_address_is_no_list(tmp_path: Path) -> None:
    write(tmp_path, a_txt=f"http://borduria.example/a\n\n{SENTENCE}\n")
    [page] = open_pages([str(tmp_path / "a.txt")])

    assert isinstance(page, Page)
    assert page.text == SENTENCE


def test_offsets_refer_to_the_text_without_control_characters(tmp_path: Path) -> None:
    write(tmp_path, a_txt=SENTENCE.replace("envoy", "en\x07voy") + "\n\n\x1b" + SENTENCE)
    [page] = open_pages([str(tmp_path / "a.txt")])

    assert isinstance(page, Page)
    assert [page.text_of(block) for block in page.blocks] == [SENTENCE, SENTENCE]
    assert b"\x07" in page.raw
    assert page.language == "en"


def test_content_tells_more_than_the_name(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    write(tmp_path, a_txt=f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>")
    [page] = open_pages([str(tmp_path / "a.txt")])

    assert isinstance(page, Page)
    assert (page.kind, page.text) == ("html", SENTENCE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x00\x01\x02\x03" * 50, "binary file"),
        (b"PK\x03\x04" + b"x" * 50, "zip archive or an office document"),
        (b"Home | News | Contact", "no sentence"),
        ("Министр прибыл в столицу.".encode("cp1251") * 3, "neither UTF-8 nor Windows-1252"),
        ("Der Minister sagte, dass er nicht zu den Gesprächen kommt.".encode(), "in German"),
        ("장관은 두 나라가 회담에 복귀하지 않을 것이라고 말했다.".encode(), "in Korean"),
        ("Министр заявил, что он не поедет на переговоры и что это не тема.".encode(), "Russian"),
        (b"%PDF-1.4 and then nothing", "damaged or no PDF"),
    ],
)
def test_bad_documents_are_refused_in_one_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    if content.startswith(b"%PDF"):
        pytest.importorskip("pypdfium2")
    write(tmp_path, a_txt=content)

    assert words in refusal_of(tmp_path / "a.txt")


def test_only_english_is_coded_is_said(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Le ministre a dit que les deux pays ne vont pas reprendre le dialogue.")

    assert "in French" in (sentence := refusal_of(tmp_path / "a.txt"))
    assert "only English is coded" in sentence


def test_nested_tags_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    write(tmp_path, a_html="<div>" * 100_000 + SENTENCE)

    assert "nested without end" in refusal_of(tmp_path / "a.html")


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as stream:
        stream.truncate(web.MAX_BYTES + 1)

    assert "larger than 40 MB" in refusal_of(path)


def test_missing_and_empty_places_are_refused(tmp_path: Path) -> None:
    assert "there is no file" in refusal_of(tmp_path / "none.txt")
    assert "holds no file" in refusal_of(tmp_path)
    assert "there is no file" in refusal_of(Path("a\0b"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert "no regular file" in refusal_of(tmp_path / "pipe.txt")


def test_the_language_of_a_page_without_english_sentences_is_told(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    sentence = "大臣は両国が会談に戻らないと述べた。"
    write(tmp_path, a_html=f"<script>var a = 'the of and to';</script><p>{sentence}</p>" * 9)

    assert "in Japanese" in refusal_of(tmp_path / "a.html")


def test_menus_before_the_article_do_not_make_it_foreign(tmp_path: Path) -> None:
    menu = "\n\n".join(f"Section {i} Deutsch Français Español Русский 中文" for i in range(600))
    write(tmp_path, a_txt=f"{menu}\n\nThe envoy leaves the palace\n\n{SENTENCE}\n\n{SENTENCE}")
    [page] = open_pages([str(tmp_path / "a.txt")])

    assert isinstance(page, Page)
    assert page.language == "en"
    assert page.text.count(SENTENCE) == 2
