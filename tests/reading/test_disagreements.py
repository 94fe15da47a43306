"""What two documents, or a document and the shipped case, tell differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("datasketch", reason="the extra 'read' is not installed")

from saidanddone.reading.act import ReportedAct
from saidanddone.reading.disagreements import disagreements
from saidanddone.reading.figures import figures
from saidanddone.reading.kept import Reading
from saidanddone.reading.notes import Note

RICE = "Russia sent 200 tons of rice to North Korea that week, its ministry for disasters said."
SEIZED = "In {} North Korea seized the Pueblo and its crew off its eastern coast."
TREATY = (
    "On {}, France and Vietnam signed a treaty on the fishing grounds between the outer islands "
    "of the bay."
)


def act(quote: str, date: str | None, **given: object) -> ReportedAct:
    base = ReportedAct(
        date=date, date_edtf=date, source="RUS", target="PRK", source_text="Russia",
        target_text="North Korea", cameo="073", plover="AID", channel="done", valence=1,
        mode="did", speaker=None, audience=None, attribution=None, quote=quote, document="",
        start=10, end=10 + len(quote), confidence=0.5,
    )  # fmt: skip
    return replace(base, **given)  # type: ignore[arg-type]


def reading(name: str, published: str | None, *acts: ReportedAct) -> Reading:
    return Reading(
        name, f"{name}.txt", published, tuple(replace(a, document=f"{name}.txt") for a in acts),
        None,
    )  # fmt: skip


def notes(*readings: Reading, others: tuple[Reading, ...] = ()) -> list[Note]:
    return list(disagreements(readings, others))


def seizure(date: str) -> ReportedAct:
    return act(SEIZED.format(date), date, source="PRK", target="USA", cameo="171", valence=-1)


def test_a_figure_that_differs_shows_both_sides() -> None:
    one = reading("a", "2015-03-02", act(RICE, "2015-03-02"))
    two = reading("b", "2015-03-03", act(RICE.replace("200", "300"), "2015-03-02"))
    (note,) = notes(two, one)
    assert note.kind == "figure"
    assert note.text_side == "b.txt says 300 tons of rice"
    assert "a.txt, characters 10 to" in note.reference_side
    assert "says 200 tons of rice" in note.reference_side
    assert list(note.to_dict()) == [
        "kind", "text_side", "reference_side", "quote", "start", "end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        RICE,
        RICE.replace("200", "some 300"),
        RICE.replace("200 tons of rice", "300 tons of oil"),
        RICE.replace("200", "more than 300"),
        RICE.replace("200 tons", "two hundred tons"),
    ],
)
def test_no_figure_is_noted_that_need_not_differ(other: str) -> None:
    one = reading("a", "2015-03-02", act(RICE, "2015-03-02"))
    assert notes(one, reading("b", "2015-03-03", act(other, "2015-03-02"))) == []


def test_figures_of_different_days_are_different_acts() -> None:
    one = reading("a", "2015-03-02", act(RICE, "2015-03-02"))
    assert notes(one, reading("b", None, act(RICE.replace("200", "300"), "2015-05-02"))) == []


def test_the_archive_is_compared_and_not_reported_on() -> None:
    old = reading("a", "2015-03-02", act(RICE, "2015-03-02"))
    new = reading("b", "2015-03-03", act(RICE.replace("200", "300"), "2015-03-02"))
    assert [note.document for note in notes(new, others=(old,))] == ["b.txt"]
    assert [note.document for note in notes(old, others=(new,))] == ["a.txt"]


def test_a_long_sentence_dated_otherwise_is_noted() -> None:
    first = act(TREATY.format("May 3, 2010"), "2010-05-03", cameo="057")
    second = act(TREATY.format("June 5, 2010"), "2010-06-05", cameo="057")
    (note,) = notes(reading("a", "2010-07-01", first), reading("b", "2010-07-02", second))
    assert (note.kind, note.document) == ("date", "b.txt")
    assert "dates it 2010-05-03" in note.reference_side


def test_a_date_that_only_follows_the_page_is_not_noted() -> None:
    quote = "On Tuesday " + TREATY.partition(", ")[2]
    first = act(quote, "2010-05-04", cameo="057")
    second = act(quote, "2010-05-11", cameo="057")
    assert notes(reading("a", "2010-05-05", first), reading("b", "2010-05-12", second)) == []


def test_the_shipped_case_is_a_reference() -> None:
    (note,) = notes(reading("a", "2009-05-05", seizure("1967")))
    assert note.kind == "date"
    assert note.text_side == "a.txt dates it 1967"
    assert "1968-01-23" in note.reference_side


@pytest.mark.parametrize("date", ["1968", "1968-01", "1968-01-23"])
def test_a_date_that_the_case_bears_out_is_not_noted(date: str) -> None:
    assert notes(reading("a", "2009-05-05", seizure(date))) == []


def test_ten_copies_give_one_note() -> None:
    copies = [reading(f"a{n}", "2009-05-05", seizure("1967")) for n in range(10)]
    assert len(notes(*copies)) == 1


def test_what_is_negated_is_not_compared() -> None:
    one = replace(seizure("1967"), mode="negated")
    assert notes(reading("a", "2009-05-05", one)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It sent 1,200 tons of rice.", [(1200.0, "tons of rice")]),
        ("It lent $2.5 billion to them.", [(2.5e9, "$")]),
        ("Three missiles fell.", [(3.0, "missiles")]),
        ("In 1968 they left after 3 talks.", []),
        ("Up to 300 troops left.", []),
        ("Between 200 and 300 soldiers left.", []),
    ],
)
def test_figures(sentence: str, expected: list[tuple[float, str]]) -> None:
    found = [(figure.number, figure.counts) for figure in figures(sentence)]
    assert found == expected or (not expected and not found)
