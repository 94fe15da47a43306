"""Pages and the files beside them: they are there, they lead on, they carry what they should."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import polars as pl
import pytest
from starlette.testclient import TestClient

import saidanddone as sd

PAGES = (
    "/",
    "/pairs/",
    "/pairs/russia/north-korea/",
    "/states/russia/",
    "/topics/",
    "/rank/",
    "/search/",
    "/search/?q=act",
    "/updates/",
    "/about/",
    "/contact/",
    "/api/",
)


class Links(HTMLParser):
    """Addresses that a page names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("href", "src") and value}


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_is_there(case: TestClient, census: TestClient, path: str) -> None:
    for client in (case, census):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<h1" in answer.text


@pytest.mark.parametrize("start", ["/", "/pairs/russia/north-korea/", "/rank/", "/topics/"])
def test_links_within_the_site_lead_somewhere(census: TestClient, start: str) -> None:
    links = Links(census.get(start).text).found
    inside = {urljoin(start, link).partition("#")[0] for link in links if not urlsplit(link).scheme}
    assert len(inside) > 10
    for path in sorted(inside)[:20]:
        assert census.get(path).status_code in (200, 303), path


def test_the_page_of_a_pair_says_what_the_command_says(census: TestClient) -> None:
    told = census.get("/api/v1/ask?source=russia&target=north-korea").json()
    page = census.get("/pairs/russia/north-korea/").text
    assert told["verdict"]["sentence"][:60] in unescape(page)
    assert "<svg" in page


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/pairs/RUS/Pyongyang/", "../../russia/north-korea/"),
        ("/pairs/russia/north-korea", "north-korea/"),
        ("/pairs/ussr/north-korea/", "../../russia/north-korea/"),
        ("/states/DPRK/", "../north-korea/"),
        ("/rank", "rank/"),
    ],
)
def test_other_names_lead_to_the_page(census: TestClient, path: str, to: str) -> None:
    answer = census.get(path)
    assert (answer.status_code, answer.headers["location"]) == (308, to)
    assert census.get(urljoin(path, to)).status_code == 200


def test_a_question_leads_to_its_pair(census: TestClient) -> None:
    answer = census.get("/ask/?source=moscow&target=pyongyang")
    assert answer.status_code == 303
    assert urljoin("/ask/", answer.headers["location"]) == "/pairs/russia/north-korea/"


def test_an_ambiguous_name_offers_its_candidates(census: TestClient) -> None:
    answer = census.get("/ask/?source=moscow&target=korea")
    assert answer.status_code == 422
    links = Links(answer.text).found
    assert {"../pairs/russia/north-korea/", "../pairs/russia/south-korea/"} <= links


def test_an_unknown_name_is_not_found(census: TestClient) -> None:
    answer = census.get("/ask/?source=moskow&target=pyongyang")
    assert answer.status_code == 404
    assert "../pairs/russia/north-korea/" in Links(answer.text).found
    assert census.get("/ask/?source=&target=pyongyang").status_code == 422
    assert census.get("/pairs/russia/russia/").status_code == 422


def test_the_timeline_is_filtered_without_a_script(census: TestClient) -> None:
    everything = census.get("/api/v1/pairs/russia/north-korea/acts?size=1").json()["total"]
    cold = census.get("/api/v1/pairs/russia/north-korea/acts?size=1&sign=conflictual").json()
    assert 0 < cold["total"] < everything
    page = census.get("/pairs/russia/north-korea/?sign=conflictual&channel=said").text
    assert page != census.get("/pairs/russia/north-korea/").text


def test_fields_of_others_change_nothing(census: TestClient) -> None:
    plain = census.get("/pairs/russia/north-korea/")
    assert census.get("/pairs/russia/north-korea/?utm_source=x").content == plain.content


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_a_pairs_acts_are_the_same_in_every_format(census: TestClient, ending: str) -> None:
    answer = census.get(f"/pairs/russia/north-korea/acts.{ending}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    file = io.BytesIO(answer.content)
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet, "jsonl": pl.read_ndjson}[ending]
    total = census.get("/api/v1/pairs/russia/north-korea/acts").json()["total"]
    assert read(file).height == total


def test_the_feed_tells_the_latest_acts(census: TestClient) -> None:
    answer = census.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids) == 50
    links = [entry.find(f"{atom}link") for entry in entries]
    assert all(link is not None and link.get("href") for link in links)


def test_charts_and_citations_are_files(census: TestClient) -> None:
    base = "/pairs/russia/north-korea/"
    assert census.get(base + "through-time.svg").text.startswith("<svg")
    assert census.get(base + "channels.svg").text.startswith("<svg")
    assert census.get(base + "plane.png").content.startswith(b"\x89PNG")
    assert census.get(base + "cite.bib").text.startswith("@")
    assert json.loads(census.get(base + "cite.json").text)
    assert census.get(base + "cite.ris").text.startswith("TY")
    assert census.get(base + "nothing.zip").status_code == 404


def test_a_selection_has_no_plane(case: TestClient) -> None:
    assert case.get("/pairs/russia/north-korea/plane.svg").status_code == 404
    assert case.get("/pairs/russia/north-korea/series.csv").status_code == 200


def test_a_search_marks_what_matched(case: TestClient) -> None:
    page = case.get("/search/?q=nuclear").text
    assert re.search(r"<mark>nuclear</mark>", page, re.IGNORECASE)
    assert "no kind" in case.get("/search/?q=nuclear&kind=nothing").text


def test_the_answer_is_that_of_python(census: TestClient, census_archive: object) -> None:
    own = sd.ask("russia", "north-korea", archive=str(census_archive)).to_dict()
    told = census.get("/api/v1/ask?source=russia&target=north-korea").json()
    assert told == json.loads(json.dumps(own))
    self_norm = census.get("/api/v1/ask?source=russia&target=north-korea&against=self").json()
    assert self_norm["against"] == "self"
