"""Speech: who speaks, before whom, and on whose word an act is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from saidanddone.reading.clause import COMPLEMENTS, SUBJECTS, Token
from saidanddone.reading.lexicon import lexicon

_ATTRIBUTED = re.compile(
    r"\b(?:according to|as reported by|reported by|citing|quoting|in the words of)\s+([^,;.]+)",
    re.IGNORECASE,
)
_VENUES = re.compile(
    r"\b(?:at|before|in|to) (?:the |a |an )?("
    r"united nations|u\.?n\.?(?: general assembly| security council)?|general assembly|"
    r"security council|parliament|congress|news conference|press conference|summit|reporters|"
    r"journalists|interview[^,;.]*|rally|speech to [^,;.]+)\b",
    re.IGNORECASE,
)


SPOKEN = ("010", "02", "03", "051", "055", "10", "11", "12", "13")
"""Roots of verbs whose subject speaks."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Spans of the sentence, in its own words; None where it does not say."""

    speaker: str | None
    audience: str | None
    attribution: str | None


def speech_of(sentence: Any, predicate: Token, source: Any) -> Speech:
    """Who says what the predicate reports, before whom, and who reports it.

    sentence, source: spaCy spans. A speaker other than the source is the report's attribution.
    """
    verb = _saying(predicate)
    subject = _subject(verb) if verb is not None else None
    attributed = _ATTRIBUTED.search(sentence.text)
    attribution = attributed[1].strip() if attributed else None
    speaker = None
    if subject is not None:
        words = _phrase(subject)
        if source.start <= subject.i < source.end or subject.lower_ in ("it", "he", "she", "they"):
            speaker = source.text
        else:
            speaker = words
            attribution = attribution or words
    elif _spoken(predicate):
        speaker = source.text
    return Speech(speaker, _audience(sentence, verb), attribution)


def telling(
    predicate: Token, more: frozenset[str] = frozenset()
) -> tuple[Token | None, Token | None]:
    """The subject of the verb of speech, or of one of more, that holds a predicate; and it."""
    verb = _saying(predicate, more)
    return (_subject(verb), verb) if verb is not None else (None, None)


def _spoken(predicate: Token) -> bool:
    """Whether a verb is itself done in words: 'praised', 'accused', 'promised'."""
    code = lexicon().verbs.get(predicate.lemma_.lower(), "")
    return predicate.pos_ == "VERB" and code.startswith(SPOKEN)


def _saying(predicate: Token, more: frozenset[str] = frozenset()) -> Token | None:
    """The verb of speech that holds the predicate, or that the predicate is."""
    for token in (predicate, *predicate.ancestors):
        lemma = token.lemma_.lower()
        speaks = lemma in more or "say" in lexicon().operators.get(lemma, ())
        if token.pos_ == "VERB" and speaks:
            return token
        if token.dep_ not in (*COMPLEMENTS, "conj", "advcl", "pcomp", "prep", "pobj", "dobj"):
            break
    # 'We will attack,' X said: the quotation stands before its verb.
    for token in predicate.sent:
        operators = lexicon().operators.get(token.lemma_.lower(), ())
        if token.pos_ == "VERB" and "say" in operators and predicate in token.subtree:
            return token
    return None


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def _phrase(token: Token) -> str:
    words = sorted(token.subtree, key=lambda t: t.i)
    kept = [t for t in words if t.dep_ != "relcl" and token not in t.children]
    return str(token.doc[kept[0].i : kept[-1].i + 1].text) if kept else str(token.text)


def _audience(sentence: Any, verb: Token | None) -> str | None:
    if verb is not None:
        for child in verb.children:
            if child.dep_ == "dobj" and verb.lemma_.lower() in ("tell", "inform", "assure"):
                return _phrase(child)
            if child.dep_ == "dative":
                return _phrase(child)
    venue = _VENUES.search(sentence.text)
    return venue[1].strip() if venue else None
