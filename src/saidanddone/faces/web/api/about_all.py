"""The API about all pairs: the ranking, what moved, topics."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from saidanddone.faces.web.api import fields, world_shapes
from saidanddone.faces.web.api.listing import Leafing, Listed, nested_as_file
from saidanddone.faces.web.api.responses import AS_TABLE
from saidanddone.faces.web.holdings import Holdings


def routes(holdings: Holdings) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    get = router.get

    @get("/rank", tags=["all pairs"], summary="The ranking", responses=AS_TABLE,
         response_model=world_shapes.RankingShape)  # fmt: skip
    def rank(given: Annotated[fields.Rank, Query()]) -> Listed:
        """Pairs by how far their deeds are from their words, or by the probability of a corner.

        Empty for a selection, which has no norm.
        """
        ranked = holdings.now().ranking(given.corner, given.region, given.top)
        items = [row.to_dict() for row in ranked]
        return nested_as_file(items, given.format, "rank") or {"items": items}

    @get("/movers", tags=["all pairs"], summary="What moved", responses=AS_TABLE,
         response_model=world_shapes.MoversShape | None)  # fmt: skip
    def movers(given: Annotated[fields.Movers, Query()]) -> Any:
        """Pairs whose gap moved from the part before to the last part of the data.

        Null where that cannot be said: for a selection, or too short a time.
        """
        found = holdings.now().movers(given.top)
        told = found.to_dict() if found else None
        return nested_as_file(told["movers"] if told else [], given.format, "movers") or told

    @get("/topics", tags=["topics"], summary="Topics that have acts")
    def topics(_: Annotated[fields.Nothing, Query()]) -> world_shapes.TopicsShape:
        """Every topic with the number of its acts."""
        items = [
            world_shapes.TopicShape(id=t.topic, title=t.title, about=t.about, acts=t.acts)
            for t in holdings.now().atlas.topics()
        ]
        return world_shapes.TopicsShape(items=items)

    @get("/topics/{topic}", tags=["topics"], summary="Pairs of a topic", responses=AS_TABLE,
         response_model=world_shapes.TopicPairsShape)  # fmt: skip
    def topic(
        leaves: Leafing,
        topic: Annotated[str, Path(max_length=100, description="id of a topic")],
        given: Annotated[fields.Paged, Query()],
    ) -> Listed:
        """The pairs with acts of a topic, most acts first."""
        found = holdings.now().atlas.topic(topic)
        more = {"id": found.topic, "title": found.title, "about": found.about, "acts": found.acts}
        return leaves.table(found.pairs, given, world_shapes.TopicPairRow, "topic", **more)

    return router
