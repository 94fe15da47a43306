"""The gate: every connection waits there when the service has asked one of them to."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from saidanddone.sources.fetch.fault import Stopped


class Clock:
    """The time that passes, and how it is waited for; tests have one that does not wait."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def today(self) -> datetime:
        """Date and time, UTC."""
        return datetime.now(UTC).replace(tzinfo=None)

    def wait(self, seconds: float) -> None:
        """Let time pass; a stop ends it."""
        self._stop.wait(seconds)

    def stop(self) -> None:
        """Tell everybody to stop."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether everybody was told to stop."""
        return self._stop.is_set()


class Gate:
    """Open, or shut until some moment."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._opens = clock.now()

    def hold(self, seconds: float) -> None:
        """Shut it for at least so long."""
        with self._lock:
            self._opens = max(self._opens, self.clock.now() + seconds)

    def pass_through(self) -> None:
        """Wait until it is open; raises Stopped."""
        while True:
            if self.clock.stopped:
                raise Stopped
            with self._lock:
                left = self._opens - self.clock.now()
            if left <= 0:
                return
            self.clock.wait(left)


def seconds_asked(retry_after: str, now: datetime) -> float | None:
    """Return how long a Retry-After header asks to wait; None if it cannot be read.

    >>> seconds_asked("120", datetime(2026, 1, 1))
    120.0
    >>> seconds_asked("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1))
    60.0
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return max(0.0, (moment - now).total_seconds())
