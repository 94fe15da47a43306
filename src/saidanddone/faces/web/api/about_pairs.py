"""The API about pairs: a question, a pair's acts, how it went through time, how to cite it."""

from __future__ import annotations

from typing import Annotated

import polars as pl
from fastapi import APIRouter, Path, Query

from saidanddone.dossier import PairPage
from saidanddone.faces.pages.timeline import SIGNS
from saidanddone.faces.web.api import fields, pair_shapes, shapes
from saidanddone.faces.web.api.answering import actor_of, answer
from saidanddone.faces.web.api.listing import Leafing, Listed, as_file, rows
from saidanddone.faces.web.api.responses import AS_TABLE
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.naming import LONGEST
from saidanddone.model import Window

Side = Annotated[
    str,
    Path(max_length=LONGEST, description="an id, a slug or a name", examples=["russia", "PRK"]),
]


def routes(holdings: Holdings) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    get = router.get

    def page(source: str, target: str) -> PairPage:
        now = holdings.now()
        pair = now.atlas.question(actor_of(source).id, actor_of(target).id).pair
        return now.page(pair.source.id, pair.target.id)

    @get("/ask", tags=["answers"], summary="Do a government's deeds match its words?")
    def ask(given: Annotated[fields.Ask, Query()]) -> shapes.AnswerShape:
        """Answer one question: the object that `saidanddone ask --json` prints.

        A pair without acts is answered too. Gap, surprise and corners are null for a selection.
        """
        return shapes.AnswerShape.model_validate(answer(holdings, given).to_dict())

    @get("/pairs", tags=["pairs"], summary="All pairs that have acts", responses=AS_TABLE,
         response_model=pair_shapes.PairsShape)  # fmt: skip
    def pairs(leaves: Leafing, given: Annotated[fields.Pairs, Query()]) -> Listed:
        """Every pair of states with its acts and, where measured, its gap; most acts first."""
        atlas = holdings.now().atlas
        table = atlas.pairs()
        if given.state is not None:
            own = atlas.today(actor_of(given.state).id).id
            table = table.filter((pl.col("source") == own) | (pl.col("target") == own))
        return leaves.table(table, given, pair_shapes.PairRow, "pairs")

    @get("/pairs/{source}/{target}/acts", tags=["pairs"], summary="Acts of a pair",
         responses=AS_TABLE, response_model=pair_shapes.ActsShape)  # fmt: skip
    def acts(
        leaves: Leafing, source: Side, target: Side, given: Annotated[fields.Acts, Query()]
    ) -> Listed:
        """The acts of a pair, latest first, by channel, sign, topic and window.

        Reports of one act on a day stand as one row. What was denied or only supposed is there
        with counted = false.
        """
        table = _chosen(page(source, target).timeline, given)
        return leaves.table(table, given, pair_shapes.ActRow, "acts")

    @get("/pairs/{source}/{target}/series", tags=["pairs"], summary="A pair through time",
         responses=AS_TABLE, response_model=pair_shapes.SeriesShape)  # fmt: skip
    def series(source: Side, target: Side, given: Annotated[fields.Formatted, Query()]) -> Listed:
        """Shares of cooperative acts by period, smoothed with bands, and when they changed."""
        found = page(source, target).series
        return as_file(found.table, given.format, "series") or found.to_dict()

    @get("/pairs/{source}/{target}/volume", tags=["pairs"], summary="Volume of a pair",
         responses=AS_TABLE, response_model=pair_shapes.VolumeShape)  # fmt: skip
    def volume(source: Side, target: Side, given: Annotated[fields.Formatted, Query()]) -> Listed:
        """Acts by period beside those of all pairs, so that more reports are not more acts."""
        table = page(source, target).volume
        file = as_file(table, given.format, "volume")
        return file or {"items": rows(table, pair_shapes.VolumeRow)}

    @get("/pairs/{source}/{target}/citations", tags=["pairs"], summary="How to cite")
    def citations(
        source: Side, target: Side, _: Annotated[fields.Nothing, Query()]
    ) -> pair_shapes.CitationsShape:
        """Dataset, software and methods of a pair's page as BibTeX, RIS and CSL-JSON."""
        found = page(source, target).citations
        return pair_shapes.CitationsShape(bibtex=found.bibtex, ris=found.ris, csl=found.csl)

    return router


def _chosen(timeline: pl.DataFrame, given: fields.Acts) -> pl.DataFrame:
    window = Window.parse(given.since, given.until)
    conditions = [
        pl.col("channel") == given.channel if given.channel else None,
        pl.col("valence") == SIGNS[given.sign] if given.sign else None,
        pl.col("topic") == given.topic if given.topic else None,
        pl.col("day") >= window.since if window.since else None,
        pl.col("day") <= window.until if window.until else None,
    ]
    for condition in conditions:
        if condition is not None:
            timeline = timeline.filter(condition)
    return timeline
