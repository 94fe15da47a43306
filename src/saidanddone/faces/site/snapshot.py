"""Snapshots: what a pair's page says, small enough to be kept and compared with the next build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saidanddone.faces.site.manifest import Snapshot

if TYPE_CHECKING:
    from saidanddone.dossier import PairPage

NEWS = 0.1
"""Logits by which a gap has to move to be told: pages write gaps with two digits, and of a share
near a half 0.1 logit is two and a half percent."""

MOST_CHANGES = 50
"""Changes told of one build, the largest first: after a refit all pairs may have moved."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a pair's page says now that it did not say before, as of a day of the data.

    size orders changes: that of the gap in logits, and 1 more where the verdict is another. news is
    a hash of what is said.
    """

    source: str
    target: str
    day: str
    title: str
    summary: str
    size: float
    news: str

    def to_dict(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {name: getattr(self, name) for name in self.__slots__}


def snapshot(page: PairPage, own: str) -> Snapshot:
    """What a page says; own is the hash of the pair's acts."""
    dossier = page.dossier
    return {
        "source": dossier.source.id,
        "target": dossier.target.id,
        "names": [dossier.source.name, dossier.target.name],
        "own": own,
        "acts": page.timeline.height,
        "gap": None if dossier.gap is None else round(dossier.gap.estimate, 3),
        "direction": dossier.verdict.direction,
        "corner": dossier.verdict.corner,
        "sentence": dossier.verdict.sentence,
        "last": str(page.timeline["day"].max()) if page.timeline.height else None,
    }


def change(before: Snapshot, after: Snapshot, day: str) -> Change | None:
    """What changed from one build to the next; None for nothing that a reader would look for."""
    said = _said(before, after)
    if not said:
        return None
    source, target = after["names"]
    moved = abs((after["gap"] or 0.0) - (before["gap"] or 0.0))
    verdict = any(before[key] != after[key] for key in ("direction", "corner"))
    return Change(
        after["source"],
        after["target"],
        day,
        f"{source} → {target}: {said[0]}",
        f"{'; '.join(said)[:1].upper()}{'; '.join(said)[1:]}. {after['sentence']}",
        round(moved + verdict, 3),
        hashlib.sha256(json.dumps([before, after], sort_keys=True).encode()).hexdigest(),
    )


def appeared(after: Snapshot, day: str) -> Change:
    """A pair that had no page before."""
    source, target = after["names"]
    return Change(
        after["source"],
        after["target"],
        day,
        f"{source} → {target}: a new page",
        f"A page of {_acts(after['acts'])}. {after['sentence']}",
        0.0,
        hashlib.sha256(json.dumps(after, sort_keys=True).encode()).hexdigest(),
    )


def changes(
    before: Mapping[str, Snapshot], after: Mapping[str, Snapshot], day: str
) -> list[Change]:
    """All changes from one build to the next, the largest first, then by pair."""
    found = [
        change(before[key], now, day) if key in before else appeared(now, day)
        for key, now in sorted(after.items())
    ]
    told = [one for one in found if one is not None]
    return sorted(told, key=lambda one: (-one.size, one.source, one.target))[:MOST_CHANGES]


def _said(before: Snapshot, after: Snapshot) -> list[str]:
    said = []
    if (before["direction"], before["corner"]) != (after["direction"], after["corner"]):
        said.append(f"from {_verdict(before)} to {_verdict(after)}")
    more = after["acts"] - before["acts"]
    if more:
        said.append(f"{_acts(abs(more))} {'more' if more > 0 else 'fewer'}")
    elif before["own"] != after["own"]:
        said.append("acts corrected")
    gaps = before["gap"], after["gap"]
    if None in gaps:
        if gaps != (None, None):
            said.append("a gap is measured" if gaps[0] is None else "no gap is measured any more")
    elif abs(gaps[1] - gaps[0]) >= NEWS:
        said.append(f"the gap went from {_logits(gaps[0])} to {_logits(gaps[1])} logits")
    return said


def _verdict(said: Snapshot) -> str:
    if said["direction"] is None:
        return "undecided"
    corner = f" ({said['corner']})" if said["corner"] else ""
    return f"deeds {said['direction']} than words{corner}"


def _acts(number: int) -> str:
    return f"{number:,} act" if number == 1 else f"{number:,} acts"


def _logits(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
