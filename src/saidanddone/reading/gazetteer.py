"""Which runs of words in a text are names of states, organisations and office-holders."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from saidanddone.actors.names import choose, index, key
from saidanddone.actors.tables import entries, rows, split
from saidanddone.reading.careers import statesmen
from saidanddone.reading.families import families
from saidanddone.reading.words import WORD, fold

__all__ = [
    "TITLES",
    "WORD",
    "Entry",
    "Match",
    "Node",
    "Stops",
    "families",
    "find_names",
    "fold",
    "idle_nouns",
    "stops",
    "table",
    "trie",
]

TITLES: dict[str, frozenset[str]] = {
    "president": frozenset({"head of state", "president"}),
    "premier": frozenset({"head of government"}),
    "prime minister": frozenset({"head of government"}),
    "chancellor": frozenset({"head of government"}),
    "minister": frozenset({"foreign minister", "defence minister"}),
    "secretary": frozenset({"foreign minister", "defence minister", "party leader"}),
    "secretary-general": frozenset({"secretary-general"}),
    "chairman": frozenset({"head of state", "party leader", "supreme leader"}),
    "leader": frozenset({"head of state", "party leader", "supreme leader", "head of government"}),
}
"""Offices that a title before a surname may mean; United States secretaries are ministers."""

_GAPS = frozenset({"", " ", "-", "\u2010", "\u2011", "\u2013", "'", "\u2019", "\n", "\u00a0"})
_LOUD = frozenset({"US", "WHO", "ROC", "IMF", "EU", "UN", "AU", "UK"})


class Entry(NamedTuple):
    """A name: its words as written, what it is, and whom it means.

    kind is name, capital, metonym, adjective, people, organization, person, or none for a title
    that only looks like a name. bearer is a state's or organisation's id, a person's name, or
    None where several bear it; name is what actors/ resolves on a day.
    """

    words: tuple[str, ...]
    kind: str
    bearer: str | None
    name: str
    comma: bool


class Match(NamedTuple):
    """An entry found in a text: word numbers [first, last] and character offsets."""

    first: int
    last: int
    start: int
    end: int
    entry: Entry


class Node:
    """A step of the trie: the words that may follow, and the names that end here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ends: list[Entry] = []


class Stops(NamedTuple):
    """Words around a name that make it part of another name."""

    after: frozenset[str]
    after_capital: frozenset[str]
    after_hyphen: frozenset[str]
    before: frozenset[tuple[str, ...]]
    before_hyphen: frozenset[str]
    forenames: frozenset[str]


def table(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of this folder."""
    text = files("saidanddone.reading").joinpath(file).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _latin(text: str) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in text)


@cache
def _listed(position: str) -> tuple[str, ...]:
    return tuple(row["phrase"] for row in table("not_actors.csv") if row["position"] == position)


@cache
def idle_nouns() -> frozenset[str]:
    """Nouns after a country's adjective that are no part of it: 'Turkish coffee'."""
    return frozenset(_listed("idle noun"))


@cache
def stops() -> Stops:
    """The words of not_actors.csv that cancel the name beside them."""

    def folded(position: str) -> frozenset[str]:
        return frozenset(fold(phrase) for phrase in _listed(position))

    return Stops(
        after=folded("after"),
        after_capital=folded("after capital"),
        after_hyphen=folded("after hyphen"),
        before=frozenset(tuple(map(fold, phrase.split())) for phrase in _listed("before")),
        before_hyphen=folded("before hyphen"),
        forenames=folded("forename"),
    )


def _entry(text: str, kind: str, bearer: str | None, name: str) -> Entry:
    words = tuple(word.replace(".", "") for word in WORD.findall(text.removeprefix("the ")))
    return Entry(words, kind, bearer, name, "," in text)


def _sole(name: str) -> str | None:
    ids = choose(index().get(key(name), ()), None)
    return ids[0] if len(ids) == 1 else None


def _states() -> Iterator[Entry]:
    dropped = set(_listed("dropped"))
    for row in rows("names.csv"):
        text = row["name"]
        turned = "," in text and not text.endswith("D.C.")
        if row["language"] != "en" or text in dropped or "(" in text or turned or "'s" in text[-2:]:
            continue
        kind = row["kind"] if row["kind"] in ("capital", "metonym", "adjective") else "name"
        if text in ("Soviets", "the Soviets"):
            kind = "people"
        yield _entry(text, kind, _sole(text), text)
        # English makes nouns of these adjectives with an s; those in -ese, -ish, -ch have none.
        if kind == "adjective" and not text.endswith(("ese", "ish", "ch", "s", "man")):
            yield _entry(text + "s", "people", _sole(text), text)
        if kind == "adjective" and text.endswith("man"):
            yield _entry(text[:-3] + "men", "people", _sole(text), text)
    for text in _listed("ambiguous"):
        yield _entry(text, "people" if text.endswith("s") else "adjective", None, text)


def _organizations() -> Iterator[Entry]:
    never = set(_listed("no acronym")) | set(_listed("dropped"))
    for row in rows("organizations.csv"):
        ids = () if row["id"] in never else (row["id"],)
        for text in (row["name"], *split(row["names"]), *ids):
            if _latin(text) and text not in never:
                yield _entry(text, "organization", row["id"], row["id"])


def _bynames() -> Iterator[Entry]:
    """Institutions, cities and regions that the press names for their state."""
    for row in table("bynames.csv"):
        entry = entries()[row["actor"]].actor
        own = entry.id if entry.kind == "organization" else entry.name
        yield _entry(row["name"], row["kind"], row["actor"], own)


def _persons() -> Iterator[Entry]:
    named: dict[str, set[str]] = {}
    for row in rows("offices.csv"):
        if row["state"] in entries():
            for text in (row["person"], *split(row["aliases"])):
                named.setdefault(text, set()).add(row["person"])
    for spellings, office in statesmen():
        for text in spellings:
            named.setdefault(text, set()).add(office.person)
    for text, persons in named.items():
        bearer = next(iter(persons)) if len(persons) == 1 else text
        yield _entry(text, "person", bearer, "")
        # Scanned pages turn the l of Il into a capital I.
        if " Il" in text or "-il" in text:
            for lookalike in (text.replace(" Il", " II"), text.replace("-il", "-II")):
                yield _entry(lookalike, "person", bearer, "")


@cache
def trie() -> Node:
    """All names as a trie over folded words; the first entry of equal words counts."""
    root = Node()
    for phrase in _listed("whole"):
        _insert(root, _entry(phrase, "none", None, ""))
    for source in (_states(), _organizations(), _persons(), _bynames()):
        for entry in source:
            _insert(root, entry)
    return root


def _insert(root: Node, entry: Entry) -> None:
    node = root
    for word in entry.words:
        node = node.next.setdefault(fold(word), Node())
    if entry not in node.ends:
        node.ends.append(entry)


def _written(entry: Entry, words: list[str], after_hyphen: list[bool]) -> bool:
    """Whether the case of the words allows this name: 'turkey' and 'us' are not states."""
    for own, seen, hyphen in zip(entry.words, words, after_hyphen, strict=True):
        if own.isupper() and len(own) > 1:
            if seen.replace(".", "") != own:
                return False
        elif own[0].isupper() and not (seen[0].isupper() or hyphen):
            return False
    return True


def find_names(text: str) -> tuple[list[re.Match[str]], list[Match]]:
    """Find every name in a text, the longest first at each word; returns its words as well."""
    words = list(WORD.finditer(text))
    first_words = trie().next
    found: list[Match] = []
    at, count = 0, len(words)
    while at < count:
        word = words[at].group()
        match = None
        if word[0].isupper():
            node = first_words.get(fold(word))
            match = _longest(text, words, at, node) if node else None
        if match is None:
            at += 1
            continue
        found.append(match)
        at = match.last + 1
    return words, found


def _longest(text: str, words: list[re.Match[str]], at: int, node: Node) -> Match | None:
    seen, hyphens, commas = [words[at].group()], [False], False
    best: Match | None = None
    last = at
    while True:
        for entry in node.ends:
            if entry.comma <= commas and commas <= entry.comma and _written(entry, seen, hyphens):
                best = Match(at, last, words[at].start(), words[last].end(), entry)
                break
        last += 1
        if last >= len(words):
            break
        following = node.next.get(fold(words[last].group()))
        if following is None:
            break
        gap = text[words[last - 1].end() : words[last].start()]
        if gap in (". ", ".") and len(seen[-1]) > 3:
            break
        if gap == ", ":
            commas = True
        elif gap not in _GAPS and gap not in (". ", "."):
            break
        seen.append(words[last].group())
        hyphens.append(gap == "-")
        node = following
    if best and best.entry.words[0] in _LOUD and best.first == best.last and _shouted(words, at):
        return None
    return best


def _shouted(words: list[re.Match[str]], at: int) -> bool:
    """Whether the words on both sides are in capitals too, so that US may be a pronoun."""
    beside = [words[n].group() for n in (at - 1, at + 1) if 0 <= n < len(words)]
    return len(beside) == 2 and all(len(word) > 2 and word.isupper() for word in beside)
