"""The arithmetic of an answer, line by line, so that a reader can redo it."""

from __future__ import annotations

from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.evidence import leading
from saidanddone.measure.choices import MARGIN, SURE
from saidanddone.measure.comparison import Side
from saidanddone.measure.peers import PairNorm
from saidanddone.measure.selection import Z90

ACTS_TOLD = 30
"""Acts in the table: what a reader can look up in an hour; the JSON has all that carry it."""


def explain(dossier: Dossier) -> list[str]:
    """Return the steps from counts to verdict, one line each; indented lines belong to the last."""
    lines = _counting(dossier)
    if dossier.selection is not None:
        return lines + _shares(dossier) + _acts(dossier)
    if dossier.sides is None or dossier.comparison is None or dossier.gap is None:
        return [*lines, f"No gap: {dossier.verdict.sentence}"]
    words, deeds = dossier.words_and_deeds
    for name, side, what in zip((words, deeds), dossier.sides, ("words", "deeds"), strict=True):
        lines += _warmth(name, side, what)
    return (
        lines
        + _gap(dossier)
        + _signed(dossier)
        + _verdict(dossier)
        + _table(dossier)
        + _acts(dossier)
    )


def _counting(dossier: Dossier) -> list[str]:
    words, deeds = dossier.words_and_deeds
    unit = {
        "acts": "acts once a day: distinct date, source, target, root, channel and valence",
        "codes": "codes once a day: distinct date, source, target, code, channel and valence",
        "reports": "every report",
    }[dossier.count]
    if dossier.channels["said"] is None:
        unit = "the published yearly counts as they are"
    lines = [
        f"Words are the channel '{words}', deeds '{deeds}' (reading {dossier.reading}).",
        f"Counted: {unit}; actors: {dossier.actors}"
        + (f"; without {', '.join(dossier.choices.without)}." if dossier.choices.without else "."),
    ]
    for name in (words, deeds):
        channel = dossier.channels[name]
        if channel:
            lines.append(
                f"  {name}: k = {channel.cooperative} cooperative, {channel.conflictual} "
                f"conflictual, n = {channel.n}; {channel.neutral} neutral do not count."
            )
    return lines


def _warmth(name: str, side: Side, what: str) -> list[str]:
    norm, posterior = side.norm, side.warmth()
    lines = [
        f"Warmth of {what} ({name}): norm fitted on {norm.pairs:,} pairs.",
        f"  norm = alpha + beta (ln n - mean ln n) = {norm.alpha:.4f} + {norm.beta:.4f} "
        f"(ln {side.n:g} - {norm.mean_log_n:.4f}) = {float(norm.at(side.n)):.4f} logits, "
        f"a share of {norm.expected(side.n):.4f}",
    ]
    if isinstance(norm, PairNorm):
        (a, a_se), (b, b_se) = norm.source_effect, norm.target_effect
        lines += [
            f"  alpha without this pair, from {norm.world_alpha:.4f} in the world, "
            f"a_source = {a:+.4f} (s.e. {a_se:.4f}) and b_target = {b:+.4f} (s.e. {b_se:.4f}), "
            "both with this pair",
            f"  tau = sqrt({norm.own_tau:.4f}^2 + what the others leave open of the level)",
        ]
    if side.phi > 1:
        lines.append(
            f"  dispersion phi = {side.phi:.3f}: evidence k/phi = {side.k / side.phi:.3f} of "
            f"n/phi = {side.n / side.phi:.3f}"
        )
    lines += [
        f"  posterior of theta ~ exp(k theta - n ln(1 + e^theta)) times normal(norm, tau = "
        f"{norm.tau:.4f})",
        f"  z = E[theta] - norm = {posterior.mean():z.4f}, "
        f"s.e. = {posterior.variance() ** 0.5:.4f}",
    ]
    return lines


def _gap(dossier: Dossier) -> list[str]:
    comparison, gap, surprise = dossier.comparison, dossier.gap, dossier.surprise
    assert comparison is not None and gap is not None and surprise is not None
    words, deeds = comparison.words.mean(), comparison.deeds.mean()
    lines = [
        f"gap = z_deeds - z_words = {deeds:z.4f} - ({words:z.4f}) = {gap.estimate:z.4f}, "
        f"s.e. = {gap.se:.4f}",
        f"surprise = z_deeds - b z_words = {deeds:z.4f} - {comparison.slope:z.4f} ({words:z.4f}) = "
        f"{surprise.estimate:z.4f}, s.e. = {surprise.se:.4f}",
    ]
    for name, estimate, difference in (
        ("gap", gap, comparison.gap),
        ("surprise", surprise, comparison.surprise),
    ):
        low, high = estimate.interval90
        lines.append(
            f"  {name}: 90% interval {low:.3f} to {high:.3f}; "
            f"P(> {MARGIN}) = {difference.probability_above(MARGIN):.4f}, "
            f"P(< -{MARGIN}) = {1 - difference.probability_above(-MARGIN):.4f}"
        )
    return lines


def _signed(dossier: Dossier) -> list[str]:
    """From said to signed and from signed to done, where signed has a warmth."""
    signed = dossier.channels["signed"]
    if signed is None or signed.warmth is None or signed.se is None:
        why = signed.why_null if signed else None
        return [f"Signed has no warmth: {why}."] if why else []
    lines = []
    for first, second in (("said", "signed"), ("signed", "done")):
        a, b = dossier.channels[first], dossier.channels[second]
        if a is None or b is None or None in (a.warmth, a.se, b.warmth, b.se):
            continue
        assert a.warmth is not None and a.se is not None
        assert b.warmth is not None and b.se is not None
        difference, se = b.warmth - a.warmth, (a.se**2 + b.se**2) ** 0.5
        lines.append(
            f"z_{second} - z_{first} = {b.warmth:z.4f} - ({a.warmth:z.4f}) = {difference:z.4f}, "
            f"s.e. = {se:.4f}: 90% interval {difference - Z90 * se:.3f} to "
            f"{difference + Z90 * se:.3f} (normal; no part of the verdict)"
        )
    return lines


def _verdict(dossier: Dossier) -> list[str]:
    corners = dossier.corners or {}
    probabilities = ", ".join(f"{name} {value:.3f}" for name, value in corners.items())
    return [
        f"Direction: both beyond {MARGIN} logits on one side with probability {SURE} or more: "
        f"{dossier.verdict.direction or 'no'}.",
        f"Corners: {probabilities}; named at {SURE}: {dossier.verdict.corner or 'none'}.",
    ]


def _shares(dossier: Dossier) -> list[str]:
    selection = dossier.selection
    assert selection is not None
    if selection.difference is None or selection.interval90 is None:
        return ["A share is missing: one of the two channels has no act with a sign."]
    low, high = selection.interval90
    return [
        f"difference = share of deeds - share of words = {selection.share_deeds:.4f} - "
        f"{selection.share_words:.4f} = {selection.difference:+.4f}",
        f"  90% interval {low:+.4f} to {high:+.4f} (Newcombe 1998, method 10, from Wilson score "
        f"intervals with z = {Z90:.4f})",
        "A selection has no norm and decides nothing.",
        *_table(dossier),
    ]


def _table(dossier: Dossier) -> list[str]:
    lines = ["Other choices, each changed once:"]
    for outcome in dossier.outcomes:
        estimate = "no norm" if outcome.estimate is None else f"{outcome.estimate:+z.3f}"
        decided = f", {outcome.direction}" if outcome.direction else ""
        lines.append(f"  {outcome.varied}: {estimate}{decided}")
    return lines


def _acts(dossier: Dossier) -> list[str]:
    """The acts that weigh most, either way, each with where it can be looked up."""
    weighing = [item for item in dossier.evidence if item.weight]
    shown = leading(weighing, ACTS_TOLD)
    if not shown:
        return []
    lines = [
        f"Acts by weight, {len(shown)} of {len(weighing)}; weight: the change when the acts of its "
        "date, channel and sign are left out:"
    ]
    for item in shown:
        sign = {1: "+", -1: "-", 0: "0"}[item.valence]
        what = f"{item.channel} {sign} {item.code or ''}".rstrip()
        lines.append(f"  {item.date}  {what}  {item.weight:+.4f}  {item.text}  [{item.reference}]")
    return lines
