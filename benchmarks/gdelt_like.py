"""Make files like those of GDELT, of any number of events: same form, same frequencies, no content.

    python benchmarks/gdelt_like.py OUT --events 1000000 --files 96

writes OUT/20191001000000.export.CSV.zip and its followers: zips with one member, tab-separated,
no header. Everything in them is drawn by a seed; the same seed gives the same bytes. The shares in
this file are round numbers near those of two genuine exports (2017-01-01 07:30 and 2019-10-24
14:30, 2,831 rows): empty actors, actors' types, articles, kinds of place, late dates, rows a URL.
As there, rows are sorted by date, Actor1Code, Actor2Code and EventCode. Row length and how well
the text packs come out as in the genuine files (about 400 bytes, packed to about 0.16).
"""

from __future__ import annotations

import argparse
import functools
import io
import math
import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone import codes
from saidanddone.actors import tables

LAYOUTS = (57, 58, 61)
"""Columns: GDELT 1.0 until March 2013, 1.0 afterwards, 2.0."""

INTERVALS = 96
"""Files a day in 2.0: one every 15 minutes."""

FIRST_ID = 880_000_000
WORLD_SEED = 20_150_219
"""The actors, places and outlets are the same for every seed of the events."""

Floats = npt.NDArray[np.float64]

COUNTRIES = {"USA": 0.30, "GBR": 0.07, "RUS": 0.04, "IRN": 0.03, "CHN": 0.03, "SYR": 0.025}
"""Shares among actors with a country; all other states share the rest, ever more thinly."""

TYPES = {"GOV": 0.34, "COP": 0.13, "BUS": 0.09, "EDU": 0.08, "JUD": 0.07, "MED": 0.06, "CVL": 0.05}
TYPES |= {"LEG": 0.05, "MIL": 0.06, "OPP": 0.02, "CRM": 0.02, "HLH": 0.02, "REB": 0.01}
GROUPS = {"UNO": 0.5, "EEC": 0.25, "NAT": 0.1, "IMF": 0.05, "TAL": 0.05, "SAD": 0.05}
REGIONS = ("AFR", "EUR", "ASA", "WSB", "SEA", "BAG")
"""Country codes of actors that are no states."""

ACTOR_KINDS = ("none", "country", "country and type", "type", "group", "region")
SHARES = {1: (0.08, 0.48, 0.10, 0.31, 0.015, 0.015), 2: (0.25, 0.38, 0.08, 0.27, 0.01, 0.01)}
"""Kinds of actor on either side."""

ARTICLES = {2: 0.27, 1: 0.16, 10: 0.14, 4: 0.13, 6: 0.09, 3: 0.08, 5: 0.05, 8: 0.04, 20: 0.02}
ARTICLES |= {7: 0.01, 9: 0.01}
DAYS_LATE = {0: 0.972, 365: 0.011, 30: 0.009, 1: 0.005, 7: 0.003}
PLACES = 3_000
NO_PLACE = {1: 0.10, 2: 0.27, 3: 0.02}
"""Shares of empty geographies: of Actor1, Actor2 and the action."""

SAME_PLACE = {1: 0.75, 2: 0.75}
"""Share of rows whose action lies where the actor is said to be."""

SAME_HEADING = 0.85
SAME_ACTOR = 0.75
SAME_EVENT = 0.4
"""Shares of rows with the place, actors and code that their story has."""

STORY_POWER = 0.7
"""How unevenly stories have rows: the longest has a few hundredths of a small file's."""

ROWS_A_URL = 5
ROOT_SHARES = dict(
    zip(
        (f"{root:02}" for root in range(1, 21)),
        (14, 7, 8, 23, 8, 3, 3, 5, 3, 1, 8, 4, 2, 1, 1, 1, 5, 3, 8, 0.2),
        strict=True,
    )
)
"""Percent of events under each root of CAMEO."""


def _zipf(count: int, power: float = 1.0) -> Floats:
    weights = 1.0 / np.arange(1, count + 1) ** power
    return np.asarray(weights / weights.sum())


def _words(rng: np.random.Generator, count: int, parts: tuple[int, int]) -> list[str]:
    syllables = [c + v for c in "bcdfghjklmnprstvwz" for v in "aeiou"]
    lengths = rng.integers(*parts, size=count)
    return ["".join(rng.choice(syllables, size=length)) for length in lengths]


@dataclass(frozen=True)
class _World:
    """The pieces that rows are put together from, each with the weights it is drawn by."""

    actors: pl.Series
    actor_weights: dict[int, Floats]
    events: pl.Series
    event_weights: Floats
    places: dict[int, pl.Series]
    place_weights: Floats
    domains: pl.Series
    words: pl.Series


@functools.cache
def _world() -> _World:
    rng = np.random.default_rng(WORLD_SEED)
    actors, weights = _actors(rng)
    events, event_weights = _events()
    return _World(
        actors,
        weights,
        events,
        event_weights,
        _places(rng),
        _zipf(PLACES, 0.8),
        pl.Series([f"https://www.{word}.com/" for word in _words(rng, 500, (4, 8))]),
        pl.Series(_words(rng, 4_000, (1, 4))),
    )


def _actors(rng: np.random.Generator) -> tuple[pl.Series, dict[int, Floats]]:
    """The ten columns of an actor as one text; the first is that without an actor."""
    states = [entry for entry in tables.entries().values() if entry.actor.kind == "state"]
    named = {(entry.codes["cameo"] or (entry.actor.id,))[0]: entry for entry in states}
    others = [code for code in named if code not in COUNTRIES]
    rng.shuffle(others)
    left = 1.0 - sum(COUNTRIES.values())
    country = COUNTRIES | dict(zip(others, left * _zipf(len(others), 0.9), strict=True))
    kinds: dict[str, list[tuple[str, float]]] = {kind: [] for kind in ACTOR_KINDS}

    def add(kind: str, weight: float, code: str, name: str, **columns: str) -> None:
        order = ("country", "group", "ethnic", "religion", "religion2", "type", "type2", "type3")
        cells = [code, name, *(columns.get(column, "") for column in order)]
        kinds[kind].append(("\t".join(cells), weight))

    add("none", 1.0, "", "")
    for code, share in country.items():
        name = named[code].actor.name.upper()
        add("country", 0.8 * share, code, name, country=code)
        if named[code].capital:
            add("country", 0.2 * share, code, named[code].capital.upper(), country=code)
        for kind, weight in TYPES.items():
            both = {"country": code, "type": kind}
            add("country and type", 0.9 * share * weight, code + kind, name, **both)
            add("country and type", 0.1 * share * weight, f"{code}{kind}MED", name, **both)
    for kind, weight in TYPES.items():
        for number, name in enumerate(_words(rng, 20, (3, 6))):
            second = {"type2": "MED"} if number == 7 else {}
            add("type", weight / 20, kind, name.upper(), type=kind, **second)
    for group, weight in GROUPS.items():
        add("group", weight, f"IGO{group}", f"THE {group}", group=group, type="IGO")
    for region in REGIONS:
        add("region", 1.0, region, f"REGION {region}", country=region)
    rows = [text for kind in ACTOR_KINDS for text, _ in kinds[kind]]
    weights = {}
    for side, shares in SHARES.items():
        parts = []
        for kind, share in zip(ACTOR_KINDS, shares, strict=True):
            drawn = np.array([value for _, value in kinds[kind]])
            parts.append(share * drawn / drawn.sum())
        joined = np.concatenate(parts)
        weights[side] = joined / joined.sum()
    return pl.Series(rows), weights


def _events() -> tuple[pl.Series, Floats]:
    """EventCode, base, root, quad class and a Goldstein-like value as one text."""
    table = codes.table().filter(pl.col("code").str.contains(r"^\d{3,4}$"))
    rows, weights = [], []
    for code, root, valence in table.select("code", "root", "valence").iter_rows():
        quad = (1 if root in ("01", "02", "03", "04", "05") else 2) if valence >= 0 else 0
        quad = quad or (3 if root in ("09", "10", "11", "12", "13") else 4)
        value = (0.3, 1.0, 7.0, -2.0, -7.5)[quad]
        rows.append(f"{code}\t{code[:3]}\t{root}\t{quad}\t{value}")
        weights.append(
            ROOT_SHARES[root]
            * (6.0 if code.endswith("0") else 1.0)
            * (1.0 if len(code) == 3 else 0.2)
        )
    weight = np.array(weights)
    return pl.Series(rows), weight / weight.sum()


def _places(rng: np.random.Generator) -> dict[int, pl.Series]:
    """The columns of a place as one text, by layout; the first place is none."""
    fips = [code for entry in tables.entries().values() for code in entry.codes.get("fips", ())[:1]]
    fips = ["US", "UK", "RS", "IN", "CH", "SY", *fips]
    names, districts = _words(rng, PLACES, (2, 6)), _words(rng, PLACES, (2, 5))
    of_country = np.minimum(rng.geometric(0.06, PLACES) - 1, len(fips) - 1)
    kinds = rng.choice([1, 2, 3, 4, 5], p=[0.25, 0.13, 0.18, 0.40, 0.04], size=PLACES)
    degrees = rng.uniform((-60, -180), (70, 180), (PLACES, 2)).round(4)
    short, long = ["0" + "\t" * 6], ["0" + "\t" * 7]
    rows = zip(names, districts, kinds, of_country, degrees, strict=True)
    for number, (name, district, kind, place, (lat, lon)) in enumerate(rows):
        code, in_city = fips[place], kind in (3, 4)
        whole = f"{name.title()} Territory"
        if kind != 1:
            whole = f"{district.title()}, {whole}"
        if in_city:
            whole = f"{names[number - 1].title()}, {whole}"
        region = code if kind == 1 else f"{code}{number % 60:02}"
        feature = str(-1_000_000 - 7 * number) if in_city else region
        county = str(10_000 + number) if in_city else ""
        head, tail = f"{kind}\t{whole}\t{code}\t{region}", f"{lat}\t{lon}\t{feature}"
        short.append(f"{head}\t{tail}")
        long.append(f"{head}\t{county}\t{tail}")
    return {57: pl.Series(short), 58: pl.Series(short), 61: pl.Series(long)}


def _draw(rng: np.random.Generator, weights: Floats, count: int) -> npt.NDArray[np.int64]:
    found = np.searchsorted(np.cumsum(weights), rng.random(count), side="right")
    return np.minimum(found, len(weights) - 1).astype(np.int64)


def _told(
    rng: np.random.Generator, weights: Floats, story: npt.NDArray[np.int64], share: float
) -> npt.NDArray[np.int64]:
    """Draw for each row, by that share of them what all rows of its story have in common."""
    of_story = _draw(rng, weights, int(story.max(initial=0)) + 1)[story]
    same = rng.random(len(story)) < share
    return np.where(same, of_story, _draw(rng, weights, len(story)))


def _shares(rng: np.random.Generator, shares: dict[int, float], count: int) -> pl.Series:
    weights = np.array(list(shares.values()))
    return pl.Series(np.array(list(shares))[_draw(rng, weights / weights.sum(), count)])


def _dates(rng: np.random.Generator, day: date, count: int) -> pl.Series:
    """SQLDATE, MonthYear, Year and FractionDate as one text."""
    late = _shares(rng, DAYS_LATE, count)
    texts = {}
    for days in DAYS_LATE:
        on = day - timedelta(days=days)
        fraction = on.year + (on.month * 30 + on.day) / 365 * 0.9999
        texts[days] = f"{on:%Y%m%d}\t{on:%Y%m}\t{on:%Y}\t{fraction:.4f}"
    return late.replace_strict(texts, return_dtype=pl.String)


def _urls(rng: np.random.Generator, world: _World, count: int) -> pl.Series:
    slugs = [world.words.gather(rng.integers(0, len(world.words), count)) for _ in range(12)]
    numbers = pl.Series(rng.integers(10_000, 99_999_999, count)).cast(pl.String)
    domain = world.domains.gather(_draw(rng, _zipf(len(world.domains), 0.7), count))
    parts = pl.DataFrame([series.alias(str(place)) for place, series in enumerate(slugs)])
    return parts.select(domain + pl.concat_str(pl.all(), separator="-") + "-" + numbers).to_series()


def rows(
    count: int, *, seed: int = 0, at: datetime, first_id: int = FIRST_ID, layout: int = 61
) -> pl.Series:
    """Draw the rows of one file, without their line ends, sorted as the genuine ones are."""
    world = _world()
    rng = np.random.default_rng([seed, first_id])
    late = _dates(rng, at.date(), count)
    stories = max(1, count // ROWS_A_URL)
    story = _draw(rng, _zipf(stories, STORY_POWER), count)
    tone = pl.Series(rng.normal(-2, 4, stories)).round(14).cast(pl.String).gather(story)
    one, two = (_told(rng, world.actor_weights[side], story, SAME_ACTOR) for side in (1, 2))
    event = _told(rng, world.event_weights, story, SAME_EVENT)
    heading = _told(rng, world.place_weights, story, SAME_HEADING) + 1
    elsewhere = _told(rng, world.place_weights, story, SAME_HEADING) + 1
    place = {
        1: np.where(rng.random(count) < SAME_PLACE[1], heading, elsewhere),
        2: np.where(rng.random(count) < SAME_PLACE[2], heading, elsewhere),
        3: heading,
    }
    for side, empty in NO_PLACE.items():
        place[side] = np.where(rng.random(count) < empty, 0, place[side])
    articles = _shares(rng, ARTICLES, count).cast(pl.String)
    frame = pl.DataFrame(
        {
            "date": late,
            "one": world.actors.gather(one),
            "two": world.actors.gather(two),
            "root": pl.Series(rng.choice(["0", "1"], p=[0.4, 0.6], size=count)),
            "event": world.events.gather(event),
            "mentions": articles,
            "sources": _shares(rng, {1: 0.96, 2: 0.015, 8: 0.015, 4: 0.01}, count).cast(pl.String),
            "articles": articles,
            "tone": tone,
            **{f"geo{side}": world.places[layout].gather(place[side]) for side in (1, 2, 3)},
            "added": pl.Series(
                [f"{at:%Y%m%d%H%M%S}" if layout == 61 else f"{at:%Y%m%d}"]
            ).new_from_index(0, count),
        }
    )
    if layout > 57:
        frame = frame.with_columns(url=_urls(rng, world, stories).gather(story))
    order = ["date", *(pl.col(side).str.extract("^([^\t]*)") for side in ("one", "two")), "event"]
    frame = frame.sort(order, maintain_order=True)
    ids = pl.Series("id", np.arange(first_id, first_id + count)).cast(pl.String)
    return frame.select(pl.concat_str(ids, pl.all(), separator="\t")).to_series()


def text(
    count: int, *, seed: int = 0, at: datetime, first_id: int = FIRST_ID, layout: int = 61
) -> bytes:
    """Draw the text of one file: rows that each end with a line feed; empty for none."""
    drawn = rows(count, seed=seed, at=at, first_id=first_id, layout=layout)
    buffer = io.BytesIO()
    pl.DataFrame({"row": drawn}).write_csv(buffer, include_header=False, quote_style="never")
    return buffer.getvalue()


def _plan(events: int, files: int, days: int, since: date) -> Iterator[tuple[datetime, int, int]]:
    """Yield when each file is published, its first event and how many it has."""
    step = timedelta(minutes=15 * max(1, days * INTERVALS // files))
    start = datetime.combine(since, datetime.min.time())
    for number in range(files):
        first, last = events * number // files, events * (number + 1) // files
        yield start + number * step, FIRST_ID + first, last - first


def make(
    out: Path,
    events: int,
    *,
    files: int = 1,
    days: int = 1,
    seed: int = 0,
    since: date = date(2019, 10, 1),
    layout: int = 61,
    zipped: bool = True,
) -> list[Path]:
    """Write the files of that many events and return their paths, in order of time.

    days is raised to what that many files need: 96 a day, or one a day for a layout of 1.0.
    """
    per_day = INTERVALS if layout == 61 else 1
    days = max(days, math.ceil(files / per_day))
    out.mkdir(parents=True, exist_ok=True)

    def write(plan: tuple[datetime, int, int]) -> Path:
        at, first, count = plan
        stamp = f"{at:%Y%m%d%H%M%S}" if layout == 61 else f"{at:%Y%m%d}"
        member = f"{stamp}.export.CSV"
        whole = text(count, seed=seed, at=at, first_id=first, layout=layout)
        if not zipped:
            (out / member).write_bytes(whole)
            return out / member
        path = out / f"{member}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(member, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, whole)
        return path

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # zlib leaves the interpreter's lock
        return list(pool.map(write, _plan(events, files, days, since)))


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description="Make files like those of GDELT.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=96)
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--since", type=date.fromisoformat, default=date(2019, 10, 1))
    parser.add_argument("--layout", type=int, choices=LAYOUTS, default=61)
    parser.add_argument("--plain", action="store_true", help="write the text without a zip")
    asked = parser.parse_args()
    paths = make(
        asked.out,
        asked.events,
        files=asked.files,
        days=asked.days,
        seed=asked.seed,
        since=asked.since,
        layout=asked.layout,
        zipped=not asked.plain,
    )
    size = sum(path.stat().st_size for path in paths)
    print(f"{asked.events:,} events in {len(paths):,} files, {size:,} bytes")


if __name__ == "__main__":
    main()
