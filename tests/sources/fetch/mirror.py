"""A mirror of the service on this machine, with every fault that one may have."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from saidanddone.sources.fetch import Clock

NOW = datetime(2018, 3, 1, 12)


def rows_of(day: date, rows: int = 3) -> bytes:
    """Some rows of 58 columns: Russia meets North Korea."""
    lines = []
    for number in range(rows):
        row = [""] * 58
        row[0], row[1] = f"{day:%Y%m%d}{number}", f"{day:%Y%m%d}"
        row[5], row[6], row[7] = "RUS", "RUSSIA", "RUS"
        row[15], row[16], row[17] = "PRK", "NORTH KOREA", "PRK"
        row[26], row[27], row[28], row[31], row[33] = "040", "040", "04", "1", str(number + 1)
        row[56], row[57] = f"{day:%Y%m%d}", "http://example.org"
        lines.append("\t".join(row))
    return ("\n".join(lines) + "\n").encode()


def zipped(name: str, content: bytes, padding: int = 0) -> bytes:
    """A zip as the service makes them; padding makes it larger."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name.removesuffix(".zip"), (2018, 1, 1, 0, 0, 0))
        archive.writestr(info, content)
        archive.comment = b"x" * padding
    return raw.getvalue()


class FakeClock(Clock):
    """Time that passes at once when it is waited for."""

    def __init__(self, today: datetime = NOW) -> None:
        super().__init__()
        self._today = today
        self._seconds = 0.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        return self._seconds

    def today(self) -> datetime:
        return self._today + timedelta(seconds=self._seconds)

    def wait(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self._seconds += seconds

    def start(self) -> None:
        """Be as if nobody had been stopped."""
        self._stop.clear()

    def pass_by(self, seconds: float) -> None:
        self._seconds += seconds


Fault = Callable[["Handler", bytes], bool]
"""Answers a request in its way; False leaves it to the mirror."""


@dataclass
class Mirror:
    """What is served, which faults come next, and what was asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    always: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ignores_range: bool = False
    marks: bool = True
    open_now: int = 0
    most_open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def requests(self, name: str) -> list[dict[str, str]]:
        return [headers for path, headers in self.asked if path.rsplit("/", 1)[-1] == name]

    def counts(self) -> Counter[str]:
        return Counter(path.rsplit("/", 1)[-1] for path, _ in self.asked)

    def put(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def fail(self, name: str, *faults: Fault) -> None:
        self.faults.setdefault(name, []).extend(faults)

    def days(self, first: date, count: int, *, without: set[date] = frozenset(), rows: int = 3,
             padding: int = 0) -> list[str]:  # fmt: skip
        """Serve daily files of 1.0 and list them."""
        days = [first + timedelta(days=number) for number in range(count)]
        names = []
        for day in days:
            if day in without:
                continue
            name = f"{day:%Y%m%d}.export.CSV.zip"
            self.put(f"/events/{name}", zipped(name, rows_of(day, rows), padding))
            names.append(name)
        self.list_days()
        return names

    def list_days(self) -> None:
        """Write the lists of 1.0 from what is served."""
        held = {
            path.rsplit("/", 1)[-1]: content
            for path, content in sorted(self.files.items())
            if path.startswith("/events/") and path.endswith(".zip")
        }
        sizes = "".join(f"{len(content)} {name}\r\n" for name, content in held.items())
        sums = "".join(f"{md5(content)}  {name}\r\n" for name, content in held.items())
        self.put("/events/filesizes", sizes.encode())
        self.put("/events/md5sums", sums.encode())

    def list_quarters(self) -> None:
        """Write the lists of 2.0 from what is served."""
        plain, translated = [], []
        for path, content in sorted(self.files.items()):
            if path.startswith("/gdeltv2/") and path.endswith(".zip"):
                url = f"http://data.gdeltproject.org{path}"
                line = f"{len(content)} {md5(content)} {url}\n"
                (translated if ".translation." in path else plain).append(line)
        self.put("/gdeltv2/masterfilelist.txt", "".join(plain).encode())
        self.put("/gdeltv2/masterfilelist-translation.txt", "".join(translated).encode())


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


class Handler(BaseHTTPRequestHandler):
    """Serves files with ranges, as the published service does."""

    protocol_version = "HTTP/1.1"
    mirror: Mirror

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        mirror = self.mirror
        with mirror.lock:
            mirror.open_now += 1
            mirror.most_open = max(mirror.most_open, mirror.open_now)
            mirror.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            name = self.path.rsplit("/", 1)[-1]
            queued = mirror.faults.get(name, [])
            faults = [queued.pop(0)] if queued else [*mirror.always]
        try:
            content = mirror.files.get(self.path, b"")
            if any(fault(self, content) for fault in faults):
                return
            if self.path not in mirror.files:
                self.status(404)
                return
            self.give(content)
        except OSError:
            self.close_connection = True
        finally:
            with mirror.lock:
                mirror.open_now -= 1

    def give(self, content: bytes) -> None:
        tag = f'"{md5(content)}"'
        if self.mirror.marks and self.headers.get("If-None-Match") == tag:
            self.status(304)
            return
        start, status = 0, 200
        asked = self.headers.get("Range", "")
        fits = self.headers.get("If-Range") in (None, tag)
        if asked and fits and not self.mirror.ignores_range:
            start, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
            if start >= len(content):
                self.status(416, **{"Content-Range": f"bytes */{len(content)}"})
                return
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) - start))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if self.mirror.marks:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(content[start:])

    def status(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


def breaks_off(share: float = 0.5) -> Fault:
    """Sends a part of what was asked for and hangs up."""

    def fault(handler: Handler, content: bytes) -> bool:
        asked = handler.headers.get("Range", "bytes=0-")
        start = 0 if handler.mirror.ignores_range else int(asked.removeprefix("bytes=")[:-1])
        rest = content[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(rest)))
        handler.send_header("ETag", f'"{md5(content)}"')
        if start:
            end = f"{start}-{len(content) - 1}/{len(content)}"
            handler.send_header("Content-Range", f"bytes {end}")
        handler.end_headers()
        handler.wfile.write(rest[: int(len(rest) * share)])
        handler.wfile.flush()
        handler.close_connection = True
        return True

    return fault


def answers(status: int, **headers: str) -> Fault:
    """Answers with a status and headers (Retry_After)."""

    def fault(handler: Handler, _: bytes) -> bool:
        handler.status(status, **{name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return fault


def redirects(to: str, status: int = 302) -> Fault:
    return answers(status, Location=to)


def garbles(handler: Handler, content: bytes) -> bool:
    """Sends as many bytes as it should, and other ones."""
    handler.give(bytes(len(content)))
    return True


def grows(handler: Handler, content: bytes) -> bool:
    """Sends more than is listed."""
    handler.give(content + b"more")
    return True


def goes_on_wrong(handler: Handler, content: bytes) -> bool:
    """Answers a range with bytes of something else."""
    if "Range" not in handler.headers:
        return False
    start = int(handler.headers["Range"].removeprefix("bytes=")[:-1])
    handler.send_response(206)
    handler.send_header("Content-Length", str(len(content) - start))
    handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    handler.end_headers()
    handler.wfile.write(bytes(len(content) - start))
    return True


def hangs_up(handler: Handler, _: bytes) -> bool:
    """Closes the connection without an answer."""
    handler.close_connection = True
    return True


def served() -> tuple[Mirror, ThreadingHTTPServer]:
    """Start a mirror on a free port."""
    mirror = Mirror()
    handler = type("Bound", (Handler,), {"mirror": mirror})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    mirror.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return mirror, server
