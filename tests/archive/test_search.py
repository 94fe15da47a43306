"""Search: what people type finds what they mean, and no input is an error."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saidanddone import codes
from saidanddone.archive import Archive
from saidanddone.archive import search as search_module
from saidanddone.archive.search import NAME, Search
from saidanddone.archive.search_index import passages
from saidanddone.archive.search_query import parse
from saidanddone.errors import BadChoice, BadInput
from saidanddone.faces.questions import open_store

from .conftest import Toy, Write

TEXT = "Envoys met in Genève.\n\nRussia sent grain to North Korea. " + "A filling sentence. " * 300
SHA = "ab" * 32


@pytest.fixture
def kept(archive: Archive, write: Write) -> Archive:
    """An archive with a few acts and one document."""
    rows = [
        ("2018-01-05", "RUS", "PRK", "040", "2"),
        ("2018-01-05", "RUS", "PRK", "040", "3"),
        ("2018-03-01", "CHN", "PRK", "112", "1"),
        ("2019-02-01", "PRK", "RUS", "020", "1", "negated"),
        ("2017", "RUS", "PRK", "061", "1"),
    ]
    archive.ingest(Toy(), [write(rows)])
    about = {"title": "Grain for the North", "published": "2018-04", "address": "a.txt"}
    archive.keep(SHA, TEXT.encode(), TEXT, about)
    return archive


@pytest.fixture(scope="module")
def case() -> Search:
    return Search(open_store(None))


def test_acts_are_found_by_names_codes_and_text(kept: Archive) -> None:
    search = Search(kept)
    assert search.search("russia", kinds=["act"]).total == 3  # twice told on one day is told once
    assert search.search(f'"{codes.code("040").name}"').hits[0].code == "040"
    (act,) = search.search("china").hits
    assert (act.source, act.target, act.date, act.valence) == ("CHN", "PRK", "2018-03-01", -1)
    assert search.search("020").hits[0].mode == "negated"
    assert search.search("061").hits[0].date == "2017"


def test_a_document_is_found_where_it_says_so(kept: Archive) -> None:
    search = Search(kept)
    (hit,) = search.search("grain russia", kinds=["document"]).hits
    assert hit.document == SHA
    assert hit.start is not None and TEXT[hit.start :].startswith("Russia")
    assert ("grain", True) in hit.snippet
    assert sum(len(text) for text, _ in hit.snippet) < 600
    assert search.search("geneve").hits[0].snippet[1] == ("Genève", True)
    assert search.search('"grain for the north"').total == 1  # the title
    assert search.search("grain", until=date(2018, 3, 31)).total == 0


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("nuclear", 53),
        ("NUCLEAR", 53),
        ("nuclear -test", None),
        ('"nuclear test"', None),
        ("zzzz OR nuclear", 53),
        ("zzzz nuclear", 0),
        ("nucle*", 53),
        ("-nuclear", 0),
        ("", 0),
    ],
)
def test_the_shipped_case_is_searched_in_memory(
    case: Search, typed: str, total: int | None
) -> None:
    found = case.search(typed)
    if total is not None:
        assert found.total == total
    both = case.search('"nuclear test"').total + case.search('nuclear -"nuclear test"').total
    assert both == 53


def test_filters_narrow_what_is_found(case: Search) -> None:
    every = case.search("nuclear").total
    russia = case.search("nuclear", sources={"RUS", "SUN"}, targets={"PRK"}).total
    assert 0 < russia < every
    early = case.search("nuclear", until=date(2009, 12, 31)).total
    late = case.search("nuclear", since=date(2010, 1, 1)).total
    assert early + late == every
    assert case.search("nuclear", kinds=["document"]).total == 0


def test_pages_are_disjoint_and_complete(case: Search) -> None:
    pages = [case.search("nuclear", page=page, size=20).hits for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 13, 0]
    assert len({hit for page in pages for hit in page}) == 53


@pytest.mark.parametrize(
    "wrong", [{"page": 0}, {"page": -1}, {"page": 10**9}, {"size": 0}, {"size": 10**9},
              {"kinds": ["act", "x"]}],
)  # fmt: skip
def test_what_cannot_be_leafed_to_is_refused(case: Search, wrong: dict[str, object]) -> None:
    with pytest.raises(BadChoice):
        case.search("nuclear", **wrong)  # type: ignore[arg-type]


@given(st.text(max_size=80))
@example('"')
@example('a" OR "b')
@example("NEAR(a b, 2) {text}: ^a + -")
@example("a AND OR NOT")
@example("-" * 50 + '"*')
@example("a\0b")
@example("\ud800")
@example("* ** a*b*")
@example("'; DROP TABLE items; --")
@example("(" * 300)
@example("a OR " * 300)
def test_no_input_is_an_error(case: Search, typed: str) -> None:
    found = case.search(typed)
    assert len(found.hits) <= found.total
    assert all(any(match for _, match in hit.snippet) or hit.title for hit in found.hits)


@given(st.lists(st.sampled_from(['"', "-", "*", "OR", " ", "nuclear", "test", "(", ":"])))
def test_no_mixture_of_signs_is_an_error(case: Search, parts: list[str]) -> None:
    assert case.search("".join(parts)).total >= 0


@given(st.text())
def test_passages_are_the_text(text: str) -> None:
    spans = list(passages(text))
    assert "".join(text[first:last] for first, last in spans) == text


def test_a_word_is_quoted() -> None:
    assert parse("text:grain").expression == '("text:grain")'
    assert parse('say "no').expression == '("say" AND "no")'


def test_the_index_lies_beside_the_manifest_and_follows_the_content(
    kept: Archive, write: Write
) -> None:
    search = Search(kept)
    assert search.search("turkey").total == 0
    built = (kept.path / NAME).stat().st_mtime_ns
    assert Search(kept).search("china").total == 1
    assert (kept.path / NAME).stat().st_mtime_ns == built  # another process finds it ready
    kept.ingest(Toy(), [write([("2020-01-01", "TUR", "PRK", "112", "1")], "b.toy")])
    assert search.search("turkey").total == 1
    kept.keep("cd" * 32, b"x", "A second document on turkey.", {})
    assert search.search("turkey").total == 2
    assert kept.check() == []


def test_a_damaged_index_is_built_again(kept: Archive) -> None:
    (kept.path / NAME).write_bytes(b"no database at all")
    assert Search(kept).search("china").total == 1


def test_a_build_that_fails_leaves_nothing(kept: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(search_module.index, "fill", full)
    with pytest.raises(KeyboardInterrupt):
        Search(kept).search("china")
    assert [p.name for p in kept.path.iterdir() if NAME in p.name] == [f".{NAME}-lock"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps folders writable")
def test_an_archive_that_cannot_be_written_is_searched(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(search_module, "_one_builder", refused)
    mode = kept.path.stat().st_mode
    kept.path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        search = Search(kept)
        assert search.search("china").total == 1
    finally:
        kept.path.chmod(mode)
    assert not (kept.path / NAME).exists()


def test_a_search_that_takes_too_long_is_ended(
    case: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "LONGEST_SECONDS", -1.0)
    monkeypatch.setattr(search_module, "STEPS_BETWEEN", 1)
    with pytest.raises(BadInput, match="takes too long"):
        case.search("nuclear OR a*")


def test_text_cannot_forge_a_mark(archive: Archive) -> None:
    archive.keep(SHA, b"x", "before \x02forged\x03 after <b>grain</b>", {"title": "\x02"})
    (hit,) = Search(archive).search("grain").hits
    assert [text for text, match in hit.snippet if match] == ["grain"]
    assert "<b>" in "".join(text for text, _ in hit.snippet)


def test_the_index_holds_what_it_was_made_of(kept: Archive) -> None:
    Search(kept).refresh()
    with sqlite3.connect(kept.path / NAME) as connection:
        kinds = dict(connection.execute("SELECT kind, count(*) FROM items GROUP BY kind"))
    connection.close()
    assert kinds["act"] == 4
    assert kinds["document"] == len(list(passages(TEXT)))
