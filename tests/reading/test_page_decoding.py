from __future__ import annotations

import codecs
import random

import pytest

from saidanddone.errors import BadFile
from saidanddone.reading.decoding import decode

TEXT = "The envoy said “no” in Zürich."


@pytest.mark.parametrize(
    ("raw", "declared"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "iso-8859-1"),
        (TEXT.encode(), "iso-8859-1"),
        (TEXT.encode(), "no-such-charset"),
        (TEXT.encode(), "rot13"),
    ],
)
def test_the_same_words_from_every_encoding(raw: bytes, declared: str | None) -> None:
    assert decode(raw, "a.txt", declared) == TEXT


def test_a_charset_declared_in_the_page_is_used() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Москва'

    assert decode(page.encode("cp1251"), "a.html").endswith("Москва")


def test_cyrillic_without_a_declaration_is_refused() -> None:
    with pytest.raises(BadFile, match="neither UTF-8 nor Windows-1252"):
        decode("Министр прибыл в столицу на переговоры.".encode("cp1251"), "a.txt")


def test_damaged_utf8_is_refused() -> None:
    damaged = "Žluťoučký kůň — “quoted” — übt.".encode() * 3 + b"\xc3 the end"

    with pytest.raises(BadFile, match="cannot be told"):
        decode(damaged, "a.txt")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04 word", "zip archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x7fELF\x02", "program"),
        (random.Random(0).randbytes(4000), "binary"),
        (bytes(100), "binary"),
    ],
)
def test_binary_files_are_refused(raw: bytes, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        decode(raw, "a.bin")


def test_control_and_invisible_characters_are_stripped() -> None:
    raw = "The\x00 en\u00advoy\u200b left\x07.\r\nHe\xa0came\x0bback.\r".encode()

    assert decode(raw, "a.txt") == "The envoy left.\nHe came\nback.\n"
