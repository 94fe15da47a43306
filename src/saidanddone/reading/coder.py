"""Rules over the dependency parse: what a source does toward a target in a sentence.

Three steps. *Link*: the verbs and event nouns whose agent is the source (links, roles).
*Read*: a predicate with its objects gives a CAMEO code, and the operators above it (agreed to,
threatened to, stopped, lifted, refused) are folded into it (predicate, folding). *Reach*: the act
counts only where the predicate arrives at the target (reach). Negation and supposition are told
apart as modes (moods).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from saidanddone.reading.clause import SUBJECTS, VERBAL, Clause, Token, distance, lemma_of, nominal
from saidanddone.reading.doubts import doubt_of, unsure, unsure_noun
from saidanddone.reading.finding import LINKED, NEAREST, SURE, Finding
from saidanddone.reading.links import given, links
from saidanddone.reading.moods import in_context, in_mood, told
from saidanddone.reading.mutual import mirrored
from saidanddone.reading.predicate import FAILING, read_noun, read_verb
from saidanddone.reading.reach import overruled, reaches
from saidanddone.reading.readings import Reading, apply
from saidanddone.reading.roles import agents
from saidanddone.reading.sides import sides
from saidanddone.reading.votes import foretold, read_vote

__all__ = ["Finding", "find_act", "find_acts", "find_understood", "held"]

FOLDED = ("pledge", "threaten", "refuse", "request", "stop", "deny")
"""Operators that are folded in from above, in the order they are tried."""

HELD = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl", "acomp"})
"""Dependencies that hold an act under its operator; a coordinated verb stands free."""


MODES = {"pledge": "pledged", "threaten": "threatened", "stop": "ended", "ease": "ended"}

WHOLE = "whole"
"""How the rule of a noun ends that names both sides: such a noun needs nothing else to be read."""

UNDERSTOOD = ("11", "13", "16", "18", "19")
"""Roots of acts that have an opponent: 12 of 15 such acts in the development half of the gold were
right, of those with other roots 5 of 19."""


def find_act(doc: Any, source: Any, target: Any | None, *, nearby: bool = False) -> Finding | None:
    """Code source toward target in a parsed sentence; both are spans of the document.

    None where no predicate of the source reaches the target. nearby is for pairs that are known to
    have an act: then a predicate that does not reach, or the closest known one, is taken. Negated
    and supposed acts come back with their mode.
    """
    clause = Clause(doc, source, target)
    best: Finding | None = None
    for found in _findings(clause):
        if found.mode in SURE:
            return found
        best = best or found
    if best is None and target is not None and (back := _mirrored(doc, source, target)):
        return back
    if best is not None or not nearby:
        return best
    loose = _loose(clause)
    return told(in_context(clause, loose)) if loose else None


def _mirrored(doc: Any, source: Any, target: Any) -> Finding | None:
    """What the target does with the source where both do it: 'Y met X' says that X met Y."""
    for found in _findings(Clause(doc, target, source)):
        # A sentence is a span of its document, in which the predicate's number counts.
        back = mirrored(found, getattr(doc, "doc", doc)[found.predicate])
        if back is not None and found.mode in SURE:
            return back
    return None


def find_acts(
    doc: Any, source: Any, target: Any | None, among: Sequence[Any] | None = None
) -> list[Finding]:
    """All acts of the source toward the target in a sentence, the surest first.

    among: the sentence's predicates, as links.predicates gives them, where they are known.
    """
    return list(_findings(Clause(doc, source, target, among=among)))


def _findings(clause: Clause) -> Iterator[Finding]:
    taken: set[int] = set()
    for token in links(clause):
        if token.i in taken:
            continue
        found = _at(clause, token)
        if found is None or not reaches(clause, token, found.code):
            continue
        # What holds the act, or is held by it, has been read with it.
        taken |= {token.i, *_holding(token), *held(token)}
        yield told(in_context(clause, found))
    for thing in given(clause):
        if thing.i not in taken and (read := read_noun(clause, thing)):
            taken.add(thing.i)
            given_to = Finding(read.code, "did", thing.i, "given:noun", LINKED)
            yield told(in_mood(clause, given_to, [thing, thing.head]))


def find_understood(doc: Any, source: Any, target: Any, named: Sequence[Any]) -> Finding | None:
    """An act against a target that only the rest of the sentence names: 'A's envoy was killed,
    and B accepted it; A broke off relations.'

    named: spans of all actors of the sentence, of whom there are two. Only for acts that are always
    against somebody, and only where the clause names nobody else.
    """
    clause = Clause(doc, source, target)
    for token in links(clause):
        if _told_of(clause, token):
            continue
        below = {inner.i for inner in token.subtree} - clause.in_source
        if any(at in below for span in named for at in range(span.start, span.end)):
            continue
        found = _at(clause, token)
        if found is not None and found.code.startswith(UNDERSTOOD) and found.mode in SURE:
            return replace(told(found), rule=f"understood:{found.rule}", sure=NEAREST)
    return None


def _told_of(clause: Clause, verb: Token) -> bool:
    """Whether a verb has an object of its own that is no deed, or stands in an aside on its agent:
    'X, whose frigate sank the pirates' ship' does nothing to T."""
    if any(
        one.dep_ == "relcl" and any(t.tag_ in ("WP", "WP$", "WDT") for t in one.subtree)
        for one in (verb, *verb.ancestors)
    ):
        return True
    return any(
        child.dep_ in ("dobj", "nsubjpass")
        and child.pos_ in ("NOUN", "PROPN")
        and clause.words.noun(clause.noun_word(child)) is None
        and (lemma_of(verb), lemma_of(child)) not in clause.words.phrases
        for child in verb.children
    )


def _at(clause: Clause, token: Token) -> Finding | None:
    """Read one predicate with what stands above it."""
    if nominal(token) and not any(child.dep_ == "nsubj" for child in token.children):
        if overruled(clause, token) or _only_figures(clause, token):
            return None
        found = _folded(clause, read_noun(clause, token), token, "noun")
        whole = found is not None and _names_both(clause, token)
        return replace(found, rule=f"{found.rule}:{WHOLE}") if found and whole else found
    if vote := read_vote(clause, token):
        code, sense = foretold(clause, token, vote[0])
        found = Finding(code, "did", token.i, f"vote:{vote[1]}{sense}", LINKED)
        return in_mood(clause, found, [token])
    return _folded(clause, read_verb(clause, token), token, "verb")


def _only_figures(clause: Clause, noun: Token) -> bool:
    """'trade between S and T grew by a tenth': figures of trade are no act."""
    verb = noun.head
    return bool(
        noun.dep_ in SUBJECTS and clause.cue("trade", lemma_of(noun))
        and clause.cue("changing", lemma_of(verb))
    )  # fmt: skip


def _names_both(clause: Clause, noun: Token) -> bool:
    """Whether a noun's own phrase names who acts and on whom: 'war between S and T', 'condemnation
    of T by S'."""
    inside = {
        inner.i
        for child in noun.children if child.dep_ in ("prep", "agent", "poss", "amod", "compound")
        for inner in child.subtree
    }  # fmt: skip
    return clause.target_head is not None and {clause.source.root.i, clause.target_head.i} <= inside


def _holding(token: Token) -> Iterator[int]:
    while token.dep_ in HELD and token.head.i != token.i:
        token = token.head
        yield token.i


def held(token: Token) -> Iterator[int]:
    """What is read with a predicate: the numbers of its objects and of what they govern."""
    for child in token.children:
        if child.dep_ in HELD or child.dep_ in ("dobj", "pobj"):
            yield child.i
            yield from held(child)


def _folded(clause: Clause, read: Reading | None, token: Token, rule: str) -> Finding | None:
    """Fold in what stands above a predicate: operators of the same agent, doubts of others."""
    if read is None:
        return None
    stands = sides(clause.source.root, clause, acting=True)
    mode, doubt = "did", unsure_noun(clause, token) if rule == "noun" else None
    modals, linked, said, cur = [token], True, False, token
    if rule == "noun" and token.dep_ == "dobj" and token.head.pos_ in VERBAL:
        # 'will triple its aid': the noun happens when its verb does.
        modals.append(token.head)
    while cur.head.i != cur.i:
        parent = cur.head
        purpose = cur.dep_ == "advcl" and any(c.lower_ == "to" for c in cur.children)
        # 'reports that X did' is parsed like 'reports that X wrote'.
        content = cur.dep_ == "relcl" and any(c.dep_ == "mark" for c in cur.children)
        linked = linked and (cur.dep_ in HELD or purpose or content)
        if not linked and cur.dep_ != "conj":
            break
        if linked:
            own = parent.pos_ not in VERBAL or any(
                agent.i in stands for agent in agents(clause, parent)
            )
            operator = None if purpose else _operator(clause, parent, cur)
            failed = lemma_of(parent) in FAILING and not read.code.startswith("057")
            if operator == "refuse" and failed:
                doubt = "negated"
            elif operator == "refuse" and clause.cue("silent", lemma_of(cur)):
                read = Reading("011", "silent")
            elif operator and own:
                read = apply(operator, lemma_of(parent), read)
                mode = MODES.get(operator, mode)
                doubt = "negated" if operator == "deny" else doubt
            elif not own and not said:
                doubt = doubt or doubt_of(clause, parent, cur)
            # 'let me say that X did': what is above the saying does not touch what is said.
            said = said or (cur.dep_ == "ccomp" and "say" in clause.operators(parent))
            doubt = doubt or unsure(clause, parent)
            if own or parent.pos_ not in VERBAL or lemma_of(parent) in ("have", "see", "let"):
                modals.append(parent)
        else:
            modals.append(parent)
        cur = parent
    found = in_mood(clause, Finding(read.code, mode, token.i, f"{rule}:{read.how}", LINKED), modals)
    return replace(found, mode=doubt) if doubt and found.mode in SURE else found


def _loose(clause: Clause) -> Finding | None:
    """For a pair known to have an act: a predicate of the source, else the nearest known one."""
    own = [found for token in links(clause) if (found := _at(clause, token)) is not None]
    # A statement is the least that can be meant.
    own.sort(key=lambda found: found.code.startswith("01"))
    if own:
        return replace(own[0], rule=f"loose:{own[0].rule}", sure=NEAREST)
    return _nearest(clause)


def _operator(clause: Clause, parent: Token, child: Token) -> str | None:
    word = lemma_of(parent)
    if parent.pos_ in VERBAL:
        operators = clause.operators(parent)
        if child.dep_ == "prep" and child.lower_ in ("with", "by", "after", "before"):
            # 'the year closed with X landing': what closes is not the landing.
            return None
        for operator in FOLDED:
            if operator in operators and not (operator == "stop" and child.dep_ == "ccomp"):
                return operator
    if parent.pos_ == "ADJ":
        return clause.words.adjectives.get(word)
    if parent.pos_ == "NOUN":
        return clause.words.nominal_operators.get(word)
    return None


def _nearest(clause: Clause) -> Finding | None:
    """Where the parse links nothing: the known predicate closest to both in the tree."""
    best: tuple[int, Finding] | None = None
    for token in clause.doc:
        if token.i in clause.in_source or token.i in clause.in_target:
            continue
        read = None
        if token.pos_ == "VERB":
            read = read_verb(clause, token)
        elif clause.is_event(token):
            read = read_noun(clause, token)
        if read is None or read.code.startswith("01"):
            continue
        far = distance(token, clause.source.root)
        far += distance(token, clause.target_head) if clause.target_head is not None else 0
        if best is None or far < best[0]:
            near = Finding(read.code, "did", token.i, f"near:{read.how}", NEAREST)
            best = (far, in_mood(clause, near, [token]))
    return best[1] if best else None
