"""Would other choices have answered otherwise? Each choice is changed once, the rest kept.

Every combination of them is the specification curve (measure/specifications.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saidanddone.measure.choices import ALLOWED, ARRESTS, Choices


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of choices answers: the gap (or difference of shares) and the direction."""

    choices: Choices
    varied: str
    estimate: float | None
    direction: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many outcomes, how many with the baseline's sign, how many decide, which moves most."""

    specifications: int
    same_direction: int
    decided: int
    most_sensitive_to: str | None


def alternatives(baseline: Choices, *, roles: bool, codes: bool) -> list[Choices]:
    """The baseline and every set of choices that differs from it in one.

    roles: the dataset tells whose acts they are. codes: it has codes; published counts have not,
    so that only the norm can be varied.
    """
    found = [baseline]
    axes = ["against"] + (["reading", "count"] if codes else [])
    axes += ["actors"] if codes and roles else []
    for axis in axes:
        found += [
            baseline.but(**{axis: value})
            for value in ALLOWED[axis]
            if value != getattr(baseline, axis)
        ]
    if codes:
        others = tuple(c for c in baseline.without if not _takes_arrests(c))
        with_arrests = len(others) != len(baseline.without)
        found.append(baseline.but(without=others if with_arrests else others + ARRESTS))
    return found


def _takes_arrests(left_out: str) -> bool:
    """Whether a code that is left out takes arrests with it, as 17 does."""
    return any(code.startswith(left_out) for code in ARRESTS)


def varied(baseline: Choices, other: Choices) -> str:
    """In words, what another set of choices does differently."""
    axis = baseline.differing(other)
    if not axis:
        return "as asked"
    if axis == "without":
        return "with arrests" if len(other.without) < len(baseline.without) else "without arrests"
    return f"{axis}: {getattr(other, axis)}"


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Sum up outcomes, of which the first is the baseline."""
    base = outcomes[0].estimate
    known = [o for o in outcomes if o.estimate is not None]
    same = [o for o in known if base is not None and (o.estimate or 0.0) * base > 0]
    moves = [(abs((o.estimate or 0.0) - base), o.varied) for o in known if base is not None]
    largest = max(moves, default=(0.0, ""))
    return Summary(
        specifications=len(outcomes),
        same_direction=len(same),
        decided=sum(o.direction is not None for o in outcomes),
        most_sensitive_to=largest[1] if largest[0] > 0 else None,
    )
