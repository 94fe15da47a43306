"""Whole files at once: a plain zip is inflated and scanned without a copy of its text.

Plain is what the service publishes: one member, packed by deflate, rows of one layout, LF at the
end. Everything else (headers, CR, NUL, several members, a wrong CRC, a broken end) is left to the
general path, which opens it with care or refuses it with a reason: :func:`count_whole` returns
None and has counted nothing.
"""

from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from saidanddone.sources.gdelt.layouts import LAYOUTS, Layout
from saidanddone.sources.numbers import NumberedBatch
from saidanddone.sources.scanner.counting import count_block, number_block
from saidanddone.sources.scanner.libdeflate import Inflater, libdeflate
from saidanddone.sources.source import CountedBatch

WHOLE_BYTES = 1 << 25
"""32 MB: the largest text that is held at once, so that memory stays flat; 15 minutes of GDELT 2.0
have under 3 MB, a day of 1.0 has 20 to 50 MB. Larger ones are read in blocks."""

ROWS_LOOKED_AT = 9
"""As gdelt.blocks: the first rows decide on the layout; here they have to agree."""

_HEAD_BYTES = 1 << 14
_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DEFLATED = 8
_ENCRYPTED_OR_PATCHED = 0x1 | 0x20 | 0x40

Bytes = npt.NDArray[np.uint8]


class _Room(threading.local):
    """What a thread uses again for every file."""

    def __init__(self) -> None:
        self.packed = np.empty(0, dtype=np.uint8)
        self.text = np.empty(0, dtype=np.uint8)
        library = libdeflate()
        self.inflater = Inflater(library) if library else None


_room = _Room()


def count_whole(path: Path) -> CountedBatch | None:
    """Count a plain zip; None if it is not plain, too large, or libdeflate is not at hand.

    Only where the scanner is available().
    """
    if _room.inflater is None:
        return None
    try:
        packed = _read(path)
    except OSError:
        return None
    found = plain_text(packed) if packed is not None else None
    return count_block(*found, 1, only_clean=True) if found else None


def number_whole(packed: Bytes, *, acts: bool = False) -> NumberedBatch | None:
    """Count the bytes of a plain zip into numbers; as :func:`count_whole` otherwise."""
    found = plain_text(packed)
    return number_block(*found, 1, only_clean=True, acts=acts) if found else None


def plain_text(packed: Bytes) -> tuple[Bytes, Layout] | None:
    """Inflate the text of a plain zip, into this thread's room where libdeflate is at hand.

    The text counts until the thread asks for another. None as :func:`count_whole`; the scanner
    is not needed.
    """
    member = _only_member(packed) if _END.size <= packed.size <= WHOLE_BYTES else None
    if member is None:
        return None
    begin, size, room, crc = member
    if _room.inflater is None:
        text = _by_zlib(packed[begin : begin + size].data, room, crc)
        layout = None if text is None else _layout(text)
        return None if text is None or layout is None else (text, layout)
    if len(_room.text) < room:
        _room.text = np.empty(max(room, min(2 * len(_room.text), WHOLE_BYTES)), dtype=np.uint8)
    text = _room.text[:room]
    address = packed.ctypes.data + begin
    if _room.inflater.inflate(address, size, text.ctypes.data, room) != crc:
        return None
    layout = _layout(text)
    return None if layout is None else (text, layout)


def _by_zlib(packed: memoryview, room: int, crc: int) -> Bytes | None:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(packed, room)
    except zlib.error:
        return None
    if not unpacker.eof:  # the end of the stream may come only after its last byte was given
        text += unpacker.decompress(b"", 1)
    whole = unpacker.eof and len(text) == room and zlib.crc32(text) == crc
    return np.frombuffer(text, dtype=np.uint8) if whole else None


def _read(path: Path) -> Bytes | None:
    with path.open("rb", buffering=0) as stream:
        size = stream.seek(0, 2)
        if not _END.size <= size <= WHOLE_BYTES:
            return None
        if len(_room.packed) < size:
            _room.packed = np.empty(max(size, 2 * len(_room.packed)), dtype=np.uint8)
        stream.seek(0)
        packed = _room.packed[:size]
        return packed if stream.readinto(packed.data) == size else None


def _only_member(packed: Bytes) -> tuple[int, int, int, int] | None:
    """Return where the only member's bytes begin, their size, the text's size and CRC."""
    end = packed.size - _END.size
    mark, disk, first_disk, here, entries, size, offset, comment = _END.unpack_from(
        packed.data, end
    )
    if (mark, disk, first_disk, here, entries, comment) != (b"PK\5\6", 0, 0, 1, 1, 0):
        return None
    if offset + size != end or size < _ENTRY.size:
        return None
    entry = _ENTRY.unpack_from(packed.data, offset)
    mark, _, _, flags, method, _, _, crc, inside, room, name, extra, note, _, _, _, begin = entry
    if mark != b"PK\1\2" or _ENTRY.size + name + extra + note != size:
        return None
    if method != _DEFLATED or flags & _ENCRYPTED_OR_PATCHED or not 0 < room <= WHOLE_BYTES:
        return None
    called = packed[offset + _ENTRY.size :][:name].tobytes()
    if any(mark in called for mark in (b"/", b"\\", b":", b"..")):
        return None
    if begin + _LOCAL.size > offset:
        return None
    local = _LOCAL.unpack_from(packed.data, begin)
    begin += _LOCAL.size + local[-2] + local[-1]
    if local[0] != b"PK\3\4" or begin + inside > offset:
        return None
    return begin, inside, room, crc


def _layout(text: Bytes) -> Layout | None:
    """Return the layout of all of the first rows; None if they differ or there is a header."""
    if text[-1] != ord("\n"):
        return None
    head = text[:_HEAD_BYTES].tobytes()
    lines = head[: head.rfind(b"\n") + 1].split(b"\n", ROWS_LOOKED_AT)[:-1]
    widths = {line.count(b"\t") + 1 for line in lines}
    if len(widths) != 1 or not head[:1].isdigit():
        return None
    return LAYOUTS.get(widths.pop())
