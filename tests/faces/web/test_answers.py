"""Answers on their way: tags, compression, pages of lists, what changes when the data do."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import polars as pl
import pytest
from starlette.testclient import TestClient

import saidanddone as sd
from saidanddone.faces.web import Settings, application
from saidanddone.faces.web.body import body
from saidanddone.faces.web.shelf import LARGEST, Shelf

PAIR = "/pairs/russia/north-korea/"


def test_a_tag_saves_the_body(census: TestClient) -> None:
    first = census.get(PAIR, headers={"accept-encoding": "identity"})
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for given in (tag, f'"other", {tag}', "*", f"W/{tag}"):
        again = census.get(PAIR, headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"].strip('"').startswith(tag.strip('"'))
    assert census.get(PAIR, headers={"if-none-match": '"other"'}).status_code == 200
    assert census.get(PAIR + "?sign=neutral").headers["etag"] != tag


def test_each_encoding_has_its_own_tag(census: TestClient) -> None:
    plain = census.get(PAIR, headers={"accept-encoding": "identity"})
    pressed = census.get(PAIR, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert pressed.headers["content-encoding"] == "gzip"
    assert pressed.content == plain.content  # the client has inflated it
    assert int(pressed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert pressed.headers["etag"] != plain.headers["etag"]
    assert pressed.headers["vary"] == "accept-encoding"


def test_head_is_get_without_a_body(census: TestClient) -> None:
    for path in ("/", PAIR, "/api/v1/pairs", "/nothing"):
        head, get = census.head(path), census.get(path)
        assert head.content == b""
        assert head.status_code == get.status_code
        left = ("date",)
        assert {k: v for k, v in head.headers.items() if k not in left} == {
            k: v for k, v in get.headers.items() if k not in left
        }


def test_what_is_marked_is_kept_for_good(census: TestClient) -> None:
    assert "immutable" in census.get("/assets/style.css?v=1").headers["cache-control"]
    assert census.get(PAIR).headers["cache-control"] == "no-cache"
    assert census.get("/nothing").headers["cache-control"] == "no-store"
    assert "etag" not in census.get("/nothing").headers


def test_pages_of_a_list_lead_to_each_other(census: TestClient) -> None:
    path, seen = "/api/v1/pairs?size=100&page=1", []
    while path:
        answer = census.get(path)
        seen += [(row["source"], row["target"]) for row in answer.json()["items"]]
        path = urljoin(path, answer.links.get("next", {}).get("url", "")) * ("next" in answer.links)
    assert len(seen) == len(set(seen)) == answer.json()["total"]
    beyond = census.get("/api/v1/pairs?page=999999")
    assert beyond.json()["items"] == []
    assert "next" not in beyond.links


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/pairs",
        "/api/v1/pairs/russia/north-korea/acts",
        "/api/v1/pairs/russia/north-korea/series",
        "/api/v1/pairs/russia/north-korea/volume",
        "/api/v1/rank",
        "/api/v1/movers",
        "/api/v1/topics/sanctions",
    ],
)
def test_every_table_has_three_formats(census: TestClient, path: str) -> None:
    told = census.get(path).json()
    if path.endswith("sanctions") and "status" in told:
        pytest.skip("the generated census has no such acts")
    rows = told.get("items", told.get("series", told.get("movers")))
    csv = census.get(path + ".csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.content == census.get(path + "?format=csv").content
    parquet = pl.read_parquet(io.BytesIO(census.get(path + ".parquet").content))
    assert parquet.height == max(len(rows), told.get("total", 0))
    assert pl.read_csv(io.BytesIO(csv.content)).height == parquet.height
    assert census.get(path + ".csv?format=parquet").status_code == 400
    assert census.get(path + ".json").json() == told


def test_a_state_narrows_the_pairs(census: TestClient) -> None:
    rows = census.get("/api/v1/pairs?state=moscow&size=1000").json()["items"]
    assert rows
    assert all("RUS" in (row["source"], row["target"]) for row in rows)


def test_what_is_ingested_is_seen(
    census_archive: Path,
    census_tables: dict[str, Path],
    copied: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive = copied(census_archive)
    monkeypatch.setattr("saidanddone.faces.web.holdings.LOOK_SECONDS", 0.0)
    client = TestClient(application(Settings(archive=archive)))
    before = client.get("/api/v1/pairs/fiji/iceland/acts")
    assert before.json()["total"] == 0
    assert client.get("/search/?q=embassy").text.count('<li class="hit"') == 0
    table = tmp_path / "more.csv"
    header = census_tables["on_time"].read_text(encoding="utf-8").splitlines()[0]
    row = "1991-05-05,Fiji,Iceland,042,e-new,visits the embassy,https://example.org/new"
    table.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (report,) = sd.ingest("table", [table], archive, mapping=census_tables["mapping"]).files
    assert report.status == "ingested"
    after = client.get("/api/v1/pairs/fiji/iceland/acts")
    assert after.json()["total"] == 1
    assert after.headers["etag"] != before.headers["etag"]
    assert client.get("/api/v1/search?q=embassy").json()["total"] == 1


def test_room_is_bounded() -> None:
    shelf = Shelf(10_000)
    for number in range(100):
        shelf.put(str(number), body(200, "image/png", b"x" * 700))
        assert shelf.used <= 10_000
    assert shelf.get("0") is None
    assert shelf.get("99") is not None
    shelf.put("large", body(200, "image/png", b"x" * (10_000 // LARGEST + 1)))
    assert shelf.get("large") is None


def test_a_body_is_pressed_only_where_that_helps() -> None:
    assert body(200, "text/html", b"a").pressed is None
    assert body(200, "image/png", b"a" * 10_000).pressed is None
    pressed = body(200, "application/json", b"a" * 10_000).pressed
    assert pressed is not None
    assert gzip.decompress(pressed) == b"a" * 10_000
    assert pressed == body(200, "application/json", b"a" * 10_000).pressed
