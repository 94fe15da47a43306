"""Dates of acts whose own clause gives none."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.reading.mentions import Memory
from saidanddone.reading.parser import parse
from saidanddone.reading.sentence_acts import acts_in

PUBLISHED = date(2010, 3, 5)


def dates(
    *paragraphs: str, caption: bool = False
) -> dict[tuple[str | None, str | None], str | None]:
    """EDTF dates of the acts of a document, by pair; the last of a pair counts."""
    memory = Memory()
    return {
        (act.source, act.target): act.edtf
        for text in paragraphs
        for act in acts_in(parse(text), published=PUBLISHED, memory=memory, caption=caption)
    }


def test_a_past_act_takes_the_date_of_the_sentence_before() -> None:
    found = dates("Kenya attacked Sudan on 4 May 1999. Chad condemned Sudan.")
    assert found["TCD", "SDN"] == "1999-05-04~"


def test_what_had_been_done_before_has_an_open_beginning() -> None:
    found = dates("Kenya attacked Sudan on 4 May 1999. Chad had armed the Sudanese.")
    assert found["TCD", "SDN"] == "../1999-05-04"


def test_a_pair_keeps_its_date_into_the_next_paragraph() -> None:
    found = dates(
        "In June 2003 Peru's president visited Chile.", "The two nations signed a treaty."
    )
    assert found["PER", "CHL"] == "2003-06~"


def test_a_paragraph_without_a_date_takes_none_from_another_pair() -> None:
    found = dates("In June 2003 Peru's president visited Chile.", "Kenya attacked Sudan.")
    assert found["KEN", "SDN"] is None


def test_news_in_the_perfect_is_as_old_as_the_page() -> None:
    assert dates("Kenya has attacked Sudan.")["KEN", "SDN"] == "2010-03-05"


def test_a_decade_is_no_reason_to_take_the_pages_date() -> None:
    assert dates("In the 1990s Kenya has attacked Sudan.")["KEN", "SDN"] == "199X"


def test_an_age_is_written_as_its_years() -> None:
    assert dates("During the Cold War, Kenya attacked Sudan.")["KEN", "SDN"] == "1947/1991"


def test_a_caption_tells_an_act_only_where_it_says_what_was_done() -> None:
    assert dates("Two Maltese sailors jailed in Libya", caption=True) == {
        ("LBY", "MLT"): "2010-03-05~"
    }
    assert dates("The president of Malta greets Libya's envoy.", caption=True) == {}
