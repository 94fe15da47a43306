"""Inflating: the bytes of a file, plain or zipped, checked and in pieces of bounded size.

`deflate` (libdeflate) and `isal` (ISA-L) are used where they are installed (the extra `fast`),
the standard library's zlib where not; size and CRC are always checked.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from saidanddone.errors import BadFile
from saidanddone.sources.lines import first_bytes

WHOLE_BYTES = 1 << 25
"""32 MB: members up to this size are inflated at once, by libdeflate. A day of GDELT 1.0 has 20 to
50 MB, 15 minutes of 2.0 under 3 MB; what is larger is inflated in pieces, so memory stays flat."""

HARMLESS_BYTES = 1 << 26
"""64 MB: a member that claims no more is no bomb, however well it packs."""

MOST_RATIO = 200
"""A larger member may be this many times its packed size. Genuine exports pack 3.6 to 10 times,
the filling of a bomb about 1,000 times (the most that deflate can do is 1,032)."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_READ_BYTES = 1 << 20

_NONSENSE = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    IndexError,
    OverflowError,
    struct.error,
)
"""What zipfile raises where a zip's list of contents makes no sense."""

Inflate = Callable[[bytes, int], "bytes | bytearray"]


def inflate(path: Path, size: int) -> Iterator[bytes]:
    """Yield a file's bytes, unpacked, in pieces of at most size bytes.

    A .zip holds exactly one file. Raises BadFile for one that is missing, empty, damaged,
    encrypted, holds several files, names a path outside its folder, or unpacks beyond reason.
    """
    start = first_bytes(path)
    zipped = start.startswith(b"PK")
    if path.suffix.lower() == ".zip" and not zipped:
        raise _damaged(path, "it does not begin as a zip file does")
    try:
        with path.open("rb") as stream:
            if zipped:
                yield from _member(path, stream, size)
            else:
                while piece := stream.read(size):
                    yield piece
    except OSError as error:
        raise BadFile(
            f"'{path.name}' cannot be read ({error.strerror or error})",
            "a readable file",
            "check its permissions",
        ) from None


def _member(path: Path, stream: BinaryIO, size: int) -> Iterator[bytes]:
    info = _only_member(path, stream)
    stream.seek(info.header_offset)
    header = stream.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise _damaged(path, "its list of contents leads nowhere")
    _, name, extra = _LOCAL_HEADER.unpack(header)
    stream.seek(name + extra, 1)
    if info.compress_type == zipfile.ZIP_STORED:
        if info.compress_size != info.file_size:
            raise _damaged(path, "it states two sizes for an unpacked file")
        pieces = _stored(stream, info.file_size, size)
    elif info.file_size <= WHOLE_BYTES and (at_once := _at_once()) is not None:
        pieces = _whole(path, stream, info, size, at_once)
    else:
        pieces = _streamed(path, stream, info, size)
    total = 0
    crc = 0
    crc32 = _crc32()
    for piece in pieces:
        total += len(piece)
        if total > info.file_size:
            break
        crc = crc32(piece, crc)
        yield piece
    if total != info.file_size:
        raise _damaged(path, "what it holds is not of the size that it states")
    if crc != info.CRC:
        raise _damaged(path, "its CRC is wrong")


def _only_member(path: Path, stream: BinaryIO) -> zipfile.ZipInfo:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [
                info
                for info in archive.infolist()
                if not info.is_dir() and not info.filename.startswith("__MACOSX/")
            ]
    except _NONSENSE as error:
        raise _damaged(path, str(error)) from None
    if len(members) != 1:
        raise BadFile(
            f"'{path.name}' holds {len(members)} files",
            "a .zip with exactly one file in it",
            "unpack it and give the files by themselves",
        )
    (info,) = members
    _check(path, info)
    return info


def _check(path: Path, info: zipfile.ZipInfo) -> None:
    inside = PurePosixPath(info.orig_filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in str(inside):
        raise BadFile(
            f"'{path.name}' holds a file whose path leads out of its folder",
            "a .zip as the service publishes it",
            "do not unpack it; fetch it again from the service",
        )
    if info.flag_bits & _ENCRYPTED:
        raise BadFile(f"'{path.name}' is encrypted", "a .zip without a password", "decrypt it")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadFile(
            f"'{path.name}' is packed by method {info.compress_type}",
            "a .zip packed by deflate",
            "unpack it and give the file by itself",
        )
    if info.file_size > max(HARMLESS_BYTES, MOST_RATIO * info.compress_size):
        raise BadFile(
            f"'{path.name}' would unpack to {info.file_size:,} bytes from {info.compress_size:,}",
            f"at most {MOST_RATIO} times its size",
            "do not unpack it; fetch it again from the service",
        )


def _stored(stream: BinaryIO, left: int, size: int) -> Iterator[bytes]:
    while left and (piece := stream.read(min(size, left))):
        left -= len(piece)
        yield piece


def _whole(
    path: Path, stream: BinaryIO, info: zipfile.ZipInfo, size: int, at_once: Inflate
) -> Iterator[bytes]:
    packed = stream.read(info.compress_size)
    try:
        text = at_once(packed, info.file_size)
    except Exception as error:  # the package has one error class of its own a version
        raise _damaged(path, str(error) or "its packed bytes make no sense") from None
    if len(text) <= size:
        yield cast("bytes", text)  # a bytearray serves as well, and a copy would cost as much again
        return
    pieces = memoryview(text)
    for start in range(0, len(text), size):
        yield bytes(pieces[start : start + size])


def _streamed(path: Path, stream: BinaryIO, info: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    module = _zlib()
    unpacker = module.decompressobj(-zlib.MAX_WBITS)
    left = info.compress_size
    try:
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail
            if not packed:
                packed = stream.read(min(_READ_BYTES, left))
                left -= len(packed)
            # ISA-L may hold output back after its last input: then nothing is given and asked.
            piece = unpacker.decompress(packed, size)
            if piece:
                yield piece
            elif not packed and not unpacker.eof:
                raise _damaged(path, "it breaks off")
    except module.error as error:
        raise _damaged(path, str(error)) from None


def _at_once() -> Inflate | None:
    with suppress(ImportError):
        import deflate

        inflated: Inflate = deflate.deflate_decompress
        return inflated
    return None


def _zlib() -> Any:
    with suppress(ImportError):
        from isal import isal_zlib

        return isal_zlib
    return zlib


def _crc32() -> Callable[[bytes, int], int]:
    with suppress(ImportError):
        import deflate

        faster: Callable[[bytes, int], int] = deflate.crc32
        return faster
    crc32: Callable[[bytes, int], int] = _zlib().crc32
    return crc32


def _damaged(path: Path, why: str) -> BadFile:
    return BadFile(
        f"'{path.name}' is truncated or damaged ({why.rstrip('.')})",
        "a whole file",
        "fetch the file again",
    )
