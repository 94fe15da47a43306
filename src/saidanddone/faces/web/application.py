"""The application: pages and API over one archive, behind one front."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from saidanddone.errors import SaidAndDoneError
from saidanddone.faces.web import api, failures, for_readers, reply
from saidanddone.faces.web.asked import Refusal
from saidanddone.faces.web.describe import describe
from saidanddone.faces.web.front import Front
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.settings import Settings


def application(settings: Settings | None = None) -> Front:
    """Make the web application; raises NotAnArchive and its like where there is no data.

    It reads and never writes, but for caches beside the archive.
    """
    return over(Holdings(settings or Settings()))


def over(holdings: Holdings) -> Front:
    """Make the application over data that are open."""

    @asynccontextmanager
    async def warm(_: FastAPI) -> AsyncIterator[None]:
        # The first reader should not wait for the norms and the index.
        threading.Thread(target=_warm, args=[holdings], daemon=True).start()
        yield

    app = FastAPI(
        title="Said & Done",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=warm,
    )

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(describe(app))

    @app.exception_handler(SaidAndDoneError)
    def refused(request: Request, error: SaidAndDoneError) -> Response:
        refusal = failures.refusal_of(error)
        ways = failures.choices_of(error)
        return reply.refused(request, refusal, holdings.now().site, choices=ways)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = str(first["loc"][-1])[:80]
        what = str(first["msg"])[:1].lower() + str(first["msg"])[1:]
        refusal = Refusal(422, "A field cannot be used", f"'{name}': {what}", "correct it")
        return reply.refused(request, refusal, holdings.now().site)

    app.include_router(api.routes(holdings))
    app.include_router(for_readers.routes(holdings, lambda: describe(app)))
    return Front(app, holdings)


def _warm(holdings: Holdings) -> None:
    """Open what the first reader will need; what fails here is told when it is asked for."""
    with suppress(Exception):
        now = holdings.now()
        now.ranking(None, None, for_readers.TOP)
        holdings.search.refresh()
