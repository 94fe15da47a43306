"""A parsed sentence with the two actors marked: what every rule of the coder looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from saidanddone.reading.lexicon import Lexicon, lexicon

Token = Any
"""A spaCy token; spaCy is an extra and is not imported for its types."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
COMPLEMENTS = frozenset({"xcomp", "ccomp"})
VERBAL = frozenset({"VERB", "AUX"})
PARTICLES = frozenset(
    {"back", "away", "aside", "home", "off", "out", "down", "apart", "alongside", "aboard", "open"}
)
"""Adverbs that turn the sense of a verb as its particle does: 'pulled its envoy home'."""

SHIPS = frozenset({"uss", "hms", "ss", "mv", "mt", "usns", "hmas", "rfa", "tanker", "trawler"})
"""Words before the name of a ship."""

NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass
class Clause:
    """One sentence and one pair; source and target are spaCy spans, target may be None.

    path holds the tokens from the target's head up to the root of the sentence. among are the
    tokens of the sentence that can be predicates, where they are known already.
    """

    doc: Any
    source: Any
    target: Any | None
    words: Lexicon = field(default_factory=lexicon)
    among: Sequence[Token] | None = None

    def __post_init__(self) -> None:
        self.in_source = set(range(self.source.start, self.source.end))
        self.in_target: set[int] = set()
        self.path: list[Token] = []
        self.target_head: Token | None = None
        if self.target is not None:
            self.in_target = set(range(self.target.start, self.target.end))
            self.target_head = self.target.root
            self.path = [self.target_head, *self.target_head.ancestors]
        self.on_path = {token.i for token in self.path}

    def cue(self, name: str, word: str) -> bool:
        """Whether a word is one of a closed list of the lexicon."""
        return word in self.words.cues[name]

    def is_event(self, token: Token) -> bool:
        """Whether a token is a noun that reports an act."""
        word = self.noun_word(token)
        return nominal(token) and (
            word in self.words.events or word in self.words.nominal_operators
        )

    def noun_word(self, token: Token) -> str:
        """A noun as the lexicon has it: 'fighting' stays, 'attacks' becomes 'attack'."""
        if any(c.dep_ == "compound" and c.lower_ in SHIPS for c in token.children):
            return "ship"
        word = str(token.lower_)
        return word if self.words.noun(word) else lemma_of(token)

    def operators(self, verb: Token) -> frozenset[str]:
        """What a verb, with its particle if it has one, does to the act that follows."""
        lemma = lemma_of(verb)
        for particle in particles(verb):
            if joined := self.words.operators.get(f"{lemma}_{particle}"):
                return joined
        return self.words.operators.get(lemma, frozenset())

    def holds_target(self, token: Token) -> bool:
        """Whether the target stands in what a token governs."""
        return any(below.i in self.in_target for below in token.subtree)

    def together(self) -> bool:
        """Whether source and target are coordinated: 'A and B signed'."""
        return self.target_head is not None and self.target_head in self.source.root.conjuncts


def nominal(token: Token) -> bool:
    """Whether a token is a noun, be it one that the tagger takes for a verb: 'Fighting resumed'."""
    if token.pos_ in NOMINAL:
        return True
    if token.pos_ != "VERB" or token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return not any(child.dep_ in (*SUBJECTS, "dobj", "aux", "auxpass") for child in token.children)


def particles(verb: Token) -> list[str]:
    """Particles of a verb, be they adverbs to the parser: 'off' in 'called off', 'called home'."""
    return [
        child.lower_
        for child in verb.children
        if child.dep_ == "prt" or (child.i > verb.i and _trails(child))
    ]


def _trails(child: Token) -> bool:
    if child.lower_ not in PARTICLES:
        return False
    bare = child.dep_ == "prep" and not any(c.dep_ in ("pobj", "pcomp") for c in child.children)
    # 'brought its brigade home': the parser takes the adverb for the object.
    object_ = child.dep_ == "dobj" and child.lower_ == "home"
    return child.dep_ == "advmod" or bare or object_


def lemma_of(token: Token) -> str:
    """The lemma of a token in lower case; for verbs the parser gets wrong, that of the lexicon.

    'waged' is no 'wag': the form of a verb that the lexicon knows goes before the parser's guess.
    """
    lemma = str(token.lemma_.lower())
    words = lexicon()
    if token.pos_ == "ADJ" and any(child.dep_ == "nsubj" for child in token.children):
        # 'X armed and trained T': the first verb is an adjective to the parser.
        return words.forms.get(token.lower_, lemma)
    if token.pos_ != "VERB":
        return lemma
    if lemma in words.known:
        return lemma
    return words.forms.get(token.lower_, lemma)


def distance(a: Token, b: Token) -> int:
    """Steps from one token to another through the tree."""
    up_b = [b.i, *[token.i for token in b.ancestors]]
    for steps, i in enumerate([a.i, *[token.i for token in a.ancestors]]):
        if i in up_b:
            return steps + up_b.index(i)
    return len(a.doc)


def adverbs_of(verb: Token) -> set[str]:
    """Adverbs beside a verb."""
    return {child.lower_ for child in verb.children if child.dep_ == "advmod"}
