"""What readers ask for: pages, and the files that lie beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from saidanddone.errors import AmbiguousActor, BadChoice, SaidAndDoneError, UnknownActor
from saidanddone.faces import pages
from saidanddone.faces.exports import ExportAbout
from saidanddone.faces.pages import addresses, assets
from saidanddone.faces.web import beside, failures, reply
from saidanddone.faces.web.asked import Refusal
from saidanddone.faces.web.documents import document_of
from saidanddone.faces.web.feed import ATOM, latest_acts
from saidanddone.faces.web.finding import results_of
from saidanddone.faces.web.holdings import Holdings, Moment
from saidanddone.faces.web.naming import Named, named

TOP = 50
"""Pairs on the page of the ranking; the API gives more."""

MOVED = 20
"""Pairs that moved, for the home page and the API alike."""

LATEST = 50
"""Acts on the page of updates."""

LATEST_OF_STATE = 20
"""Acts on the page of a state; its pairs' pages have all."""

ASSETS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def routes(holdings: Holdings, describe: Callable[[], dict[str, Any]]) -> APIRouter:  # noqa: PLR0915
    """Return the routes of all pages; describe gives the API's OpenAPI description."""
    router = APIRouter(include_in_schema=False)
    get = router.get

    @get("/")
    def home() -> Response:
        now = holdings.now()
        atlas = now.atlas
        return reply.page(
            pages.home(
                now.site,
                pairs=atlas.pairs(),
                ranked=now.ranking(None, None, TOP),
                movers=now.movers(MOVED),
                topics=atlas.topics(),
                latest=atlas.latest(10),
            )
        )

    @get("/pairs/")
    def pairs() -> Response:
        now = holdings.now()
        return reply.page(pages.pairs(now.site, now.atlas.pairs()))

    @get("/pairs/{source}/{target}/")
    @get("/pairs/{source}/{target}")
    def pair(request: Request, source: str, target: str) -> Response:
        now = holdings.now()
        found = _pair(request, now, source, target)
        if isinstance(found, Response):
            return found
        here = addresses.pair(*found)
        if reply.asked(request).here != here:
            return reply.moved(request, here)
        page = now.page(*found)
        shown = pages.shown(
            page.timeline,
            channel=reply.field(request, "channel"),
            sign=reply.field(request, "sign"),
            since=reply.field(request, "since"),
            until=reply.field(request, "until"),
            topic=reply.field(request, "topic"),
            page=reply.number(reply.field(request, "page")),
        )
        return reply.page(pages.pair(now.site, page, shown=shown), shown.trouble)

    @get("/pairs/{source}/{target}/{file}")
    def besides(request: Request, source: str, target: str, file: str) -> Response:
        now = holdings.now()
        found = _pair(request, now, source, target)
        if isinstance(found, Response):
            return found
        here = addresses.pair(*found)
        if reply.asked(request).here != here + file:
            known = file in beside.FILES
            return reply.moved(request, here + file) if known else _missing(request, now)
        if file not in beside.FILES:
            return _missing(request, now)
        about = ExportAbout.of(
            now.atlas.dataset, now.atlas.generation, source=found[0], target=found[1]
        )
        prefix = f"{addresses.slug(found[0])}-{addresses.slug(found[1])}"
        made = beside.file(now.page(*found), about, file, prefix)
        return made or _missing(request, now)

    @get("/states/{name}/")
    @get("/states/{name}")
    def state(request: Request, name: str) -> Response:
        now = holdings.now()
        actor = named(name)
        if isinstance(actor, SaidAndDoneError):
            return _unnamed(request, now, actor)
        actor = now.atlas.today(actor.id)
        here = addresses.state(actor.id)
        if reply.asked(request).here != here:
            return reply.moved(request, here)
        either = (pl.col("source") == actor.id) | (pl.col("target") == actor.id)
        latest = now.atlas.latest(_MANY).filter(either).head(LATEST_OF_STATE)
        return reply.page(pages.state(now.site, actor, now.atlas.pairs().filter(either), latest))

    @get("/topics/")
    def topics() -> Response:
        now = holdings.now()
        return reply.page(pages.topics(now.site, now.atlas.topics()))

    @get("/topics/{topic}/")
    @get("/topics/{topic}")
    def topic(request: Request, topic: str) -> Response:
        now = holdings.now()
        try:
            found = now.atlas.topic(topic)
        except BadChoice:
            ways = [pages.Choice(t.title, addresses.topic(t.topic)) for t in now.atlas.topics()]
            wrong = f"there are no acts of a topic '{topic[:80]}' here"
            refusal = Refusal(404, "No such topic", wrong, "choose one of these")
            return reply.refused(request, refusal, now.site, choices=ways)
        here = addresses.topic(found.topic)
        if reply.asked(request).here != here:
            return reply.moved(request, here)
        return reply.page(pages.topic(now.site, found))

    @get("/rank/")
    def rank(request: Request) -> Response:
        now = holdings.now()
        corner, region = reply.field(request, "corner"), reply.field(request, "region")
        trouble = ""
        try:
            ranked = now.ranking(corner or None, region or None, TOP)
        except SaidAndDoneError as error:
            trouble, ranked = str(error), now.ranking(None, None, TOP)
        matrix = now.atlas.matrix() if now.atlas.census else None
        html = pages.rank(now.site, ranked, matrix, corner=corner, region=region, trouble=trouble)
        return reply.page(html, trouble)

    @get("/search/")
    def search(request: Request) -> Response:
        now = holdings.now()
        results = results_of(holdings, dict(reply.asked(request).fields))
        return reply.page(pages.search(now.site, results), results.trouble)

    @get("/ask/")
    @get("/ask")
    def ask(request: Request) -> Response:
        now = holdings.now()
        names = reply.field(request, "source"), reply.field(request, "target")
        if not all(name.strip() for name in names):
            wrong = "a question needs two names: who acts, and toward whom"
            refusal = Refusal(422, "Two names are needed", wrong, "name both")
            return reply.refused(request, refusal, now.site, names=names)
        found = _pair(request, now, *names)
        if isinstance(found, Response):
            return found
        return reply.moved(request, addresses.pair(*found), 303)

    @get("/documents/{sha256}/")
    @get("/documents/{sha256}")
    def document(request: Request, sha256: str) -> Response:
        now = holdings.now()
        try:
            found = document_of(holdings.store, sha256)
        except BadChoice:
            return _missing(request, now)
        if reply.asked(request).here != addresses.document(sha256):
            return reply.moved(request, addresses.document(sha256))
        return reply.page(pages.document(now.site, found))

    @get("/updates/")
    def updates() -> Response:
        now = holdings.now()
        return reply.page(pages.updates(now.site, latest=now.atlas.latest(LATEST)))

    @get("/feed.atom")
    def feed() -> Response:
        return Response(latest_acts(holdings.now()), media_type=ATOM)

    @get("/about/")
    def about() -> Response:
        now = holdings.now()
        return reply.page(pages.about(now.site, now.atlas.dataset))

    @get("/contact/")
    def contact() -> Response:
        return reply.page(pages.contact(holdings.now().site))

    @get("/api/")
    def api() -> Response:
        return reply.page(pages.api(holdings.now().site, describe()))

    @get("/assets/{name}")
    def asset(request: Request, name: str) -> Response:
        content = assets.files().get(name)
        if content is None:
            return _missing(request, holdings.now())
        media = ASSETS[name.rpartition(".")[2]]
        return Response(content, media_type=media, headers={"cache-control": reply.FOREVER})

    @get("/names.json")
    def names() -> Response:
        return Response(pages.names_json(holdings.now().ids), media_type="application/json")

    @get("/robots.txt")
    def robots() -> Response:
        # The API answers the same questions as the pages, in another form.
        return Response("User-agent: *\nDisallow: /api/v1/\n", media_type="text/plain")

    @get("/{rest:path}")
    def anything(request: Request, rest: str) -> Response:
        now = holdings.now()
        slashed = f"/{rest}/"
        if reply.asked(request).here == rest and slashed in _PAGES:
            return reply.moved(request, slashed.removeprefix("/"))
        return _missing(request, now)

    return router


_MANY = 5_000  # all acts that an atlas holds as its latest

_PAGES = ("/pairs/", "/topics/", "/rank/", "/search/", "/updates/", "/about/", "/contact/", "/api/")


def _missing(request: Request, now: Moment) -> Response:
    return reply.refused(request, failures.MISSING, now.site)


def _pair(request: Request, now: Moment, source: str, target: str) -> tuple[str, str] | Response:
    """The ids of a pair as it stands in the atlas, or the page that says why there is none."""
    both = named(source), named(target)
    for error in both:
        if isinstance(error, SaidAndDoneError):
            return _unnamed(request, now, error, both, (source, target))
    try:
        ids = [each.id for each in both if not isinstance(each, SaidAndDoneError)]
        pair = now.atlas.question(ids[0], ids[1]).pair
    except SaidAndDoneError as error:
        refusal = failures.refusal_of(error)
        return reply.refused(request, refusal, now.site, names=(source, target))
    return pair.source.id, pair.target.id


def _unnamed(
    request: Request,
    now: Moment,
    error: SaidAndDoneError,
    both: tuple[Named, ...] = (),
    names: tuple[str, str] = ("", ""),
) -> Response:
    """A name that was not understood: with the pairs or states that may have been meant."""
    ids = failures.candidates(error) if isinstance(error, AmbiguousActor | UnknownActor) else []
    ways = [pages.Choice(f"{pages.environment.name_of(id_)}", addresses.state(id_)) for id_ in ids]
    if len(both) == 2:
        sides = [
            failures.candidates(x) if isinstance(x, SaidAndDoneError) else [x.id] for x in both
        ]
        ways = [
            pages.Choice(
                f"{pages.environment.name_of(s)} toward {pages.environment.name_of(t)}",
                addresses.pair(s, t),
            )
            for s in sides[0]
            for t in sides[1]
            if s != t
        ]
    refusal = failures.refusal_of(error)
    return reply.refused(request, refusal, now.site, choices=ways, names=names)
