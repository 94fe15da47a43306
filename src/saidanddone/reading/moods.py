"""The mood of an act: future, possibility, condition and negation, and what the sentence adds."""

from __future__ import annotations

from dataclasses import replace

from saidanddone.reading.clause import VERBAL, Clause, Token, lemma_of
from saidanddone.reading.fiction import fictional, imagined
from saidanddone.reading.finding import SURE, Finding
from saidanddone.reading.folding import fold

FRIENDLY = frozenset({"03", "04", "05", "06", "07", "08"})

ALREADY_WORDS = frozenset({"01", "02", "03", "09", "10", "11", "12", "13"})
"""Roots that 'will' leaves as they are: 'will ask', 'will investigate'."""

PAST = frozenset({"did", "had", "has", "have", "was", "were", "been"})

IDIOMS = frozenset({"choice", "option", "alternative", "time", "doubt", "secret", "longer"})
"""'had no choice but to', 'lost no time in': the act was done all the same."""

SPORTING = frozenset({"04", "06", "18", "19", "11"})
"""Roots whose verbs reporters of sport use: 'meet', 'beat', 'crush'."""

PERHAPS = frozenset({"perhaps", "maybe", "possibly", "whether", "supposedly", "hypothetically"})

OWN = frozenset({"it", "he", "she", "they"})
"""Who says so is most likely who would do it."""

AUXILIARY = frozenset({"aux", "auxpass"})
ASKED = frozenset({"has", "have", "did", "does", "do", "is", "are", "was", "were", "will", "would"})
INVERTED = frozenset({"were", "had", "should"})
NOBODY = frozenset({"nobody", "nothing", "none", "neither"})

MODES_OF_CODES = (
    (("03",), "pledged"),
    (("13",), "threatened"),
    (("162", "164", "165", "085"), "ended"),
)


UNTIL = "+until"
"""How the rule of an act ends that was not done until it was."""


def in_mood(clause: Clause, found: Finding, verbs: list[Token]) -> Finding:
    """Future, possibility, condition and negation of the verbs from predicate to anchor."""
    children = [child for verb in verbs for child in verb.children]
    auxiliaries = {child.lower_ for child in children if child.dep_ in ("aux", "auxpass")}
    # 'Not X but Y attacked T'.
    negated = any(child.dep_ == "neg" for child in clause.source.root.children)
    negated = negated or any(_negates(clause, child) for child in children)
    until = negated and _until(verbs)
    negated, found = negated and not until, replace(found, rule=f"{found.rule}{UNTIL * until}")
    words = {child.lower_ for child in children if child.dep_ == "advmod"}
    if words & PERHAPS and found.mode in SURE and not code_is_vote(found):
        found = replace(found, mode="hypothetical")
    if _polite(children):
        auxiliaries -= {"may", "let"}
    code, friendly = found.code, found.code[:2] in FRIENDLY
    if code.startswith("V"):
        return replace(found, mode="negated") if negated else found
    if found.mode == "did" and _would_not(clause, verbs, auxiliaries, negated) and friendly:
        return replace(found, code=fold("refuse", code), rule=f"{found.rule}+wouldnt")
    if found.mode == "did" and "would" in auxiliaries and not _reported(clause, verbs[0]):
        found = _would(clause, found, verbs[0], negated=negated)
    elif found.mode == "did" and any(clause.cue("future", word) for word in auxiliaries):
        if negated and friendly:
            return replace(found, code=fold("refuse", code), rule=f"{found.rule}+wont")
        if negated:
            return replace(found, mode="negated")
        if not friendly and "be" in auxiliaries and verbs[0].tag_ == "VBG":
            # 'will be killing' foretells; who threatens says 'will kill'.
            return replace(found, mode="hypothetical")
        if code[:2] not in ALREADY_WORDS:
            mode = "pledged" if friendly else "threatened"
            found = replace(found, code=fold("pledge", code), mode=mode, rule=f"{found.rule}+will")
    elif found.mode == "did" and any(clause.cue("supposing", word) for word in auxiliaries):
        found = replace(found, mode="hypothetical")
    marks = [child.lower_ for child in children if child.dep_ == "mark"]
    marks += [child.lower_ for child in children if child.lower_ == "whether"]
    if any(clause.cue("condition", mark) for mark in marks) or _inverted(verbs):
        found = replace(found, mode="hypothetical")
    return _denied(clause, found, verbs) if negated else found


def _until(verbs: list[Token]) -> bool:
    """'was not recognised by X until 1975', 'did not land until dawn': then it happened."""
    plain = [
        child for verb in verbs for child in verb.children if child.lower_ in ("until", "till")
    ]
    return any(
        verb.tag_ in ("VB", "VBN") and any(c.dep_ == "neg" for c in verb.children) for verb in verbs
    ) and any(child.dep_ == "prep" for child in plain)


def _polite(children: list[Token]) -> bool:
    """'May I express our thanks': who asks leave to say it says it."""
    own = [c for c in children if c.dep_ == "nsubj" and c.lower_ in ("i", "we")]
    may = [c for c in children if c.dep_ == "aux" and c.lower_ == "may"]
    return bool(own and may and may[0].i < own[0].i)


def _would_not(clause: Clause, verbs: list[Token], auxiliaries: set[str], negated: bool) -> bool:
    """Whether 'would not' tells of a refusal in the past: 'would not let them in'."""
    if not negated or "would" not in auxiliaries or "have" in auxiliaries:
        return False
    return not any(clause.cue("condition", token.lower_) for token in verbs[0].sent)


def code_is_vote(found: Finding) -> bool:
    """Whether a finding is a vote, which has no future of its own."""
    return found.code.startswith("V")


def _denied(clause: Clause, found: Finding, verbs: list[Token]) -> Finding:
    """What a negation makes of an act: a refusal where it is still to come, else nothing."""
    children = [child for verb in verbs for child in verb.children]
    auxiliaries = {child.lower_ for child in children if child.dep_ in ("aux", "auxpass")}
    code = found.code
    if found.mode in ("pledged", "threatened", "ended"):
        plainly = any(child.dep_ == "neg" for child in children) and not auxiliaries & PAST
        plainly = plainly or any(child.dep_ == "det" and child.lower_ == "no" for child in children)
        if plainly and code.startswith("03"):
            return replace(found, code=fold("refuse", code), mode="did", rule=f"{found.rule}+not")
        return replace(found, mode="negated")
    if found.mode == "did":
        # 'does not recognise' refuses; 'did not recognise' reports that nothing happened, and so
        # do 'never' and 'no longer'.
        never = any(c.lower_ in ("never", "longer", "nobody") for c in children)
        never = never or verbs[0].pos_ not in VERBAL
        past = (
            never
            or bool(auxiliaries & PAST)
            or (verbs[0].tag_ == "VBD" and not _reported(clause, verbs[0]))
        )
        past = past or any(child.lower_ == "yet" for child in children)
        if code[:2] in FRIENDLY and not past:
            return replace(found, code=fold("refuse", code), rule=f"{found.rule}+not")
        found = replace(found, mode="negated")
    return found


def told(found: Finding) -> Finding:
    """The mode that goes with a code: pledges, threats, what was ended (method.md, 1)."""
    if found.mode in SURE:
        ways = (mode for codes, mode in MODES_OF_CODES if found.code.startswith(codes))
        return replace(found, mode=next(ways, "did"))
    return found


def _reported(clause: Clause, verb: Token) -> bool:
    """Whether 'would' is the 'will' of reported words: 'said it would', not 'if so, it would'."""
    for above in verb.ancestors:
        if above.pos_ in VERBAL and clause.operators(above) & {"say", "pledge", "threaten", "deny"}:
            return not any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.subtree)
    return False


def _would(clause: Clause, found: Finding, verb: Token, *, negated: bool) -> Finding:
    """What would be done is only supposed; a hostile act that one would do oneself is a threat."""
    code = found.code
    hostile = code[:2] not in FRIENDLY | ALREADY_WORDS
    if hostile and not negated and _warned(clause, verb):
        warning = fold("pledge", code)
        return replace(found, code=warning, mode="threatened", rule=f"{found.rule}+would")
    return replace(found, mode="hypothetical")


def _warned(clause: Clause, verb: Token) -> bool:
    """Whether one says himself what he would do if: 'S would bomb T if ..., its premier said'."""
    for above in verb.ancestors:
        if above.pos_ in VERBAL and "say" in clause.operators(above):
            speaker = [t for c in above.children if c.dep_ == "nsubj" for t in c.subtree]
            own = any(t.i in clause.in_source or t.lower_ in ("its", "their") for t in speaker)
            return own or any(t.dep_ == "nsubj" and t.lower_ in OWN for t in speaker)
    return False


def _inverted(verbs: list[Token]) -> bool:
    """Whether a helper stands before its subject: 'were X to attack', 'has X attacked T?'.

    'Why did X attack?' and 'was not T attacked?' take the act for granted.
    """
    for verb in verbs:
        head = verb.head if verb.head.lower_ == "were" else verb
        known = INVERTED
        if verb.sent.text.rstrip().endswith("?"):
            granted = any(c.dep_ == "neg" for c in head.children) or any(
                token.tag_ in ("WP", "WRB", "WDT") for token in verb.sent
            )
            known = frozenset() if granted else ASKED
        helpers = [c for c in head.children if c.dep_ in AUXILIARY and c.lower_ in known]
        helpers += [head] if head.lower_ == "were" and head.dep_ in ("advcl", "ccomp") else []
        after = [c.i for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
        if any(after and helper.i < min(after) for helper in helpers):
            return True
    return False


def _negates(clause: Clause, child: Token) -> bool:
    """Whether a word beside a verb denies it: 'not', 'no plans to', 'nothing', 'not once'."""
    word = child.lower_
    if child.dep_ in ("mark", "prep", "cc") and word == "than":
        # 'rather than vote'.
        return bool(child.head.dep_ != "ROOT")
    if child.dep_ == "neg" or (child.dep_ == "cc" and word == "nor"):
        return True
    if child.dep_ in ("det", "preconj"):
        return clause.cue("negation", word) and lemma_of(child.head) not in IDIOMS
    if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
        idiom = lemma_of(child) in IDIOMS
        no = any(c.lower_ in ("no", "neither") for c in child.children)
        return word in NOBODY or (no and not idiom)
    if word == "yet" and any(other.dep_ == "xcomp" for other in child.head.children):
        return True
    if (
        child.dep_ == "prep"
        and child.lower_ == "at"
        and any(
            c.dep_ == "pobj" and any(d.lower_ == "no" for d in c.children) for c in child.children
        )
    ):
        return True  # 'at no time'
    if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
        c.dep_ == "neg" for c in child.children
    ):
        return True  # 'not a single rifle was handed over'
    if child.dep_ in ("advmod", "npadvmod", "cc"):
        return word in ("never", "nor") or any(c.dep_ == "neg" for c in child.children)
    return False


def in_context(clause: Clause, found: Finding) -> Finding:
    """What other words of the sentence make of a code: peacekeeping, battle or riot, a test."""
    lemmas = [lemma_of(token) for token in clause.source.doc[found.predicate].subtree]
    who = [lemma_of(token) for token in clause.source]

    def holds(cue: str, words: list[str]) -> bool:
        return any(clause.cue(cue, word) for word in words)

    code, root = found.code, found.code[:2]
    if fictional(clause, found) or imagined(clause, found):
        return replace(found, mode="hypothetical", rule=f"{found.rule}+fiction")
    if root in SPORTING and holds("sport", lemmas):
        return replace(found, code="010", rule=f"{found.rule}+sport")
    person = clause.target_head is not None and clause.target_head.ent_type_ == "PERSON"
    if root in ("04", "06", "15", "19") and holds("peacekeeping", lemmas):
        changed = "074"
    elif code in ("042", "043") and holds("armed", who):
        changed = "190"
    elif code in ("171", "173") and holds("armed", who) and not person:
        changed = "192"
    elif code == "141" and clause.source.root.ent_type_ == "GPE" and not holds("crowd", who):
        changed = "114"  # a state protests by a note
    elif code == "145" and holds("armed", who):
        changed = "190"
    elif code == "190" and holds("crowd", who):
        changed = "145"
    elif code == "195" and holds("test", lemmas):
        changed = "150"
    elif code == "150" and (holds("joint", lemmas) or clause.together()):
        changed = "062"
    elif code == "154" and holds("relief", lemmas):
        changed = "073"
    else:
        return found
    return replace(found, code=changed, rule=f"{found.rule}+context")
