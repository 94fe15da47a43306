"""Findings of a census: the pair against the norm of all pairs."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from saidanddone.dossier import channels
from saidanddone.dossier.findings import Findings
from saidanddone.dossier.norms import World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Comparison, times_needed
from saidanddone.measure.fits import Fits
from saidanddone.measure.influence import BY_KIND, influence
from saidanddone.measure.robustness import Outcome, alternatives, varied
from saidanddone.sources import Dataset

ONLY_COUNTING_ERROR = "with --dispersion none only counting error is shown, which never decides"
NO_BLOCKS = "the data are too short to estimate how acts cluster in time, so nothing is decided"
VOLUME_REVERSES = "without the volume term the gap has the other sign, so it is not decided"
PEERS_REVERSE = (
    "against this source's other targets and this target's other sources the gap has the other "
    "sign, so it is not decided"
)


def of_census(world: World, evidence: PairEvidence) -> Findings:
    """Measure a pair against the norm of its dataset."""
    question = evidence.question
    choices, grain = question.choices, question.dataset.grain
    fits = world.fits(choices, channels.channels_of(grain))
    counted = evidence.counted(choices)
    counts = channels.count_channels(counted)
    answers, norms = channels.measured(evidence, choices, fits, counts)
    outcomes = tuple(_outcomes(world, evidence))
    sides = evidence.sides(choices, fits)
    comparison = evidence.compare(choices, fits)
    if sides is None or comparison is None:
        why = "; ".join(
            f"no norm for '{channel}': {reason}"
            for channel in choices.words_and_deeds
            if (reason := fits.channels[channel].why_null)
        )
        return Findings(counted, answers, norms, no_days(), no_days(), outcomes, why_undecided=why)
    why_not = why_undecided(evidence, choices, fits, comparison)
    direction = None if why_not else comparison.direction()
    some = sides[0].n + sides[1].n > 0
    slope = world.slope(choices, fits)
    words, deeds = choices.words_and_deeds
    return Findings(
        counted,
        answers,
        norms,
        days=influence(counted, words, deeds, sides),
        kinds=influence(counted, words, deeds, sides, BY_KIND),
        outcomes=outcomes,
        comparison=comparison,
        sides=sides,
        slope=slope,
        direction=direction,
        corner=None if why_not else comparison.corner(),
        times_needed=times_needed(*sides, slope) if some and not direction else None,
        why_undecided=why_not,
    )


def no_days() -> pl.DataFrame:
    """Influence by date, where nothing is measured."""
    return pl.DataFrame(
        schema={
            "date": pl.Date(),
            "precision": pl.String(),
            "channel": pl.String(),
            "valence": pl.Int8(),
            "influence": pl.Float64(),
        }
    )


def reverses(comparison: Comparison, other: Comparison | None) -> bool:
    """Whether the gap has the other sign under another norm (method.md, section 6)."""
    return other is not None and other.gap.mean() * comparison.gap.mean() < 0


def why_undecided(
    evidence: PairEvidence, choices: Choices, fits: Fits, comparison: Comparison
) -> str | None:
    """Why these choices decide nothing, however large the gap."""
    if choices.dispersion == "none":
        return ONLY_COUNTING_ERROR
    if not fits.blocks:
        return NO_BLOCKS
    if choices.against != "world" or comparison.direction() is None:
        return None
    for against, why in (("plain", VOLUME_REVERSES), ("peers", PEERS_REVERSE)):
        if reverses(comparison, evidence.compare(choices.but(against=against), fits)):
            return why
    return None


def norms_asked(dataset: Dataset, baseline: Choices) -> Iterator[tuple[Choices, tuple[str, ...]]]:
    """The sets of choices that an answer looks at, each with the channels that need a norm."""
    for other in alternatives(baseline, roles=dataset.roles, codes=dataset.grain == "day"):
        same_fits = baseline.differing(other) in ("", "against")
        whole = tuple(channels.channels_of(dataset.grain))
        yield other, whole if same_fits else other.words_and_deeds


def _outcomes(world: World, evidence: PairEvidence) -> list[Outcome]:
    """The robustness table: the answer, then each choice changed once."""
    dataset, baseline = evidence.question.dataset, evidence.question.choices
    found = []
    for other, fitted in norms_asked(dataset, baseline):
        fits = world.fits(other, fitted)
        comparison = evidence.compare(other, fits)
        gap = direction = None
        if comparison is not None:
            # Without signed acts the gap is 0: what its quadrature rounds to has no sign.
            sides = evidence.sides(other, fits)
            gap = comparison.gap.mean() if sides and sides[0].n + sides[1].n else 0.0
            if why_undecided(evidence, other, fits, comparison) is None:
                direction = comparison.direction()
        found.append(Outcome(other, varied(baseline, other), gap, direction))
    return found
