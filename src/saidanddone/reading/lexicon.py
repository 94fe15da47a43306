"""The lexicon: small tables that a political scientist can read and correct, as lookups."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ANY = "*"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by lemma.

    verbs and events give CAMEO codes; things are objects that give a light verb its sense but do
    not act. operators name what a verb does to the act that follows it, nominal_operators and
    adjectives the same for nouns and adjectives; bare is an operator's code where nothing follows.
    phrases give the code of a verb with an object, which goes before either alone, subjects that of
    a verb with its subject: 'shells fell'. cues are closed lists of words by the name of what they
    show. known holds every verb of the tables, forms the regular forms of those that end in e,
    which the parser shortens too far.
    """

    verbs: dict[str, str]
    events: dict[str, str]
    things: dict[str, str]
    operators: dict[str, frozenset[str]]
    nominal_operators: dict[str, str]
    adjectives: dict[str, str]
    bare: dict[str, str]
    phrases: dict[tuple[str, str], str]
    subjects: dict[tuple[str, str], str]
    cues: dict[str, frozenset[str]]
    known: frozenset[str]
    known_pairs: frozenset[str]
    forms: dict[str, str]

    def noun(self, lemma: str) -> str | None:
        """The code of a noun, event or thing."""
        return self.events.get(lemma) or self.things.get(lemma)


@cache
def lexicon() -> Lexicon:
    """Read the lexicon once; the first line that holds a word wins."""
    nouns: dict[str, dict[str, str]] = {"event": {}, "thing": {}}
    for row in _rows("nouns.csv"):
        for noun in row["nouns"].split():
            nouns[row["kind"]].setdefault(noun, row["code"])
    operators: dict[str, set[str]] = {}
    for verb, operator in _words("operators.csv", "verbs", "operator"):
        operators.setdefault(verb, set()).add(operator)
    phrases: dict[tuple[str, str], str] = {}
    for row in _rows("phrases.csv"):
        for verb in row["verbs"].split():
            for thing in row["objects"].split():
                phrases.setdefault((verb, thing), row["code"])
    subjects: dict[tuple[str, str], str] = {}
    for row in _rows("subjects.csv"):
        for verb in row["verbs"].split():
            for subject in row["subjects"].split():
                subjects.setdefault((verb, subject), row["code"])
    verbs = _first("verbs.csv", "verbs", "code")
    known = frozenset(
        [
            *(verb for verb in verbs if "_" not in verb),
            *operators,
            *(verb for verb, _ in (*phrases, *subjects)),
        ]
    )
    return Lexicon(
        verbs=verbs,
        known=known,
        known_pairs=frozenset(v for v in (*verbs, *operators) if "_" in v),
        forms=_forms(known),
        events=nouns["event"],
        things=nouns["thing"],
        operators={verb: frozenset(names) for verb, names in operators.items()},
        nominal_operators=_first("nominal_operators.csv", "nouns", "operator"),
        adjectives=_first("adjectives.csv", "adjectives", "operator"),
        bare={row["operator"]: row["code"] for row in _rows("bare.csv")},
        phrases=phrases,
        subjects=subjects,
        cues={row["cue"]: frozenset(row["words"].split()) for row in _rows("cues.csv")},
    )


IRREGULAR = {
    "forgave": "forgive", "retook": "retake", "besought": "beseech", "leapt": "leap",
    "partook": "partake", "resold": "resell", "strove": "strive", "forsook": "forsake",
    "unfroze": "unfreeze",
}  # fmt: skip
"""Past tenses that the parser takes for verbs of their own."""


def _forms(verbs: frozenset[str]) -> dict[str, str]:
    forms: dict[str, str] = dict(IRREGULAR)
    for verb in verbs:
        if not verb.endswith("e"):
            forms.setdefault(f"{verb}ed", verb)
        else:
            for form in (f"{verb}d", f"{verb[:-1]}ing", f"{verb}s"):
                if form not in verbs:
                    forms.setdefault(form, verb)
    return forms


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("saidanddone.reading").joinpath("lexicon", name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _words(name: str, words: str, value: str) -> Iterator[tuple[str, str]]:
    for row in _rows(name):
        for word in row[words].split():
            yield word, row[value]


def _first(name: str, words: str, value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, code in _words(name, words, value):
        found.setdefault(word, code)
    return found
