"""The API about the data: search, datasets and what they hold, names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from saidanddone.faces.web import finding
from saidanddone.faces.web.api import data_shapes, fields, pair_shapes, shapes
from saidanddone.faces.web.api.answering import actor_of
from saidanddone.faces.web.api.listing import Leafing, Listed
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.naming import LONGEST
from saidanddone.model import Window


def routes(holdings: Holdings) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    get = router.get

    @get("/search", tags=["search"], summary="Search acts and documents",
         response_model=data_shapes.HitsShape)  # fmt: skip
    def search(leaves: Leafing, given: Annotated[fields.Search, Query()]) -> Listed:
        """Acts and passages of documents that match, the best first, with what matched marked."""
        window = Window.parse(given.since, given.until)
        atlas = holdings.now().atlas
        found = holdings.found(
            given.q,
            kinds=(given.kind,) if given.kind else ("act", "document"),
            sources=finding.ids_of(atlas, given.source or ""),
            targets=finding.ids_of(atlas, given.target or ""),
            since=window.since,
            until=window.until,
            page=given.page,
            size=given.size,
        )
        names = [name for name in data_shapes.HitShape.model_fields if name != "snippet"]
        items = [
            {
                **{name: getattr(hit, name) for name in names},
                "reference": finding.reference_of(hit) or None,
                "snippet": [{"text": text, "match": match} for text, match in hit.snippet],
            }
            for hit in found.hits
        ]
        return leaves.page(items, found.total, given)

    @get("/datasets", tags=["data"], summary="Datasets of the archive")
    def datasets(_: Annotated[fields.Nothing, Query()]) -> data_shapes.DatasetsShape:
        """Every dataset: what it is, how to cite it, what it lacks, a hash of its content."""
        atlas = holdings.now().atlas
        items = [
            data_shapes.DatasetShape(
                name=d.name,
                kind=d.kind,
                grain=d.grain,
                title=d.title,
                citation=d.citation,
                missing=list(d.missing),
                breaks=[pair_shapes.BreakShape(date=str(day), what=what) for day, what in d.breaks],
                generation=atlas.store.generation(d.name),
                shown=d.name == atlas.dataset.name,
            )
            for d in atlas.store.datasets()
        ]
        return data_shapes.DatasetsShape(items=items)

    @get("/datasets/{name}/coverage", tags=["data"], summary="What a dataset holds")
    def coverage(
        name: Annotated[str, Path(max_length=LONGEST, description="name of a dataset")],
        given: Annotated[fields.Window, Query()],
    ) -> data_shapes.DatasetCoverage:
        """Rows read, kept, set aside and filtered, and which files never came, for a window."""
        found = holdings.store.coverage(name, Window.parse(given.since, given.until))
        return data_shapes.DatasetCoverage(
            files=found.files,
            rows=found.rows,
            kept=found.kept,
            set_aside=found.set_aside,
            filtered=found.filtered,
            first=found.first.isoformat() if found.first else None,
            last=found.last.isoformat() if found.last else None,
            gaps=[
                data_shapes.GapShape(
                    name=g.name, since=str(g.since), until=str(g.until), reason=g.reason
                )
                for g in found.gaps
            ],
        )

    @get("/actors", tags=["data"], summary="Who is meant by a name")
    def actors(given: Annotated[fields.Who, Query()]) -> shapes.Party:
        """The state or organisation that a name means; 422 names the candidates of several."""
        found = actor_of(given.name)
        return shapes.Party(id=found.id, name=found.name)

    return router
