"""The page of a topic: the pairs with most acts of it, and the latest of these."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from saidanddone import codes
from saidanddone.dossier.page import TopicShare
from saidanddone.dossier.topics import topic_of_codes, topics
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import chosen

SIGNS = {"cooperative": 1, "conflictual": -1, "neutral": 0}


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic in a dataset.

    acts: counted once a day. pairs: source, target, cooperative, conflictual, neutral, most acts
    first. latest: its latest acts, with source, target and the columns of the timeline.
    """

    topic: str
    title: str
    about: str
    acts: int
    pairs: pl.DataFrame
    latest: pl.DataFrame


def by_topic(cells: pl.DataFrame, choices: Choices) -> pl.DataFrame:
    """Count acts by pair and topic: source, target, topic, cooperative, conflictual, neutral.

    cells: those of the tally. An act is counted once a day, root, channel and valence.
    """
    frame: pl.DataFrame = chosen(nw.from_native(cells), choices).to_native()
    roots = codes.table().select("code", "root")
    about = frame.join(roots, on="code", how="inner").join(topic_of_codes(), on="code", how="inner")
    once = about.group_by(
        "source", "target", "topic", "date", "precision", "root", "channel", "valence"
    ).agg(pl.col("reports").sum())
    # What is dated only to a month or a year cannot be told apart by day (method.md, section 2).
    acts = pl.when(pl.col("precision") == "day").then(1).otherwise("reports")
    return once.group_by("source", "target", "topic").agg(
        acts.filter(pl.col("valence") == sign).sum().cast(pl.Int64).alias(name)
        for name, sign in SIGNS.items()
    )


def shares(counts: pl.DataFrame) -> tuple[TopicShare, ...]:
    """A pair's topics (rows of by_topic), most acts first."""
    titles = {topic.id: topic.title for topic in topics()}
    ordered = counts.sort([pl.sum_horizontal(*SIGNS), pl.col("topic")], descending=[True, False])
    return tuple(
        TopicShare(row["topic"], titles[row["topic"]], *(row[name] for name in SIGNS))
        for row in ordered.iter_rows(named=True)
    )


def topic_pages(counts: pl.DataFrame, latest: pl.DataFrame, shown: int) -> tuple[TopicPage, ...]:
    """The topics that have acts, in the order of topics.csv; latest are acts of all topics."""
    total = pl.sum_horizontal(*SIGNS)
    found = []
    for topic in topics():
        own = counts.filter(pl.col("topic") == topic.id).drop("topic")
        if own.is_empty():
            continue
        order = [total, pl.col("source"), pl.col("target")]
        pairs = own.sort(order, descending=[True, False, False])
        acts = int(own.select(total.sum()).item())
        recent = latest.filter(pl.col("topic") == topic.id).head(shown)
        found.append(TopicPage(topic.id, topic.title, topic.about, acts, pairs, recent))
    return tuple(found)
