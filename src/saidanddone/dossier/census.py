"""Findings of a census: the pair against the norm of all pairs."""

from __future__ import annotations

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

ONLY_COUNTING_ERROR = "with --dispersion none only counting error is shown, which never decides"
NO_BLOCKS = "the data are too short to estimate how acts cluster in time, so nothing is decided"
VOLUME_REVERSES = "without the volume term the gap has the other sign, so it is not decided"


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
    why_not = _never(choices, fits) or _volume_reverses(evidence, choices, fits, comparison)
    direction = None if why_not else comparison.direction()
    some = sides[0].n + sides[1].n > 0
    slope = fits.slope(choices.against)
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


def _never(choices: Choices, fits: Fits) -> str | None:
    """Why these choices never decide."""
    if choices.dispersion == "none":
        return ONLY_COUNTING_ERROR
    return None if fits.blocks else NO_BLOCKS


def _volume_reverses(
    evidence: PairEvidence, choices: Choices, fits: Fits, comparison: Comparison
) -> str | None:
    """A verdict that the volume term alone reverses is not decided (method.md, section 6)."""
    if choices.against != "world" or comparison.direction() is None:
        return None
    plain = evidence.compare(choices.but(against="plain"), fits)
    reversed_sign = plain is not None and plain.gap.mean() * comparison.gap.mean() < 0
    return VOLUME_REVERSES if reversed_sign else None


def _outcomes(world: World, evidence: PairEvidence) -> list[Outcome]:
    """The robustness table: the answer, then each choice changed once."""
    dataset, baseline = evidence.question.dataset, evidence.question.choices
    found = []
    for other in alternatives(baseline, roles=dataset.roles, codes=dataset.grain == "day"):
        same_fits = baseline.differing(other) in ("", "against")
        fitted = channels.channels_of(dataset.grain) if same_fits else other.words_and_deeds
        fits = world.fits(other, fitted)
        comparison = evidence.compare(other, fits)
        can_decide = comparison is not None and _never(other, fits) is None
        found.append(
            Outcome(
                other,
                varied(baseline, other),
                comparison.gap.mean() if comparison else None,
                comparison.direction() if comparison and can_decide else None,
            )
        )
    return found
