"""Which pairs get a page, and which addresses there will be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from saidanddone.faces.pages import addresses

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas

SENTENCE = r", characters \d+ to \d+"
"""How a reference names the sentence of a document (dossier/timeline.py)."""

Ids = tuple[str, str]
"""Source and target."""

PLAIN = (
    addresses.HOME,
    addresses.PAIRS,
    addresses.TOPICS,
    addresses.RANK,
    addresses.SEARCH,
    addresses.UPDATES,
    addresses.ABOUT,
    addresses.CONTACT,
)
"""Pages that every site has."""


def chosen(atlas: Atlas, wanted: int | Sequence[tuple[str, str]]) -> list[Ids]:
    """The pairs that get a page, as ids, in alphabetical order.

    A number takes those with most acts; names are understood as `ask` does, and a predecessor is
    read as the state that continues it. Raises UnknownActor, AmbiguousActor, SameActor.
    """
    if isinstance(wanted, int):
        found = atlas.pairs().head(wanted).select("source", "target").iter_rows()
        return sorted((str(source), str(target)) for source, target in found)
    from saidanddone.dossier import pair_of

    named = [pair_of(source, target) for source, target in wanted]
    asked = [atlas.question(pair.source.id, pair.target.id).pair for pair in named]
    return sorted({(pair.source.id, pair.target.id) for pair in asked})


def prints_of(atlas: Atlas, pairs: Sequence[Ids]) -> dict[Ids, str]:
    """A hash of each pair's own acts; of one without a state on both sides that of all data."""
    known = {(source, target): own for source, target, own in atlas.prints().iter_rows()}
    states = {id_ for pair in known for id_ in pair}
    return {
        pair: known.get(pair, "" if states.issuperset(pair) else atlas.generation) for pair in pairs
    }


def documents_of(atlas: Atlas, pairs: Sequence[Ids]) -> set[str]:
    """The documents that the archive keeps and that tell acts of these pairs."""
    held = atlas.store.documents()
    if not held:
        return set()
    acts = atlas.store.acts(atlas.dataset.name, sources=None, targets=None, window=atlas.window)
    told = acts.filter(pl.col("file").is_in(list(held)), pl.col("reference").str.contains(SENTENCE))
    between = atlas.world.between(told).select("source", "target", "file").unique()
    wanted = set(pairs)
    return {file for source, target, file in between.iter_rows() if (source, target) in wanted}


def actors_of(pairs: Iterable[Ids]) -> list[str]:
    """The actors that get a page: those of the pairs."""
    return sorted({id_ for pair in pairs for id_ in pair})


def page_addresses(
    pairs: Iterable[Ids], topics: Iterable[str], documents: Collection[str]
) -> frozenset[str]:
    """The addresses of all pages of a site."""
    pairs = list(pairs)
    return frozenset(
        [
            *PLAIN,
            *(addresses.pair(source, target) for source, target in pairs),
            *(addresses.state(id_) for id_ in actors_of(pairs)),
            *(addresses.topic(topic) for topic in topics),
            *(addresses.document(sha256) for sha256 in documents),
        ]
    )


def path_of(address: str) -> str:
    """The file behind the address of a page.

    >>> path_of("rank/"), path_of("")
    ('rank/index.html', 'index.html')
    """
    return f"{address}index.html"
