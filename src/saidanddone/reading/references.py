"""Where short forms stand in a sentence: pronouns, 'the regime', 'the North', 'both sides'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from saidanddone.reading.antecedents import HALVES, Memory, of_a_thing, short_forms
from saidanddone.reading.gazetteer import find_names
from saidanddone.reading.latter import PLACES, one_of_two, stands_alone
from saidanddone.reading.mention import Mention
from saidanddone.reading.phrases import ACTORS, modifies, reach

Doc = Any

_OBJECT = ("dobj", "pobj", "dative")
_PERSON: dict[str, tuple[str, ...]] = {
    "he": ("nsubj",), "she": ("nsubj",), "his": ("poss",), "her": ("poss", *_OBJECT),
    "him": _OBJECT,
}  # fmt: skip
_THING: dict[str, tuple[str, ...]] = {"it": ("nsubj",), "its": ("poss",)}
_GROUP: dict[str, tuple[str, ...]] = {"they": ("nsubj",), "their": ("poss",), "them": _OBJECT}
CAPITALISED = {"union": "EU", "commission": "EU", "council": "UNSC", "alliance": "NATO"}
"""Whom a capital letter means where the text has named nobody: 'the Commission'."""

PRONOUNS = {**_PERSON, **_THING, **_GROUP}
"""Pronouns that are read, and the place in the sentence in which they are."""

_PAIRED = frozenset(
    ["nations", "countries", "sides", "governments", "states", "neighbors", "neighbours", "powers"]
)
_THINGS_DO = frozenset({
    "be", "seem", "appear", "happen", "land", "fly", "fall", "explode", "contain", "last",
    "cost", "consist", "mean", "weigh", "measure", "crash", "rain", "snow", "matter", "sink",
})  # fmt: skip
"""Verbs whose 'it' is empty, or a missile rather than a state."""


_STRANGER = "?"
"""The name under which a person who is nobody's office-holder is kept in the memory."""


def references(sentence: Any, named: list[Mention], memory: Memory) -> list[Mention]:
    """Find the short forms of a sentence, with its names, in order; fills the memory."""
    doc = sentence.doc
    memory.survey(named)
    covered = [(m.start, m.end) for m in named]
    queue = iter([*_with_strangers(sentence, named), None])
    upcoming = next(queue)
    found: list[Mention] = []
    for first, end, form in _forms(sentence):
        start = doc[first].idx
        while upcoming is not None and upcoming.start <= start:
            memory.note(upcoming)
            found.append(upcoming)
            upcoming = next(queue)
        if any(s <= start < e for s, e in covered):
            continue
        stop = doc[end - 1].idx + len(doc[end - 1])
        span = doc[first:end]
        base = Mention(start, stop, span.text, span.root.i, "short", None)
        short = _resolve(base, form, doc, named, memory)
        if short is None:
            continue
        if upcoming is not None and _heads(short, upcoming, sentence):
            upcoming = replace(
                upcoming, start=short.start, name=short.name,
                text=_slice(sentence, short.start, upcoming.end),
            )  # fmt: skip
            continue
        found.append(short)
        covered.append((short.start, short.end))
        if form not in PRONOUNS or " " in short.text:
            memory.note(short)
    while upcoming is not None:
        memory.note(upcoming)
        found.append(upcoming)
        upcoming = next(queue)
    return [mention for mention in found if mention.name != _STRANGER]


def _with_strangers(sentence: Any, named: list[Mention]) -> list[Mention]:
    """Add persons that only spaCy knows: they are nobody here, but 'he' may be one of them."""
    strangers = [
        Mention(
            ent.start_char, ent.end_char, ent.text, ent.root.i, "person", None, _STRANGER,
            human=True,
        )
        for ent in sentence.ents
        if ent.label_ == "PERSON"
        and not any(m.start < ent.end_char and ent.start_char < m.end for m in named)
    ]  # fmt: skip
    if not strangers:
        return named
    return sorted([*named, *strangers], key=lambda mention: mention.start)


def _slice(sentence: Any, start: int, end: int) -> str:
    """A part of a sentence by the offsets of its Doc, whose whole text is dear to make."""
    text: str = sentence.text
    return text[start - sentence.start_char : end - sentence.start_char]


def _heads(short: Mention, person: Mention, sentence: Any) -> bool:
    """Whether a person follows the state he leads: 'the North's leader Kim Jong Il'."""
    if person.kind != "person" or person.name:
        return False
    owned = _slice(sentence, short.end, person.start) in ("'s ", "\u2019s ")
    return owned or person.start < short.end


def _forms(sentence: Any) -> Iterator[tuple[int, int, str]]:
    """Yield short forms as (first token, end, form)."""
    doc = sentence.doc
    for token in sentence:
        low = token.lower_
        i = token.i
        if low in PRONOUNS:
            if token.dep_.startswith(PRONOUNS[low]):
                yield i, i + 1, low
        elif low in ("both", "two"):
            if i + 1 < sentence.end and doc[i + 1].lower_ in _PAIRED and doc[i - 1].lower_ != "the":
                yield i, i + 2, "pair"
        elif low in ("the", "this", "that") and i + 1 < sentence.end:
            yield from _definite(doc, i, sentence.end)


def _definite(doc: Doc, i: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Read what follows 'the'."""
    after = doc[i + 1]
    beyond = doc[i + 2] if i + 2 < end else after
    if after.text in ("North", "South"):
        if not (_goes_on(doc, i + 2, end) or _is_name(doc, i + 2)):
            yield i, i + 2, after.text
    elif after.lower_ in ("two", "both") and beyond.lower_ in _PAIRED:
        yield i, i + 3, "pair"
    elif stands_alone(after):
        yield i, i + 2, after.lower_
    elif beyond.text[:-1] in HALVES and after.lower_ == "two":
        yield i, i + 3, beyond.text[:-1]
    elif after.text[:-1] in HALVES and after.text.endswith("s"):
        yield i, i + 2, after.text[:-1]
    else:
        yield from _phrase(doc, i, end, short_forms())


def _phrase(doc: Doc, i: int, end: int, forms: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    n = i + 1
    while n < end and n < i + 4:
        for length in (2, 1):
            phrase = " ".join(doc[k].lower_ for k in range(n, min(n + length, end)))
            if phrase in forms:
                if not _goes_on(doc, n + length, end):
                    yield i, n + length, phrase
                return
        if doc[n].pos_ != "ADJ":
            return
        n += 1


def _is_name(doc: Doc, n: int) -> bool:
    return n < len(doc) and doc[n].text[0].isupper() and doc[n].pos_ != "VERB"


def _goes_on(doc: Doc, n: int, end: int) -> bool:
    """Whether the phrase has more to say of whom it means: 'the president of the bank'."""
    if n >= end:
        return False
    token = doc[n]
    if token.lower_ == "of":
        return True
    return token.pos_ in ("NOUN", "PROPN") and token.tag_ != "POS" and doc[n - 1].head.i >= n


def _resolve(
    base: Mention, form: str, doc: Doc, named: list[Mention], memory: Memory
) -> Mention | None:
    if form == "pair":
        return _both(base, memory.pair())
    if form in HALVES:
        found = [find_names(f"{side} {form}")[1] for side in ("North", "South")]
        pair = [replace(base, bearer=f[0].entry.bearer, name=f[0].entry.name) for f in found if f]
        return _both(base, tuple(pair))
    if form in ("North", "South"):
        return _owned(_half(base, form, doc, memory), doc, named)
    base = replace(base, possessive=_owns(doc, base))
    if form in PLACES:
        return one_of_two(base, form, doc, memory.current)
    if form in PRONOUNS:
        pronoun = _pronoun(base, form, doc, named, memory)
        if doc[base.head].dep_ in _OBJECT and pronoun and not (pronoun.bearer or pronoun.members):
            return None
        return _owned(pronoun, doc, named) if pronoun and not pronoun.members else pronoun
    what = short_forms()[form]
    if what.refers == "organization":
        id_ = memory.organization(what.to)
        if id_ is None and doc[base.head].text[0].isupper():
            id_ = CAPITALISED.get(doc[base.head].lower_)
        return replace(base, bearer=id_, name=id_) if id_ else None
    if what.refers == "person":
        return _as(replace(base, human=True), memory.person(form, what.to))
    return _as(base, memory.state(what.to))


def _owns(doc: Doc, base: Mention) -> bool:
    return bool(doc[base.head].dep_ == "poss")


def _half(base: Mention, side: str, doc: Doc, memory: Memory) -> Mention:
    name = memory.half(side)
    base = replace(base, possessive=_owns(doc, base))
    found = find_names(name)[1] if name else []
    if found:
        base = replace(base, bearer=found[0].entry.bearer, name=name or "")
    return base


def _owned(base: Mention, doc: Doc, named: list[Mention]) -> Mention:
    """Join a possessive to the people it owns, unless they are named: 'his country'."""
    at = base.head + 1
    if not base.possessive or at >= len(doc):
        return base
    start = base.head - (" " in base.text)
    if doc[at].tag_ != "POS":
        at -= 1
    first = doc[at + 1].lower_ if at + 1 < len(doc) else ""
    if first in ("country", "nation"):
        end = doc[at + 1].idx + len(first)
        head = at + 1
        text = doc[start : at + 2].text
        own = modifies(doc, head, head + 1)
        return replace(base, end=end, text=text, head=head, possessive=own, human=False)
    found = reach(doc, at + 1)
    if found is None or found.noun.sort not in ACTORS:
        return base
    stop = doc[found.end - 1].idx + len(doc[found.end - 1])
    if any(base.start < m.start < stop for m in named):
        return base
    return replace(
        base, end=stop, text=doc[start : found.end].text, head=doc[at + 1 : found.end].root.i,
        kind=base.kind if base.text.lower() in PRONOUNS else "national",
        possessive=modifies(doc, doc[at + 1 : found.end].root.i, found.end),
        government=found.noun.government,
        human=found.noun.sort in ("office", "people"),
        plural=not found.named and doc[found.at].tag_ in ("NNS", "NNPS"),
    )  # fmt: skip


def _pronoun(
    base: Mention, form: str, doc: Doc, named: list[Mention], memory: Memory
) -> Mention | None:
    token = doc[base.head]
    if token.dep_ == "poss" and (ahead := _ahead(token, named)):
        fits = ahead.human if form in _PERSON else not ahead.human
        return _as(base, ahead) if fits else base
    if form in _PERSON:
        return _as(replace(base, human=True), memory.person())
    if form in _GROUP:
        return _as(replace(base, plural=True), memory.group())
    if form == "it" and (token.head.lemma_ in _THINGS_DO or of_a_thing(token, named)):
        return None
    return _as(base, memory.thing())


def _ahead(token: Any, named: list[Mention]) -> Mention | None:
    """The subject after a fronted phrase: 'Despite its protests, Moscow signed.'"""
    subject = next((t for t in token.sent.root.children if t.dep_.startswith("nsubj")), None)
    if subject is None or token.i > subject.i or subject.is_ancestor(token):
        return None
    return next((m for m in named if m.head == subject.i), None)


def _both(base: Mention, pair: tuple[Mention, ...]) -> Mention:
    """A plural short form; its members stand where it stands."""
    members = tuple(
        replace(base, bearer=one.bearer, name=one.name, government=one.government) for one in pair
    )
    return replace(base, members=members, plural=True)


def _as(base: Mention, antecedent: Mention | None) -> Mention:
    if antecedent is None:
        return base
    if antecedent.members:
        return _both(base, antecedent.members)
    return replace(
        base, bearer=antecedent.bearer, name=antecedent.name, government=antecedent.government
    )
