"""Pages of topics: the list of them, and one with its pairs and latest acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    from saidanddone.dossier import TopicPage
    from saidanddone.faces.pages.site import Site


PAIRS_SHOWN = 100
"""Pairs on a topic's page: those with most acts; more are a list that nobody reads."""


def topics(site: Site, topics: Sequence[TopicPage]) -> str:
    """Render the list of topics, at addresses.TOPICS, from Atlas.topics()."""
    return render("topics.html", site, addresses.TOPICS, topics=topics)


def topic(site: Site, topic: TopicPage) -> str:
    """Render one topic, at addresses.topic(topic.topic), from Atlas.topic(id)."""
    return render(
        "topic.html",
        site,
        addresses.topic(topic.topic),
        topic=topic,
        pairs=list(topic.pairs.head(PAIRS_SHOWN).iter_rows(named=True)),
        latest=list(topic.latest.iter_rows(named=True)),
    )
