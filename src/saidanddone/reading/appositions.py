"""One actor named twice side by side: 'Sergei Lavrov, the Russian foreign minister'."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from saidanddone.reading.mention import Mention


def outermost(found: list[Mention]) -> list[Mention]:
    """Keep, of mentions sorted by start and falling end, those that lie in no other."""
    result: list[Mention] = []
    for mention in found:
        if not result or mention.start >= result[-1].end:
            result.append(mention)
    return result


def joined(found: list[Mention], doc: Any, text: str) -> list[Mention]:
    """Join a person and the office beside him to one mention."""
    result: list[Mention] = []
    for mention in found:
        before = result[-1] if result else None
        if before and _same(before, mention, doc, text):
            person, office = (before, mention) if before.kind == "person" else (mention, before)
            result[-1] = replace(
                person,
                start=before.start,
                end=mention.end,
                head=before.head,
                text=text[before.start : mention.end],
                name=person.name or office.name,
                possessive=mention.possessive,
            )
        else:
            result.append(mention)
    return result


def _same(before: Mention, after: Mention, doc: Any, text: str) -> bool:
    if {before.kind, after.kind} != {"person", "national"}:
        return False
    office = before if before.kind == "national" else after
    if not office.human or office.plural or text[before.end : after.start] != ", ":
        return False
    token = doc[after.head]
    return bool(token.dep_ == "appos" and token.head.i == before.head)
