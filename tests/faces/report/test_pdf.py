"""A report as PDF: tagged, titled, the same bytes each time, and no text of an act is code."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from saidanddone.errors import MissingExtra
from saidanddone.faces.report import pdf, report

pypdfium2 = pytest.importorskip("pypdfium2")
pytest.importorskip("typst")


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


@pytest.mark.parametrize(
    "name", ["census_page", "case_page", "silent_page", "yearly_page"], ids=str
)
def test_a_pdf_is_tagged_titled_and_dated(name: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(name)
    content = pdf(report(page))
    document = pypdfium2.PdfDocument(content)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    told = document.get_metadata_dict()
    assert told["Title"] == page.dossier.question
    assert told["CreationDate"].startswith(f"D:{page.updated:%Y%m%d}")
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    shown = text_of(content)
    for part in (page.dossier.question, "How to cite", f"{len(document)} / {len(document)}"):
        assert part in shown, part
    words = page.dossier.verdict.sentence.split()[:12]
    assert " ".join(words) in shown


def test_the_same_report_gives_the_same_bytes(census_page: Any) -> None:
    assert pdf(report(census_page)) == pdf(report(census_page))


def test_the_first_page_holds_question_verdict_and_chart(case_page: Any) -> None:
    document = pypdfium2.PdfDocument(pdf(report(case_page)))
    first = document[0].get_textpage().get_text_bounded()
    assert "Through time" in first
    assert "21 acts with a sign" in first


def test_no_text_is_code_and_no_file_is_read(hostile_page: Any) -> None:
    # A letter without a font on this machine must not cost the report.
    content = pdf(report(hostile_page))
    shown = text_of(content)
    for part in (
        '#eval("1+1") #sys.version $ pi $ *b*',
        '#read("/etc/passwd")',
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "Русский",
    ):
        assert part in shown, part
    assert "root:" not in shown
    links = re.findall(rb"/URI \(([^)]*)\)", content)
    assert {link.decode() for link in links} <= {
        "http://example.org/x",
        "https://example.org",
        "http://example.org/i.png",
    }


def test_without_the_extra_it_says_so(case_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match="saidanddone\\[report\\]"):
        pdf(report(case_page))
