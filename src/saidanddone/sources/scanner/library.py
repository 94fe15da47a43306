"""The compiled library: found beside this file, checked against its source, and its calls typed."""

from __future__ import annotations

import ctypes
import hashlib
import os
from functools import cache
from pathlib import Path

SOURCES = ("scan.h", "kernel.h", "scan.c")
LIBRARY = "_scan.so"

SWITCH = "SAIDANDDONE_SCANNER"
"""Environment variable: 'off' leaves the scanner out, to compare or to find a fault."""

ASK = -(1 << 31)
"""scan.h, SCAN_ASK: rows with this value are judged one by one."""

BY_GROUP = 1 << 16
"""scan.h, SCAN_BY_GROUP: the actor is known by its group, not by its country."""

DATES, PAIRS, ROLES, CODES = range(4)
"""scan.h: the tables of interned values."""

WORDS = (1, 1, 2, 1)
"""64-bit words of a value of each table."""

_Pointer = ctypes.c_void_p
_Int = ctypes.c_int64


class Found(ctypes.Structure):
    """scan.h, scan_found: what a text holds."""

    _fields_ = (("lines", _Int), ("unclean", _Int), ("interned", _Int * len(WORDS)))


class Totals(ctypes.Structure):
    """scan.h, scan_totals: what became of the rows."""

    _fields_ = (
        ("kept", _Int),
        ("source_unknown", _Int),
        ("target_unknown", _Int),
        ("same_state", _Int),
        ("odd", _Int),
        ("cells", _Int),
    )


_CALLS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "scan_open": (_Pointer, (_Pointer, ctypes.c_int32)),
    "scan_close": (None, (_Pointer,)),
    "scan_kernel": (ctypes.c_char_p, ()),
    "scan_choose": (ctypes.c_int, (ctypes.c_int,)),
    "scan_source": (ctypes.c_char_p, ()),
    "scan_keep": (_Int, (_Pointer, _Pointer, ctypes.c_int32)),
    "scan_read": (_Int, (_Pointer, _Pointer, ctypes.c_size_t, _Pointer)),
    "scan_values": (_Int, (_Pointer, ctypes.c_int32, _Int, _Pointer)),
    "scan_learn": (_Int, (_Pointer, ctypes.c_int32, _Int, _Int, _Pointer)),
    "scan_learn_pairs": (_Int, (_Pointer, _Int, _Int, _Pointer, _Pointer, _Pointer)),
    "scan_tally": (_Int, (_Pointer, _Pointer)),
    "scan_odd": (_Int, (_Pointer, _Pointer, _Pointer, _Pointer)),
    "scan_cells": (_Int, (_Pointer,) * 7),
    "scan_acts": (_Int, (_Pointer,) * 8),
    "scan_texts": (_Int, (_Pointer,)),
    "scan_text_bytes": (_Int, (_Pointer, _Pointer)),
    "scan_forget": (_Int, (_Pointer,)),
}


def source_hash(folder: Path = Path(__file__).parent) -> str:
    """Hash the C sources, so that a library built from others is not taken for theirs."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


@cache
def _load() -> tuple[ctypes.CDLL | None, str]:
    path = Path(__file__).with_name(LIBRARY)
    if not path.is_file():
        return None, "no library was built: a C compiler is needed while the package is installed"
    try:
        library = ctypes.CDLL(os.fspath(path))
        for name, (result, arguments) in _CALLS.items():
            call = getattr(library, name)
            call.restype, call.argtypes = result, list(arguments)
    except (OSError, AttributeError) as error:
        return None, f"the library cannot be loaded ({error})"
    if library.scan_source().decode("ascii", "replace") != source_hash():
        return None, "the library was built from another version of its source; install again"
    return library, ""


def why_absent() -> str | None:
    """Say why the scanner is not used; None where it is."""
    if os.environ.get(SWITCH, "").lower() in ("off", "0"):
        return f"it is switched off by {SWITCH}"
    return _load()[1] or None


def available() -> bool:
    """Say whether the compiled scanner can be used."""
    return why_absent() is None


def library() -> ctypes.CDLL:
    """Return the library; only where :func:`available`."""
    found = _load()[0]
    assert found is not None, "ask available() first"
    return found
