"""Topics: what acts are about, as far as their codes tell; a small table that can be corrected."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from saidanddone import codes
from saidanddone.errors import BadChoice


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id, title, what it is about, and the codes that begin its acts' codes."""

    id: str
    title: str
    about: str
    codes: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Return the topics in the order of topics.csv.

    >>> topics()[0].title
    'Statements'
    """
    text = files("saidanddone.dossier").joinpath("topics.csv").read_text(encoding="utf-8")
    return tuple(
        Topic(row["id"], row["title"], row["about"], tuple(row["codes"].split()))
        for row in csv.DictReader(text.splitlines())
    )


def topic(named: str) -> Topic:
    """Return the topic of an id; raises BadChoice.

    >>> topic("aid").title
    'Aid'
    """
    for found in topics():
        if found.id == named:
            return found
    raise BadChoice(
        f"there is no topic '{named}'",
        f"one of {', '.join(found.id for found in topics())}",
        "choose one of them",
    )


@cache
def topic_of_codes() -> pl.DataFrame:
    """Return the topic of every code: code, topic (id). The longest beginning decides.

    >>> table = topic_of_codes()
    >>> dict(table.filter(pl.col("code").is_in(["0254", "025", "V+"])).iter_rows())
    {'025': 'requests', '0254': 'sanctions', 'V+': 'votes'}
    """
    beginnings = [(begin, found.id) for found in topics() for begin in found.codes]
    rows = []
    for code in codes.table()["code"]:
        fitting = [(len(begin), name) for begin, name in beginnings if code.startswith(begin)]
        if fitting:
            rows.append((code, max(fitting)[1]))
    return pl.DataFrame(rows, schema={"code": pl.String, "topic": pl.String}, orient="row")
