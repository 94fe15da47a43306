"""Documents of an archive: found by their words, followed from an act to its sentence, inert."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from starlette.testclient import TestClient

import saidanddone as sd
from saidanddone.faces.web import Settings, application

TEXT = (
    "Harvest talks\n\nRussia sent 300 tons of rice to North Korea on 3 March 2015. The cargo left "
    "the harbour <script>alert(1)</script> at night, and the captain wrote nothing about it.\n"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    pytest.importorskip("spacy", reason="the extra read is not installed")
    folder = tmp_path_factory.mktemp("documents")
    page = folder / "harvest.txt"
    page.write_text(TEXT, encoding="utf-8")
    list(sd.read([str(page)], into=folder / "archive"))
    app = application(Settings(archive=folder / "archive"))
    return TestClient(app, follow_redirects=False)


def test_an_act_leads_to_its_sentence(client: TestClient) -> None:
    (act,) = client.get("/api/v1/search?q=rice&kind=act").json()["items"]
    assert (act["source"], act["target"]) == ("RUS", "PRK")
    page = client.get("/search/?q=rice").text
    link = re.search(r'href="([^"]*documents/[^"]*#s\d+)"', page)
    assert link is not None
    address, anchor = urldefrag(urljoin("/search/", link[1]))
    document = client.get(address)
    assert document.status_code == 200
    assert f'id="{anchor}"' in document.text
    start = int(anchor[1:])
    assert TEXT[start:].startswith("Russia sent")


def test_a_document_is_found_by_its_own_words(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=captain+harbour&kind=document").json()
    (hit,) = found["items"]
    assert TEXT[hit["start"] :].startswith("harbour")
    marked = [part["text"] for part in hit["snippet"] if part["match"]]
    assert marked == ["harbour", "captain"]


def test_what_a_document_carries_is_only_text(client: TestClient) -> None:
    hit = client.get("/api/v1/search?q=captain&kind=document").json()["items"][0]
    for path in (f"/documents/{hit['document']}/", "/search/?q=captain", "/search/?q=script"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "alert(1)" in page.text


def test_a_document_does_not_tell_where_it_lay(client: TestClient, tmp_path: Path) -> None:
    hit = client.get("/api/v1/search?q=captain&kind=document").json()["items"][0]
    assert hit["reference"] == "harvest.txt"
    page = client.get(f"/documents/{hit['document']}/").text
    assert "harvest.txt" in page
    assert str(tmp_path.parent.parent) not in page


@pytest.mark.parametrize(
    "asked",
    [
        "ask?source=russia&target=north-korea",
        "ask?source=russia&target=north-korea&reading=gdelt&until=2020",
        "pairs/russia/north-korea/acts",
        "pairs/russia/north-korea/series",
        "search?q=rice",
        "movers",
    ],
)
def test_no_answer_tells_where_documents_lay(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/v1/{asked}")
    assert answer.status_code == 200
    assert "test_documents" not in answer.text
    assert "documents0" not in answer.text
    if asked.startswith("ask"):
        references = [item["reference"] for item in answer.json()["evidence"]]
        assert references
        assert all(told.startswith("harvest.txt, characters") for told in references)
