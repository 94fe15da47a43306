"""Building pages of pairs: every process opens the data itself and writes what it renders."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from saidanddone import errors
from saidanddone.errors import SaidAndDoneError
from saidanddone.faces import exports, pages
from saidanddone.faces.exports import ExportAbout
from saidanddone.faces.pages import Site, addresses, charts
from saidanddone.faces.site import folder, words
from saidanddone.faces.site.manifest import Built
from saidanddone.faces.site.snapshot import snapshot

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas, PairPage


@dataclass(frozen=True, slots=True)
class Task:
    """What all pages of one build share."""

    out: Path
    archive: Path | None
    dataset: str | None
    since: str | None
    until: str | None
    norms_of: str | None
    site: Site


@dataclass(frozen=True, slots=True)
class Order:
    """One page to build: its pair, the hash of its own acts, that of all its inputs."""

    source: str
    target: str
    own: str
    inputs: str
    before: Built | None

    @property
    def key(self) -> str:
        """The page's name in the manifest and the search index."""
        return key_of(self.source, self.target)


@dataclass(frozen=True, slots=True)
class Refused:
    """An error made on purpose, so that it comes whole out of another process."""

    kind: str
    parts: tuple[str, str, str]

    def error(self) -> SaidAndDoneError:
        """The error itself."""
        found: SaidAndDoneError = getattr(errors, self.kind)(*self.parts)
        return found


class Asking(Site):
    """A site that remembers which addresses it was asked for."""

    __slots__ = ("asked",)

    asked: dict[str, bool]

    @classmethod
    def of(cls, site: Site) -> Asking:
        """The same site."""
        found = cls(**{field.name: getattr(site, field.name) for field in fields(site)})
        object.__setattr__(found, "asked", {})
        return found

    def has(self, address: str) -> bool:
        """Whether a page stands at an address."""
        there = Site.has(self, address)
        plain = address.partition("#")[0].partition("?")[0]
        self.asked[plain] = there
        return there


def key_of(source: str, target: str) -> str:
    """The name of a pair in manifest and index."""
    return f"{source}-{target}"


def paths_of(source: str, target: str) -> list[str]:
    """The files that may be written for a pair."""
    here = addresses.pair(source, target)
    return [*(here + name for name in FILES), words.acts_path(key_of(source, target))]


FILES = (
    "index.html",
    "acts.csv",
    "acts.jsonl",
    "series.csv",
    "volume.csv",
    "through-time.svg",
    "channels.svg",
    "plane.svg",
    "cite.bib",
    "cite.ris",
    "cite.json",
)
"""Beside a page. Charts as PNG and tables as Parquet are left to `report` and `export`: two PNGs
take half a second a pair, and a thousand pairs would take ten minutes."""


def build(atlas: Atlas, task: Task, order: Order) -> tuple[str, Built, int]:
    """Build one page: its key, what was built, and how many files were written anew."""
    page = atlas.page(order.source, order.target)
    site = Asking.of(task.site)
    contents = dict(
        _contents(
            site,
            page,
            ExportAbout.of(
                atlas.dataset,
                atlas.generation,
                source=order.source,
                target=order.target,
                window=atlas.window,
            ),
        )
    )
    here = addresses.pair(order.source, order.target)
    files = {here + name: content for name, content in contents.items()}
    files[words.acts_path(order.key)] = words.acts_json(page.timeline)
    known = order.before.files if order.before else {}
    written, fresh = {}, 0
    for path, content in files.items():
        written[path], new = folder.put(task.out, path, content, known.get(path))
        fresh += new
    said = snapshot(page, order.own) | {"told": _told(page)}
    return order.key, Built(order.inputs, written, site.asked, said), fresh


def _contents(site: Site, page: PairPage, about: ExportAbout) -> Iterator[tuple[str, bytes]]:
    yield "index.html", pages.pair(site, page).encode()
    for name in ("csv", "jsonl"):
        out = io.BytesIO()
        exports.write(name, page.timeline, about, out)
        yield f"acts.{name}", out.getvalue()
    yield "series.csv", _csv(page.series.table)
    yield "volume.csv", _csv(page.volume)
    yield "cite.bib", page.citations.bibtex.encode()
    yield "cite.ris", page.citations.ris.encode()
    yield "cite.json", page.citations.csl.encode()
    for name in ("through-time", "channels", "plane"):
        drawn = charts.alone(page, name)
        if drawn is not None:
            yield f"{name}.svg", drawn.encode()


def _csv(table: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    table.write_csv(out)
    return out.getvalue()


def _told(page: PairPage) -> list[list[object]]:
    """The acts that documents tell: document, start, end, date, channel, valence, what, counted."""
    columns = ("document", "start", "end", "date", "channel", "valence", "what", "counted")
    told = page.timeline.filter(
        pl.col("document").is_not_null(), pl.col("start").is_not_null(), pl.col("end").is_not_null()
    )
    return [list(row) for row in told.select(columns).sort(columns).iter_rows()]


_atlas: Atlas | None = None
_task: Task | None = None


def start(task: Task) -> None:
    """Begin a process, which ends when the one that began it has ended, however that came."""
    global _task  # noqa: PLW0603
    _task = task
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            connection.wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def build_all(orders: Sequence[Order]) -> list[tuple[str, Built, int]] | Refused:
    """Build pages in a process that was started."""
    global _atlas  # noqa: PLW0603
    assert _task is not None
    try:
        if _atlas is None:
            _atlas = opened(_task)
        return [build(_atlas, _task, order) for order in orders]
    except SaidAndDoneError as error:
        return Refused(type(error).__name__, (error.wrong, error.expected, error.do))


def opened(task: Task) -> Atlas:
    """The data that a build rests on."""
    from saidanddone.dossier.atlas import Atlas
    from saidanddone.faces.questions import open_store

    return Atlas.open(
        open_store(task.archive),
        dataset=task.dataset,
        since=task.since,
        until=task.until,
        norms_of=task.norms_of,
    )
