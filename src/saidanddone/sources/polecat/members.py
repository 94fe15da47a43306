"""POLECAT's files as they are published: plain, packed, or a year's months in one .zip."""

from __future__ import annotations

import codecs
import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from saidanddone.errors import BadFile, CannotWrite
from saidanddone.sources.lines import blocks, first_bytes
from saidanddone.sources.polecat.columns import named

_COPY_BYTES = 1 << 20

LARGEST_GROWTH = 200
"""A file that unpacks to more than this many times its size holds no text of events: such text
shrinks five- to tenfold."""

_DAMAGED = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # zipfile: encrypted
    NotImplementedError,  # zipfile: an unknown method
)


def members(path: Path) -> Iterator[Path]:
    """Yield files of one table each, with a header that names their columns; raises BadFile.

    A file in good order is yielded itself. The others are yielded as copies in a temporary
    folder, one at a time, each gone when the next is asked for. Bytes that are not UTF-8 (some
    files hold a few) are U+FFFD there.
    """
    names = _names(path)
    if len(names) < 2 and _is_utf8(path):
        yield from _in_order(path)
        return
    for name in names or [path.name.removesuffix(".gz")]:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / PurePosixPath(name.replace("\\", "/")).name
            _unpack(path, name, copy)
            yield from _in_order(copy)


def _is_utf8(path: Path) -> bool:
    """Say whether a file is UTF-8 or something that is refused elsewhere, with a better reason."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _unpacked(path, None) as stream:
            while chunk := stream.read(_COPY_BYTES):
                if b"\0" in chunk:
                    return True
                decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    except _DAMAGED as error:
        raise _damaged(path, error) from None
    return True


@contextmanager
def _unpacked(path: Path, name: str | None) -> Iterator[IO[bytes]]:
    """Open a file, what a .gz holds, or a member of a .zip (its only one without a name)."""
    start = first_bytes(path)
    if start.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            member = name or next(iter(_names(path)), None)
            if member is None:
                with io.BytesIO() as nothing:  # lines.blocks says what is wrong with it
                    yield nothing
                return
            with archive.open(member) as stream:
                yield stream
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(path) as stream:
            yield cast("IO[bytes]", stream)
    else:
        with path.open("rb") as stream:
            yield stream


def _names(path: Path) -> list[str]:
    """Return the texts in a .zip, in order of their names; of another file nothing."""
    if not first_bytes(path).startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(
                name
                for name in archive.namelist()
                if name.lower().endswith(".txt") and not name.startswith("__MACOSX/")
            )
    except zipfile.BadZipFile as error:
        raise _damaged(path, error) from None


def _unpack(path: Path, name: str, copy: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    room = path.stat().st_size * LARGEST_GROWTH
    try:
        with _unpacked(path, name) as stream, copy.open("wb") as unpacked:
            while chunk := stream.read(_COPY_BYTES):
                room -= len(chunk)
                if room < 0:
                    raise BadFile(
                        f"'{path.name}' unpacks to more than {LARGEST_GROWTH} times its size",
                        "a table of events",
                        "fetch the file again",
                    )
                unpacked.write(decoder.decode(chunk).encode())
            unpacked.write(decoder.decode(b"", final=True).encode())
    except _DAMAGED as error:
        raise _damaged(path, error) from None
    except OSError as error:
        raise _no_room(error) from None


def _in_order(path: Path) -> Iterator[Path]:
    """Yield a file itself, or where its header needs mending a copy with another first line."""
    opening = next(blocks(path, _COPY_BYTES)).decode()
    header, _, rest = opening.partition("\n")
    names = named(path, header, rest.partition("\n")[0])
    if names == header.split("\t"):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name.removesuffix(".zip").removesuffix(".gz")
        try:
            with copy.open("wb") as mended:
                stream = blocks(path, _COPY_BYTES)
                mended.write("\t".join(names).encode() + b"\n")
                mended.write(next(stream).partition(b"\n")[2])
                mended.writelines(stream)
        except OSError as error:
            raise _no_room(error) from None
        yield copy


def _damaged(path: Path, error: Exception) -> BadFile:
    return BadFile(
        f"'{path.name}' is truncated or damaged ({str(error).rstrip('.')})",
        "a whole file",
        "fetch the file again",
    )


def _no_room(error: OSError) -> CannotWrite:
    return CannotWrite(
        f"a table cannot be unpacked ({error.strerror or error})",
        "room in the temporary folder",
        "free some, or unpack the file elsewhere and name what was in it",
    )
