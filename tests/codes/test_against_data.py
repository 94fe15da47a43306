"""The tables against genuine files of others; skipped where those are absent."""

import csv
import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path

import polars as pl

from saidanddone.codes import sides, table

UNLISTED = {"106", "1213", "1214"}
QUAD = {1: ("words", 1), 2: ("deeds", 1), 3: ("words", -1), 4: ("deeds", -1)}
GDELT_FILES = (
    "v1/20141124.export.CSV.zip",
    "v1/sample_events_2016.csv",
    "v2/20170101073000.export.CSV",
    "v2/20191024143000.export.CSV",
    "v2/insight_events_2015.csv",
)
ICEWS_DIFFERS = {"016": -5.0, "022": 3.4, "164": -6.5}


def codebook(data: Path) -> dict[str, str]:
    text = (data / "gdelt/lookups/CAMEO.eventcodes.txt").read_text("latin-1")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line.strip())
    return {row[0].strip(): row[1].strip() for row in rows}


def icews_relations(data: Path) -> list[dict[str, str]]:
    with (data / "icews/relation_to_cameo.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gdelt_rows(data: Path) -> pl.DataFrame:
    """code, quad and goldstein of each event (columns 27, 30 and 31 of every export format)."""
    frames = []
    for name in GDELT_FILES:
        path = data / "gdelt" / name
        content = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read(archive.namelist()[0])
        frame = pl.read_csv(
            content,
            separator="\t",
            has_header=False,
            infer_schema=False,
            quote_char=None,
            encoding="utf8-lossy",
        )
        code, quad, goldstein = (frame.columns[index] for index in (26, 29, 30))
        frames.append(
            frame.select(
                code=code, quad=pl.col(quad).cast(pl.Int8), goldstein=pl.col(goldstein).cast(float)
            )
        )
    return pl.concat(frames)


def intensities() -> dict[str, float | None]:
    return dict(table().select("code", "intensity").iter_rows())


def by_code(reading: str) -> dict[str, tuple[str | None, int]]:
    return {code: (side, sign) for code, side, sign in sides(reading).iter_rows()}


def test_the_listed_codes_are_those_of_gdelts_list(shared_data: Path) -> None:
    listed = set(codebook(shared_data))
    ours = set(table().filter(pl.col("root") != "V")["code"])
    assert len(listed) == 310
    assert ours - UNLISTED == listed


def test_no_name_is_the_codebooks(shared_data: Path) -> None:
    theirs = {name.casefold() for name in codebook(shared_data).values()}
    theirs |= {row["cameo_relation_text"].casefold() for row in icews_relations(shared_data)}
    theirs |= {name.removesuffix(", not specified below") for name in theirs}
    assert [name for name in table()["name"] if name.casefold() in theirs] == []


def test_plover_events_are_those_of_the_crosswalk(shared_data: Path) -> None:
    text = (shared_data / "coding/CAMEO2PLOVER-2021.txt").read_text("utf-8")
    crosswalk: dict[str, set[str]] = defaultdict(set)
    for code, event in re.findall(r"^(\d+): *([A-Z]+)", text, re.MULTILINE):
        crosswalk[code].add(event)
    assert crosswalk["08"] == {"CONCEDE", "RETREAT"}
    crosswalk["08"] = crosswalk["080"]
    ours = dict(table().select("code", "plover").drop_nulls().iter_rows())
    assert {code: {event} for code, event in ours.items()} == crosswalk


def test_every_code_in_icews_and_gdelt_is_known(shared_data: Path) -> None:
    known = set(table()["code"])
    assert {row["cameo_code"] for row in icews_relations(shared_data)} <= known
    assert set(gdelt_rows(shared_data)["code"]) <= known


def test_icews_quad_class_is_the_icews_reading(shared_data: Path) -> None:
    ours = by_code("icews")
    rows = icews_relations(shared_data)
    apart = {
        row["cameo_code"]: row["quad_class"]
        for row in rows
        if QUAD[int(row["quad_class"])] != ours[row["cameo_code"]]
    }
    assert len(rows) > 250
    assert apart == {}


def test_gdelt_quad_class_is_the_gdelt_reading(shared_data: Path) -> None:
    ours = by_code("gdelt")
    pairs = gdelt_rows(shared_data).select("code", "quad").unique()
    assert pairs.height > 100
    assert [(code, quad) for code, quad in pairs.iter_rows() if QUAD[quad] != ours[code]] == []


def test_intensity_is_gdelts_wherever_gdelt_shows_it(shared_data: Path) -> None:
    ours = intensities()
    shown = gdelt_rows(shared_data).drop_nulls().select("code", "goldstein").unique()
    assert shown["code"].is_unique().all()
    assert [row for row in shown.iter_rows() if ours[row[0]] != row[1]] == []


def test_intensity_is_that_of_icews_but_for_three_codes(shared_data: Path) -> None:
    ours = intensities()
    theirs = {row["cameo_code"]: float(row["goldstein"]) for row in icews_relations(shared_data)}
    assert {code: value for code, value in theirs.items() if ours[code] != value} == ICEWS_DIFFERS


def test_no_intensity_is_guessed(shared_data: Path) -> None:
    shown = {row["cameo_code"] for row in icews_relations(shared_data)}
    shown |= set(gdelt_rows(shared_data)["code"])
    ours = {code for code, value in intensities().items() if value is not None}
    assert ours == shown
