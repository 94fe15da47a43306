"""Settings of a static site: a small TOML file, refused where it says what nobody understands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from saidanddone.errors import BadChoice, BadFile, BadMapping

MOST_PAIRS = 1_000
"""Pairs that get a page unless the settings say otherwise: those with most acts."""

LARGEST = 1_000_000
"""Bytes of a settings file: whatever is larger was not written as settings."""

LONGEST = 100_000
"""Characters of a text of the settings: every page repeats the title, two carry the others."""

DOCUMENTS = ("none", "excerpts", "whole")
"""Documents may be under copyright: only the sentences of acts are shown unless asked for more."""

KEYS = ("title", "base_url", "about", "contact", "pairs", "documents")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site says of itself and what it shows.

    title, about, contact: plain text; in about and contact a blank line parts paragraphs. base_url:
    where the site will lie, ending in /; None: not known, so there is no sitemap and the feed's
    links are relative. pairs: how many pairs, those with most acts first, or which ones, as typed.
    documents: none, excerpts (the sentences of the acts) or whole.
    """

    title: str = "Said & Done"
    base_url: str | None = None
    about: str = ""
    contact: str = ""
    pairs: int | tuple[tuple[str, str], ...] = MOST_PAIRS
    documents: str = "excerpts"


def read_settings(path: Path) -> Settings:
    """Read a settings file; raises BadFile, BadMapping, BadChoice.

    Its keys are title, base_url, about, contact, pairs (a number, or a list of two names each) and
    documents (none, excerpts, whole); each may be left out.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(
            f"the settings '{path}' cannot be read ({error.strerror or error})",
            "a TOML file",
            "check the path of --settings",
        ) from error
    if len(raw) > LARGEST:
        raise BadFile(
            f"the settings '{path}' have {len(raw):,} bytes",
            f"a TOML file of at most {LARGEST:,}",
            "check the path of --settings",
        )
    try:
        found = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadMapping(
            f"the settings '{path}' are no TOML ({error})", "a TOML file in UTF-8", "correct it"
        ) from error
    return settings_of(found)


def settings_of(found: Mapping[str, Any]) -> Settings:
    """Check settings that were read; raises BadMapping, BadChoice.

    >>> settings_of({"title": "Words and deeds", "pairs": [["Russia", "Syria"]]}).pairs
    (('Russia', 'Syria'),)
    """
    unknown = sorted(set(found) - set(KEYS))
    if unknown:
        raise BadMapping(
            f"the settings have the key '{unknown[0]}', which means nothing",
            f"some of {', '.join(KEYS)}",
            "correct or remove it",
        )
    texts = {key: _text(key, found[key]) for key in ("title", "about", "contact") if key in found}
    if not texts.get("title", "a title").strip():
        raise BadMapping("the title is empty", "a line of text", "write one or leave it out")
    default = Settings()
    address = _text("base_url", found["base_url"]) if "base_url" in found else None
    return Settings(
        title=texts.get("title", default.title),
        base_url=None if address is None else base_url(address),
        about=texts.get("about", ""),
        contact=texts.get("contact", ""),
        pairs=_pairs(found.get("pairs", default.pairs)),
        documents=_documents(found.get("documents", default.documents)),
    )


def base_url(text: str) -> str:
    """Check the address of a site and end it in a slash; raises BadChoice.

    >>> base_url("https://example.org/words-and-deeds")
    'https://example.org/words-and-deeds/'
    """
    try:
        parts = urlsplit(text)
        fitting = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not (parts.query or parts.fragment or parts.username or parts.password)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        fitting = False
    odd = any(char.isspace() or not char.isprintable() or char in "<>\"'\\?#" for char in text)
    if not fitting or odd or not text.isascii():
        raise BadChoice(
            f"'{text[:200]}' is no address of a site",
            "one such as https://example.org/folder/, without query, name or password",
            "correct base_url",
        )
    return text.rstrip("/") + "/"


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        what = f"{len(value):,} characters" if isinstance(value, str) else _kind(value)
        raise BadMapping(
            f"the setting '{key}' is {what}",
            f"a text of at most {LONGEST:,} characters",
            "correct it",
        )
    # Pages cannot show control characters, and HTML and XML forbid most of them.
    return "".join(char for char in value if char.isprintable() or char == "\n")


def _pairs(value: Any) -> int | tuple[tuple[str, str], ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return how_many(value)
    if isinstance(value, list) and value:
        pairs = tuple(
            (item[0], item[1])
            for item in value
            if isinstance(item, list)
            and len(item) == 2
            and all(isinstance(name, str) for name in item)
        )
        if len(pairs) == len(value):
            return pairs
    raise BadMapping(
        f"the setting 'pairs' is {_kind(value)}",
        'a number, or a list such as [["Russia", "North Korea"]]',
        "correct it",
    )


def how_many(pairs: int) -> int:
    """Check a number of pairs; raises BadChoice."""
    if pairs < 1:
        raise BadChoice(
            f"{pairs} pairs make no site", "a whole number from 1", "raise the number of pairs"
        )
    return pairs


def two_names(text: str) -> tuple[str, str]:
    """The names of a pair as typed after --pair; raises BadChoice.

    >>> two_names("russia:north-korea")
    ('russia', 'north-korea')
    """
    source, colon, target = text.partition(":")
    if not (colon and source.strip() and target.strip()):
        raise BadChoice(
            f"'{text[:200]}' names no pair",
            "two names with a colon between them, such as russia:north-korea",
            "correct --pair",
        )
    return source.strip(), target.strip()


def _documents(value: Any) -> str:
    if value not in DOCUMENTS:
        what = f"'{value}'" if isinstance(value, str) else _kind(value)
        raise BadMapping(
            f"the setting 'documents' is {what}",
            f"one of {', '.join(DOCUMENTS)}",
            "correct it",
        )
    return str(value)


def _kind(value: Any) -> str:
    """What a TOML value is, in words."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    return names.get(type(value), "a list" if isinstance(value, list) else "no such value")
