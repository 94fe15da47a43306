from __future__ import annotations

from collections.abc import Sequence

import pytest

from saidanddone.errors import BadFile
from saidanddone.reading.page import Article
from saidanddone.reading.pdf import read_pdf

pytest.importorskip("pypdfium2")

ABOUT = "/Title (A Visit to Syldavia) /Author (Jane Roe) /CreationDate (D:20110304120000Z)"
HEAD = "The Bordurian Review of 2011"
PAGES = (
    (
        HEAD,
        "",
        "A Visit to Syldavia",
        "",
        "The foreign minister of Borduria arrived in the capital of Syldavia on",
        "March 1, 2011 for talks that officials had kept quiet, and spoke of coope-",
        "ration with the king. He had recalled his ambassador.",
        "",
        "Minister greets the king",
        "",
        "The ministers signed a treaty on non-",
        "proliferation and trade in the afternoon of that day, and then they",
        "",
        "12",
    ),
    (
        HEAD,
        "",
        "left for the coast. The non-proliferation treaty was ten years in talks.",
        "",
        "13",
    ),
    (HEAD, "", "The king condemned the raids of Borduria in a speech on Monday.", "", "14"),
)


def pdf(pages: Sequence[Sequence[str]], about: str = "", trailer: str = "") -> bytes:
    """Write a PDF by hand: one font, a line under the other."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
            f" /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {about} >>")
    raw, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        raw
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R {trailer} >>\n"
            f"startxref\n{len(raw)}\n%%EOF"
        ).encode()
    )


def of_kind(article: Article, kind: str) -> list[str]:
    return [passage.text for passage in article.passages if passage.kind == kind]


def test_pages_become_one_article() -> None:
    article = read_pdf(pdf(PAGES, ABOUT), "a.pdf")
    body = of_kind(article, "body")

    assert article.title == "A Visit to Syldavia"
    assert article.author == "Jane Roe"
    assert str(article.published) == "2011-03-04"
    assert of_kind(article, "caption") == ["Minister greets the king"]
    assert len(body) == 3
    assert "and then they left for the coast." in body[1]


def test_words_broken_at_line_ends_are_mended() -> None:
    body = " ".join(of_kind(read_pdf(pdf(PAGES), "a.pdf"), "body"))

    assert "spoke of cooperation with" in body
    assert "a treaty on non-proliferation and" in body


def test_running_heads_and_page_numbers_are_dropped() -> None:
    article = read_pdf(pdf(PAGES), "a.pdf")

    assert not any("Review" in passage.text for passage in article.passages)
    assert not any(passage.text in ("12", "13", "14") for passage in article.passages)


def test_a_file_name_is_no_title() -> None:
    article = read_pdf(pdf(PAGES, "/Title (Microsoft Word - visit3.doc)"), "a.pdf")

    assert article.title == "A Visit to Syldavia"


def test_pictures_of_pages_need_ocr() -> None:
    with pytest.raises(BadFile, match="holds pictures of pages and no text, and needs OCR"):
        read_pdf(pdf([[], []]), "a.pdf")


def test_a_password_is_said() -> None:
    locked = pdf(
        PAGES,
        trailer=f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2"
        f" /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>",
    )

    with pytest.raises(BadFile, match="protected by a password"):
        read_pdf(locked, "a.pdf")


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(BadFile, match="damaged or no PDF"):
        read_pdf(b"%PDF-1.4 and then nothing", "a.pdf")
