"""libdeflate, called where it already is: in the package deflate, or installed in the system.

Both hold the same functions. Called through ctypes they inflate into a buffer that is used again
and again: fresh memory for every file cost half as much as inflating it.
"""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SYSTEM = ("libdeflate.so.0", "libdeflate.0.dylib")
"""The names under which Linux and macOS load it; the number is that of its functions' form."""

_Pointer = ctypes.c_void_p
_Size = ctypes.c_size_t
_CALLS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "libdeflate_alloc_decompressor": (_Pointer, ()),
    "libdeflate_free_decompressor": (None, (_Pointer,)),
    "libdeflate_deflate_decompress": (
        ctypes.c_int,
        (_Pointer, _Pointer, _Size, _Pointer, _Size, _Pointer),
    ),
    "libdeflate_crc32": (ctypes.c_uint32, (ctypes.c_uint32, _Pointer, _Size)),
}


@cache
def libdeflate() -> ctypes.CDLL | None:
    """Return the library with its calls typed; None where there is none."""
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
            for call, (result, arguments) in _CALLS.items():
                function = getattr(library, call)
                function.restype, function.argtypes = result, list(arguments)
        except (OSError, AttributeError):
            continue
        return library
    return None


def _candidates() -> Iterator[str]:
    package = importlib.util.find_spec("deflate")
    for folder in (package.submodule_search_locations or []) if package else []:
        yield from (str(path) for path in sorted(Path(folder).glob("_deflate*.so")))
    yield from SYSTEM


class Inflater:
    """Inflates one text after another into buffers of its own; for one thread at a time."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._handle = library.libdeflate_alloc_decompressor()
        if not self._handle:
            raise MemoryError("libdeflate has no memory")

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.libdeflate_free_decompressor(self._handle)
            self._handle = None

    def inflate(self, packed: int, size: int, into: int, room: int) -> int | None:
        """Inflate from one address to another; return the CRC, None if room is not filled."""
        got = _Size()
        result = self._library.libdeflate_deflate_decompress(
            self._handle, packed, size, into, room, ctypes.byref(got)
        )
        if result != 0 or got.value != room:
            return None
        crc: int = self._library.libdeflate_crc32(0, into, room)
        return crc
