"""A question: which pair, which days, which dataset, which choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.errors import BadChoice, SameActor
from saidanddone.measure.choices import Choices
from saidanddone.model import Pair, Window
from saidanddone.sources import Dataset


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    merged maps ids of predecessors to the state that continues them: acts of the USSR stand as
    Russia's. It is the same for all pairs, so that norms and answers count alike.
    """

    pair: Pair
    window: Window
    dataset: Dataset
    choices: Choices
    merged: dict[str, str]
    others: tuple[str, ...]

    def ids_of(self, actor_id: str) -> set[str]:
        """The id of a state and those of the predecessors merged into it."""
        return {actor_id, *(old for old, new in self.merged.items() if new == actor_id)}


def pair_of(source: str, target: str) -> Pair:
    """Resolve both sides; raises UnknownActor, AmbiguousActor, SameActor."""
    pair = Pair(actors.resolve(source), actors.resolve(target))
    if pair.source.id == pair.target.id:
        raise SameActor(
            f"'{source}' and '{target}' are both {pair.source.name}",
            "two different states or organisations",
            "name another target",
        )
    return pair


def merged_into(asked: Sequence[str], *, predecessors: bool) -> dict[str, str]:
    """Predecessors and the states that continue them, but for those that were asked for."""
    if not predecessors:
        return {}
    continued = {
        step.predecessor: step.successor
        for step in actors.successions()
        if step.relation in ("continues", "renames")
    }

    def today(actor_id: str) -> str:
        while actor_id in continued:
            actor_id = continued[actor_id]
        return actor_id

    return {old: today(old) for old in continued if old not in asked}


def choose_dataset(
    store: Store, name: str | None, pair: Pair, window: Window, merged: dict[str, str]
) -> tuple[Dataset, tuple[str, ...]]:
    """The dataset that answers, and the names of the others (an answer uses one).

    Where none is named: of the censuses, else of the selections, the one with most acts of the
    pair in the window. Raises BadChoice for a name that the store does not hold.
    """
    held = {dataset.name: dataset for dataset in store.datasets()}
    if not held:
        raise BadChoice(
            "the archive holds no dataset yet",
            "an archive with at least one ingested file",
            "ingest one first with: saidanddone ingest FORMAT PATH --archive DIR",
        )
    if name is not None:
        if name not in held:
            raise BadChoice(
                f"there is no dataset '{name}' here",
                f"one of {', '.join(sorted(held))}",
                "choose one of them with --dataset",
            )
        chosen = held[name]
    elif len(held) == 1:
        chosen = next(iter(held.values()))
    else:
        censuses = [d for d in held.values() if d.kind == "census"] or list(held.values())

        def acts(dataset: Dataset) -> tuple[int, str]:
            cells = store.cells(
                dataset.name,
                window=window,
                sources=[pair.source.id, *_old(merged, pair.source.id)],
                targets=[pair.target.id, *_old(merged, pair.target.id)],
            )
            return (-cells.height, dataset.name)

        chosen = min(censuses, key=acts)
    return chosen, tuple(sorted(other for other in held if other != chosen.name))


def dataset_to_rank(store: Store, name: str | None) -> Dataset:
    """The dataset that is ranked: the one named, or the only census; raises BadChoice."""
    held = store.datasets()
    censuses = [d.name for d in held if d.kind == "census"]
    if name is None and len(censuses) > 1:
        raise BadChoice(
            f"the archive holds several censuses: {', '.join(sorted(censuses))}",
            "one of them, as datasets are never added",
            "choose it with --dataset",
        )
    wanted = name or (censuses or [d.name for d in held] or [""])[0]
    found = [d for d in held if d.name == wanted]
    if not found:
        raise BadChoice(
            f"there is no dataset '{wanted}' here" if wanted else "the archive holds no dataset",
            f"one of {', '.join(sorted(d.name for d in held)) or 'those ingested'}",
            "choose one of them with --dataset",
        )
    return found[0]


def _old(merged: dict[str, str], actor_id: str) -> list[str]:
    return [old for old, new in merged.items() if new == actor_id]


def choices_for(
    dataset: Dataset,
    *,
    against: str = "world",
    reading: str = "said-done",
    count: str = "acts",
    actors: str | None = None,
    without: Sequence[str] = (),
    dispersion: str = "blocks",
) -> Choices:
    """The choices, with the dataset's own default for whose acts; refuses what it cannot give."""
    choices = Choices(
        against=against,
        reading=reading,
        count=count,
        actors=actors or ("government" if dataset.roles else "all"),
        without=tuple(without),
        dispersion=dispersion,
    )
    if choices.actors == "government" and not dataset.roles:
        raise BadChoice(
            f"the dataset '{dataset.name}' does not tell governments from others",
            "--actors all",
            "leave --actors out",
        )
    if dataset.grain == "year":
        # Published counts are verbal and material already: there are no codes to read otherwise.
        for option, value, allowed in (
            ("reading", choices.reading, ("said-done", "icews")),
            ("count", choices.count, ("acts", "reports")),
            ("without", ",".join(choices.without), ("",)),
        ):
            if value not in allowed:
                raise BadChoice(
                    f"the dataset '{dataset.name}' holds published counts without codes, so that "
                    f"--{option} {value} cannot be applied",
                    f"--{option} left out",
                    "use a dataset of events for this",
                )
        return choices.but(reading="icews")
    return choices
