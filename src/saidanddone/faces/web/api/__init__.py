"""The JSON API below /api/v1: questions checked at the door, answers of described shapes."""

from __future__ import annotations

from fastapi import APIRouter

from saidanddone.faces.web.api import about_all, about_data, about_pairs
from saidanddone.faces.web.api.responses import TROUBLE
from saidanddone.faces.web.holdings import Holdings


def routes(holdings: Holdings) -> APIRouter:
    """Return the routes of the API."""
    router = APIRouter(prefix="/api/v1", responses=TROUBLE)
    for part in (about_pairs, about_all, about_data):
        router.include_router(part.routes(holdings))
    return router
