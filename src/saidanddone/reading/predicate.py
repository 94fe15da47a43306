"""What a predicate says: the CAMEO code of a verb or noun with its objects and operators."""

from __future__ import annotations

from saidanddone.reading.clause import (
    COMPLEMENTS,
    VERBAL,
    Clause,
    Token,
    adverbs_of,
    lemma_of,
    particles,
)
from saidanddone.reading.folding import fold
from saidanddone.reading.judgement import demands_of_target, judged
from saidanddone.reading.lexicon import ANY
from saidanddone.reading.objects import (
    carries,
    diplomat,
    meeting,
    objects,
    subject_code,
    tells_more,
    told_to_leave,
)
from saidanddone.reading.pairing import coordinated
from saidanddone.reading.readings import Reading, apply
from saidanddone.reading.roles import subjects
from saidanddone.reading.turns import regretted_to, taken_up, threatens_you, visited
from saidanddone.reading.voice import passive

DEPTH = 4
"""'agreed to begin to consider lifting the ban on': nothing sensible nests deeper."""

VAGUE = frozenset({"110", "120", "128", "140", "150", "160", "170", "180", "190", "080", "060"})
"""Codes that do not say what exactly was done."""

MOVED = frozenset({"dobj", "nsubjpass"})

TELLING = frozenset({"tell", "assure", "inform", "notify", "warn", "caution", "remind"})

FAILING = frozenset({"fail", "neglect", "omit", "forget", "avoid"})
"""Who fails to do something has not refused it."""

TOGETHER = frozenset({"jointly", "together"})
"""What two do so, they do with one another."""

OVER_CLAUSES = ("pledge", "threaten", "refuse", "request", "stop", "begin", "deny")
OVER_NOUNS = ("refuse", "ease", "stop", "request", "deny", "pledge", "back")
"""Which operators apply to a clause or a noun that follows, in the order they are tried."""


def read_verb(clause: Clause, verb: Token, depth: int = 0) -> Reading | None:
    """Read a verb: phrase, special case, operator with what follows, light verb, then the verb."""
    if depth > DEPTH:
        return None
    lemma = lemma_of(verb)
    things = objects(clause, verb)
    deed = taken_up(clause, verb) if clause.operators(verb) & {*OVER_NOUNS, "begin"} else None
    things += [deed] if deed is not None else []
    read = _read(clause, verb, lemma, things, depth)
    if read is not None and read.code in VAGUE and (means := _by_means(clause, verb, depth)):
        return means
    return read


def _by_means(clause: Clause, verb: Token, depth: int) -> Reading | None:
    """'staged an act of war by capturing a ship': what was done goes before what it is called."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "in"):
            for doing in child.children:
                if doing.dep_ == "pcomp" and doing.tag_ == "VBG":
                    return read_verb(clause, doing, depth + 1)
    return None


def _read(
    clause: Clause, verb: Token, lemma: str, things: list[Token], depth: int
) -> Reading | None:
    return (
        _phrase(clause, verb, lemma, things)
        or _special(clause, verb, lemma, depth)
        or _adjectival(clause, verb, lemma, depth)
        or _over_clause(clause, verb, lemma, depth)
        or _over_noun(clause, verb, lemma, things, depth)
        or _alone(clause, verb, lemma, things, depth)
    )


def read_noun(clause: Clause, noun: Token, depth: int = 0) -> Reading | None:
    """Read an event noun, with what follows it where it is an operator: 'threat of attack'."""
    if depth > DEPTH:
        return None
    lemma = clause.noun_word(noun)
    operator = clause.words.nominal_operators.get(lemma)
    if operator:
        inner = _after_noun(clause, noun, depth)
        if inner:
            return apply(operator, lemma, inner)
    code = clause.words.noun(lemma) or clause.words.bare.get(operator or "")
    return Reading(code, "noun") if code else None


def _phrase(clause: Clause, verb: Token, lemma: str, things: list[Token]) -> Reading | None:
    operators = clause.operators(verb)
    told = [thing for thing in things if not (operators and tells_more(clause, thing))]
    if "refuse" in operators:
        # Talks that are refused are 125 to 127 whatever else is refused with them.
        told = [thing for thing in told if not meeting(clause, thing)]
    nouns = [
        name for thing in told for name in dict.fromkeys((lemma_of(thing), clause.noun_word(thing)))
    ]
    joined = [(f"{lemma}_{particle}", noun) for particle in particles(verb) for noun in nouns]
    for key in [*joined, *((lemma, word) for word in (*particles(verb), *nouns))]:
        if code := clause.words.phrases.get(key):
            # What is offered is not yet given; condolences and apologies are.
            if lemma == "offer" and code[:2] in ("04", "06", "07", "08"):
                return Reading(fold("pledge", code), "offer+phrase")
            return Reading(code, "phrase")
    return None


def _special(clause: Clause, verb: Token, lemma: str, depth: int) -> Reading | None:
    """Verbs whose sense hangs on what the target is to them."""
    kinds = {child.dep_ for child in verb.children}
    adverbs = {child.lower_ for child in verb.children if child.dep_ in ("advmod", "prt")}
    target_is_object = any(
        child.dep_ == "dobj" and clause.target_head in (child, *child.conjuncts)
        for child in verb.children
    )
    if lemma in ("say", "answer", "reply") and any(
        c.lower_ == "no" and c.dep_ in ("intj", "dobj", "advmod", "ccomp") for c in verb.children
    ):
        return Reading("120", "special")
    if lemma in TELLING and target_is_object and (told := _told_target(clause, verb, depth)):
        return told
    if code := judged(clause, verb):
        return Reading(code, "judged")
    if lemma in ("order", "tell", "ask", "give", "instruct") and told_to_leave(verb):
        return Reading("166", "special")
    moved = any(diplomat(child) for child in verb.children if child.dep_ in MOVED)
    if moved and "home" in adverbs and lemma in ("send", "pull", "call", "bring"):
        # One sends home the other's diplomats, and calls home one's own.
        return Reading("166" if lemma == "send" else "160", "special")
    if (
        lemma in ("call", "ring", "phone")
        and verb.lower_ != "ringed"
        and target_is_object
        and "ccomp" not in kinds
    ):
        purposes = [lemma_of(c) for c in verb.children if c.dep_ in ("xcomp", "advcl")]
        return Reading("055" if "apologize" in purposes else "041", "special")
    if lemma == "call" and visited(clause, verb):
        return Reading("042", "special")
    if lemma == "express" and regretted_to(clause, verb):
        return Reading("055", "special")
    if lemma in ("discuss", "talk", "speak", "confer") and coordinated(clause):
        return Reading("046", "special")
    if lemma in ("discuss", "talk", "speak") and any(
        child.dep_ == "prep" and child.lower_ == "with" for child in verb.children
    ):
        return Reading("046", "special")
    if "say" in clause.operators(verb) and demands_of_target(clause, verb):
        return Reading("100", "special")
    return None


def _told_target(clause: Clause, verb: Token, depth: int) -> Reading | None:
    """'told T to withdraw' demands it, 'told T that it would send aid' promises it."""
    if any(threatens_you(clause, said) for said in (*verb.children, *verb.head.children)):
        return Reading("130", "told")
    for said in (child for child in verb.children if child.pos_ == "VERB"):
        if said.dep_ == "xcomp":
            read = read_verb(clause, said, depth + 1)
            return Reading(fold("demand", read.code) if read else "100", "told")
        helpers = {child.lower_ for child in said.children if child.dep_ == "aux"}
        coming = any(clause.cue("future", word) for word in helpers) or "'d" in helpers
        if said.dep_ == "ccomp" and coming and _own_act(clause, verb, said):
            read = read_verb(clause, said, depth + 1)
            return Reading(fold("pledge", read.code), "told") if read else None
    return None


def _adjectival(clause: Clause, verb: Token, lemma: str, depth: int) -> Reading | None:
    """'is willing to send', 'is a supporter of'."""
    if lemma != "be" and verb.pos_ != "AUX":
        return None
    for word in (c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")):
        operator = clause.words.adjectives.get(lemma_of(word))
        inner = [c for c in word.children if c.dep_ == "xcomp"]
        if operator and inner and (read := read_verb(clause, inner[0], depth + 1)):
            return Reading(fold(operator, read.code), f"{operator}+{read.how}")
        if clause.is_event(word):
            return read_noun(clause, word, depth + 1)
        if word.pos_ == "VERB":
            return read_verb(clause, word, depth + 1)
    return None


def _over_clause(clause: Clause, verb: Token, lemma: str, depth: int) -> Reading | None:
    inner = [c for c in verb.children if c.dep_ in COMPLEMENTS and c.pos_ in VERBAL]
    if not inner:
        return None
    operators = clause.operators(verb)
    for operator in OVER_CLAUSES:
        if operator in operators:
            if operator == "refuse" and clause.cue("silent", lemma_of(inner[0])):
                return Reading("011", "silent")
            read = read_verb(clause, inner[0], depth + 1)
            if read is None and operator == "request":
                read = Reading("010", "bare")
            if read and lemma in FAILING and not read.code.startswith("057"):
                return Reading("010", "failed")
            if read:
                return apply(operator, lemma, read)
    if "allow" in operators:
        return Reading("086" if lemma == "allow" else "081", "allow")
    return Reading("112", "verb") if lemma == "accuse" else None


def _over_noun(
    clause: Clause, verb: Token, lemma: str, things: list[Token], depth: int
) -> Reading | None:
    operators = clause.operators(verb)
    for thing in things:
        if not (clause.is_event(thing) or lemma_of(thing) in clause.words.things):
            continue
        read = read_noun(clause, thing, depth + 1)
        if read is None:
            continue
        for operator in OVER_NOUNS:
            if operator not in operators or (operator == "pledge" and "light" in operators):
                continue
            if operator != "refuse" or lemma != "oppose":
                return apply(operator, lemma, read)
        if operators & {"light", "begin"}:
            return Reading(read.code, f"light+{read.how}")
    return None


def _alone(
    clause: Clause, verb: Token, lemma: str, things: list[Token], depth: int
) -> Reading | None:
    words = clause.words
    if code := subject_code(clause, verb, lemma):
        return Reading(code, "subject")
    attached = [*particles(verb), *(c.lower_ for c in verb.children if c.dep_ == "prep")]
    for particle in attached:
        code = words.verbs.get(f"{lemma}_{particle}")
        if code and not (code == "042" and carries(clause, verb)):
            return Reading(code, "verb")
    if things and (lemma, ANY) in words.phrases:
        return Reading(words.phrases[lemma, ANY], "phrase")
    if coordinated(clause) and adverbs_of(verb) & TOGETHER and lemma not in words.verbs:
        return Reading("060", "together")
    code = words.verbs.get(lemma)
    if code and not (code == "042" and carries(clause, verb)):
        return Reading(code, "verb")
    for operator in ("request", "refuse", "pledge"):
        if operator in clause.operators(verb):
            return Reading(words.bare[operator], "operator")
    for child in verb.children:
        if child.dep_ in COMPLEMENTS and child.pos_ in VERBAL and _own_act(clause, verb, child):
            return read_verb(clause, child, depth + 1)
    for thing in things:
        purpose = thing.dep_ == "pobj" and thing.head.lower_ == "for"
        if not purpose and clause.is_event(thing) and (read := read_noun(clause, thing, depth + 1)):
            return Reading(read.code, "object")
    return None


def _own_act(clause: Clause, verb: Token, said: Token) -> bool:
    """Whether a complement tells what the verb's own subject does."""
    if passive(said) and not passive(verb):
        return False
    doing = {token.i for token in subjects(clause, verb)}
    return any(token.i in doing for token in subjects(clause, said))


def _after_noun(clause: Clause, noun: Token, depth: int) -> Reading | None:
    """What an operator noun is about: 'a threat to attack', 'suspension of aid', 'aid offer'."""
    for child in noun.children:
        clausal = child.dep_ in ("acl", "relcl") and child.pos_ == "VERB"
        if clausal and (read := read_verb(clause, child, depth + 1)):
            return read
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "to", "in", "on"):
            for inner in child.children:
                doing = inner.dep_ == "pcomp" and inner.pos_ == "VERB"
                if doing and (read := read_verb(clause, inner, depth + 1)):
                    return read
                known = clause.is_event(inner) or lemma_of(inner) in clause.words.things
                if inner.dep_ == "pobj" and known and (read := read_noun(clause, inner, depth + 1)):
                    return read
        if child.dep_ == "compound" and (code := clause.words.noun(lemma_of(child))):
            return Reading(code, "noun")
    return None
