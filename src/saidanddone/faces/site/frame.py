"""The frame of a site: what every page rests on beside its pair's own acts, and when it moved.

One act more moves the norms, and the volume of all pairs, a little: strictly every page would then
change, though none in a digit that it shows. So a site keeps the norms of the content that it was
last built on whole, says on every page which content that is, and builds everything anew, with
norms fitted anew, where the frame moved by more than the tolerances below, or when told to
(--refit). A page is rebuilt by itself when its own acts changed: its words and deeds are then those
of the present content, measured against the kept norms as all other pages are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import inf
from typing import TYPE_CHECKING, Any

import polars as pl

from saidanddone.faces.site.words import dumped

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas
    from saidanddone.faces.pages import Site
    from saidanddone.measure.through_time import By

LOGITS = 0.01
"""How far a norm may move, anywhere: near a half, where a logit moves a share most, a quarter of a
percent, and pages write shares in whole percent. The margin of a verdict is 25 times as wide."""

VOLUME = 0.01
"""How far the acts of all pairs in a period and channel may move: pages write rates with two
digits."""

CODE = (".py", ".csv", ".toml", ".bib", ".html", ".css", ".js", ".svg")
"""What shapes pages: code, tables, templates, assets."""

ROOMS = ("codes", "actors", "archive", "measure", "dossier", "faces", "model")


def frame(atlas: Atlas, site: Site) -> dict[str, Any]:
    """Describe what all pages rest on; two frames are compared by :func:`moved`.

    settings: a hash of what the site says of itself and shows. data: a hash of what the dataset is,
    of the choices, the months it covers, its gaps and indicators. software: a hash of the code.
    norms_of: the content that the norms were fitted on. volume: acts of all pairs by period and
    channel.
    """
    covered = atlas.store.coverage(atlas.dataset.name, atlas.window)
    data = [
        repr(atlas.dataset),
        str(atlas.window),
        asdict(atlas.choices),
        sorted(atlas.merged.items()),
        [str(day)[:7] for day in (covered.first, covered.last)],
        [repr(gap) for gap in atlas.gaps()],
        sorted(_indicators(atlas)),
    ]
    apart = dict.fromkeys(("generation", "norms_of", "updated", "pages"))
    said = asdict(site) | apart
    return {
        "software": software(),
        "settings": _digest(repr(sorted(said.items()))),
        "data": _digest(repr(data)),
        "norms_of": atlas.norms_of,
        "volume": _volume(atlas),
    }


def moved(before: Mapping[str, Any], now: Mapping[str, Any], drift: float) -> list[str]:
    """Why all pages have to be built anew, in clauses; none where they need not.

    drift: Atlas.drift(), how far the kept norms are from those of the present content.
    """
    why = []
    if before["software"] != now["software"]:
        why.append("the software is another")
    if before["settings"] != now["settings"]:
        why.append("the settings, or the states that have pages, are others")
    if before["data"] != now["data"]:
        why.append("the months, gaps or choices of the data are others")
    if before["norms_of"] != now["norms_of"]:
        why.append("the norms of the last build are no more kept in the archive")
    if drift > LOGITS:
        far = "came or went" if drift == inf else f"moved by {drift:.3f} logits"
        why.append(f"the norms {far}, more than {LOGITS}")
    for period in sorted(set(before["volume"]) | set(now["volume"])):
        old, new = before["volume"].get(period, 0), now["volume"].get(period, 0)
        if abs(new - old) > VOLUME * old:
            why.append(f"the acts of all pairs in {period} went from {old:,} to {new:,}")
            break
    return why


@cache
def software() -> str:
    """A hash of all code and tables that shape a page, and of the numerical libraries."""
    found = hashlib.sha256()
    for name in ("polars", "numpy", "scipy", "jinja2"):
        found.update(f"{name} {version(name)}\n".encode())
    package = files("saidanddone")
    for room in ROOMS:
        for path, file in _code(package.joinpath(room), room):
            found.update(path.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _code(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        inside = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _code(entry, inside)
        elif entry.name.endswith(CODE):
            yield inside, entry


def _volume(atlas: Atlas) -> dict[str, int]:
    """Acts of all pairs by period and channel; none for a selection, whose pages show no rates."""
    if not atlas.census:
        return {}
    from saidanddone.dossier.volume import of_all

    unit: By = "year" if atlas.dataset.grain == "year" else "month"
    found = of_all(atlas.world.counted(atlas.choices), unit)
    return {
        f"{period.isoformat()[:7]} {channel}": int(acts)
        for period, channel, acts in found.select("period", "channel", "all_acts").iter_rows()
    }


def _indicators(atlas: Atlas) -> Iterator[str]:
    for name, measure, values in atlas.store.indicators():
        table = values.collect()
        order = [column for column in table.columns if table[column].dtype != pl.Object]
        yield f"{name} {measure} {_digest(table.sort(order).write_csv())}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def inputs(frame: Mapping[str, Any], own: str) -> str:
    """A hash of all that goes into a pair's page: what all rest on, and its own acts."""
    shared = {name: frame[name] for name in ("software", "settings", "data", "norms_of")}
    return hashlib.sha256(dumped([shared, own])).hexdigest()
