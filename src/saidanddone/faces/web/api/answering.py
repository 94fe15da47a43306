"""Answering: a question of the API, from the data that are there."""

from __future__ import annotations

from contextlib import suppress

from saidanddone import dossier
from saidanddone.dossier import Dossier, Question
from saidanddone.errors import SameActor
from saidanddone.faces.options import codes_in
from saidanddone.faces.web.api.fields import Ask
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.naming import named
from saidanddone.model import Actor, Window


def actor_of(typed: str) -> Actor:
    """The actor that a name means; raises UnknownActor, AmbiguousActor."""
    found = named(typed)
    if not isinstance(found, Actor):
        raise found
    return found


def answer(holdings: Holdings, asked: Ask) -> Dossier:
    """Answer as `saidanddone ask` does; raises errors of saidanddone.errors."""
    now = holdings.now()
    pair = dossier.pair_of(actor_of(asked.source).id, actor_of(asked.target).id)
    window = Window.parse(asked.since, asked.until)
    ids = [pair.source.id, pair.target.id]
    merged = dossier.merged_into(ids, predecessors=asked.predecessors)
    store = now.atlas.store
    name = asked.dataset or now.atlas.dataset.name
    chosen, others = dossier.choose_dataset(store, name, pair, window, merged)
    choices = dossier.choices_for(
        chosen,
        against=asked.against,
        reading=asked.reading,
        count=asked.count,
        actors=asked.actors,
        without=codes_in(asked.without),
    )
    question = Question(pair, window, chosen, choices, merged, others)
    with suppress(SameActor):  # a state and its predecessor are two here and one in the atlas
        if question == now.atlas.question(*ids):
            # The atlas has read what all pairs share.
            return now.page(*ids).dossier
    return dossier.ask(store, question)
