"""What every drawing has to be, and generated series to draw."""

from __future__ import annotations

import re
from datetime import date
from math import isnan
from typing import Any
from xml.etree import ElementTree

import polars as pl
from hypothesis import strategies as st

from saidanddone.dossier.page import VOLUME_COLUMNS
from saidanddone.dossier.series import SCHEMA, ChangePoint, Series
from saidanddone.dossier.timeline import schema
from saidanddone.dossier.triggers import Trigger
from saidanddone.model import Actor, Window

SVG = "{http://www.w3.org/2000/svg}"
VOLUME = schema(VOLUME_COLUMNS)

MONTHS = {"month": 1, "quarter": 3, "year": 12}

_STEP = re.compile(r"([MLHVlhvz])([^MLHVlhvz]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def whole(svg: str, prefix: str) -> ElementTree.Element:
    """Parse a drawing, having checked what holds of every one; returns its root."""
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(i is not None and i.startswith(f"{prefix}-") for i in ids)
    assert root.get("role") in {"img", "document"}
    about = {e.get("id"): e for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    for names in ("aria-labelledby", "aria-describedby"):
        found = about[root.get(names)]
        assert found.text and found.text.strip()
    for node in root.iter():
        assert "style" not in node.attrib
        assert not [name for name in node.attrib if name.startswith("on")]
        for value in node.attrib.values():
            assert "nan" not in value.lower().split() and "inf" not in value.lower().split()
    for value in re.findall(r'="(-?\d+\.\d+)"', svg):
        assert len(value.split(".")[1]) <= 2
    _inside(root)
    return root


def words(root: ElementTree.Element) -> str:
    """All text that a reader sees."""
    return " ".join("".join(e.itertext()) for e in root.iter(f"{SVG}text"))


def classes(root: ElementTree.Element) -> set[str]:
    """The classes that a drawing uses."""
    return {name for e in root.iter() for name in (e.get("class") or "").split()}


def _inside(root: ElementTree.Element) -> None:
    """Every corner of every shape lies within the viewBox, give or take half a line."""
    _, _, width, height = (float(v) for v in (root.get("viewBox") or "").split())

    def check(node: ElementTree.Element, dx: float, dy: float) -> None:
        shift = re.match(r"translate\((\S+) (\S+)\)", node.get("transform") or "")
        if shift:
            dx, dy = dx + float(shift[1]), dy + float(shift[2])
        for x, y in _corners(node):
            assert -1 <= x + dx <= width + 1, (node.tag, node.attrib, width)
            assert -1 <= y + dy <= height + 1, (node.tag, node.attrib, height)
        for child in node:
            if child.tag != f"{SVG}defs":
                check(child, dx, dy)

    for child in root:
        if child.tag != f"{SVG}defs":
            check(child, 0.0, 0.0)


def _corners(node: ElementTree.Element) -> list[tuple[float, float]]:
    def value(name: str) -> float:
        return float(node.get(name, "0"))

    tag = node.tag.removeprefix(SVG)
    if tag == "text":
        return [(value("x"), value("y"))]
    if tag == "circle":
        return [(value("cx"), value("cy"))]
    if tag == "rect":
        left, top = value("x"), value("y")
        return [(left, top), (left + value("width"), top + value("height"))]
    return _path(node.get("d", "")) if tag == "path" else []


def _path(d: str) -> list[tuple[float, float]]:
    x = y = 0.0
    found = []
    for step, rest in _STEP.findall(d):
        n = [float(v) for v in _NUMBER.findall(rest)]
        if step in "ML":
            x, y = n
        elif step == "l":
            x, y = x + n[0], y + n[1]
        elif step in "Hh":
            x = n[0] + (x if step == "h" else 0.0)
        elif step in "Vv":
            y = n[0] + (y if step == "v" else 0.0)
        found.append((x, y))
    return found


def periods(first: date, count: int, by: str) -> list[date]:
    """First days of so many periods."""
    months = range(0, count * MONTHS[by], MONTHS[by])
    return [date(first.year + m // 12, m % 12 + 1, 1) for m in months]


def series_of(
    rows: list[dict[str, Any]],
    *,
    names: tuple[str, str] = ("Russia", "North Korea"),
    dataset: tuple[str, str] = ("made", "census"),
    by: str = "month",
    changes: tuple[ChangePoint, ...] = (),
    breaks: tuple[tuple[date, str], ...] = (),
) -> Series:
    """A series of these rows, which lack nothing but what is null."""
    full = [dict.fromkeys(SCHEMA) | row for row in rows]
    return Series(
        source=Actor("AAA", names[0], "state"),
        target=Actor("BBB", names[1], "state"),
        window=Window(None, None),
        dataset=dataset,
        by=by,  # type: ignore[arg-type]
        table=pl.DataFrame(full, schema=SCHEMA, strict=False),
        changes=changes,
        breaks=breaks,
        notes=(),
    )


def volume_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A volume of these rows."""
    return pl.DataFrame(rows, schema=VOLUME, strict=False)


shares = st.one_of(st.none(), st.floats(0, 1), st.just(float("nan")))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Series, pl.DataFrame, list[Trigger]]:
    """A series, its volume and triggers, of any length, with anything missing."""
    by = draw(st.sampled_from(["month", "quarter", "year"]))
    kind = draw(st.sampled_from(["census", "selection"]))
    first = date(draw(st.integers(1800, 2100)), 1, 1)
    days = periods(first, draw(st.sampled_from([0, 1, 2, 13, 130])), by)
    channels = draw(
        st.sampled_from([("said", "signed", "done"), ("verbal", "material"), ("done",), ()])
    )
    rows, counted, changes = [], [], []
    for channel in channels:
        smooth = draw(st.booleans())
        # A few drawn values, repeated: a hundred draws a channel would be slow and no stricter.
        pool = draw(st.lists(st.tuples(st.integers(0, 10**6), shares), min_size=1, max_size=6))
        rates = draw(st.lists(
            st.one_of(st.none(), st.floats(0, 1e4), st.just(float("nan"))), min_size=1, max_size=5
        ))  # fmt: skip
        missing = draw(st.lists(st.booleans(), min_size=1, max_size=7))
        for i, day in enumerate(days):
            n, share = pool[i % len(pool)]
            k = int(n * share) if share is not None and not isnan(share) else 0
            band = sorted([k / n if n else 0.5] * 5)
            levels = band if smooth else [None] * 5
            names = ("low90", "low50", "smoothed", "high50", "high90")
            rows.append(
                {"period": day, "channel": channel, "cooperative": k, "conflictual": n - k,
                 "n": n, "share": share, **dict(zip(names, levels, strict=True))}
            )  # fmt: skip
            counted.append(
                {"period": day, "channel": channel, "acts": n, "all_acts": 10 * n,
                 "per_10000": rates[i % len(rates)], "missing": missing[i % len(missing)]}
            )  # fmt: skip
        if smooth and len(days) > 1:
            at = sorted(draw(st.lists(st.sampled_from(days), min_size=3, max_size=3)))
            changes.append(ChangePoint(channel, at[1], at[0], at[2], 0.2, 0.9, (), ()))
    around = st.dates(first, date(first.year + 140, 1, 1))
    triggers = [
        Trigger(day, what)
        for day, what in draw(st.lists(st.tuples(around, st.text(max_size=30)), max_size=40))
    ]
    breaks = tuple(draw(st.lists(st.tuples(around, st.text(max_size=10)), max_size=2)))
    names = draw(st.tuples(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60)))
    found = series_of(
        rows, names=names, dataset=("made", kind), by=by, changes=tuple(changes), breaks=breaks
    )
    return found, volume_of(counted), triggers
