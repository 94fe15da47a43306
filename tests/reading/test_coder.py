"""Probes of the coder: direction, channel, valence and mode of single sentences."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.errors import BadInput
from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import code, code_parsed, find_span
from saidanddone.reading.parser import parse
from saidanddone.reading.sentence_acts import acts_in

Probe = tuple[str, str, str, str, int, str]

VOTES: list[Probe] = [
    ("Russia vetoed sanctions against North Korea.", "Russia", "North Korea", "signed", 1, "did"),
    (
        "China vetoed a resolution condemning Myanmar.",
        "China", "Myanmar", "signed", 1, "did",
    ),
    (
        "Ghana voted for a resolution imposing sanctions on Eritrea.",
        "Ghana", "Eritrea", "signed", -1, "did",
    ),
    ("Brazil voted against sanctions on Iran.", "Brazil", "Iran", "signed", 1, "did"),
    (
        "India abstained from a resolution condemning Russia.",
        "India", "Russia", "signed", 0, "did",
    ),
    (
        "A resolution condemning Syria was vetoed by Russia.",
        "Russia", "Syria", "signed", 1, "did",
    ),
]  # fmt: skip

ENDED: list[Probe] = [
    ("Turkey lifted its embargo on Armenia.", "Turkey", "Armenia", "done", 1, "ended"),
    ("Norway stopped its aid to Uganda.", "Norway", "Uganda", "done", -1, "ended"),
    ("Canada suspended arms sales to Saudi Arabia.", "Canada", "Saudi Arabia", "done", -1, "ended"),
    ("The European Union eased sanctions on Belarus.", "The European Union", "Belarus",
     "done", 1, "ended"),
    ("Egypt withdrew its troops from Yemen.", "Egypt", "Yemen", "done", 1, "did"),
    ("Morocco broke off relations with Iran.", "Morocco", "Iran", "signed", -1, "did"),
    ("Japan cancelled talks with South Korea.", "Japan", "South Korea", "signed", -1, "ended"),
]  # fmt: skip

FOLDED: list[Probe] = [
    ("Germany promised aid to Niger.", "Germany", "Niger", "said", 1, "pledged"),
    ("Qatar agreed to send food to Lebanon.", "Qatar", "Lebanon", "said", 1, "pledged"),
    ("North Korea threatened to attack Japan.", "North Korea", "Japan", "said", -1, "threatened"),
    ("Kim Jong Un threatened South Korea.", "Kim Jong Un", "South Korea", "said", -1, "threatened"),
    ("Israel refused to meet Syria.", "Israel", "Syria", "signed", -1, "did"),
    ("Chile rejected an offer of talks from Bolivia.", "Chile", "Bolivia", "signed", -1, "did"),
    ("Poland will send tanks to Ukraine.", "Poland", "Ukraine", "said", 1, "pledged"),
    ("The president said France would not help Chad.", "France", "Chad", "said", -1, "did"),
    ("Angola is ready to send medicine to Mozambique.", "Angola", "Mozambique",
     "said", 1, "pledged"),
    ("Sweden offered to host Ukraine's wounded soldiers.", "Sweden", "Ukraine",
     "said", 1, "pledged"),
    ("Kenya asked Britain to return the land.", "Kenya", "Britain", "said", 1, "did"),
    ("Vietnam demanded that China withdraw its ships.", "Vietnam", "China", "said", -1, "did"),
]  # fmt: skip

PASSIVES: list[Probe] = [
    ("Kuwait was invaded by Iraq.", "Iraq", "Kuwait", "done", -1, "did"),
    ("Sanctions were imposed on Iran by Canada.", "Canada", "Iran", "done", -1, "did"),
    ("Georgia, bombed and occupied by Russia, asked for help.", "Russia", "Georgia",
     "done", -1, "did"),
    ("Sudan found itself accused by Chad of arming rebels.", "Chad", "Sudan", "said", -1, "did"),
    ("Two diplomats of Libya were expelled by Malta.", "Malta", "Libya", "done", -1, "did"),
    ("The embassy of Denmark was attacked by Syrian soldiers.", "Syrian", "Denmark",
     "done", -1, "did"),
    ("Nepal, urged by India to hold elections, kept silent.", "India", "Nepal",
     "said", 1, "did"),
    ("Malta suffered an attack at the hands of Tunisia.", "Tunisia", "Malta", "done", -1, "did"),
    ("Senegal received aid from Japan.", "Japan", "Senegal", "done", 1, "did"),
    ("Ukraine got rifles from Norway.", "Norway", "Ukraine", "done", 1, "did"),
]  # fmt: skip

NOMINAL: list[Probe] = [
    ("Russia's attack on Ukraine went on.", "Russia", "Ukraine", "done", -1, "did"),
    ("The condemnation of Israel by Ireland surprised nobody.", "Ireland", "Israel",
     "said", -1, "did"),
    ("Aid from Sweden to Zambia doubled.", "Sweden", "Zambia", "done", 1, "did"),
    ("After talks with Iran, Oman praised the mood.", "Oman", "Iran", "signed", 1, "did"),
    ("The invasion of Poland by Germany began at dawn.", "Germany", "Poland", "done", -1, "did"),
    ("Fighting between Armenia and Azerbaijan resumed.", "Armenia", "Azerbaijan",
     "done", -1, "did"),
    ("Talks between Serbia and Kosovo were held.", "Kosovo", "Serbia", "signed", 1, "did"),
    ("Peru launched an attack on Ecuador.", "Peru", "Ecuador", "done", -1, "did"),
    ("Portugal expressed support for Angola.", "Portugal", "Angola", "said", 1, "did"),
]  # fmt: skip

SHARED: list[Probe] = [
    ("Kenya and Uganda signed a treaty.", "Kenya", "Uganda", "signed", 1, "did"),
    ("Kenya and Uganda signed a treaty.", "Uganda", "Kenya", "signed", 1, "did"),
    ("France and Britain attacked Egypt.", "Britain", "Egypt", "done", -1, "did"),
    ("France attacked Syria and Lebanon.", "France", "Lebanon", "done", -1, "did"),
    ("Spain criticised Cuba and praised Chile.", "Spain", "Chile", "said", 1, "did"),
    ("Mali and Niger accused each other of treason.", "Niger", "Mali", "said", -1, "did"),
    ("At the summit, Putin and Xi met for an hour.", "Xi", "Putin", "signed", 1, "did"),
    ("Rwanda, which attacked Congo, denied everything.", "Rwanda", "Congo", "done", -1, "did"),
    ("Belgium criticised Hungary, which Austria defended.", "Austria", "Hungary",
     "said", 1, "did"),
    ("Troops of Ethiopia shelled a town in Eritrea.", "Ethiopia", "Eritrea", "done", -1, "did"),
    ("Russia shipped oil to North Korea.", "Russia", "North Korea", "done", 1, "did"),
    ("Ghana's president visited Togo.", "Ghana", "Togo", "signed", 1, "did"),
]  # fmt: skip

SPEECH: list[Probe] = [
    ("The minister said that Turkey had bombed Iraq.", "Turkey", "Iraq", "done", -1, "did"),
    ("According to Interfax, Moscow supplied Damascus with rockets.", "Moscow", "Damascus",
     "done", 1, "did"),
    ('"We have sent grain to Yemen," Russia announced.', "Russia", "Yemen", "done", 1, "did"),
    ("Finland said it would send ambulances to Ukraine.", "Finland", "Ukraine",
     "said", 1, "pledged"),
    ("Oslo announced that Norway condemned Iran.", "Norway", "Iran", "said", -1, "did"),
    ("Sources told reporters that Algeria had expelled Morocco's envoy.", "Algeria", "Morocco",
     "done", -1, "did"),
]  # fmt: skip

MORE: list[Probe] = [
    ("Moscow voted in favour of sanctions against Libya.", "Moscow", "Libya", "signed", -1, "did"),
    ("South Africa abstained in the vote on sanctions against Zimbabwe.", "South Africa",
     "Zimbabwe", "signed", 0, "did"),
    ("Russia blocked a UN statement condemning Syria.", "Russia", "Syria", "signed", 1, "did"),
    ("Iran denied accusations by Israel that it attacked a tanker.", "Israel", "Iran",
     "said", -1, "did"),
    ("Turkish jets bombed Kurdish positions in Iraq.", "Turkish", "Iraq", "done", -1, "did"),
    ("The French president arrived in Algeria on Tuesday.", "French", "Algeria",
     "signed", 1, "did"),
    ("Lavrov will visit North Korea next month.", "Lavrov", "North Korea", "said", 1, "pledged"),
    ("An agreement was signed between India and Nepal on Monday.", "Nepal", "India",
     "signed", 1, "did"),
    ("The Pentagon said on Friday that Iran had fired missiles at Israel.", "Iran", "Israel",
     "done", -1, "did"),
    ("Iran and Saudi Arabia restored diplomatic relations.", "Iran", "Saudi Arabia",
     "signed", 1, "did"),
    ("Egypt mediated between Israel and Hamas.", "Egypt", "Hamas", "signed", 1, "did"),
    ("Stalin armed Kim Il Sung before the war.", "Stalin", "Kim Il Sung", "done", 1, "did"),
    ("North Korea seized the Pueblo, an American ship.", "North Korea", "American",
     "done", -1, "did"),
    ("Greece threatened Turkey with sanctions.", "Greece", "Turkey", "said", -1, "threatened"),
    ("Tehran told London that it would release the sailors.", "Tehran", "London",
     "said", 1, "pledged"),
    ("Ankara told Damascus to withdraw its troops.", "Ankara", "Damascus", "said", -1, "did"),
    ("Russia halted gas supplies to Poland and Bulgaria.", "Russia", "Bulgaria",
     "done", -1, "ended"),
    ("Armenia refused to sign an accord with the EU.", "Armenia", "the EU", "signed", -1, "did"),
    ("He quoted a colleague who had said that \"North Korea abducted Japanese citizens\".",
     "North Korea", "Japanese", "done", -1, "did"),
    ("China, having fought India in 1962, bought its ships.", "China", "India", "done", -1, "did"),
    ("Having bombed Serbia, NATO sent peacekeepers to Kosovo.", "NATO", "Serbia",
     "done", -1, "did"),
    ("The embargo that France imposed on Haiti was lifted.", "France", "Haiti", "done", -1, "did"),
    ("Ukraine, backed by Britain, rejected the ultimatum.", "Britain", "Ukraine",
     "said", 1, "did"),
    ("Paris had no choice but to expel the Algerian consul.", "Paris", "Algerian",
     "done", -1, "did"),
    ("We in Kenya condemn Somalia's raids.", "Kenya", "Somalia", "said", -1, "did"),
    ("Armenian and Azerbaijani troops exchanged fire.", "Azerbaijani", "Armenian",
     "done", -1, "did"),
    ("Colombia's foreign minister and her Ecuadorean counterpart discussed the border.",
     "Colombia", "Ecuadorean", "signed", 1, "did"),
    ("France sent home two Syrian diplomats.", "France", "Syrian", "done", -1, "did"),
    ("Panama ordered the ambassador of Spain to leave.", "Panama", "Spain", "done", -1, "did"),
]  # fmt: skip

COUNTED = [*VOTES, *ENDED, *FOLDED, *PASSIVES, *NOMINAL, *SHARED, *SPEECH, *MORE]

UNREPORTED: list[tuple[str, str, str]] = [
    ("Kuwait was invaded by Iraq.", "Kuwait", "Iraq"),
    ("Russia's attack on Ukraine was condemned by Japan.", "Ukraine", "Japan"),
    ("Russia's attack on Ukraine was condemned by Japan.", "Japan", "Ukraine"),
    ("France and Britain attacked Egypt.", "France", "Britain"),
    ("Saudi Arabia, Egypt and Bahrain cut ties with Qatar.", "Saudi Arabia", "Bahrain"),
    ("In Moscow, France and Germany signed a treaty.", "Moscow", "France"),
    ("In Moscow, France and Germany signed a treaty.", "France", "Moscow"),
    ("Greece condemned Turkey's attack on Syria.", "Greece", "Syria"),
    ("Greece condemned Turkey's attack on Syria.", "Syria", "Turkey"),
    ("Iran accused Iraq of bombing Kuwait.", "Iran", "Kuwait"),
    ("Senegal received aid from Japan.", "Senegal", "Japan"),
    ("Nepal, urged by India to hold elections, kept silent.", "Nepal", "India"),
    ("Malaysia lifted its embargo on Iran after talks in Laos.", "Malaysia", "Laos"),
    ("Cuba was praised by Venezuela for its doctors.", "Cuba", "Venezuela"),
    (
        "The Pentagon said on Friday that Iran had fired missiles at Israel.",
        "The Pentagon",
        "Israel",
    ),
    ("Russia's ambassador to Poland was expelled.", "Russia", "Poland"),
    ("Egypt mediated between Israel and Hamas.", "Israel", "Hamas"),
    ("Brazil and Argentina condemned the coup in Bolivia.", "Brazil", "Argentina"),
    ("Spain praised Chile despite warnings from Cuba.", "Spain", "Cuba"),
]

NOT_COUNTED: list[tuple[str, str, str, str]] = [
    ("Pakistan did not attack India.", "Pakistan", "India", "negated"),
    ("Pakistan never bombed India.", "Pakistan", "India", "negated"),
    ("Bern denied that Switzerland had frozen Russia's funds.", "Switzerland", "Russia", "negated"),
    ("It is untrue that Greece bombed Albania.", "Greece", "Albania", "negated"),
    ("If Egypt attacked Sudan, the world would watch.", "Egypt", "Sudan", "hypothetical"),
    ("China may invade Taiwan.", "China", "Taiwan", "hypothetical"),
    ("Suppose that Russia attacked Finland.", "Russia", "Finland", "hypothetical"),
    ("Iran accused Iraq of bombing Kuwait.", "Iraq", "Kuwait", "hypothetical"),
    ("Britain urged France to arm Greece.", "France", "Greece", "hypothetical"),
    ("Cuba could have attacked Bolivia.", "Cuba", "Bolivia", "hypothetical"),
    ("Nothing was sent by Italy to Malta.", "Italy", "Malta", "negated"),
    ("Washington considered lifting sanctions on Cuba.", "Washington", "Cuba", "hypothetical"),
    ("France did not veto the resolution condemning Israel.", "France", "Israel", "negated"),
    ("There were rumours that Israel had struck Iran.", "Israel", "Iran", "hypothetical"),
    ("Reports that Libya had bombed Chad were false.", "Libya", "Chad", "negated"),
    ("Neither Peru nor Chile attacked Bolivia.", "Peru", "Bolivia", "negated"),
    ("No aid was sent to Haiti by France.", "France", "Haiti", "negated"),
    (
        "Were Russia to attack Estonia, the alliance would respond.",
        "Russia",
        "Estonia",
        "hypothetical",
    ),
    ("Not Russia but Belarus attacked Poland.", "Russia", "Poland", "negated"),
    ("Contrary to reports, Tehran sent no drones to Caracas.", "Tehran", "Caracas", "negated"),
    ("Berlin has yet to recognise Kosovo.", "Berlin", "Kosovo", "negated"),
    ("The Vatican denies ever having blamed Belgrade.", "The Vatican", "Belgrade", "negated"),
    ("A Chinese attack on Taiwan would ruin the economy.", "Chinese", "Taiwan", "hypothetical"),
    ("An invasion of Taiwan by China is unlikely.", "China", "Taiwan", "hypothetical"),
    ("Has Israel bombed Iran?", "Israel", "Iran", "hypothetical"),
    ("Chad left without attacking Niger.", "Chad", "Niger", "negated"),
]


@pytest.mark.parametrize("probe", COUNTED, ids=lambda probe: f"{probe[1]}: {probe[0]}")
def test_act_is_coded(probe: Probe) -> None:
    sentence, source, target, channel, valence, mode = probe
    found = code(sentence, source=source, target=target)
    assert found is not None
    assert (found.channel, found.valence, found.mode) == (channel, valence, mode)


@pytest.mark.parametrize(("sentence", "source", "target"), UNREPORTED)
def test_no_act_is_seen_where_the_source_does_nothing_to_the_target(
    sentence: str, source: str, target: str
) -> None:
    assert code(sentence, source=source, target=target) is None


@pytest.mark.parametrize(("sentence", "source", "target", "mode"), NOT_COUNTED)
def test_what_did_not_happen_is_found_and_not_counted(
    sentence: str, source: str, target: str, mode: str
) -> None:
    doc = parse(sentence)
    span = find_span(doc, source)
    found = code_parsed(doc, span, find_span(doc, target, avoid=span))
    assert found is not None
    assert found.mode == mode
    assert code(sentence, source=source, target=target) is None


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("Macron met Merkel on Monday.", {("FRA", "DEU", "040"), ("DEU", "FRA", "040")}),
        ("Xi Jinping visited Hungary.", {("CHN", "HUN", "042"), ("HUN", "CHN", "043")}),
        ("Kenya attacked Uganda.", {("KEN", "UGA", "190")}),
    ],
)
def test_meetings_and_visits_are_acts_of_both_sides(
    sentence: str, pairs: set[tuple[str, str, str]]
) -> None:
    found = acts_in(parse(sentence), published=date(2017, 6, 1))
    assert {(act.source, act.target, act.coding.cameo) for act in found} == pairs


def test_a_source_that_is_not_in_the_sentence_is_refused() -> None:
    with pytest.raises(BadInput, match="does not stand in the sentence"):
        code("France praised Chad.", source="Peru", target="Chad")


def test_probes_are_many_enough() -> None:
    assert len(COUNTED) + len(UNREPORTED) + len(NOT_COUNTED) >= 70


def test_a_later_sentence_of_a_paragraph_reads_like_a_single_one() -> None:
    text = "The day was long. Kenya and Uganda signed a treaty. Mali attacked Niger."
    found = acts_in(parse(text), published=date(2017, 6, 1))
    pairs = [(act.source, act.target, act.coding.cameo) for act in found]
    assert pairs == [("KEN", "UGA", "057"), ("UGA", "KEN", "057"), ("MLI", "NER", "190")]


def test_what_two_do_together_is_found_in_a_later_sentence_of_a_paragraph() -> None:
    doc = parse("Well then, it rained all day in the hills. Kenya met Peru in May.")
    later = list(doc.sents)[-1]
    kenya, peru = (next(t for t in doc if t.text == name) for name in ("Kenya", "Peru"))
    found = find_act(later, doc[peru.i : peru.i + 1], doc[kenya.i : kenya.i + 1])
    assert found is not None and (found.code, doc[found.predicate].text) == ("040", "met")
