from __future__ import annotations

import pytest

from saidanddone import sources
from saidanddone.errors import BadChoice, BadMapping
from saidanddone.sources import FORMATS, open_source


def test_the_public_names_are_these() -> None:
    assert sources.__all__ == [
        "FORMATS",
        "Batch",
        "CountedBatch",
        "CountingSource",
        "Dataset",
        "Source",
        "open_source",
        "shipped_case",
    ]


@pytest.mark.parametrize("name", ["gdelt2", "xml", "ICEWS", ""])
def test_formats_that_do_not_exist_are_refused_with_those_that_do(name: str) -> None:
    with pytest.raises(BadChoice) as caught:
        open_source(name)
    assert f"expected {', '.join(FORMATS)}, or indicators and mentions" in str(caught.value)


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_bears_its_format_and_the_dataset_its_given_name(name: str) -> None:
    source = open_source(name, mapping="icews-2018" if name == "table" else None, dataset="mine")
    assert source.format == name
    assert source.dataset.name == "mine"
    assert len(source.fingerprint) == 16


def test_a_mapping_is_needed_where_it_is_and_refused_where_it_is_not() -> None:
    with pytest.raises(BadMapping, match=r"the format table needs a mapping.*icews-2018"):
        open_source("table")
    for name in ("icews", "case"):
        with pytest.raises(BadChoice, match="takes no mapping"):
            open_source(name, mapping="icews-2018")
    with pytest.raises(BadMapping, match="is for the format 'table'"):
        open_source("counts", mapping="icews-2018")
