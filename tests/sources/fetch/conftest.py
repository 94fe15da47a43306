"""A mirror for every test, a clock that does not wait, and a cache of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import stamina

from saidanddone.faces import fetching
from saidanddone.faces.order import order_of

from .mirror import FakeClock, Mirror, served


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    found, server = served()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """Let no pause take time, and keep the lists in the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SAIDANDDONE_GDELT", raising=False)
    paused: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=paused.append))
    assert not stamina.is_testing()
    return paused


@pytest.fixture
def fetch(mirror: Mirror) -> Callable[..., fetching.FetchReport]:
    """Fetch from the mirror; the clock stands at noon of 1 March 2018."""

    def run(since: str, until: str, *, clock: FakeClock | None = None, **options):  # type: ignore[no-untyped-def]
        clock = clock or FakeClock()
        dry_run = options.pop("dry_run", False)
        options.setdefault("service", mirror.address)
        order = order_of("gdelt", since, until, clock=clock, **options)
        return fetching.fetch(order, dry_run=dry_run, clock=clock)

    return run
