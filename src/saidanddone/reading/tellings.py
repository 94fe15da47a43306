"""Tellings: which acts of many documents are one act, told several times.

Two reports are of one act if they say the same of the same actors, and either in the same words
with the same date, or in nearly the same words in two documents of one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from saidanddone.reading.act import ReportedAct
from saidanddone.reading.stories import Joined, Signature, cluster_signed, words_of

NEAR = 0.6
"""Share of the words of two sentences that both have, of all their words: one word in four may
differ. An editor changes fewer, and two sentences on two acts share fewer."""

MOST_WORDINGS = 300
"""Of one act in one story that are compared with one another: 45,000 pairs."""

_NEVER = "9999"
"""Documents without a date come after all others."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose acts are compared; published is ISO or None."""

    sha256: str
    address: str
    published: str | None
    signature: Signature | None
    acts: Sequence[ReportedAct]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an act: the number of the act (from 1) in a document, and its date."""

    sha256: str
    number: int
    document: str
    published: str | None
    date: str | None
    start: int
    end: int

    @property
    def order(self) -> tuple[str, str, str, int]:
        """Sorts reports by first publication, then by what never depends on their order."""
        return (self.published or _NEVER, self.document, self.sha256, self.number)

    @property
    def reference(self) -> str:
        """Where the sentence stands."""
        return f"{self.document}, characters {self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One act with all its reports, the first publication first."""

    reports: tuple[Report, ...]

    @property
    def first(self) -> Report:
        """The report of the first publication, which is the reference."""
        return self.reports[0]

    @property
    def date(self) -> str | None:
        """The date of the act: what the first publication says, else the first that says one."""
        return next((report.date for report in self.reports if report.date), None)

    @property
    def documents(self) -> int:
        """How many documents report it."""
        return len({report.sha256 for report in self.reports})


def told_acts(documents: Iterable[Document]) -> list[ToldAct]:
    """Return the acts of documents, each once; the order of the documents does not matter.

    Acts are in the order of their first publications. A document given twice counts once.
    """
    signatures: list[Signature | None] = []
    reports: list[Report] = []
    keys: list[tuple[str, ...]] = []
    words: list[str] = []
    stories: list[int] = []
    seen: set[str] = set()
    for document in documents:
        if document.sha256 in seen:
            continue
        seen.add(document.sha256)
        for number, act in enumerate(document.acts, start=1):
            reports.append(_report(document, number, act))
            keys.append(_key(act))
            words.append(words_of(act.quote))
            stories.append(len(signatures))
        signatures.append(document.signature)
    numbers = cluster_signed(signatures)
    joined = Joined(len(reports))
    by_words: dict[tuple[object, ...], int] = {}
    in_story: dict[tuple[object, ...], dict[str, int]] = {}
    for i, (key, wording) in enumerate(zip(keys, words, strict=True)):
        story = numbers[stories[i]]
        if reports[i].date is not None:
            joined.join(by_words.setdefault((key, wording, reports[i].date), i), i)
        wordings = in_story.setdefault((key, story), {})
        joined.join(wordings.setdefault(wording, i), i)
    for wordings in in_story.values():
        for one, other in _near(sorted(wordings)[:MOST_WORDINGS]):
            joined.join(wordings[one], wordings[other])
    return _gathered(reports, joined)


def _gathered(reports: list[Report], joined: Joined) -> list[ToldAct]:
    sets: dict[int, list[Report]] = {}
    for report, number in zip(reports, joined.numbers(), strict=True):
        sets.setdefault(number, []).append(report)
    acts = [ToldAct(tuple(sorted(found, key=lambda r: r.order))) for found in sets.values()]
    return sorted(acts, key=lambda act: act.first.order)


def _report(document: Document, number: int, act: ReportedAct) -> Report:
    return Report(
        document.sha256,
        number,
        document.address,
        document.published,
        act.date,
        act.start,
        act.end,
    )


def _key(act: ReportedAct) -> tuple[str, ...]:
    """What two reports of one act must agree in."""
    return (
        act.source or act.source_text.casefold(),
        act.target or act.target_text.casefold(),
        act.cameo,
        act.channel,
        str(act.valence),
        act.mode,
    )


def _near(wordings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of sentences that have nearly the same words."""
    sets = {wording: frozenset(wording.split()) for wording in wordings}
    for one, other in combinations(wordings, 2):
        both = len(sets[one] & sets[other])
        if both >= NEAR * len(sets[one] | sets[other]):
            yield one, other
