"""The command: it serves, it ends cleanly, it refuses in one sentence."""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from saidanddone.errors import BadChoice, MissingExtra, NotAnArchive
from saidanddone.faces.cli import app
from saidanddone.faces.web import server

PATIENCE_SECONDS = 120


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own, and its address."""
    command = [sys.executable, "-m", "saidanddone.faces.cli", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {}
    )
    try:
        assert process.stderr is not None
        line = ""
        while "serving at" not in line:
            line = process.stderr.readline()
            assert line or process.poll() is None, "the server ended"
        yield process, line.split()[3].rstrip("/")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)


def read(address: str) -> int:
    """Ask until there is an answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_cleanly(end: signal.Signals) -> None:
    with serving() as (process, address):
        assert read(f"{address}/about/") == 200
        process.send_signal(end)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_what_is_no_http_is_refused_with_all_headers() -> None:
    def raw(address: str, sent: bytes) -> bytes:
        host, _, port = address.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(sent)
            parts = []
            while part := connection.recv(65_536):
                parts.append(part)
        return b"".join(parts)

    with serving() as (process, address):
        read(f"{address}/about/")
        long = b"GET /?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for sent, status in (
            (b"nonsense\r\n\r\n", b"400"),
            (long, b"414"),
            (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", b"431"),
            (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
            (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"421"),
        ):
            answer = raw(address, sent)
            assert answer.split(b" ", 2)[1] == status, answer[:80]
            assert b"content-security-policy: default-src 'none'" in answer
            assert b"nosniff" in answer
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0


def test_a_port_in_use_is_one_sentence() -> None:
    with (
        server.listening("127.0.0.1", 0) as taken,
        pytest.raises(BadChoice, match="cannot be had"),
    ):
        server.listening("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 80), ("127.0.0.1", 70_000)])
def test_a_place_that_does_not_exist_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(BadChoice):
        server.listening(host, port)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--archive", "nowhere"], NotAnArchive),
        (["--workers", "0"], BadChoice),
        (["--dataset", "nothing"], BadChoice),
    ],
)
def test_bad_options_are_one_sentence(options: list[str], error: type[Exception]) -> None:
    result = CliRunner().invoke(app, ["serve", *options])
    assert isinstance(result.exception, error)


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return original(name, *rest, **more)

    for name in [n for n in sys.modules if n.startswith(("saidanddone.faces.web", "uvicorn"))]:
        monkeypatch.delitem(sys.modules, name)
    web = sys.modules["saidanddone.faces"]
    monkeypatch.delattr(web, "web", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    result = CliRunner().invoke(app, ["serve"])
    assert isinstance(result.exception, MissingExtra)
    assert "saidanddone[web]" in str(result.exception)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_public_host_is_warned_of(
    host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(server, "serve", lambda *given, **_: asked.append(given))
    from saidanddone.faces.commands.serve import serve

    serve(host=host, name=["Facts.Example"])
    assert "warning" in capsys.readouterr().err
    assert asked[0][0].hosts == ("facts.example",)
    serve(host="127.0.0.1")
    assert "warning" not in capsys.readouterr().err
    assert "localhost" in asked[1][0].hosts


def test_it_takes_a_path(census_archive: Path) -> None:
    from saidanddone.faces.web.holdings import Holdings
    from saidanddone.faces.web.settings import Settings

    assert Holdings(Settings(archive=census_archive)).root == census_archive
    assert Holdings(Settings()).root is None
