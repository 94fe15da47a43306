"""Fitted norms for a question, from the store's cache or fitted now and kept there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl

from saidanddone import actors, codes
from saidanddone.archive import DistributedStore, Store
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import counted, summed
from saidanddone.measure.evidence import Evidence, Span, evidence
from saidanddone.measure.fits import Fits, PeersFits, fit_all, fit_all_peers
from saidanddone.measure.weighting import mean_weights, scaled
from saidanddone.model import Window
from saidanddone.sources import Dataset

FITS_VERSION = 1
"""Raised when the method changes, so that no answer mixes old norms with new arithmetic."""

MOST_AT_ONCE = 5_000_000
"""Rows of a dataset whose cells are counted together: of more, one year after another is counted
and only its sums by period are held."""

Progress = Callable[[str], None]


class AllEvidence:
    """The evidence of all pairs in one channel, to be looked up by pair and by source."""

    def __init__(self, table: Evidence) -> None:
        self.table = table
        pairs = zip(table.source.tolist(), table.target.tolist(), strict=True)
        self._at = {pair: at for at, pair in enumerate(pairs)}

    def of(self, source: str, target: str) -> tuple[float, float, float]:
        """k of n acts of a pair, and their dispersion; of a pair without acts 0, 0 and 1."""
        at = self._at.get((source, target))
        if at is None:
            return 0.0, 0.0, 1.0
        return float(self.table.k[at]), float(self.table.n[at]), float(self.table.phi[at])

    def of_source(self, source: str) -> Evidence:
        """The evidence of all pairs of a source."""
        return self.table.rows(self.table.source == source)


@dataclass
class World:
    """All pairs of a dataset in a window: counted once, fitted once, cached in the store.

    norms_of: the generation of the dataset whose norms serve, where the store still has them, so
    that one act more does not move the numbers of all pairs; None: those of the present content.
    for_many: many pairs will be asked about, so that all are counted at once. measured: the gaps
    of all pairs by choices (gaps.py).
    """

    store: Store
    dataset: Dataset
    window: Window
    merged: dict[str, str]
    span: Span
    progress: Progress
    _cells: pl.DataFrame | None = field(default=None, repr=False)
    keep_peers: bool = True
    norms_of: str | None = None
    for_many: bool = False
    _peers: dict[str, PeersFits] = field(default_factory=dict, repr=False)
    _counted: dict[Choices, Any] = field(default_factory=dict, repr=False)
    _weights: dict[Choices, dict[str, float]] = field(default_factory=dict, repr=False)
    measured: dict[Choices, Any] = field(default_factory=dict, repr=False)
    _fits: dict[str, Fits] = field(default_factory=dict, repr=False)
    _evidence: dict[Any, AllEvidence] = field(default_factory=dict, repr=False)

    def fits(self, choices: Choices, channels: Iterable[str]) -> Fits:
        """Norms, dispersion, rates and slope under these choices for these channels."""
        channels = tuple(channels)
        key = self.key(choices, channels)
        if key in self._fits:
            return self._fits[key]
        stored = self._stored(choices, channels)
        if stored is not None:
            self._fits[key] = Fits.from_dict(stored)
            return self._fits[key]
        self.progress(f"fitting the norms of {self.dataset.name} ({_in_words(choices)})")
        fitted = fit_all(self.counted(choices), self.span, choices, channels)
        self.store.cache(key, fitted.to_dict())
        self._fits[key] = fitted
        return fitted

    def peers(self, choices: Choices, channels: Iterable[str]) -> PeersFits:
        """The norm peers under these choices; fitted only where it is asked for."""
        channels = tuple(channels)
        key = self.key(choices, ("peers", *channels))
        if key in self._peers:
            return self._peers[key]
        stored = self._stored(choices, ("peers", *channels))
        if stored is None:
            fits = self.fits(choices, channels)
            self.progress(f"fitting the norm peers of {self.dataset.name} ({_in_words(choices)})")
            found = fit_all_peers(self.counted(choices), self.span, choices, fits, channels)
            # Fitted with another day's dispersions they are not those of the present content.
            if self.keep_peers and self.norms_of is None:
                self.store.cache(key, found.to_dict())
        else:
            found = PeersFits.from_dict(stored)
        if not self.keep_peers:
            self._peers.clear()
        self._peers[key] = found
        return found

    def slope(self, choices: Choices, fits: Fits) -> float:
        """Slope of deeds on words under the norm that is chosen."""
        if choices.against == "peers":
            return self.peers(choices, choices.words_and_deeds).slope
        return fits.slope(choices.against)

    def cells(self) -> pl.DataFrame:
        """The cells of all pairs of states, read once."""
        if self._cells is None:
            self._cells = self.between(self.store.cells(self.dataset.name, window=self.window))
        return self._cells

    def between(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows (of cells, or of acts) between states, predecessors merged."""
        table: pl.DataFrame = between_states(merge_predecessors(rows, self.merged))
        return table

    def evidence(self, choices: Choices, channel: str, fits: Fits) -> AllEvidence:
        """The evidence of all pairs of states in one channel, kept: for many pages at once."""
        shrinkage = fits.channels[channel].shrinkage
        key = (choices.counting, channel, fits.blocks, shrinkage)
        if key not in self._evidence:
            found, _ = evidence(
                self.counted(choices), channel, self.span, blocks=fits.blocks, shrinkage=shrinkage
            )
            self._evidence[key] = AllEvidence(found)
        return self._evidence[key]

    def counted(self, choices: Choices) -> Any:
        """Counted acts of all pairs of states."""
        # The table of one way of counting serves all norms; more than one would fill the memory.
        key = choices.counting
        if key not in self._counted:
            self._counted = {key: self.weigh(self._count(choices), choices)}
        return self._counted[key]

    def _count(self, choices: Choices) -> Any:
        """Count the cells here, or where an engine has them: then by the periods of the span."""
        store = self.store
        # Weeks are made out of days (measure/evidence.py).
        period = "day" if self.span.period == "week" else self.span.period or "year"
        if isinstance(store, DistributedStore):
            self.progress(f"counting {self.dataset.name} ({_in_words(choices)})")
            frame = merge_predecessors(store.frame(self.dataset.name, self.window), self.merged)
            return store.collect(summed(counted(between_states(frame), choices), period))
        if store.coverage(self.dataset.name, self.window).kept <= MOST_AT_ONCE:
            return counted(self.cells(), choices)
        years = []
        for year in self.window.years(self.span.first, self.span.last):
            self.progress(f"counting {self.dataset.name}, {year.since} ({_in_words(choices)})")
            cells = self.between(store.cells(self.dataset.name, window=year))
            years.append(summed(counted(cells, choices), period))
        return pl.concat(years)

    def weigh(self, acts: Any, choices: Choices) -> Any:
        """Divide acts weighted by intensity by the channel's mean over all pairs."""
        return acts if choices.weight == "acts" else scaled(acts, self.weights(choices))

    def weights(self, choices: Choices) -> dict[str, float]:
        """The mean |intensity| of each channel's acts over all pairs under these choices."""
        alike = choices.counting.but(weight="intensity")
        if alike not in self._weights:
            key = self.key(alike, ("weights",))
            found = self.store.cached(key)
            if found is None:
                found = mean_weights(self._count(alike), self._count(alike.but(weight="acts")))
                self.store.cache(key, found)
            self._weights[alike] = found
        return self._weights[alike]

    def has_norms_of(self, generation: str, asked: Iterable[tuple[Choices, Iterable[str]]]) -> bool:
        """Whether the store still has what was fitted on a content: choices and channels."""
        keys = (self.key(choices, tuple(channels), generation) for choices, channels in asked)
        return all(self.store.cached(key) is not None for key in keys)

    def _stored(self, choices: Choices, channels: tuple[str, ...]) -> dict[str, Any] | None:
        """What was fitted before: of the content that norms_of names, else of the present one."""
        if self.norms_of is not None:
            kept = self.store.cached(self.key(choices, channels, self.norms_of))
            if kept is not None:
                return kept
        return self.store.cached(self.key(choices, channels))

    def key(
        self, choices: Choices, channels: tuple[str, ...], generation: str | None = None
    ) -> str:
        """The name under which what was fitted under these choices is kept in the store."""
        # The norm is fitted under world and plain at once: 'against' does not matter here.
        parts = [
            FITS_VERSION,
            _codes_digest(),
            generation or self.store.generation(self.dataset.name),
            self.dataset.name,
            [str(self.window.since), str(self.window.until)],
            sorted(self.merged.items()),
            asdict(choices.but(against="world")),
            channels,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


@cache
def _codes_digest() -> str:
    """Changes when somebody corrects the table of codes."""
    return hashlib.sha256(codes.table().write_csv().encode()).hexdigest()


def _in_words(choices: Choices) -> str:
    left_out = f", without {','.join(choices.without)}" if choices.without else ""
    return f"{choices.reading}, {choices.count}, {choices.actors}{left_out}"


def merge_predecessors(cells: Any, merged: dict[str, str]) -> Any:
    """Write predecessors as the states that continue them; acts between the two fall away."""
    if not merged:
        return cells
    frame = nw.from_native(cells).with_columns(
        nw.col(side).replace_strict(
            list(merged), list(merged.values()), default=nw.col(side), return_dtype=nw.String
        )
        for side in ("source", "target")
    )
    return frame.filter(nw.col("source") != nw.col("target")).to_native()


def between_states(cells: Any) -> Any:
    """Only cells with a state on both sides: organisations are no measure for states."""
    table = nw.from_native(actors.actors())
    states = table.filter(nw.col("kind") != "organization")["id"].to_list()
    frame = nw.from_native(cells)
    return frame.filter(nw.col("source").is_in(states) & nw.col("target").is_in(states)).to_native()
