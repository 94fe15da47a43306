"""The methods paragraph of a paper, filled with what an answer actually did."""

from __future__ import annotations

from saidanddone.dossier.citation import methods_used
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.sentence import interval, percent, with_article
from saidanddone.measure.choices import MARGIN, SURE
from saidanddone.model import ChannelAnswer

_COUNTED = {
    "acts": "Acts were counted once a day (distinct date, source, target, root code, channel and "
    "valence)",
    "codes": "Acts were counted once a day and code",
    "reports": "Every report was counted",
}
_NORMS = {
    "world": "the norm of all pairs of states in the dataset, given the pair's number of acts",
    "plain": "the norm of all pairs of states in the dataset, whatever their number of acts",
    "peers": "a norm with effects of source and target and of the number of acts, the pair itself "
    "left out",
    "self": "the source's acts toward its other targets, shrunk to the norm of all pairs",
}
_AUTHORS = {
    "Efron2010": "Efron 2010",
    "PinheiroBates1995": "Pinheiro and Bates 1995",
    "Kuensch1989": "Künsch 1989",
    "Newcombe1998": "Newcombe 1998",
}


def methods(dossier: Dossier, version: str) -> str:
    """Return a paragraph of what was counted, against what, and how, with a version."""
    sentences = [_data(dossier, version), _counting(dossier)]
    if dossier.selection is not None:
        sentences += _of_selection(dossier)
    elif dossier.gap is None or dossier.surprise is None:
        sentences.append("No gap between words and deeds could be measured on these data.")
    else:
        sentences += _measured(dossier)
    return " ".join(sentences)


def _data(dossier: Dossier, version: str) -> str:
    name, kind = dossier.dataset
    title = dossier.title or name
    content = f", content {dossier.content[:16]}" if dossier.content else ""
    what = "aims at all reported acts" if kind == "census" else "is a selection of acts"
    return (
        f"The words and deeds of {with_article(dossier.source.name)} toward "
        f"{with_article(dossier.target.name)} were taken from {title} ({name}{content}), which "
        f"{what}, from {dossier.span.first} to {dossier.span.last}, with Said & Done "
        f"{version}."
    )


def _counting(dossier: Dossier) -> str:
    words, deeds = dossier.words_and_deeds
    # Published yearly counts come counted: nothing was counted here.
    how = (
        "The published yearly counts were used as they are"
        if dossier.channels["said"] is None
        else _COUNTED[dossier.count]
    )
    whose = "acts of governments only" if dossier.actors == "government" else "acts of all actors"
    left_out = (
        f"; the codes {', '.join(dossier.choices.without)} were left out"
        if dossier.choices.without
        else ""
    )
    channels = dossier.channels
    return (
        f"{how}, {whose}{left_out}. Words are the channel '{words}' ({_count(channels[words])}) "
        f"and deeds the channel '{deeds}' ({_count(channels[deeds])}), by the reading "
        f"{dossier.reading}."
    )


def _count(channel: ChannelAnswer | None) -> str:
    if channel is None or channel.n == 0:
        return "n = 0"
    return f"n = {channel.n:,}, {percent(channel.share)} cooperative"


def _of_selection(dossier: Dossier) -> list[str]:
    found = dossier.selection
    if found is None or found.difference is None or found.interval90 is None:
        return ["As one of the two has no act with a sign, their shares were not compared."]
    low, high = found.interval90
    return [
        f"The share of cooperative deeds less that of cooperative words was "
        f"{found.difference:+.3f} (90% interval {low:+.3f} to {high:+.3f}; "
        f"{_cited(dossier)}).",
        "As somebody chose these acts, no norm was fitted and nothing was decided.",
    ]


def _measured(dossier: Dossier) -> list[str]:
    assert dossier.gap is not None and dossier.surprise is not None and dossier.sides is not None
    words, deeds = dossier.sides
    pairs = (
        f"{words.norm.pairs:,} pairs"
        if words.norm.pairs == deeds.norm.pairs
        else f"{words.norm.pairs:,} pairs for words and {deeds.norm.pairs:,} for deeds"
    )
    robust = dossier.robustness
    most = robust.most_sensitive_to
    direction = dossier.verdict.direction
    return [
        f"Each share was measured on the logit scale against {_NORMS[dossier.against]}, fitted on "
        f"{pairs} by marginal maximum likelihood with adaptive Gauss-Hermite quadrature, and the "
        f"pair's own was its posterior mean ({_cited(dossier)}).",
        _dispersion(dossier),
        f"The gap, warmth of deeds less warmth of words, was {interval(dossier.gap)} logits, the "
        f"surprise, warmth of deeds less what such words foretell over all pairs (slope "
        f"{dossier.slope:.3f}), {interval(dossier.surprise)} (90% intervals).",
        f"A direction was named where both lay beyond {MARGIN} logits on one side with posterior "
        f"probability of at least {SURE}: here "
        + (f"deeds were {direction} than words." if direction else "none was."),
        f"Of {robust.specifications} sets of choices {robust.same_direction} agreed in sign and "
        f"{robust.decided} decided" + (f"; '{most}' changed the estimate most." if most else "."),
    ]


def _dispersion(dossier: Dossier) -> str:
    assert dossier.sides is not None
    words, deeds = dossier.sides
    if "Kuensch1989" not in methods_used(dossier):
        return "Errors are counting errors only, which understate doubt."
    return (
        "That acts come in bursts entered as a dispersion, from a moving-block bootstrap over "
        f"{dossier.span.period}s (Künsch 1989) shrunk to that of pairs alike: {words.phi:.2f} for "
        f"words and {deeds.phi:.2f} for deeds."
    )


def _cited(dossier: Dossier) -> str:
    keys = [key for key in methods_used(dossier) if key != "Kuensch1989"]
    return "; ".join(_AUTHORS[key] for key in keys)
