"""Votes that do not say what was voted on, because another one of the sentence does.

'Russia vetoed a text condemning Syria; India abstained, France voted for it': all voted on Syria.
A body's own act is such a text too: 'the Assembly deplored the invasion, and Cuba voted no'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saidanddone.reading.cast import Actor, Cast, Found
from saidanddone.reading.clause import Clause, Token
from saidanddone.reading.events import read_code
from saidanddone.reading.finding import LINKED, SURE, Finding
from saidanddone.reading.mention import actor_on
from saidanddone.reading.retold import VOTE, is_body
from saidanddone.reading.roles import subjects
from saidanddone.reading.votes import ABSTAIN, against, names_its_matter, of_a_vote


def ballots(scene: Cast, found: Sequence[Found]) -> Iterator[Found]:
    """Yield a vote of every actor that casts one on what another vote, or a body, names."""
    voting = [token for token in scene.sentence if of_a_vote(token)]
    matters = list(_matters(scene, found)) if voting else []
    if not matters:
        return
    told = {(id(each.one), id(each.other)) for each in found if each.finding.rule.startswith(VOTE)}
    for verb in voting:
        for voter in scene.actors:
            clause = Clause(scene.sentence, voter.span, None)
            own = {subject.i for subject in subjects(clause, verb)}
            if voter.span.root.i not in own or names_its_matter(clause, verb):
                continue
            for about, sign in matters:
                if (id(voter), id(about)) in told or _same(scene, voter, about):
                    continue
                yield Found(voter, about, _cast(verb, sign))


def _cast(verb: Token, sign: int) -> Finding:
    if verb.lemma_.lower() == ABSTAIN:
        return Finding("V0", "did", verb.i, "vote:abstain", LINKED)
    code = "V+" if (sign < 0) == against(verb) else "V-"
    return Finding(code, "did", verb.i, "vote:vote", LINKED)


def _matters(scene: Cast, found: Sequence[Found]) -> Iterator[tuple[Actor, int]]:
    """Whom a text is about, and what it does to him: +1 or -1."""
    met: set[str | None] = set()
    for each in found:
        finding, id_ = each.finding, actor_on(each.other.mention, scene.published)
        if finding.mode not in SURE or id_ in met or id_ is None:
            continue
        sign = read_code(finding.code)[1]
        if finding.rule.startswith(VOTE):
            if finding.code not in ("V+", "V-"):
                continue
            verb = scene.sentence.doc[finding.predicate]
            sign = -sign if against(verb) else sign
        elif not is_body(each.one) or not sign:
            continue
        met.add(id_)
        yield each.other, sign


def _same(scene: Cast, one: Actor, other: Actor) -> bool:
    ids = [actor_on(actor.mention, scene.published) for actor in (one, other)]
    return ids[0] is None or ids[0] == ids[1]
