"""One act told ten times is one act with ten reports, whatever the order of the documents."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("datasketch", reason="the extra 'read' is not installed")

from saidanddone.reading.act import ReportedAct
from saidanddone.reading.stories import cluster_signed, signature
from saidanddone.reading.tellings import Document, told_acts

STORY = (
    "Borduria sent grain to Syldavia on Monday after a harvest that failed in every valley of the "
    "south. The two foreign ministers had spoken of it for weeks, and the king thanked the giver "
    "in a message that was read out to the press in the square before the palace. "
)
TELLING = "Borduria sent 200 tons of grain to Syldavia on Monday after talks of three weeks."


def act(quote: str, date: str | None, *, cameo: str = "073", document: str = "a") -> ReportedAct:
    return ReportedAct(
        date=date,
        date_edtf=date,
        source="FRA",
        target="VNM",
        source_text="Borduria",
        target_text="Syldavia",
        cameo=cameo,
        plover="AID",
        channel="done",
        valence=1,
        mode="did",
        speaker=None,
        audience=None,
        attribution=None,
        quote=quote,
        document=document,
        start=0,
        end=len(quote),
        confidence=0.5,
    )


def document(name: str, published: str | None, text: str, *acts: ReportedAct) -> Document:
    return Document(name, f"{name}.txt", published, signature(text), acts)


def test_ten_copies_are_one_act_of_the_first_publication() -> None:
    copies = [
        document(
            f"d{day}", f"2015-03-{day:02}", f"{STORY} Our copy {day}.",
            act(TELLING, f"2015-03-{day:02}"),
        )
        for day in range(10, 20)
    ]  # fmt: skip
    (told,) = told_acts(reversed(copies))
    assert told.documents == 10
    assert told.first.sha256 == "d10"
    assert told.date == "2015-03-10"


def test_an_edited_sentence_of_one_story_is_the_same_act() -> None:
    edited = TELLING.replace("200", "300").replace("Monday", "Tuesday")
    acts = told_acts(
        [
            document("a", "2015-03-02", STORY, act(TELLING, "2015-03-02")),
            document("b", "2015-03-03", STORY + " Ours.", act(edited, "2015-03-03")),
        ]
    )
    assert [told.documents for told in acts] == [2]


def test_one_sentence_of_two_stories_is_two_acts_unless_its_date_is_the_same() -> None:
    other = (
        "Rain fell on the fair of the river towns, and the boats stayed on land for a week. " * 3
    )
    same = told_acts(
        [
            document("a", "2015-03-02", STORY, act(TELLING, "1968")),
            document("b", "2016-03-02", other, act(TELLING, "1968")),
        ]
    )
    apart = told_acts(
        [
            document("a", "2015-03-02", STORY, act(TELLING, "2015-03-02")),
            document("b", "2016-03-02", other, act(TELLING, "2016-03-02")),
        ]
    )
    assert [told.documents for told in same] == [2]
    assert [told.documents for told in apart] == [1, 1]


def test_another_event_or_direction_is_another_act() -> None:
    acts = told_acts(
        [
            document("a", None, STORY, act(TELLING, None)),
            document("b", None, STORY, act(TELLING, None, cameo="162")),
        ]
    )
    assert len(acts) == 2


def test_a_document_given_twice_counts_once() -> None:
    one = document("a", "2015-03-02", STORY, act(TELLING, "2015-03-02"), act(TELLING, "2015-03-02"))
    (told,) = told_acts([one, one])
    assert len(told.reports) == 2
    assert told.documents == 1


SENTENCES = (TELLING, TELLING.replace("Monday", "Friday"), TELLING.upper(), "Borduria sent flour.")
DATES = (None, "1968", "2015-03-02", "2015-03-03")
TEXTS = (
    STORY,
    STORY + "Ours.",
    "Snow closed the pass for a week, and nobody went to the fair.",
    "",
)

acts_of_a_document = st.lists(
    st.builds(act, st.sampled_from(SENTENCES), st.sampled_from(DATES)), max_size=3
)
drawn = st.lists(
    st.tuples(st.sampled_from(DATES), st.sampled_from(TEXTS), acts_of_a_document), max_size=6
)


@settings(deadline=None)
@given(drawn, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    given_: list[tuple[str | None, str, list[ReportedAct]]], chance: random.Random
) -> None:
    documents = [
        document(f"d{n}", published, text, *acts)
        for n, (published, text, acts) in enumerate(given_)
    ]
    shuffled = list(documents)
    chance.shuffle(shuffled)
    told = told_acts(documents)
    assert told == told_acts(shuffled)
    reports = [(r.sha256, r.number) for one in told for r in one.reports]
    assert sorted(reports) == [(d.sha256, n + 1) for d in documents for n in range(len(d.acts))]


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_who_shares_a_story_does_not_depend_on_order(order: list[int]) -> None:
    texts = [STORY, STORY + "Ours.", STORY.upper(), "Snow fell on the pass.", "", "Rain fell."]
    numbers = cluster_signed([signature(texts[i]) for i in order])
    by_text = {i: numbers[n] for n, i in enumerate(order)}
    assert by_text[0] == by_text[1] == by_text[2]
    assert len(set(numbers)) == 4


def test_a_long_text_is_signed_in_parts(tmp_path: Path) -> None:
    text = " ".join(f"word{n}" for n in range(60_000))
    first, second = signature(text), signature(text + " and an end")
    assert first is not None
    assert second is not None
    assert (first == second).all()
