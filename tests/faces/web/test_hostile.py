"""Hostile use: markup, SQL, paths, nonsense and floods are refused clearly and never executed."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from saidanddone.faces import pages
from saidanddone.faces.web import Settings, application
from saidanddone.faces.web.front import Front

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE items; --",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "{{7*7}}",
    "%00",
    "a" * 2_000,
    "javascript:alert(1)",
    "\u202egpj.exe",
    "𝕽𝖚𝖘𝖘𝖎𝖆",
    "☃" * 300,
    "-1",
    "NaN",
    "null",
    "\r\nSet-Cookie: a=b",
)

FIELDS = (
    "/search/?q={}",
    "/search/?q=act&source={}",
    "/search/?q=act&kind={}",
    "/search/?q=act&since={}",
    "/search/?q=act&page={}",
    "/ask/?source={}&target=russia",
    "/ask/?source=russia&target={}",
    "/rank/?corner={}",
    "/rank/?region={}",
    "/pairs/russia/north-korea/?channel={}&sign={}&since={}&until={}&topic={}&page={}",
    "/pairs/{}/russia/",
    "/pairs/russia/north-korea/{}",
    "/states/{}/",
    "/topics/{}/",
    "/documents/{}/",
    "/assets/{}",
    "/{}",
    "/api/v1/ask?source={}&target=russia",
    "/api/v1/ask?source=china&target=russia&dataset={}",
    "/api/v1/ask?source=china&target=russia&without={}",
    "/api/v1/pairs?state={}",
    "/api/v1/pairs?page={}",
    "/api/v1/pairs?format={}",
    "/api/v1/pairs?{}=1",
    "/api/v1/pairs/{}/russia/acts",
    "/api/v1/pairs/russia/china/acts?topic={}",
    "/api/v1/rank?region={}",
    "/api/v1/topics/{}",
    "/api/v1/datasets/{}/coverage",
    "/api/v1/actors?name={}",
    "/api/v1/search?q={}",
)


def guarded(answer: Any) -> bool:
    """Whether an answer bears the headers that every answer bears."""
    headers = answer.headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers
    return True


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_can_be_used_against_a_reader(census: TestClient, field: str) -> None:
    for hostile in HOSTILE:
        answer = census.get(field.replace("{}", quote(hostile, safe="")))
        assert answer.status_code < 500, (field, hostile)
        assert guarded(answer)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "Traceback" not in answer.text
        assert "root:" not in answer.text
        if answer.status_code >= 400:
            sort = "application/problem+json" if field.startswith("/api/v1") else "text/html"
            assert answer.headers["content-type"].startswith(sort), (field, hostile)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=-1", 422),
        ("page=1000000000", 422),
        ("size=1000000000", 422),
        ("size=0", 422),
        ("page=1e3", 422),
        ("page=١", 422),
        ("page=999999", 200),
        ("format=exe", 422),
        ("nothing=1", 422),
        ("page=1&page=2", 400),
        ("page=1&page=1", 200),
        ("state=%ff", 400),
        ("state=%zz", 400),
        ("state=a%00b", 400),
        ("&".join(f"a{i}=1" for i in range(40)), 400),
        ("state=" + "a" * 9_000, 414),
    ],
)
def test_a_list_takes_only_what_it_can_use(census: TestClient, query: str, status: int) -> None:
    answer = census.get(f"/api/v1/pairs?{query}")
    assert answer.status_code == status
    assert guarded(answer)
    if status != 200:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(problem) == {"type", "title", "status", "detail", "candidates"}
        assert problem["status"] == status
        assert problem["detail"].endswith(".")


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "1e3", "x"])
def test_a_page_that_does_not_exist_is_told(census: TestClient, page: str) -> None:
    for path in ("/search/?q=act&", "/pairs/russia/north-korea/?"):
        answer = census.get(f"{path}page={page}")
        assert answer.status_code == 422
        assert 'class="trouble" role="alert">' in answer.text


@pytest.mark.parametrize(
    "window",
    ["since=9999&until=9999-12-31", "since=0001", "until=0001-01-01", "since=1992&until=1991"],
)
def test_odd_windows_are_answered_or_refused(census: TestClient, window: str) -> None:
    for path in ("/api/v1/ask?source=russia&target=china&", "/api/v1/search?q=act&"):
        answer = census.get(path + window)
        assert answer.status_code in (200, 422)
        assert (answer.status_code == 422) == (window == "since=1992&until=1991")
    page = census.get(f"/pairs/russia/north-korea/?{window}")
    assert page.status_code == (422 if window == "since=1992&until=1991" else 200)
    assert census.get("/api/v1/ask?source=russia&target=china&since=10000").status_code == 422
    assert census.get("/api/v1/ask?source=russia&target=china&since=2018-02-30").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fpair.py",
        "/assets/%2e%2e%2fpair.py",
        "/documents/..%2f..%2fmanifest.sqlite/",
        "/documents/" + "0" * 64 + "/",
        "//evil.example/",
        "/pairs//russia/",
        "/manifest.sqlite",
        "/api/v1",
        "/api/v1/nothing",
    ],
)
def test_no_path_leads_out(census: TestClient, path: str) -> None:
    answer = census.get(f"http://testserver{path}")
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert guarded(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_only_reading_is_allowed(census: TestClient, method: str) -> None:
    for path in ("/", "/api/v1/pairs", "/nothing"):
        answer = census.request(method, path, content=b"x" * 100)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert guarded(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "application/x-nothing;q=0"},
        {"accept": "\x80\xff"},
        {"accept-encoding": "gzip;q=banana, *;q=0"},
        {"range": "bytes=999999999-"},
        {"range": "bytes=0-0,1-1,2-2"},
        {"if-none-match": '"'},
        {"if-none-match": "W/" * 500},
        {"if-modified-since": "yesterday"},
        {"cookie": "a=b"},
        {"x-forwarded-host": "evil.example"},
        {"x-original-url": "/admin"},
        {"content-type": "application/json"},
    ],
)
def test_odd_headers_change_nothing(census: TestClient, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = census.get("/about/", headers=raw)
    assert answer.status_code == 200
    assert answer.content == census.get("/about/").content
    assert guarded(answer)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "a@b", "[::1"])
def test_another_host_gets_nothing(census_archive: Path, host: str) -> None:
    app = application(Settings(archive=census_archive, hosts=("localhost", "::1")))
    client = TestClient(app, base_url="http://localhost:8000", follow_redirects=False)
    assert client.get("/about/").status_code == 200
    assert client.get("/about/", headers={"host": "[::1]:8000"}).status_code == 200
    answer = client.get("/about/", headers={"host": host})
    assert answer.status_code in (400, 421)
    assert guarded(answer)
    assert "evil" not in answer.text


def test_no_redirect_names_a_host(census: TestClient) -> None:
    for path in ("/rank", "/pairs/RUS/CHN/", "/ask/?source=russia&target=china"):
        to = census.get(path, headers={"host": "evil.example"}).headers["location"]
        assert "evil" not in to
        assert not to.startswith(("/", "http"))


def test_a_fault_is_a_sentence(
    census_archive: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("secret /home/somebody")

    monkeypatch.setattr("saidanddone.faces.pages.topics", broken)
    client = TestClient(application(Settings(archive=census_archive)))
    answer = client.get("/topics/")
    assert answer.status_code == 500
    assert guarded(answer)
    assert "secret" not in answer.text
    assert "could not be answered" in caplog.text
    monkeypatch.setattr("saidanddone.faces.web.api.about_all.nested_as_file", broken)
    problem = client.get("/api/v1/rank")
    assert (problem.status_code, problem.json()["status"]) == (500, 500)
    assert "secret" not in problem.text


def test_an_archive_that_is_damaged_later_is_told(
    census_archive: Path, copied: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = copied(census_archive)
    monkeypatch.setattr("saidanddone.faces.web.holdings.LOOK_SECONDS", 0.0)
    client = TestClient(application(Settings(archive=archive)))
    assert client.get("/about/").status_code == 200
    (archive / "manifest.sqlite").write_bytes(b"nothing")
    answer = client.get("/topics/")
    assert answer.status_code == 503
    assert "retry-after" in answer.headers
    assert str(archive) not in answer.text


async def _ask(app: Front, path: str) -> tuple[int, dict[bytes, bytes]]:
    """Ask without a client, so that a thousand can ask at once."""
    got: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        got.append(message)

    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": raw,
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
    }
    await app(scope, receive, send)
    return got[0]["status"], dict(got[0]["headers"])


def test_a_thousand_at_once_are_answered_or_told_to_come_back(census_archive: Path) -> None:
    settings = Settings(archive=census_archive, computing=1, waiting=5)

    async def flood() -> list[tuple[int, dict[bytes, bytes]]]:
        app = application(settings)
        asked = [f"/api/v1/pairs?page={number}" for number in range(1, 1_001)]
        return await asyncio.gather(*(_ask(app, path) for path in asked))

    answers = asyncio.run(flood())
    statuses = [status for status, _ in answers]
    assert set(statuses) == {200, 503}
    assert statuses.count(200) == 6
    assert all(b"retry-after" in headers for status, headers in answers if status == 503)


def test_the_same_question_is_answered_once(
    census_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original_topics = pages.topics

    def counted(*given: Any, **more: Any) -> str:
        made.append("topics")
        return original_topics(*given, **more)

    monkeypatch.setattr("saidanddone.faces.pages.topics", counted)

    async def flood() -> list[tuple[int, dict[bytes, bytes]]]:
        app = application(Settings(archive=census_archive, computing=1, waiting=0))
        return await asyncio.gather(*(_ask(app, "/topics/") for _ in range(1_000)))

    answers = asyncio.run(flood())
    assert {status for status, _ in answers} == {200}
    assert made == ["topics"]


def test_a_site_may_bear_a_hostile_title(census_archive: Path) -> None:
    title = "<b>&\"'{{x}}"
    settings = Settings(archive=census_archive, title=title, about=title, contact=title)
    client = TestClient(application(settings))
    for path in ("/", "/about/", "/contact/", "/nothing"):
        assert "<b>" not in client.get(path).text


def test_a_websocket_is_closed(census: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), census.websocket_connect("/"):
        pass


def test_a_problem_is_json(census: TestClient) -> None:
    answer = census.get("/api/v1/actors?name=korea")
    problem = json.loads(answer.content)
    assert [c["name"] for c in problem["candidates"]] == ["North Korea", "South Korea"]
