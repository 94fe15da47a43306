from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from saidanddone.errors import BadMapping
from saidanddone.sources import open_source
from saidanddone.sources.mapping import read_mapping, shipped_mappings


def refused(path: Path | str, kind: Any = "table") -> str:
    with pytest.raises(BadMapping) as caught:
        read_mapping(path, kind)
    return str(caught.value)


@pytest.mark.parametrize("name", shipped_mappings())
def test_shipped_mappings_are_valid(name: str) -> None:
    mapping = read_mapping(name)
    assert mapping.name == name
    assert mapping.citation
    assert mapping.files


def test_a_mapping_that_does_not_exist_is_refused_with_those_that_ship() -> None:
    said = refused("icews-2017")
    assert "there is no mapping 'icews-2017'" in said
    assert "icews-2018" in said


def test_keys_of_columns_may_stand_at_the_top(tmp_path: Path) -> None:
    path = tmp_path / "flat.toml"
    path.write_text('date = "d"\nsource = "s"\ntarget = "t"\ncode = "c"\n')
    mapping = read_mapping(path)
    assert mapping.columns == {"date": "d", "source": "s", "target": "t", "code": "c"}
    assert (mapping.name, mapping.kind, mapping.unresolved) == ("flat", "selection", "aside")


@pytest.mark.parametrize(
    ("settings", "columns", "words"),
    [
        ('titel = "x"', 'code = "c"', ["unknown key 'titel'", "did you mean 'title'"]),
        ("", 'code = "c"\nsource_contry = "x"', ["in [columns]", "mean 'source_country'"]),
        ("qqq = 1", 'code = "c"', ["unknown key 'qqq'", "leave it out"]),
        ("", "", ["neither code nor code_text"]),
        ("", 'code = "c"\ncode_text = "t"', ["both code and code_text"]),
        ("", 'code_text = "t"', ["without codes for the texts"]),
        ("", "code = 3", ["code = 3", "a text in quotes"]),
        ('kind = "sample"', 'code = "c"', ["'census', 'selection'"]),
        ('delimiter = "tab"', 'code = "c"', ["delimiter = 'tab'"]),
        ('government = "sectors"', 'code = "c"', ["without a column source_sectors"]),
        ('missing = "no days"', 'code = "c"', ["a list of texts"]),
        ('format = "counts"', 'code = "c"', ["is for the format 'counts'"]),
        ("columns = 3 #", "", ["no TOML"]),
        ('code_texts_file = "gone.csv"', 'code_text = "c"', ["'gone.csv', which cannot be read"]),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(
    mapping_file: Any, settings: str, columns: str, words: list[str]
) -> None:
    said = refused(mapping_file(settings, columns))
    assert [word for word in words if word not in said] == []


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[columns]\nsource = "s"\n')
    assert "does not say which column is date" in refused(path)
    assert "does not say which column is target" in refused(path, "counts")


def test_a_file_of_code_texts_stands_beside_the_mapping(mapping_file: Any) -> None:
    path = mapping_file('code_texts_file = "codes.csv"', 'code_text = "t"')
    path.with_name("codes.csv").write_text("text,code\nPraise,051\n")
    assert read_mapping(path).code_texts == {"Praise": "051"}
    path.with_name("codes.csv").write_text("a,b\nPraise,051\n")
    assert "without the columns text and code" in refused(path)


def test_two_mappings_have_two_fingerprints(mapping_file: Any) -> None:
    def fingerprint(settings: str) -> str:
        return open_source("table", mapping=mapping_file(settings)).fingerprint

    plain = fingerprint("")
    assert fingerprint("") == plain
    assert fingerprint('government = "all"') != plain
