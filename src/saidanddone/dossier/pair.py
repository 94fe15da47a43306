"""One pair under one set of choices: its sides, their comparison, the gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.norms import World, merge_predecessors
from saidanddone.dossier.question import Question
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Comparison, Side, compare
from saidanddone.measure.counting import counted
from saidanddone.measure.evidence import Evidence, evidence
from saidanddone.measure.fits import Fits
from saidanddone.measure.norm import Norm
from saidanddone.measure.self_norm import self_norm


@dataclass
class PairEvidence:
    """The pair's own cells and those of its source, and what they come to under any choices."""

    question: Question
    world: World
    cells: pl.DataFrame
    _counted: dict[Choices, Any] = field(default_factory=dict, repr=False)
    _of_source: pl.DataFrame | None = None
    _counted_source: dict[Choices, Any] = field(default_factory=dict, repr=False)
    _compared: dict[Choices, Comparison | None] = field(default_factory=dict, repr=False)
    _own: dict[Any, tuple[float, float, float]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, question: Question, world: World, store: Store | None = None) -> PairEvidence:
        """Read the pair's cells from the world's store, or from one that holds them already."""
        pair = question.pair
        cells = (store or world.store).cells(
            question.dataset.name,
            window=question.window,
            sources=question.ids_of(pair.source.id),
            targets=question.ids_of(pair.target.id),
        )
        return cls(question, world, merge_predecessors(cells, question.merged))

    def counted(self, choices: Choices) -> Any:
        """The pair's counted acts."""
        # The robustness table asks many times.
        key = choices.counting
        if key not in self._counted:
            self._counted[key] = self.world.weigh(counted(self.cells, choices), choices)
        return self._counted[key]

    def side(self, channel: str, choices: Choices, fits: Fits) -> Side | None:
        """k of n, dispersion and norm in one channel; None where it has no norm."""
        fit = fits.channels[channel]
        world = fit.plain if choices.against == "plain" else fit.world
        if world is None:
            return None
        pair = self.question.pair
        k, n, phi = self._of(channel, choices, fits)
        norm: Norm = world
        if choices.against == "self":
            norm = self_norm(world, self._source_evidence(channel, choices, fits), pair.target.id)
        elif choices.against == "peers":
            # Words and deeds are fitted together, every other channel on its own.
            both = choices.words_and_deeds
            peers = self.world.peers(choices, both if channel in both else (channel,))
            asked = Evidence.one(pair.source.id, pair.target.id, k, n, phi)
            (norm,) = peers.channels[channel].norms(asked)
        return Side(k, n, phi, norm)

    def sides(self, choices: Choices, fits: Fits) -> tuple[Side, Side] | None:
        """Words and deeds; None where either has no norm."""
        words, deeds = choices.words_and_deeds
        found = self.side(words, choices, fits), self.side(deeds, choices, fits)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def compare(self, choices: Choices, fits: Fits) -> Comparison | None:
        """Words against deeds; None where either has no norm."""
        # The verdict and the robustness table look at the same norms.
        if choices not in self._compared:
            sides = self.sides(choices, fits)
            slope = self.world.slope(choices, fits) if sides else 0.0
            self._compared[choices] = compare(*sides, slope) if sides else None
        return self._compared[choices]

    def _of(self, channel: str, choices: Choices, fits: Fits) -> tuple[float, float, float]:
        """k of n acts in one channel, and their dispersion."""
        pair = self.question.pair
        if self._among_all:
            return self.world.evidence(choices, channel, fits).of(pair.source.id, pair.target.id)
        # A norm changes nothing of it, and the robustness table asks for each norm.
        shrinkage = fits.channels[channel].shrinkage
        key = (choices.counting, channel, fits.blocks, shrinkage)
        if key not in self._own:
            acts = self.counted(choices)
            found, _ = evidence(
                acts, channel, self.world.span, blocks=fits.blocks, shrinkage=shrinkage
            )
            self._own[key] = found.of(pair.source.id, pair.target.id)
        return self._own[key]

    @property
    def _among_all(self) -> bool:
        """Whether the pair's acts are counted with those of all pairs of states."""
        pair = self.question.pair
        return self.world.for_many and "organization" not in (pair.source.kind, pair.target.kind)

    def _source_evidence(self, channel: str, choices: Choices, fits: Fits) -> Evidence:
        question = self.question
        if self._among_all:
            return self.world.evidence(choices, channel, fits).of_source(question.pair.source.id)
        if self._of_source is None:
            cells = self.world.store.cells(
                question.dataset.name,
                window=question.window,
                sources=question.ids_of(question.pair.source.id),
            )
            self._of_source = self.world.between(cells)
        key = choices.counting
        if key not in self._counted_source:
            # Only the last: a specification curve would keep hundreds.
            acts = self.world.weigh(counted(self._of_source, choices), choices)
            self._counted_source = {key: acts}
        found, _ = evidence(
            self._counted_source[key],
            channel,
            self.world.span,
            blocks=fits.blocks,
            shrinkage=fits.channels[channel].shrinkage,
        )
        return found
