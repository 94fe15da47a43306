"""Opening text: bytes become blocks of whole lines, checked before anything reads them.

A byte-order mark is dropped; CRLF and bare CR line ends become LF; a .zip with one member and a
.gz are opened. Memory stays bounded by the block size, whatever the size of the file.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from saidanddone.errors import BadFile

BLOCK_BYTES = 1 << 24
"""16 MB: large enough for columnar parsing, small against any machine's memory."""

LONGEST_LINE = 1 << 26
"""64 MB without a line end is no table of events; reading on would fill the memory."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PARQUET = b"PAR1"
_ZIP = b"PK"
_GZIP = b"\x1f\x8b"


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def require_file(path: Path) -> None:
    """Refuse what is no readable, non-empty file; raises BadFile."""
    if path.is_dir():
        raise BadFile(f"'{path}' is a folder", "a file", "name one of the files in it")
    if not path.exists():
        raise BadFile(f"there is no file '{path}'", "an existing file", "check the path")
    if path.stat().st_size == 0:
        raise BadFile(f"'{path.name}' is empty", "a header and rows", "fetch the file again")


def first_bytes(path: Path, count: int = 4) -> bytes:
    """Return the first bytes of a file as it lies on disk; raises BadFile."""
    require_file(path)
    try:
        with path.open("rb") as stream:
            return stream.read(count)
    except OSError as error:
        raise _unreadable(path, error) from None


def blocks(path: Path, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yield the text of a file as UTF-8 bytes in blocks of whole lines that end with LF.

    Only the last block may lack its final LF: then the file lacks it. Raises BadFile for a file
    that is missing, empty, damaged, binary or not UTF-8.
    """
    done = 0  # bytes of the unpacked text that earlier blocks held
    rest = b""
    started = given = False
    for chunk in _chunks(path, size):
        rest += chunk
        if not started:
            if len(rest) < len(_BOM):
                continue
            rest, done = _without_mark(path, rest)
            started = True
        # A CR at the very end may be half of a CRLF, so the cut is made before it.
        cut = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, max(len(rest) - 1, 0))) + 1
        if cut:
            yield _checked(path, rest[:cut], done)
            given = True
            done += cut
            rest = rest[cut:]
        elif len(rest) > LONGEST_LINE:
            raise BadFile(
                f"'{path.name}' has no line end within {LONGEST_LINE >> 20} MB",
                "lines of text",
                "check that it is a text table",
            )
    if not started:
        rest, done = _without_mark(path, rest)
    if rest:
        yield _checked(path, rest, done)
    elif not given:
        raise BadFile(f"'{path.name}' is empty", "a header and rows", "fetch the file again")


def _checked(path: Path, raw: bytes, offset: int) -> bytes:
    """Return the block with LF line ends; raises BadFile at NUL bytes and broken UTF-8."""
    nul = raw.find(b"\0")
    if nul >= 0:
        raise BadFile(
            f"'{path.name}' holds a NUL byte at byte {offset + nul}",
            "text in UTF-8",
            "fetch the file again, or save it as UTF-8 text",
        )
    if not raw.isascii():
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadFile(
                f"'{path.name}' is not UTF-8 at byte {offset + error.start}"
                f" (0x{raw[error.start]:02x})",
                "text in UTF-8",
                "if it is Latin-1, convert it with 'iconv -f LATIN1 -t UTF-8'",
            ) from None
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _without_mark(path: Path, raw: bytes) -> tuple[bytes, int]:
    """Drop a UTF-8 mark and say how many bytes went; refuse UTF-16 and Parquet by name."""
    if raw.startswith(_UTF16):
        raise BadFile(
            f"'{path.name}' is UTF-16 text",
            "text in UTF-8",
            "convert it with 'iconv -f UTF-16 -t UTF-8'",
        )
    if raw.startswith(_PARQUET):
        raise BadFile(
            f"'{path.name}' is a Parquet file",
            "a text table",
            "choose the format that reads it, for example table or counts",
        )
    return (raw[len(_BOM) :], len(_BOM)) if raw.startswith(_BOM) else (raw, 0)


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """Yield the file's bytes, unpacked, in pieces of at most size bytes."""
    start = first_bytes(path)
    packed = path.suffix.lower()
    if (packed == ".zip" and not start.startswith(_ZIP)) or (
        packed == ".gz" and not start.startswith(_GZIP)
    ):
        raise _damaged(path, f"it does not begin as a {packed} file does")
    try:
        with _opened(path, start) as stream:
            while chunk := stream.read(size):
                yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise _damaged(path, str(error)) from None
    except (RuntimeError, NotImplementedError) as error:  # zipfile: encrypted, unknown method
        raise _damaged(path, str(error)) from None
    except OSError as error:
        raise _unreadable(path, error) from None


@contextmanager
def _opened(path: Path, start: bytes) -> Iterator[_Bytes]:
    if start.startswith(_GZIP):
        with gzip.open(path) as stream:
            yield stream
    elif start.startswith(_ZIP):
        with zipfile.ZipFile(path) as archive:
            members = [
                name
                for name in archive.namelist()
                if not name.endswith("/") and not name.startswith("__MACOSX/")
            ]
            if len(members) != 1:
                raise BadFile(
                    f"'{path.name}' holds {len(members)} files",
                    "a .zip with exactly one file in it",
                    "unpack it and give the files by themselves",
                )
            with archive.open(members[0]) as stream:
                yield stream
    else:
        with path.open("rb") as stream:
            yield stream


def _damaged(path: Path, why: str) -> BadFile:
    return BadFile(
        f"'{path.name}' is truncated or damaged ({why.rstrip('.')})",
        "a whole file",
        "fetch the file again",
    )


def _unreadable(path: Path, error: OSError) -> BadFile:
    return BadFile(
        f"'{path.name}' cannot be read ({error.strerror or error})",
        "a readable file",
        "check its permissions",
    )
