"""What the learned reader sees of two actors, and the codings that follow from it and the rules.

The reader gives each ordered pair of a sentence's actors a probability of every kind of act, having
been told what the rules found. A finding of the rules stands where its channel and sign are likely
enough; what is likely without one is an act too. Without the reader nothing is seen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from saidanddone.reading.coder import WHOLE
from saidanddone.reading.encoder import KINDS, NONE, Scene, encoder
from saidanddone.reading.events import MODES, QUADS, plover_of, read_code
from saidanddone.reading.finding import LINKED, SURE, Coding, Finding
from saidanddone.reading.hints import Ends, hints, kind_of
from saidanddone.reading.moods import UNTIL

Cell = tuple[str, int]
"""A channel and a valence."""

KEPT = 0.2
"""Probability of its channel and sign from which a finding of the rules is an act."""

PHRASE, KEPT_PHRASE = "phrase", 0.05
"""Rules that read a verb with its object ('capture a ship') are right in 63 of 100 cases on scenes
that they were not mended on, the others in 46 (benchmarks/coding/worth.py): this is enough for
them."""

ENOUGH = 0.65
"""Probability of a channel and sign from which there is an act where no rule found one."""

BY_RULE = 0.6
"""Confidence of what the parse alone says."""

LINKED_WEIGHT, NEAR_WEIGHT, OTHER_WEIGHT = 0.2, 0.1, 0.5
"""Where there is an act: what a predicate that is linked, or only stands near, adds to the
probability of its kind, and what the regression weighs beside the reader's one. Chosen on training
sentences kept back, which neither rules nor reader have seen: .4 and .2, or no regression, give
less; PLV's read half, on which the rules were mended, would have them weigh more."""

AGREED = 0.1
"""Probability of its kind from which a verb with its object names the event, where the reader sees
the same channel and sign: 'called off the meeting' is no breach of relations."""

LIKELY = 0.3
"""Probability from which a meeting that is sure of one side is one of the other's too."""

TURN = 0.0005
"""Python's own 5 ms are longer than the reader takes for a sentence, and it asks for its turn twice
a sentence: it waited for a quarter of its time, and the parser for it."""

CARRYING = ("vote:", ":back+")
"""Rules that take an act's sign from its object: a veto of sanctions, support for an embargo."""

PLAIN = (*CARRYING, WHOLE, UNTIL)
"""Rules that are believed alone; a noun whose phrase names both sides is one."""

_TOGETHER = [at for at, (_, code) in enumerate(KINDS) if code in ("040", "050")]

_CELLS = [read_code(code) for _, code in KINDS[:-1]]


Answer = Callable[[], NDArray[np.float64] | None]
"""What :func:`see` returns, waited for."""

Look = Callable[[Scene, Sequence[tuple[Ends, Finding]]], Answer]
"""Takes what :func:`see` takes."""


def see(scene: Scene, found: Sequence[tuple[Ends, Finding]]) -> NDArray[np.float64] | None:
    """Shape (actors, actors, kinds): what is seen of each actor toward each; None without reader.

    found: what the rules found of them.
    """
    reader = encoder()
    if reader is None:
        return None
    return reader.kinds(scene, hints(found, len(scene.actors)))


def unseen() -> None:
    """The answer where the learned reader is not asked."""


def at_once(scene: Scene, found: Sequence[tuple[Ends, Finding]]) -> Answer:
    """Look and wait."""
    seen = see(scene, found)
    return lambda: seen


@contextmanager
def beside() -> Iterator[Look]:
    """Look in a thread of its own, while the caller parses on; the answers come in order.

    Meanwhile Python's threads take turns every TURN seconds.
    """
    turn = sys.getswitchinterval()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="saidanddone-reader") as thread:
        try:
            sys.setswitchinterval(TURN)
            yield lambda scene, found: thread.submit(see, scene, found).result
        except BaseException:
            thread.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            sys.setswitchinterval(turn)


def cells(row: NDArray[np.float64]) -> dict[Cell, float]:
    """Probability of each channel and sign."""
    summed: dict[Cell, float] = {}
    for cell, value in zip(_CELLS, row, strict=False):
        summed[cell] = summed.get(cell, 0.0) + float(value)
    return summed


def both_ways(seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is seen of each actor toward each, where a meeting or a treaty that is sure one way and
    likely the other is one of both."""
    back = seen.transpose(1, 0, 2)
    meant = np.zeros(seen.shape, dtype=np.bool_)
    meant[:, :, _TOGETHER] = ((back >= ENOUGH) & (seen >= LIKELY))[:, :, _TOGETHER]
    return np.where(meant, np.maximum(seen, ENOUGH), seen)


def by_rule(found: Finding) -> bool:
    """Whether the parse alone says what a finding is: denied, supposed, or signed by its object."""
    return found.mode not in SURE or any(kind in found.rule for kind in PLAIN)


def least(found: Finding, row: NDArray[np.float64], told: Collection[Cell]) -> float:
    """The probability that a finding's channel and sign must have; told: all that were found.

    What the reader knows to be some act it shares out among the kinds: where the rules found acts
    of several, each of them stands then.
    """
    if len(told) > 1 and 1.0 - row[-1] >= ENOUGH:
        return 0.0
    return KEPT_PHRASE if PHRASE in found.rule else KEPT


def confirmed(
    found: Finding, row: NDArray[np.float64], *, kept: float = KEPT, either: bool = False
) -> Coding | None:
    """The coding of a finding; None where it is no event or its channel and sign are unlikely.

    either: both signs of its channel speak for it.
    """
    event, kind = plover_of(found), kind_of(found)
    if event is None and kind is not None:
        event = KINDS[kind][0]
    if event is None:
        return None
    cell = read_code(found.code)
    seen = cells(row)
    likely = BY_RULE if by_rule(found) else seen.get(cell, 0.0)
    if likely < kept and not (either and likely + seen.get((cell[0], -cell[1]), 0.0) >= kept):
        return None
    return Coding(event, found.code, QUADS[event], *cell, found.mode, likely)


def supplied(
    row: NDArray[np.float64], told: Collection[Cell], *, enough: float = ENOUGH
) -> Iterator[Coding]:
    """Acts that no finding told: told are the channels and signs that one did."""
    for cell, likely in cells(row).items():
        if cell not in told and likely >= enough:
            mine = [at for at, own in enumerate(_CELLS) if own == cell]
            event, code = KINDS[max(mine, key=lambda at: float(row[at]))]
            yield Coding(event, code, QUADS[event], *cell, MODES.get(event, "did"), likely)


def named_by(coding: Coding, near: Finding | None) -> Coding:
    """The coding with the code of a predicate that stands near, where it is of its kind."""
    if near is None or near.mode not in SURE or plover_of(near) != coding.plover:
        return coding
    if read_code(near.code) != (coding.channel, coding.valence):
        return coding
    return Coding(
        coding.plover, near.code, coding.quad, coding.channel, coding.valence, near.mode,
        coding.confidence,
    )  # fmt: skip


def likeliest(
    row: NDArray[np.float64], vote: Finding | None, other: Mapping[str, float] | None = None
) -> Coding:
    """The coding of a pair that is known to have an act: the likeliest event of the likeliest of
    PLOVER's four classes, since events of one class share a doubt (SUPPORT or AGREE).

    vote: what the rules found, which may be a predicate that only stands near. other: what another
    reader gives each event.
    """
    none = [name for name, _ in KINDS].index(NONE)
    raw = row
    row = row / max(1e-9, 1.0 - float(row[none]))
    if vote is not None and vote.mode in SURE and (kind := kind_of(vote)) is not None:
        row[kind] += LINKED_WEIGHT if vote.sure >= LINKED else NEAR_WEIGHT
    row[none] = 0.0
    row /= row.sum()
    classes: dict[int, float] = {}
    events: dict[str, float] = {}
    for (event, _), value in zip(KINDS[:-1], row, strict=False):
        classes[QUADS[event]] = classes.get(QUADS[event], 0.0) + float(value)
        events[event] = events.get(event, 0.0) + float(value)
    for event, value in (other or {}).items():
        classes[QUADS[event]] += OTHER_WEIGHT * value
        events[event] += OTHER_WEIGHT * value
    quad = max(classes, key=lambda each: classes[each])
    event = max((name for name in events if QUADS[name] == quad), key=lambda name: events[name])
    if vote is not None and (named := _named(vote, raw, event)) is not None:
        event, quad = named, QUADS[named]
    mine = [at for at, (name, _) in enumerate(KINDS) if name == event]
    code = KINDS[max(mine, key=lambda at: float(row[at]))][1]
    mode = MODES.get(event, "did")
    if vote is not None and vote.mode in SURE and plover_of(vote) == event:
        code, mode = vote.code, vote.mode
    return Coding(event, code, quad, *read_code(code), mode, events[event] / sum(events.values()))


def _named(vote: Finding, row: NDArray[np.float64], event: str) -> str | None:
    """The event of a phrase whose channel and sign are those of the event that the reader sees."""
    kind = kind_of(vote)
    if kind is None or vote.mode not in SURE or vote.sure < LINKED or PHRASE not in vote.rule:
        return None
    own = max((at for at, (name, _) in enumerate(KINDS) if name == event), key=lambda at: row[at])
    same = _CELLS[own] == read_code(vote.code)
    return plover_of(vote) if same and float(row[kind]) >= AGREED else None
