"""Findings of a selection: counts and shares, beside figures of ICEWS, and nothing decided."""

from __future__ import annotations

from saidanddone.dossier import channels
from saidanddone.dossier.findings import Findings
from saidanddone.dossier.pair import PairEvidence
from saidanddone.measure.choices import Choices
from saidanddone.measure.influence import BY_KIND, influence_on_shares
from saidanddone.measure.robustness import Outcome, alternatives, varied
from saidanddone.measure.selection import ShareDifference, share_difference
from saidanddone.model import SelectionAnswer


def of_selection(evidence: PairEvidence) -> Findings:
    """Count a pair's acts in a selection."""
    question = evidence.question
    choices, grain = question.choices, question.dataset.grain
    counted = evidence.counted(choices)
    counts = channels.count_channels(counted)
    answers, norms = channels.selected(grain, counts)
    shares = _shares(counts, choices)
    whole = ("verbal", "material") if grain == "year" else ("said", "signed", "done")
    return Findings(
        counted,
        answers,
        norms,
        days=influence_on_shares(counted, *choices.words_and_deeds),
        kinds=influence_on_shares(counted, *choices.words_and_deeds, BY_KIND),
        outcomes=tuple(_outcomes(evidence)),
        selection=SelectionAnswer(
            acts=sum(counts[channel]["acts"] for channel in whole),
            share_words=shares.share_words,
            share_deeds=shares.share_deeds,
            difference=shares.difference,
            interval90=shares.interval90,
        ),
    )


def _outcomes(evidence: PairEvidence) -> list[Outcome]:
    """The robustness table: the difference of shares; a norm plays no part in it."""
    dataset, baseline = evidence.question.dataset, evidence.question.choices
    found = []
    for other in alternatives(baseline, roles=dataset.roles, codes=dataset.grain == "day"):
        if other.against == baseline.against:
            shares = _shares(channels.count_channels(evidence.counted(other)), other)
            found.append(Outcome(other, varied(baseline, other), shares.difference, None))
    return found


def _shares(counts: channels.Counts, choices: Choices) -> ShareDifference:
    words, deeds = (
        (count["cooperative"], count["cooperative"] + count["conflictual"])
        for count in (counts[channel] for channel in choices.words_and_deeds)
    )
    return share_difference(words, deeds)
