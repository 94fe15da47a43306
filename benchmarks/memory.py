"""How much memory a process held: used by the benchmarks that tell of it."""

from __future__ import annotations

from pathlib import Path


def peak() -> float:
    """Return the most memory that this process held, in MiB."""
    # ru_maxrss outlives an exec, and would tell of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
