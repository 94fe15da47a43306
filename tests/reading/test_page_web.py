from __future__ import annotations

import gzip
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from saidanddone.errors import BadFile
from saidanddone.reading import web
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.pages import open_pages

stamina = pytest.importorskip("stamina")
pytest.importorskip("httpx2")

SENTENCE = "The envoy of Borduria left the capital of Syldavia — nobody knows why."
asked: Counter[str] = Counter()
hosts: list[str] = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked[self.path] += 1
        hosts.append(self.headers["Host"])
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, "give_" + self.path.strip("/").split("/")[0])()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def give_text(self) -> None:
        body = SENTENCE.encode("cp1252")
        self.answer(200, body, Content_Type="text/plain; charset=windows-1252")

    def give_moved(self) -> None:
        self.answer(302, Location="/text")

    def give_loop(self) -> None:
        self.answer(302, Location="/loop")

    def give_inward(self) -> None:
        self.answer(302, Location="http://10.0.0.1/text")

    def give_file(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def give_missing(self) -> None:
        self.answer(404)

    def give_broken(self) -> None:
        self.answer(500)

    def give_busy(self) -> None:
        self.answer(503, Retry_After="0")

    def give_recovers(self) -> None:
        if asked[self.path] < 3:
            self.answer(429)
        else:
            self.give_text()

    def give_large(self) -> None:
        self.answer(200, b"word " * 1000)

    def give_bomb(self) -> None:
        self.answer(200, gzip.compress(b"word " * 100_000), Content_Encoding="gzip")

    def give_slow(self) -> None:
        time.sleep(1)
        self.answer(200, SENTENCE.encode())

    def give_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b"word ")
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.mark.parametrize("path", ["text", "moved", "recovers"])
def test_an_address_becomes_a_page(server: str, path: str) -> None:
    [page] = open_pages([f"{server}/{path}"], allow_private=True)

    assert isinstance(page, Page)
    assert page.text == SENTENCE
    assert page.raw == SENTENCE.encode("cp1252")
    assert page.address == f"{server}/{path}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "HTTP status 404"),
        ("broken", "HTTP status 500"),
        ("busy", "HTTP status 503"),
        ("loop", "redirect"),
        ("file", "no web address"),
    ],
)
def test_what_gives_no_page_is_refused(server: str, path: str, words: str) -> None:
    [refusal] = open_pages([f"{server}/{path}"], allow_private=True)

    assert isinstance(refusal, Refusal)
    assert words in str(refusal.error)


def test_only_a_busy_server_is_asked_again(server: str) -> None:
    for path in ("missing/once", "busy/thrice"):
        list(open_pages([f"{server}/{path}"], allow_private=True))

    assert asked["/missing/once"] == 1
    assert asked["/busy/thrice"] == 3


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_size_is_bounded_once_unpacked(
    server: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 4096)

    with pytest.raises(BadFile, match="larger than"):
        web.fetch(f"{server}/{path}", allow_private=True)


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_a_slow_server_is_given_up(server: str, path: str) -> None:
    with pytest.raises(BadFile, match="timed out"):
        web.fetch(f"{server}/{path}", allow_private=True, timeout_seconds=0.3)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "192.168.0.1", "[::1]", "0.0.0.0",
     "[::ffff:127.0.0.1]", "2130706433", "100.64.0.1", "[fd00::1]"],
)  # fmt: skip
def test_private_networks_are_refused(host: str) -> None:
    [refusal] = open_pages([f"http://{host}/text"])

    assert isinstance(refusal, Refusal)
    assert "private network" in str(refusal.error)


def test_a_redirect_into_a_private_network_is_refused(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "is_public", lambda place: place == "127.0.0.1")

    with pytest.raises(BadFile, match="private network"):
        web.fetch(f"{server}/inward")


def test_the_connection_goes_to_the_address_that_was_checked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    resolved: list[str] = []

    def resolve(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        resolved.append(name)
        return real("127.0.0.1" if name == "borduria.example" else name, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = server.rsplit(":", 1)[1]
    web.fetch(f"http://borduria.example:{port}/text", allow_private=True)

    assert hosts[-1] == f"borduria.example:{port}"
    assert resolved.count("borduria.example") == 1


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)

    with pytest.raises(BadFile, match="private network"):
        web.fetch("http://borduria.example/")


def test_a_host_that_does_not_exist_is_said() -> None:
    [refusal] = open_pages(["http://borduria.invalid/"])

    assert isinstance(refusal, Refusal)
    assert "cannot be reached" in str(refusal.error)


def test_a_closed_port_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(BadFile, match="cannot be reached"):
        web.fetch(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://a b/", "https://:80/"])
def test_a_broken_address_is_refused(address: str) -> None:
    with pytest.raises(BadFile):
        web.fetch(address)
