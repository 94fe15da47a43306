"""One list of references in three formats: none loses a work, no text breaks out of its field."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidanddone as sd
from saidanddone.dossier.citation import citations
from saidanddone.dossier.citation_references import references

CSL_TYPES = {"dataset", "software", "article-journal", "book"}
RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*")

HOSTILE = st.text(
    st.sampled_from("{}\\\"'\r\n\t\x00%&<>@,-EYTR  \u2028é") | st.characters(), max_size=60
)


def _entries(bibtex: str) -> list[str]:
    """Split BibTeX as BibTeX does: an entry ends where its braces balance, escaped or not."""
    found, depth, start = [], 0, 0
    for place, mark in enumerate(bibtex):
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            assert depth >= 0
            if depth == 0:
                found.append(bibtex[start : place + 1].strip())
                start = place + 1
    assert depth == 0
    return found


def _records(ris: str) -> list[dict[str, list[str]]]:
    assert ris.endswith("ER  - \r\n")
    found: list[dict[str, list[str]]] = []
    for line in ris.removesuffix("\r\n").split("\r\n"):
        assert RIS_LINE.fullmatch(line), line
        tag, value = line[:2], line[6:]
        if tag == "TY":
            found.append({})
        found[-1].setdefault(tag, []).append(value)
    for record in found:
        assert next(iter(record)) == "TY"
        assert list(record)[-1] == "ER"
        assert record["ER"] == [""]
    return found


def test_all_three_hold_the_same_works(every: list[Any]) -> None:
    for answer in every:
        found = citations(answer, sd.__version__)
        keys = [reference.key for reference in references(answer, sd.__version__)]
        assert re.findall(r"^@\w+\{([^,]+),$", found.bibtex, flags=re.MULTILINE) == keys
        assert [record["ID"] for record in _records(found.ris)] == [[key] for key in keys]
        items = json.loads(found.csl)
        assert [item["id"] for item in items] == keys
        assert {item["type"] for item in items} <= CSL_TYPES
        assert all(item["title"] for item in items)


def test_a_paper_has_its_authors_journal_and_year(decided: Any) -> None:
    found = citations(decided, sd.__version__)
    (paper,) = [item for item in json.loads(found.csl) if item["id"] == "PinheiroBates1995"]
    assert paper["author"][1] == {"family": "Bates", "given": "Douglas M."}
    assert paper["issued"] == {"date-parts": [[1995]]}
    assert paper["container-title"] == "Journal of Computational and Graphical Statistics"
    (record,) = [one for one in _records(found.ris) if one["ID"] == ["PinheiroBates1995"]]
    assert record["TY"] == ["JOUR"]
    assert record["AU"] == ["Pinheiro, José C.", "Bates, Douglas M."]
    assert record["PY"] == ["1995"]
    assert r"author = {Pinheiro, Jos{\'e} C. and Bates, Douglas M.}" in found.bibtex
    assert r"K{\"u}nsch" in found.bibtex
    assert "Empirical {Bayes} Methods" in found.bibtex


def test_an_address_and_an_identifier_are_found_in_the_note(selection: Any) -> None:
    noted = replace(selection, citation="See <https://example.org/a?b=1>, doi:10.7910/DVN/28075.")
    found = citations(noted, "1")
    item = json.loads(found.csl)[0]
    assert (item["DOI"], item["URL"]) == ("10.7910/DVN/28075", "https://example.org/a?b=1")
    assert _records(found.ris)[0]["DO"] == ["10.7910/DVN/28075"]
    assert "doi = {10.7910/DVN/28075}" in found.bibtex


@pytest.mark.parametrize("name", ["saidanddone", "Efron2010", "Newcombe1998"])
def test_a_dataset_may_bear_the_name_of_another_work(selection: Any, name: str) -> None:
    items = json.loads(citations(replace(selection, dataset=(name, "selection")), "1").csl)
    assert len({item["id"] for item in items}) == len(items)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_breaks_a_format(selection: Any, title: str, citation: str, name: str) -> None:
    hostile = replace(
        selection,
        title=title,
        citation=f"{citation} https://example.org/{title} 10.1234/{name}",
        dataset=(name, "selection"),
    )
    found = citations(hostile, "1.0\nER  - ")
    assert len(_records(found.ris)) == 3
    assert len(json.loads(found.csl)) == 3
    entries = _entries(found.bibtex)
    assert len(entries) == 3
    for entry in entries:
        assert re.match(r"@(misc|article)\{[A-Za-z0-9-]+,\n", entry)
