from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.reading.stories import THRESHOLD, _runs, _words, cluster, same_sentence

pytest.importorskip("datasketch")

# Two events, each told three times by different hands.
EVENTS = (
    (
        "The foreign minister of Borduria arrived in the Syldavian capital on Monday for a visit"
        " of two days. He met the king, laid a wreath at the tomb of the late queen and signed an"
        " agreement on fisheries. Both sides said that they wanted better relations. The visit is"
        " the first in ten years. Officials did not say whether the border, closed since the war,"
        " would be opened again.",
        "For the first time in a decade a Bordurian foreign minister has come to Syldavia. The"
        " king received him on Monday at the palace, and a fisheries agreement was signed after"
        " lunch. A wreath was laid at the late queen's tomb. On the closed border there was no"
        " word, although both governments spoke warmly of what lies ahead for their peoples.",
        "Borduria's chief diplomat used a two-day stay in Syldavia to sign a deal over fishing"
        " rights, the government press reported on Tuesday. He also honoured the late queen with"
        " flowers. Analysts doubt that the trip will change much, since the frontier stays shut"
        " and neither army has left the heights that it took when the war ended.",
    ),
    (
        "Syldavia closed its embassy in Borduria on Friday after shots were fired at a convoy near"
        " the border. Two soldiers were wounded. The foreign ministry called the attack a breach"
        " of the armistice and demanded an inquiry. Borduria denied that its troops had fired and"
        " said that bandits were to blame. The ambassador left the capital the same evening.",
        "After an attack on a convoy in which two soldiers were hurt, the Syldavian ambassador was"
        " called home on Friday and the embassy shut. Bandits had fired, said Borduria, not its"
        " army. Syldavia does not believe it: the armistice was broken, its ministry declared, and"
        " only an inquiry can show by whom the order was given on that morning.",
        "Shots at the frontier have ended a year of calm. Syldavia says that Bordurian troops"
        " wounded two of its men on a road used by supply convoys, and it has withdrawn its whole"
        " mission. The Bordurian government speaks of robbers. Observers of the armistice were"
        " on their way to the place, but snow held them up in the pass.",
    ),
)


def similarity(one: str, other: str) -> float:
    first, second = _runs(_words(one)), _runs(_words(other))
    return len(first & second) / len(first | second)


def copies(text: str) -> list[str]:
    words = text.split()
    changed = random.Random(4)
    return [
        text.upper(),
        " ".join(words[: 2 * len(words) // 3]),
        "Our own headline above the report of an agency " + text + " Reporting by our own staff.",
        " ".join("other" if changed.random() < 0.05 else word for word in words),
    ]


def test_the_threshold_parts_copies_from_texts_written_apart() -> None:
    texts = [text for event in EVENTS for text in event]
    near = [similarity(text, copy) for text in texts for copy in copies(text)]
    apart = [similarity(one, other) for one, other in combinations(texts, 2)]

    assert max(apart) < 0.05
    assert min(near) > 0.44
    assert max(apart) < THRESHOLD < min(near)


def test_copies_share_a_story_and_tellings_do_not() -> None:
    texts = [text for event in EVENTS for text in event]
    groups = cluster([version for text in texts for version in (text, *copies(text))])

    assert groups == [i for i in range(len(texts)) for _ in range(5)]


def test_stories_are_numbered_by_their_first_documents() -> None:
    one, two = EVENTS[0][0], EVENTS[1][0]

    assert cluster([two, one, two, one]) == [0, 1, 0, 1]


def test_texts_without_words_stand_alone() -> None:
    assert cluster(["", "...", "They met.", ""]) == [0, 1, 2, 3]
    assert cluster([]) == []


def test_ten_reports_of_one_sentence_are_one() -> None:
    versions = [
        "Borduria sent aid to Syldavia.",
        "“Borduria sent aid to Syldavia”",
        "BORDURIA sent aid  to Syldavia!",
    ]

    assert same_sentence(versions * 3 + ["Syldavia sent aid to Borduria."]) == [0] * 9 + [1]


def test_a_negation_is_another_sentence() -> None:
    assert same_sentence(["They didn't meet.", "They did meet."]) == [0, 1]


@given(st.lists(st.sampled_from(["a b", "A, b.", "c", "", "?"])))
def test_numbers_start_at_nought_and_leave_none_out(sentences: list[str]) -> None:
    numbers = same_sentence(sentences)

    assert sorted(set(numbers)) == list(range(len(set(numbers))))
