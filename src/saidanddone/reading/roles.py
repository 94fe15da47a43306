"""Who acts: the agents and subjects of a predicate, through voice, control and coordination."""

from __future__ import annotations

from saidanddone.reading.clause import NOMINAL, SUBJECTS, VERBAL, Clause, Token, lemma_of
from saidanddone.reading.sides import listed
from saidanddone.reading.voice import mistaken, passive

DEPTH = 8
"""Clauses that share one subject: more are lists that the parser has mistaken for clauses."""

RELATIVES = frozenset({"who", "which", "that", "whom"})
THIRD_PERSON = frozenset({"it", "he", "she", "they"})
FIRST_PERSON = frozenset({"i", "we"})

OPENERS = frozenset(
    {"pcomp", "pobj", "advcl", "conj", "ccomp", "parataxis", "dep", "acomp", "oprd", "prep"}
)
"""Dependencies over which a verb without a subject takes the one of the verb above it."""

SENDING = frozenset({"send", "deploy", "dispatch", "use", "order", "bring", "have", "hire", "pay"})
"""Verbs whose subject answers for what their object does: 'sent troops to help T'."""


JUDICIAL = frozenset(
    {"arrest", "detain", "jail", "imprison", "convict", "sentence", "charge", "try", "execute"}
    | {"indict", "prosecute", "acquit", "release", "free", "pardon", "deport", "fine", "intern"}
)
"""What is done to people by the state in which they are."""

LEAVING = frozenset(
    {"withdrawal", "pullout", "retreat", "departure", "evacuation", "exit", "drawdown"}
)
"""Nouns whose 'from' names what is left, and not who leaves."""

ANSWERING = frozenset({"decline", "refuse", "reject", "spurn", "rebuff", "accept"})
"""What is done with an offer by whoever it was made to."""

EACH = frozenset({"each", "both", "all"})
REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves"})

OF_THE_OBJECT = frozenset({"of", "for", "from", "with", "into", "as"})


def subjects(clause: Clause, verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the phrases that are a verb's subject, its own or the one it shares."""
    if depth > DEPTH:
        return []
    if verb.dep_ == "amod" and mistaken(verb):
        return [t for c in verb.head.children if c.dep_ == "nsubj" for t in listed(c)]
    own = [child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "csubj"]
    if own:
        found: list[Token] = []
        for child in own:
            found += _named(clause, verb, child, depth)
        return found
    above = verb.head
    if above.i == verb.i:
        return _before(verb)
    if verb.dep_ in ("acl", "relcl", "amod"):
        if verb.tag_ in ("VB", "TO") and not passive(verb):
            return noun_agents(clause, above, depth + 1)
        if before := _before(verb):
            return before
        return listed(above) if verb.dep_ != "amod" else [above]
    if verb.dep_ == "xcomp":
        return _controller(clause, above, depth)
    if verb.dep_ == "parataxis" and (before := _before(verb)):
        return before
    if verb.dep_ in OPENERS:
        return _shared(clause, verb, depth)
    return []


def _shared(clause: Clause, verb: Token, depth: int) -> list[Token]:
    """The subject that a clause without one takes from the clause above it."""
    above = verb.head
    if verb.dep_ in ("pcomp", "pobj"):
        above = above.head
    if above.pos_ in NOMINAL and verb.dep_ == "pcomp":
        return noun_agents(clause, above, depth + 1)
    if above.pos_ == "ADJ" and not any(child.dep_ in SUBJECTS for child in above.children):
        above = above.head
    given = [child for child in above.children if child.dep_ in ("dobj", "nsubjpass")]
    if verb.dep_ == "pcomp" and verb.head.lower_ in OF_THE_OBJECT and given:
        # 'accused T of shelling', 'thanked T for sending': T does it.
        return listed(given[0])
    acts = above.pos_ in VERBAL or any(child.dep_ in SUBJECTS for child in above.children)
    return subjects(clause, above, depth + 1) if acts else []


def agents(clause: Clause, verb: Token) -> list[Token]:
    """Heads of the phrases that do what a verb says: its subject, or 'by ...' where passive."""
    if not passive(verb):
        return [*subjects(clause, verb), *_sent_from(clause, verb)]
    by = by_whom(verb)
    if not by and lemma_of(verb) in JUDICIAL:
        # 'two citizens of T jailed in X': where nobody else is named, the place has judged.
        by = [
            place
            for child in verb.children
            if child.dep_ == "prep" and child.lower_ == "in"
            for place in child.children
            if place.dep_ == "pobj" and place.ent_type_ == "GPE"
        ]
    if not by:
        # 'bombed, occupied and shelled by X' names its agent once, with the last participle.
        for later in verb.conjuncts:
            if later.i > verb.i and later.pos_ in VERBAL and passive(later):
                by += by_whom(later)
    if not by and verb.dep_ == "conj" and verb.head.pos_ in VERBAL and passive(verb.head):
        by = by_whom(verb.head)  # 'detained by X and handed back'
    return by or _invited(verb)


def _invited(verb: Token) -> list[Token]:
    """Who answers where nobody is named: 'the invitation extended to X by Y was declined'."""
    if lemma_of(verb) not in ANSWERING:
        return []
    offers = [child for child in verb.children if child.dep_ == "nsubjpass"]
    holders = [t for offer in offers for t in (offer, *offer.children) if t.dep_ != "relcl"]
    return [
        named
        for holder in holders
        for child in holder.children
        if child.dep_ in ("prep", "dative") and child.lower_ == "to"
        for named in _objects_of(child)
    ]


def _sent_from(clause: Clause, verb: Token) -> list[Token]:
    """'tanks rolled from X into T', 'grain went from X to T': whose tanks or grain it was."""
    moved = [child for child in verb.children if child.dep_ == "nsubj"]
    if not any((lemma_of(verb), lemma_of(thing)) in clause.words.subjects for thing in moved):
        return []
    return [
        place
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "from"
        for place in _objects_of(child)
    ]


def noun_agents(clause: Clause, noun: Token, depth: int = 0) -> list[Token]:
    """Who does what an event noun says: 'X's attack', 'an attack by X', 'X launched an attack'."""
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "poss" or (
            child.dep_ in ("compound", "amod", "nmod") and child.ent_type_ in ("GPE", "NORP", "ORG")
        ):
            found += listed(child)
        left = child.lower_ == "from" and lemma_of(noun) in LEAVING
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from") and not left:
            found += _objects_of(child)
    if found or depth > DEPTH:
        return found
    above = noun.head
    if noun.dep_ in ("dobj", "attr") and above.pos_ in VERBAL:
        return subjects(clause, above, depth + 1)
    if noun.dep_ == "pobj" and above.head.pos_ in VERBAL and above.lower_ != "by":
        return subjects(clause, above.head, depth + 1)
    return found


def _named(clause: Clause, verb: Token, subject: Token, depth: int) -> list[Token]:
    word = subject.lower_
    if word in RELATIVES and subject.tag_ in ("WDT", "WP", "IN", "DT"):
        cur = verb
        for _ in range(DEPTH):
            if cur.dep_ == "relcl":
                return listed(cur.head)
            if cur.dep_ not in ("conj", "ccomp", "xcomp"):
                break
            cur = cur.head
    if word in REFLEXIVE and verb.head.i != verb.i:
        return subjects(clause, verb.head, depth + 1)
    found = listed(subject)
    stands = (
        word in THIRD_PERSON or word in FIRST_PERSON or clause.cue("own side", lemma_of(subject))
    )
    if stands and not _marked(clause, subject):
        speaker = _speaker(clause, verb)
        if speaker is not None:
            found += subjects(clause, speaker, depth + 1)
    return found


def _marked(clause: Clause, subject: Token) -> bool:
    """Whether a subject is itself one of the two actors, or names one."""
    return any(t.i in clause.in_source or t.i in clause.in_target for t in subject.subtree)


def _speaker(clause: Clause, verb: Token) -> Token | None:
    """The verb of speech or intent over a clause: 'X said it would', 'X believes it is'."""
    cur = verb
    for _ in range(DEPTH):
        above: Token = cur.head
        if above.i == cur.i:
            return None
        if cur.dep_ in ("ccomp", "advcl", "relcl", "acl") and above.pos_ in VERBAL:
            return above
        if cur.dep_ not in ("conj", "xcomp"):
            return None
        cur = above
    return None


def _controller(clause: Clause, above: Token, depth: int) -> list[Token]:
    """Who is meant to do what an infinitive says: 'X vowed to', but 'X urged T to'."""
    if above.pos_ not in VERBAL:
        return subjects(clause, above.head, depth + 1) if above.head.pos_ in VERBAL else []
    given = [child for child in above.children if child.dep_ in ("dobj", "dative", "nsubjpass")]
    if passive(above):
        return given or subjects(clause, above, depth + 1)
    promised = "pledge" in clause.operators(above) or "threaten" in clause.operators(above)
    shared = subjects(clause, above, depth + 1)
    if not given or promised:
        return shared
    if lemma_of(above) in SENDING:
        return [*given, *shared]
    return listed(given[0])


def by_whom(verb: Token) -> list[Token]:
    """Who does what a passive verb or a noun says: 'by X', 'at the hands of X'."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += _objects_of(child)
        if child.dep_ == "prep" and child.lower_ == "at":
            for hands in child.children:
                if hands.lower_ == "hands":
                    for of in hands.children:
                        found += _objects_of(of) if of.lower_ == "of" else []
    return found


def _objects_of(preposition: Token) -> list[Token]:
    found: list[Token] = []
    for child in preposition.children:
        if child.dep_ == "pobj":
            found += listed(child)
    return found


def _before(verb: Token) -> list[Token]:
    """The phrase just before a finite verb that the parser left without a subject:
    'On the fringes of the summit, A and B met', 'sent home an envoy and B protested'."""
    doc, start = verb.doc, verb.sent.start
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == start:
        return []
    at = verb.i - 1
    while at > start and (doc[at].pos_ in ("ADV", "AUX", "PART") or doc[at].lower_ in EACH):
        at -= 1
    last = doc[at]
    if last.pos_ != "PROPN" and not last.ent_type_:
        return []
    while last.dep_ == "compound" and last.i < last.head.i < verb.i:
        last = last.head
    comma = next((t.i for t in reversed(doc[start:at]) if t.text == ","), start - 1)
    between = doc[comma + 1 : at]
    if comma >= start and not any(t.pos_ in VERBAL for t in between):
        return [token for token in listed(last) if comma < token.i < verb.i]
    edge = last.left_edge.i if last.left_edge.i > comma else at
    opens = edge > start and doc[edge - 1].lower_ in ("and", "but", "while", "when", ",")
    return [last] if opens else []
