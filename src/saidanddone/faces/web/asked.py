"""What was asked for: a path and a query that are well formed, or a refusal in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

API = "/api/v1/"

MOST_TARGET = 8_192
"""Bytes of path and query together: the least that RFC 9110 asks servers to take."""

MOST_FIELDS = 32
"""Parameters of one query; the longest form has eight."""

ENDINGS = {".csv": "csv", ".parquet": "parquet", ".json": "json"}

FIELDS: dict[str, tuple[str, ...]] = {
    "pairs": ("channel", "sign", "since", "until", "topic", "page"),
    "rank": ("corner", "region"),
    "search": ("q", "kind", "source", "target", "since", "until", "page"),
    "ask": ("source", "target"),
}
"""Fields that a page knows, by the first part of its path. Others are passed over, as links from
elsewhere bring their own; the API refuses what it does not know."""

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: status, title, what was wrong, what to do."""

    status: int
    title: str
    wrong: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A path (decoded; raw as it was written) and its fields, sorted, each once."""

    path: str
    raw: str
    fields: tuple[tuple[str, str], ...]

    @property
    def api(self) -> bool:
        """Whether a program asks, and gets JSON also where it errs."""
        return self.path.startswith(API) or self.path == API.rstrip("/")

    @property
    def key(self) -> str:
        """The same for whatever means the same."""
        return f"{self.path}?{urlencode(self.fields)}"

    @property
    def here(self) -> str:
        """The address as pages write it, without leading slash; links are relative to it."""
        return self.raw.removeprefix("/")


def understand(scope: Mapping[str, Any], hosts: tuple[str, ...]) -> Asked | Refusal:
    """Read a request's target and host."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    query: bytes = scope.get("query_string", b"")
    if len(raw) + len(query) > MOST_TARGET:
        wrong = f"the address has more than {MOST_TARGET:,} bytes"
        return Refusal(414, "The address is too long", wrong, "ask for less at once")
    if (refusal := _host(scope, hosts)) is not None:
        return refusal
    path = _decoded(raw)
    if path is None:
        wrong = "the address is not well formed: a percent sign, or bytes that are no UTF-8"
        return Refusal(400, "Not an address", wrong, "correct the address")
    fields = _fields(query)
    if isinstance(fields, Refusal):
        return fields
    asked = Asked(path, raw.decode("ascii", "replace"), tuple(sorted(fields.items())))
    return _by_ending(asked) if asked.api else _known(asked)


def _host(scope: Mapping[str, Any], hosts: tuple[str, ...]) -> Refusal | None:
    given = [value for name, value in scope["headers"] if name == b"host"]
    host = given[0].decode("latin-1") if len(given) == 1 else ""
    if not _HOST.fullmatch(host):
        wrong = "the request does not name one host"
        return Refusal(400, "No host", wrong, "send one Host header")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if hosts and name.strip("[]").lower().rstrip(".") not in hosts:
        wrong = "this server does not answer under that name"
        return Refusal(421, "Another host", wrong, f"ask for {hosts[0]}")
    return None


def _decoded(raw: bytes) -> str | None:
    if _BAD_ESCAPE.search(raw):
        return None
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return path if path.startswith("/") and path.isprintable() else None


def _fields(query: bytes) -> dict[str, str] | Refusal:
    bad = Refusal(
        400,
        "Not a query",
        "the query is not well formed: a percent sign, bytes that are no UTF-8, or too many fields",
        "correct the address",
    )
    if _BAD_ESCAPE.search(query):
        return bad
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # also bytes beyond ASCII and bytes that are no UTF-8
        return bad
    found: dict[str, str] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value or "\0" in name + value:
            wrong = f"'{name[:40]}' is given twice, or holds a NUL"
            return Refusal(400, "A field given twice", wrong, "give each field once")
    return found


def _by_ending(asked: Asked) -> Asked | Refusal:
    """Read /pairs.csv as /pairs?format=csv."""
    for ending, format_ in ENDINGS.items():
        if asked.path.endswith(ending):
            fields = dict(asked.fields)
            if fields.setdefault("format", format_) != format_:
                wrong = f"the address asks for {format_} and for {fields['format'][:20]}"
                return Refusal(400, "Two formats", wrong, "name one")
            path = asked.path.removesuffix(ending)
            return replace(asked, path=path, fields=tuple(sorted(fields.items())))
    return asked


def _known(asked: Asked) -> Asked:
    known = FIELDS.get(asked.path.split("/")[1], ())
    kept = tuple((name, value) for name, value in asked.fields if name in known and value)
    return replace(asked, fields=kept)
