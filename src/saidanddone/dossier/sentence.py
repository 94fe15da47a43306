"""The verdict in a sentence. It describes reported acts and never imputes intent."""

from __future__ import annotations

import re

from saidanddone.measure.choices import MARGIN, SURE
from saidanddone.model import Answer, ChannelAnswer, Estimate


def percent(share: float | None) -> str:
    """A share as people write it.

    >>> percent(0.953), percent(None)
    ('95%', 'none')
    """
    return "none" if share is None else f"{share:.0%}"


def interval(estimate: Estimate) -> str:
    """A gap with its interval, in logits."""
    low, high = estimate.interval90
    return f"{estimate.estimate:+z.2f} ({low:+z.2f} to {high:+z.2f})"


def possessive(name: str) -> str:
    """A name with its genitive.

    >>> possessive("Russia"), possessive("the United States")
    ("Russia's", "the United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


MEASURED_AGAINST = {
    "world": "a pair with so many acts",
    "plain": "any pair",
    "peers": "this source and this target",
    "self": "this source toward others",
}
"""What the norm knows of a pair, as the verdict says it."""

HANDFUL = 9
"""Documents: from ten on their number speaks for itself, in the coverage."""

_IN_DOCUMENT = re.compile(r"(.+?), characters \d+ to \d+")
"""A reference to a sentence of a document that was read (reading/source.py)."""

WITH_ARTICLE = (
    "United", "Soviet", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives",
    "Seychelles", "Comoros", "Marshall", "Solomon", "Central African", "Dominican Republic",
    "Czech Republic", "Democratic Republic", "European", "African Union", "Arab League",
    "Commonwealth", "Vatican City", "World", "International", "Security Council", "UN ",
)  # fmt: skip
"""How names begin that English gives an article."""


def with_article(name: str) -> str:
    """A name as it stands in a sentence.

    >>> with_article("United States"), with_article("Russia")
    ('the United States', 'Russia')
    """
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def verdict_sentence(
    answer: Answer, words: str, deeds: str, times: float | None, why_undecided: str | None
) -> str:
    """The sentence of an answer whose other fields are filled in.

    times: how many times the evidence would decide. why_undecided: a reason other than too little
    evidence, if there is one.
    """
    source, target = with_article(answer.source.name), with_article(answer.target.name)
    pair = f"{possessive(source)} deeds toward {target}"
    said, done = answer.channels[words], answer.channels[deeds]
    if said is None or done is None or said.n + done.n + _others(answer) == 0:
        return (
            f"{answer.dataset[0]} has no acts of {source} toward {target} in this window: "
            "nothing can be said of them."
        )
    counts = f"{_share(said)} of the words and {_share(done)} of the deeds were cooperative"
    if answer.selection is not None:
        return _of_selection(answer, counts)
    if answer.gap is None or answer.surprise is None:
        return (
            f"Of the reported acts of {source} toward {target} {counts}; nothing is decided: "
            f"{why_undecided}."
        )
    shares = f"{percent(said.expected)} and {percent(done.expected)}"
    expected = f"expected of {MEASURED_AGAINST[answer.against]}: {shares}"
    gap = f"the gap is {interval(answer.gap)} logits"
    if answer.verdict.direction:
        return (
            f"{pair[0].upper()}{pair[1:]} were {answer.verdict.direction} than its words, measured "
            f"against what is usual: {counts} ({expected}); {gap}, the surprise "
            f"{interval(answer.surprise)}."
        )
    return (
        f"Whether {pair} match its words is not decided: {counts} ({expected}); {gap}"
        f"{_why(why_undecided, times, answer.gap, answer.surprise)}."
    )


def _others(answer: Answer) -> int:
    return sum(c.n + c.neutral for c in answer.channels.values() if c)


def _share(channel: ChannelAnswer) -> str:
    if channel.n == 0:
        return "none (n = 0)"
    return f"{channel.cooperative:,} of {channel.n:,} ({percent(channel.share)})"


def _of_selection(answer: Answer, counts: str) -> str:
    chosen = answer.selection
    assert chosen is not None
    head = (
        f"Of the {chosen.acts} act{'s' if chosen.acts != 1 else ''} of "
        f"{with_article(answer.source.name)} toward {with_article(answer.target.name)} in this "
        f"selection, {counts}"
    )
    if chosen.difference is None or chosen.interval90 is None:
        return f"{head}; {_little(answer)}a selection decides nothing."
    low, high = chosen.interval90
    points = f"{chosen.difference * 100:+.0f} points ({low * 100:+.0f} to {high * 100:+.0f})"
    return f"{head}: deeds less words {points}; {_little(answer)}a selection decides nothing."


def _little(answer: Answer) -> str:
    """How little is proved by acts that all stand in one document, or in a handful of them."""
    places = [_IN_DOCUMENT.match(item.reference) for item in answer.evidence]
    documents = {place[1] for place in places if place}
    if not documents or not all(places) or len(documents) > HANDFUL:
        return ""
    if len(documents) == 1:
        return "all of them stand in one document, which proves little: its author chose them; "
    return f"all of them stand in {len(documents)} documents, which prove little; "


def _why(why_undecided: str | None, times: float | None, gap: Estimate, surprise: Estimate) -> str:
    if why_undecided:
        return f"; {why_undecided}"
    if (gap.estimate > 0) != (surprise.estimate > 0):
        return "; gap and surprise lie on different sides, which no more of such evidence decides"
    if times is None:
        return f"; gap or surprise is too small for any amount of evidence to pass {MARGIN} logits"
    return f"; {times:.1f} times the evidence at the same shares would decide it at {SURE:.0%}"
