"""CSV, Parquet and JSON Lines hold every act with its evidence; no text is taken for a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import polars as pl
import pytest

import saidanddone as sd
from saidanddone.archive import Archive
from saidanddone.dossier.timeline import timeline
from saidanddone.errors import BadChoice
from saidanddone.faces import exports
from saidanddone.faces.exports.plain import GUARDED
from saidanddone.model import Window

from .conftest import ABOUT, HOSTILE, acts_of

NAMES = [column.name for column in exports.EXPORT_COLUMNS]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_three_hold_the_same_rows(export: Any, census: Any) -> None:
    acts, about = census
    parquet = pl.read_parquet(io.BytesIO(export("parquet", acts, about)[0]))
    assert parquet.columns == NAMES
    assert parquet.height == acts.height
    assert parquet.select("day", "code", "valence", "text", "line").equals(
        acts.select(pl.col("date").alias("day"), "code", "valence", "text", "line")
    )
    lines = export("jsonl", acts, about)[0].decode().splitlines()
    assert [json.loads(line)["key"] for line in lines] == parquet["key"].to_list()
    table = rows_of(export("csv", acts, about)[0])
    assert [row["key"] for row in table] == parquet["key"].to_list()
    assert {row["code"] for row in table} == set(parquet["code"])


def test_every_row_has_a_key_of_its_own_that_stays(export: Any, census: Any) -> None:
    acts, about = census
    keys = [row["key"] for row in rows_of(export("csv", acts, about)[0])]
    assert len(set(keys)) == len(keys)
    some = acts.sample(200, seed=1)
    again = rows_of(export("csv", some, about)[0])
    assert {row["key"] for row in again} < set(keys)


def test_a_slice_after_the_other_is_the_whole(export: Any, census: Any) -> None:
    acts, about = census
    parts = [acts[:1000], acts.clear(), acts[1000:]]
    for format in exports.formats():
        assert export(format.name, iter(parts), about)[0] == export(format.name, acts, about)[0]


def test_without_acts_the_columns_remain(export: Any) -> None:
    none = acts_of()
    assert export("csv", none)[0].decode() == ",".join(NAMES) + "\n"
    assert pl.read_parquet(io.BytesIO(export("parquet", none)[0])).columns == NAMES
    assert export("jsonl", none)[0] == b""
    assert json.loads(export("jsonld", none)[0])["@graph"]


@pytest.mark.parametrize("mark", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_formula_is_led_by_an_apostrophe_in_csv_alone(export: Any, mark: str) -> None:
    acts = acts_of({"text": mark, "reference": mark}, {"text": "a = b", "reference": "x"})
    content, written = export("csv", acts)
    first, second = rows_of(content)
    assert (first["text"], first["reference"]) == (f"'{mark}", f"'{mark}")
    assert second["text"] == "a = b"
    assert first["valence"] == "1"
    assert written.changed == {GUARDED: 1}
    (line, _) = export("jsonl", acts)[0].decode().splitlines()
    assert json.loads(line)["text"] == mark
    assert pl.read_parquet(io.BytesIO(export("parquet", acts)[0]))["text"][0] == mark


def test_no_text_breaks_a_row(export: Any) -> None:
    acts = acts_of(*({name: HOSTILE} for name in ("text", "reference", "place", "source_name")))
    assert [row["key"] for row in rows_of(export("csv", acts)[0])] == [
        json.loads(line)["key"] for line in export("jsonl", acts)[0].decode().split("\n")[:-1]
    ]


def test_the_text_can_be_left_out(export: Any) -> None:
    acts = acts_of({"text": "a secret sentence"})
    for format in exports.formats():
        assert b"a secret sentence" not in export(format.name, acts, text=False)[0]


def test_the_acts_of_a_page_are_written_as_they_are(export: Any) -> None:
    acts = acts_of({}, {}, {"code": "112", "valence": -1, "date": date(2018, 3, 6)})
    shown = timeline(acts)
    assert shown.height == 2
    for given in (shown, shown.drop("source", "target")):
        about = exports.ExportAbout("x", "X", "", "census", "1", source="RUS", target="PRK")
        table = rows_of(export("csv", given, about)[0])
        assert [row["key"] for row in table] == shown["key"].to_list()
        assert [row["reports"] for row in table] == ["1", "2"]
        assert {row["source_name"] for row in table} == {"Russia"}
        for format in exports.formats():
            assert export(format.name, given, about)[1].rows == 2


def test_parquet_says_whose_acts_it_holds(export: Any) -> None:
    told = pl.read_parquet_metadata(io.BytesIO(export("parquet", acts_of({}))[0]))
    assert told["citation"] == ABOUT.citation
    assert "own terms" in told["rights"]


def test_the_side_file_describes_every_column(export: Any) -> None:
    told = json.loads(exports.side_file("csv", ABOUT, export("csv", acts_of({}))[1]))
    assert [column["name"] for column in told["columns"]] == NAMES
    assert told["dataset"]["citation"] == ABOUT.citation
    assert told["rows"] == 1


def test_slices_by_month_are_all_acts(census_archive: Any) -> None:
    archive = Archive.open(census_archive)
    (dataset,) = archive.datasets()
    for since, until in ((None, None), ("1991-02-10", "1992-05-03")):
        window = Window.parse(since, until)
        slices = list(exports.slices_of(archive, dataset, window))
        whole = archive.acts(dataset.name, sources=None, targets=None, window=window)
        assert len(slices) >= 15
        assert pl.concat(slices).equals(whole)


def test_slices_hold_what_is_dated_to_a_year(counts_archive: Any) -> None:
    archive = Archive.open(counts_archive)
    (dataset,) = archive.datasets()
    window = Window.parse("2003", "2004-06")
    slices = pl.concat(exports.slices_of(archive, dataset, window))
    whole = archive.acts(dataset.name, sources=None, targets=None, window=window)
    assert slices.height == whole.height > 0
    assert slices["date"].unique().to_list() == [date(2003, 1, 1)]


def test_a_format_that_does_not_exist_is_refused(export: Any) -> None:
    with pytest.raises(BadChoice, match="one of csv, parquet"):
        export("xlsx", acts_of({}))


def test_an_archive_of_counts_alone_gives_a_row_a_cell(
    export: Any, census_tables: Any, tmp_path: Any
) -> None:
    files = [census_tables["on_time"]]
    sd.ingest("table", files, tmp_path / "a", mapping=census_tables["mapping"], keep="tally")
    archive = Archive.open(tmp_path / "a")
    (dataset,) = archive.datasets()
    acts = pl.concat(exports.slices_of(archive, dataset, Window()))
    assert acts["file"].null_count() == acts.height > 1_000
    table = pl.read_csv(io.BytesIO(export("csv", acts)[0]), infer_schema=False)
    assert table["key"].n_unique() == acts.height
    assert export("gdelt", acts)[1].rows == acts.height
