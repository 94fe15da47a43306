"""Decoding: bytes become text, or a sentence says why they do not."""

from __future__ import annotations

import codecs
import re

from saidanddone.errors import BadFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_HEAD_BYTES = 4096
"""Browsers look for a page's charset in its first 1,024 bytes; old pages put it later."""

_TEXT_CODEC = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp(?:125\d|866|874|932|949|950)|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb2312|gbk|gb18030|big5|euc_(?:jp|kr)|shift_jis|iso2022_jp"
)
"""Charsets that pages declare; Python's own codecs (rot13, unicode_escape) are not among them."""

_WESTERN = re.compile(r"ascii|iso8859-1")
"""Pages that declare these mean Windows-1252 (WHATWG Encoding Standard, 4.2)."""

_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
)
_SNIFFED_BYTES = 1 << 16
_MOST_CONTROLS = 0.01
"""Random bytes hold 10% control characters; text holds next to none."""

_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)))
"""C0 and C1; tab and line ends are kept, vertical tab and form feed become line ends."""
_INVISIBLE = dict.fromkeys((173, *range(8203, 8208), *range(8234, 8239)))
"""Soft hyphens, zero-width and direction marks: they would split words that look whole."""
STRIPPED = str.maketrans(
    {**_CONTROLS, **_INVISIBLE, 0x2060: None, 0xFEFF: None}
    | {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0xA0: " "}
)
"""For str.translate: control and invisible characters go before any offset is counted."""

_MOST_ACCENTED = 0.15
"""Of letters: German and French stay under 6%, Cyrillic or Greek read as Windows-1252 near 100%."""


def decode(raw: bytes, name: str, declared: str | None = None) -> str:
    """Return bytes as text without control characters; raises BadFile.

    Tried in turn: a byte-order mark, the charset declared by the server or in the page, UTF-8, and
    Windows-1252 where what it gives looks like words. name stands in the error. Line ends are LF.

    >>> decode(b"caf\\xe9 d\\x00oor", "a.txt")
    'café door'
    """
    _refuse_binary(raw, name)
    text = _decoded(raw, declared)
    if text is None:
        raise BadFile(
            f"the characters of '{name}' cannot be told: it is neither UTF-8 nor Windows-1252",
            "text in UTF-8, or a page that declares its charset",
            "save it again as UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(STRIPPED)


def _refuse_binary(raw: bytes, name: str) -> None:
    what = next((what for start, what in _SIGNATURES if raw.startswith(start)), None)
    if what is None and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = raw[:_SNIFFED_BYTES]
        controls = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in start)
        if controls > max(_MOST_CONTROLS * len(start), 8):
            what = "a binary file"
    if what is not None:
        raise BadFile(
            f"'{name}' is {what}, not a page of text",
            "HTML, plain text or PDF",
            "save its text as .txt, or print it to PDF",
        )


def _decoded(raw: bytes, declared: str | None) -> str | None:
    for mark, unicode in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], unicode)
    found = _DECLARED.search(raw[:_HEAD_BYTES])
    utf8 = _strictly(raw, "utf-8")
    for name in (declared, found and found[1].decode("ascii", "replace")):
        codec = _text_codec(name) if name else None
        # Bytes beyond ASCII that are valid UTF-8 are so by design; a wrong declaration is common.
        if codec and (utf8 is None or raw.isascii()):
            stated = _strictly(raw, codec)
            if stated is not None:
                return stated
    if utf8 is not None:
        return utf8
    text = _strictly(raw, "cp1252")
    return text if text is not None and _plausible(text) else None


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _text_codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if _WESTERN.fullmatch(codec):
        return "cp1252"
    return codec if _TEXT_CODEC.fullmatch(codec) else None


def _plausible(text: str) -> bool:
    """Whether Windows-1252 gives words: few accented letters, and no UTF-8 read as if it were."""
    letters = sum(map(str.isalpha, text))
    accented = sum(char.isalpha() for char in text if char > "\x7f")
    mangled = len(re.findall("[ÂÃ][\x80-\xbf]|â€", text))
    others = len(re.findall("[\x80-\U0010ffff]", text))
    return accented <= max(_MOST_ACCENTED * letters, 1) and mangled * 4 <= others
