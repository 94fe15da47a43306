"""Reach: whether an act is done toward the target, or the target only stands in the sentence."""

from __future__ import annotations

from saidanddone.reading.clause import NOMINAL, SUBJECTS, VERBAL, Clause, Token, lemma_of
from saidanddone.reading.pairing import between, coordinated, is_mutual, other_side, to_each_other
from saidanddone.reading.roles import agents, noun_agents, subjects
from saidanddone.reading.roundabout import roundabout
from saidanddone.reading.sides import listed, sides
from saidanddone.reading.turns import taken_up
from saidanddone.reading.voice import passive

ASIDE = frozenset({"relcl", "advcl", "appos", "parataxis", "npadvmod"})
"""Dependencies behind which a new thought begins."""

SETTING = frozenset(
    {"after", "before", "since", "until", "till", "during", "despite", "amid", "following", "as"}
    | {"unlike", "like", "besides", "alongside", "because", "while", "without", "instead", "than"}
)
"""Prepositions whose phrase is the setting of an act and not its object."""

IN_RETURN = frozenset(
    {"return", "exchange", "spite", "place", "front", "absence", "presence"}
    | {"sideline", "margin", "fringe", "eve", "anniversary", "aftermath", "wake"}
)
"""'in return for ...' tells the price, 'on the eve of ...' the time, and not the target."""

ASKING = frozenset({"request", "pledge", "threaten", "refuse", "say", "allow", "deny"})
"""Operators whose clause may have the target as its subject: 'urged T to withdraw'."""

JUDGING = frozenset({"01", "05", "09", "10", "11", "12"})
"""Roots whose object may be somebody else's deed: 'condemned Y's attack on T' is not toward T."""

HARMING = frozenset({"15", "16", "17", "18", "19", "20"})
"""Roots whose 'of' names the one who suffers: 'the invasion of T'."""

PLACING = frozenset({"in", "inside", "near", "outside", "around", "within"})
PLACED = frozenset({"07", "08", "14", "15", "16", "17", "18", "19", "20"})
"""A place suffers what is done there by hand; what is said or signed in it is not toward it."""

TOWARD = frozenset({"to", "with", "on", "upon", "against", "for", "toward", "towards", "at"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
PREMISES = frozenset(
    {"embassy", "consulate", "mission", "chancery", "legation", "residence", "ambassador"}
    | {"diplomat", "envoy", "attache", "national", "citizen", "tourist", "journalist", "company"}
)
"""What belongs to another state than the one it is in: 'the Swedish embassy in T'."""

OWNING = frozenset({"own", "run", "operate", "manage", "charter", "hold", "lease", "use"})
"""'land owned by T' is T's: what is done to it is done to T."""

SHARING = frozenset(
    {"participation", "membership", "role", "part", "involvement", "confidence", "faith", "trust"}
    | {"investment", "interest", "seat", "stake"}
)
"""Nouns whose 'in' tells of what one has a part."""

PRONOUNS = frozenset({"it", "they", "he", "she", "that", "which"})

VISITS = ("042", "043", "074")


def reaches(clause: Clause, predicate: Token, code: str) -> bool:
    """Whether the target is an argument of the predicate, or of what depends on it directly."""
    target = clause.target_head
    if target is None:
        return True
    if between(clause, predicate):
        return not code.startswith("045")
    if coordinated(clause):
        if to_each_other(predicate):
            return True
        return is_mutual(predicate, code) and not other_side(predicate, code)
    if _suffers(clause, predicate) or roundabout(clause, predicate, code):
        return True
    if (deed := taken_up(clause, predicate)) is not None and deed.head in target.ancestors:
        return _below(clause, deed.head, target, code)
    if predicate not in target.ancestors:
        return _beside(clause, predicate, target, code)
    return _below(clause, predicate, target, code)


def _below(clause: Clause, predicate: Token, target: Token, code: str) -> bool:
    """Whether nothing on the way down from the predicate to the target bars it."""
    cur = target
    stands = sides(target, clause, acting=False)
    while cur.i != predicate.i:
        above = cur.head
        own = cur.dep_ == "relcl" and (_of_the_same(clause, cur) or _offered(clause, cur, code))
        barred = cur.i != target.i and cur.pos_ in VERBAL and not own
        if barred and not _lets_through(clause, cur, predicate):
            return False
        named = own or (cur.dep_ == "appos" and cur.i in stands)
        if cur.dep_ in ASIDE and cur.i != target.i and not named:
            return False
        if above.i == predicate.i and cur.dep_ in SUBJECTS:
            return passive(predicate) and cur.dep_ == "nsubjpass"
        owned = cur.dep_ == "agent" and above.dep_ == "acl" and lemma_of(above) in OWNING
        if (
            cur.dep_ == "agent"
            and not owned
            and (above.i == predicate.i or code[:2] not in JUDGING)
        ):
            # 'sheltered people expelled by T' does T nothing; 'condemned a raid made by T' does.
            return False
        by = above.i == predicate.i and cur.lower_ == "by" and cur.dep_ == "prep"
        if by and f"{lemma_of(predicate)}_by" not in clause.words.known_pairs:
            return False
        if cur.dep_ == "prep" and cur.lower_ in SETTING:
            return False
        if cur.dep_ == "prep" and cur.lower_ == "from" and code.startswith("043"):
            return False
        if above.i == predicate.i and cur.lower_ == "from" and _takes(clause, predicate, code):
            return False
        if cur.dep_ == "pobj" and cur.i != target.i and lemma_of(cur) in IN_RETURN:
            return False
        place = cur.dep_ == "pobj" and cur.i in stands and _places(above, code)
        # 'our friends in T' are people of T.
        place = place and not (above.head.i in stands and code[:2] in JUDGING)
        if place and not _place_counts(above, code):
            return False
        # Who rallies support for sanctions on T (113) does so against T, whoever imposes them.
        judges = code[:2] in JUDGING and code != "113"
        spoken_of = above.i != predicate.i and clause.is_event(above) and judges
        if spoken_of and _anothers(clause, cur, above):
            return False
        cur = above
    return True


def _offered(clause: Clause, verb: Token, code: str) -> bool:
    """'declined the loan that T had offered': a refusal is given to whom the offer came from."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    return code.startswith("12") and any(clause.holds_target(subject) for subject in own)


def _of_the_same(clause: Clause, verb: Token) -> bool:
    """'lifted the sanctions that it had put on T': the clause only tells which deed is meant."""
    if not clause.is_event(verb.head):
        return False
    return all(
        c.lower_ in PRONOUNS or c.i in clause.in_source for c in verb.children if c.dep_ in SUBJECTS
    )


def _places(preposition: Token, code: str) -> bool:
    """'signed at T' is a place; 'fired at T' is none."""
    word = preposition.lower_
    if lemma_of(preposition.head) in SHARING:
        return False
    return word in PLACING or (word == "at" and code[:2] in ("03", "04", "05", "06"))


def _takes(clause: Clause, verb: Token, code: str) -> bool:
    """'received aid from T' is T's act."""
    lemma = lemma_of(verb)
    if code.startswith("043") and lemma in ("receive", "get", "accept"):
        return True
    return code.startswith(("03", "07")) and clause.cue("receiving", lemma) and lemma != "accept"


def _beside(clause: Clause, noun: Token, target: Token, code: str) -> bool:
    """Whether the target hangs on the verb of an event noun: 'convey X's thanks to T'."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.pos_ not in VERBAL:
        return False
    if verb not in target.ancestors or target.i in {t.i for t in noun.subtree}:
        return False
    for child in verb.children:
        if target.i in {t.i for t in child.subtree}:
            toward = child.dep_ in ("prep", "dative") and child.lower_ in TOWARD
            return toward and _below(clause, verb, target, code)
    return False


def _place_counts(preposition: Token, code: str) -> bool:
    """'in T' is where a deed is done to T, unless somebody else's people are meant there."""
    if (code[:2] not in PLACED or code == "0871") and code not in VISITS:
        return False
    noun = preposition.head
    if code.startswith("16") and lemma_of(noun) not in PREMISES:
        return False
    return not (
        lemma_of(noun) in PREMISES
        and any(
            child.dep_ in ("amod", "poss", "compound") and child.ent_type_ in ("GPE", "NORP")
            for child in noun.children
        )
    )


def _anothers(clause: Clause, part: Token, noun: Token) -> bool:
    """Whether the target is the victim, not the doer, of a deed that is only spoken of."""
    code = clause.words.noun(clause.noun_word(noun)) or ""
    if part.dep_ in ("poss", "compound", "amod", "nmod", "agent"):
        return False
    word = part.lower_ if part.dep_ == "prep" else ""
    if word in ("by", "from"):
        return False
    if word == "of":
        return code[:2] in HARMING
    if word in ("on", "against", "to", "toward", "towards", "with", "over", "for"):
        own = [a for a in noun_agents(clause, noun) if noun in a.ancestors]
        return code[:2] in HARMING or bool(own)
    return False


def _suffers(clause: Clause, predicate: Token) -> bool:
    """Whether the target is what a passive is said of, or what a relative clause leaves out."""
    target = clause.target_head
    if target is None or predicate.pos_ not in VERBAL:
        return False
    stands = sides(target, clause, acting=False)
    if passive(predicate):
        return any(subject.i in stands for subject in subjects(clause, predicate))
    verb = predicate
    while verb.dep_ in ("xcomp", "ccomp", "conj") and verb.head.pos_ in VERBAL:
        verb = verb.head
    if verb.dep_ != "relcl":
        return False
    heads = {verb.head.i, *(other.i for other in listed(verb.head))}
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not heads & stands or not own or any(c.tag_ in ("WDT", "WP") for c in own):
        return False
    # 'T, which X attacked' leaves its object out; 'T, where X met Y', does not.
    return not any(
        child.dep_ == "dobj" and child.tag_ not in ("WDT", "WP") for child in predicate.children
    ) or any(
        child.dep_ == "prep"
        and any(c.tag_ in ("WDT", "WP") or c.lower_ == "whom" for c in child.children)
        for child in predicate.children
    )


def _lets_through(clause: Clause, verb: Token, predicate: Token) -> bool:
    """Whether a verb between predicate and target passes the act on to the target."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    holds = any(clause.holds_target(subject) for subject in own)
    lemma = lemma_of(predicate)
    if verb.dep_ == "ccomp" and verb.tag_ in FINITE and not own:
        return False
    if verb.dep_ in ("ccomp", "xcomp"):
        asks = bool(clause.operators(predicate) & ASKING) or lemma == "accuse"
        return holds and asks if own else not asks
    if lemma in ("accuse", "blame", "suspect", "charge", "thank", "praise", "criticise"):
        return False
    # 'sanctions targeting T', 'a resolution condemning T', 'agreed on supplying T'.
    return verb.dep_ in ("acl", "pcomp", "prep", "amod") and not own


def overruled(clause: Clause, noun: Token) -> bool:
    """Whether a verb above an event noun makes another act of it: 'lifted its embargo'.

    What another refuses, asks for or denies stands: 'Y rejected X's offer' reports the offer.
    """
    cur = noun
    while cur.dep_ in ("pobj", "prep", "conj", "compound") and cur.head.i != cur.i:
        cur = cur.head
        if cur.pos_ in NOMINAL and lemma_of(cur) in clause.words.nominal_operators:
            return True
    verb = cur.head
    if cur.dep_ not in ("dobj", "nsubjpass", "pobj") or verb.pos_ not in VERBAL:
        return False
    operators = clause.operators(verb)
    if operators & {"stop", "ease"}:
        return True
    stands = sides(clause.source.root, clause, acting=True)
    doing = agents(clause, verb)
    own = not doing or any(agent.i in stands for agent in doing)
    return own and bool(operators & {"refuse", "request", "deny", "threaten"})
