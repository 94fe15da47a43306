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
from saidanddone.measure.evidence import Span
from saidanddone.measure.fits import Fits, PeersFits, fit_all, fit_all_peers
from saidanddone.measure.weighting import mean_weights, scaled
from saidanddone.model import Window
from saidanddone.sources import Dataset

FITS_VERSION = 1
"""Raised when the method changes, so that no answer mixes old norms with new arithmetic."""

Progress = Callable[[str], None]


@dataclass
class World:
    """All pairs of a dataset in a window: counted once, fitted once, cached in the store."""

    store: Store
    dataset: Dataset
    window: Window
    merged: dict[str, str]
    span: Span
    progress: Progress
    _cells: pl.DataFrame | None = field(default=None, repr=False)
    keep_peers: bool = True
    _peers: dict[str, PeersFits] = field(default_factory=dict, repr=False)
    _counted: dict[Choices, Any] = field(default_factory=dict, repr=False)
    _weights: dict[Choices, dict[str, float]] = field(default_factory=dict, repr=False)

    def fits(self, choices: Choices, channels: Iterable[str]) -> Fits:
        """Norms, dispersion, rates and slope under these choices for these channels."""
        channels = tuple(channels)
        key = self.key(choices, channels)
        stored = self.store.cached(key)
        if stored is not None:
            return Fits.from_dict(stored)
        self.progress(f"fitting the norms of {self.dataset.name} ({_in_words(choices)})")
        fitted = fit_all(self.counted(choices), self.span, choices, channels)
        self.store.cache(key, fitted.to_dict())
        return fitted

    def peers(self, choices: Choices, channels: Iterable[str]) -> PeersFits:
        """The norm peers under these choices; fitted only where it is asked for."""
        channels = tuple(channels)
        key = self.key(choices, ("peers", *channels))
        if key in self._peers:
            return self._peers[key]
        stored = self.store.cached(key)
        if stored is None:
            fits = self.fits(choices, channels)
            self.progress(f"fitting the norm peers of {self.dataset.name} ({_in_words(choices)})")
            found = fit_all_peers(self.counted(choices), self.span, choices, fits, channels)
            if self.keep_peers:
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
            cells = merge_predecessors(
                self.store.cells(self.dataset.name, window=self.window), self.merged
            )
            self._cells = between_states(cells)
        return self._cells

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
        if not isinstance(store, DistributedStore):
            return counted(self.cells(), choices)
        self.progress(f"counting {self.dataset.name} ({_in_words(choices)})")
        frame = merge_predecessors(store.frame(self.dataset.name, self.window), self.merged)
        # Weeks are made out of days (measure/evidence.py).
        period = "day" if self.span.period == "week" else self.span.period or "year"
        return store.collect(summed(counted(between_states(frame), choices), period))

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

    def key(self, choices: Choices, channels: tuple[str, ...]) -> str:
        """The name under which what was fitted under these choices is kept in the store."""
        # The norm is fitted under world and plain at once: 'against' does not matter here.
        parts = [
            FITS_VERSION,
            _codes_digest(),
            self.store.generation(self.dataset.name),
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
