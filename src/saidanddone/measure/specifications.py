"""Every combination of the choices: the grid behind the specification curve.

Simonsohn, Simmons and Nelson (2020): all specifications that are as defensible as the one that was
chosen, so that nobody has to trust the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from saidanddone.errors import BadChoice
from saidanddone.measure.choices import ALLOWED, ARRESTS, Choices
from saidanddone.measure.odds import Floats

AXES = ("dataset", "window", "reading", "count", "against", "actors", "arrests", "weight")
"""What is varied (method.md, section 6)."""

_SLOW_FIRST = ("count", "actors", "arrests", "weight", "reading", "against")
"""The norms of one way of counting stand together, so that each is counted and fitted once."""


def known_axes(names: Sequence[str]) -> tuple[str, ...]:
    """The axes of these names, in the order of AXES; raises BadChoice."""
    for name in names:
        if name not in AXES:
            raise BadChoice(f"'{name}' is no axis", f"of {', '.join(AXES)}", "correct --vary")
    return tuple(axis for axis in AXES if axis in names)


def specifications(
    baseline: Choices, *, roles: bool, codes: bool, vary: Sequence[str] = AXES
) -> list[Choices]:
    """Every combination of the choices that a dataset allows; what is not varied is as asked.

    roles: the dataset tells whose acts they are. codes: it has codes; of published counts only the
    norm can be varied.
    """
    found = []
    values: list[Sequence[str]] = []
    for axis in _SLOW_FIRST:
        possible = codes or axis == "against"
        if axis not in vary or not possible or (axis == "actors" and not roles):
            values.append((level(baseline, axis),))
        else:
            values.append(("in", "out") if axis == "arrests" else ALLOWED[axis])
    for row in product(*values):
        chosen = dict(zip(_SLOW_FIRST, row, strict=True))
        arrests = chosen.pop("arrests")
        if arrests != level(baseline, "arrests"):
            others = tuple(c for c in baseline.without if not _takes_arrests(c))
            chosen_without = others if arrests == "in" else baseline.without + ARRESTS
            found.append(baseline.but(**chosen, without=chosen_without))
        else:
            found.append(baseline.but(**chosen))
    return found


def level(choices: Choices, axis: str) -> str:
    """Where a set of choices stands on an axis.

    >>> level(Choices(without=("17",)), "arrests")
    'out'
    """
    if axis == "arrests":
        return "out" if any(_takes_arrests(code) for code in choices.without) else "in"
    return str(getattr(choices, axis))


def _takes_arrests(left_out: str) -> bool:
    return any(code.startswith(left_out) for code in ARRESTS)


def explained(estimates: Floats, levels: Sequence[str]) -> float:
    """The share of the variance of the estimates that one axis explains by itself.

    eta squared = sum over levels l of n_l (mean_l - mean)^2 / sum of (estimate - mean)^2 (Fisher
    1925). Over a whole grid it is the first-order index of Sobol (1993), and what the axes leave
    belongs to their interplay. Between 0 and 1; 0 where all estimates are alike.

    >>> explained(np.array([1.0, 1.0, 3.0, 3.0]), ["a", "a", "b", "b"])
    1.0
    """
    rest = estimates - estimates.mean() if len(estimates) else estimates
    total = float((rest**2).sum())
    # Rounding of equal estimates is no variance.
    if total <= 1e-18 * max(1, len(rest)):
        return 0.0
    names = np.asarray(levels)
    between = sum(
        float((names == name).sum()) * float(rest[names == name].mean()) ** 2
        for name in np.unique(names)
    )
    return min(1.0, between / total)
