"""The voice of a verb: whether its subject acts or suffers."""

from __future__ import annotations

from saidanddone.reading.clause import NOMINAL, VERBAL, Token, lemma_of
from saidanddone.reading.lexicon import lexicon

PARTICIPIAL = frozenset({"acl", "advcl", "amod", "xcomp", "relcl", "oprd", "acomp", "ccomp"})
"""Where a past participle without a helper is passive: 'T, accused by X', 'found itself urged'."""

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})

HAVING = frozenset({"have", "has", "had", "having", "'ve"})


def passive(verb: Token) -> bool:
    """Whether a verb is passive: its subject suffers what its agent does."""
    if verb.tag_ not in ("VBN", "VBD") or mistaken(verb):
        return False
    kinds = {child.dep_ for child in verb.children}
    if kinds & {"auxpass", "nsubjpass"}:
        return True
    if any(c.dep_ == "aux" and c.lower_ in HAVING for c in verb.children):
        return False
    if verb.tag_ == "VBN" and verb.dep_ in PARTICIPIAL and not kinds & {"nsubj"}:
        return True
    if verb.tag_ == "VBN" and not kinds & {"aux", "dobj"}:
        # A bare participle has no other voice: 'Y's president, dragged from a cellar by X, ...'.
        return True
    if "agent" in kinds and "nsubj" not in kinds:
        return True
    above = verb.head
    shares = verb.dep_ == "conj" and above.pos_ in VERBAL and not kinds & {"aux", "nsubj"}
    return shares and verb.tag_ == "VBN" and passive(above)


def mistaken(verb: Token) -> bool:
    """Whether the parser took a past tense for a participle.

    'The UN chief called on T' is parsed like 'the chief elected in May', 'X chided T' like 'X'
    beside 'blamed T': no other verb of the sentence is finite, and the participle has an object.
    """
    if verb.tag_ != "VBN":
        return False
    kinds = {child.dep_ for child in verb.children}
    if kinds & {"auxpass", "aux", "agent", "nsubjpass"}:
        return False
    if verb.dep_ == "ROOT":
        return "nsubj" in kinds
    head = verb.head
    if head.dep_ != "ROOT" or head.pos_ not in NOMINAL:
        return False
    if verb.dep_ == "acl" and verb.i > head.i:
        takes = "dobj" in kinds or any(
            f"{lemma_of(verb)}_{c.lower_}" in lexicon().known_pairs
            for c in verb.children
            if c.dep_ in ("prep", "prt")
        )
        return takes and not any(t.tag_ in FINITE for t in verb.sent)
    return verb.dep_ == "amod" and any(c.dep_ == "nsubj" and c.i < verb.i for c in head.children)
