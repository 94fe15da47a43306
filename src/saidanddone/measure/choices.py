"""The choices that an answer depends on, and the constants of its verdict."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from saidanddone.codes import READINGS, code
from saidanddone.errors import BadChoice

MARGIN = 0.25
"""delta of method.md, section 4, in logits: smaller differences are called 'near expectation'."""

SURE = 0.9
"""Posterior probability from which a direction or a corner is named (method.md, section 4)."""

ARRESTS = ("173",)
"""Arrests of private persons are 17% of interstate material acts in ICEWS 2018."""

ALLOWED: dict[str, tuple[str, ...]] = {
    "against": ("world", "plain", "peers", "self"),
    "reading": READINGS,
    "count": ("acts", "reports", "codes"),
    "actors": ("government", "all"),
    "weight": ("acts", "intensity"),
    "dispersion": ("blocks", "none"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """How acts are chosen, counted and compared; every field is one axis of the robustness table.

    against: the norm. reading: where words end and deeds begin. count: acts once a day, reports,
    or codes once a day. actors: government or all. without: codes left out, with their sub-codes.
    weight: every act alike, or by its intensity (measure/weighting.py). dispersion: from blocks of
    time, or none (counting error only; never decides).

    >>> Choices(reading="gdelt").words_and_deeds
    ('verbal', 'material')
    """

    against: str = "world"
    reading: str = "said-done"
    count: str = "acts"
    actors: str = "all"
    without: tuple[str, ...] = ()
    weight: str = "acts"
    dispersion: str = "blocks"

    def __post_init__(self) -> None:
        for name, allowed in ALLOWED.items():
            value = getattr(self, name)
            if value not in allowed:
                raise BadChoice(
                    f"'{value}' is no value of --{name}",
                    f"one of {', '.join(allowed)}",
                    f"choose one of them for --{name}",
                )
        for left_out in self.without:
            code(left_out)

    @property
    def words_and_deeds(self) -> tuple[str, str]:
        """The two channels that the gap compares (method.md, section 4)."""
        return ("said", "done") if self.reading == "said-done" else ("verbal", "material")

    @property
    def counting(self) -> Choices:
        """These choices but for those that do not change what is counted."""
        # The default reading lays verbal and material out as ICEWS does (measure/counting.py).
        reading = "icews" if self.reading == "said-done" else self.reading
        return self.but(against="world", dispersion="blocks", reading=reading)

    def but(self, **changes: Any) -> Choices:
        """These choices with some of them changed."""
        return replace(self, **changes)

    def differing(self, other: Choices) -> str:
        """The names of the choices in which two sets differ, joined by commas."""
        return ", ".join(
            field.name
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )
