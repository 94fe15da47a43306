"""How fast the web application answers: first pages, warm pages, many readers at once.

    python benchmarks/serve.py ARCHIVE [--pairs 40] [--seconds 5] [--workers 2] [--readers 16]

Copies nothing and writes nothing but the archive's caches. Starts `saidanddone serve` on loopback
and asks it over HTTP/1.1 with connections that are kept, from threads of this process: on few
cores the client takes its share of them, so that the figures are a floor.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORDS = ("talks", "visit", "aid", "embargo", "minister", "attack", "agree*", '"make+a+visit"')
"""What is searched for: words of many acts and of few."""


@contextmanager
def serving(archive: str, workers: int) -> Iterator[tuple[str, int]]:
    """A server of its own, and its host and port."""
    command = [sys.executable, "-m", "saidanddone.faces.cli", "serve", "--archive", archive]
    command += ["--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = line.split()[3].removeprefix("http://").rstrip("/")
        host, _, port = address.rpartition(":")
        try:
            yield host, int(port)
        finally:
            process.terminate()


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Ask for a path, compressed as browsers do."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return content


def milliseconds(connection: http.client.HTTPConnection, paths: list[str]) -> list[float]:
    """How long each path takes."""
    found = []
    for path in paths:
        start = time.perf_counter()
        get(connection, path)
        found.append((time.perf_counter() - start) * 1_000)
    return found


def told(name: str, times: list[float]) -> None:
    """Print median and 95th percentile."""
    ordered = sorted(times)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{name:44} median {statistics.median(times):8.2f} ms   95% {late:8.2f} ms")


def many(host: str, port: int, paths: list[str], readers: int, seconds: float) -> float:
    """Requests a second that so many readers get."""
    counts = [0] * readers
    end = time.perf_counter() + seconds

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=120)
        at = number
        while time.perf_counter() < end:
            get(connection, paths[at % len(paths)])
            counts[number] += 1
            at += 1
        connection.close()

    threads = [threading.Thread(target=reader, args=[number]) for number in range(readers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=16)
    options = parser.parse_args()

    with serving(options.archive, 1) as (host, port):
        connection = http.client.HTTPConnection(host, port, timeout=600)
        start = time.perf_counter()
        get(connection, "/about/")
        print(f"{'from start to the first answer':44} {time.perf_counter() - start:8.2f} s")
        get(connection, "/rank/")
        rows = json.loads(_plain(get(connection, f"/api/v1/pairs?size={options.pairs}")))["items"]
        paths = [_page(connection, row["source"], row["target"]) for row in rows]
        told("a pair's page, never asked for (busiest pairs)", milliseconds(connection, paths))
        told("the same page, warm", milliseconds(connection, paths * 5))
        get(connection, "/search/?q=index")
        words = [f"/search/?q={word}" for word in WORDS]
        told("a search, never asked for", milliseconds(connection, words))
        filters = [f"{path}?sign=conflictual" for path in paths]
        told("a pair's page, filtered anew", milliseconds(connection, filters))
        connection.close()

    with serving(options.archive, options.workers) as (host, port):
        # Each process has pages of its own: ask until all of them have all.
        for _ in range(3):
            many(host, port, paths, options.readers, options.seconds)
        rate = many(host, port, paths, options.readers, options.seconds)
        what = f"requests a second, {options.workers} workers, {options.readers} readers"
        print(f"{what:44} {rate:8.0f}")


def _plain(content: bytes) -> bytes:
    import gzip

    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def _page(connection: http.client.HTTPConnection, source: str, target: str) -> str:
    """The address of a pair's page: where its ids lead."""
    connection.request("GET", f"/pairs/{source}/{target}/")
    answer = connection.getresponse()
    answer.read()
    to = str(answer.getheader("location"))
    return "/pairs/" + to.removeprefix("../../")


if __name__ == "__main__":
    main()
