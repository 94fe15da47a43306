"""What goes wrong, told to a reader as a page and to a program as problem+json (RFC 9457)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from http import HTTPStatus

from saidanddone.errors import (
    AmbiguousActor,
    ArchiveError,
    BadInput,
    SaidAndDoneError,
    SameActor,
    UnknownActor,
)
from saidanddone.faces import pages
from saidanddone.faces.pages import Choice, Site, addresses
from saidanddone.faces.pages.environment import name_of
from saidanddone.faces.web.asked import Asked, Refusal
from saidanddone.faces.web.body import Body, body

PROBLEM = "application/problem+json"
PAGE = "text/html; charset=utf-8"

UNEXPECTED = Refusal(
    500,
    "Something went wrong here",
    "the answer could not be made, which is a fault of this server and not of the question",
    "try again later, or tell whoever runs this server",
)
MISSING = Refusal(
    404, "There is no such page", "nothing lies at this address", "start from the home page"
)
TOO_MANY = Refusal(
    503,
    "Too many questions at once",
    "as many answers are being made as this server makes, and as many wait",
    "ask again in a few seconds",
)
NOT_READ = Refusal(
    503,
    "The data cannot be read now",
    "the archive behind these pages cannot be read now",
    "ask again in a few seconds, or tell whoever runs this server",
)
ENDING = Refusal(
    503,
    "The server is ending",
    "this server is being stopped and does not finish the answer",
    "ask again in a few seconds",
)
READ_ONLY = Refusal(
    405,
    "Only reading",
    "this server only answers GET and HEAD: nothing can be changed here",
    "ask with GET",
)

COME_BACK_SECONDS = 3
"""After so long a line of waiting answers is shorter by about ten."""

_ID = re.compile(r"\(([A-Z]{3,})\)")

_TITLES = {AmbiguousActor: "Which one?", UnknownActor: "No such state", SameActor: "The same state"}


def refusal_of(error: Exception) -> Refusal:
    """Read an error as a refusal; what was not foreseen says nothing of itself."""
    if isinstance(error, ArchiveError):
        return NOT_READ  # its own sentence names folders of this machine
    if isinstance(error, BadInput):
        status = 404 if isinstance(error, UnknownActor) else 422
        title = _TITLES.get(type(error), "The question cannot be answered")
        return Refusal(status, title, f"{error.wrong}; expected {error.expected}", error.do)
    return UNEXPECTED


def candidates(error: SaidAndDoneError) -> list[str]:
    """The ids that an error about a name proposes, in its order."""
    return list(dict.fromkeys(_ID.findall(f"{error.wrong} {error.do}")))


def told(
    refusal: Refusal,
    asked: Asked | None,
    site: Site,
    *,
    choices: Sequence[Choice] = (),
    names: tuple[str, str] = ("", ""),
) -> Body:
    """Tell a refusal in the form that the asker reads."""
    headers = [("cache-control", "no-store")]
    if refusal.status == 503:
        headers.append(("retry-after", str(COME_BACK_SECONDS)))
    if refusal.status == 405:
        headers.append(("allow", "GET, HEAD"))
    sentence = _sentence(refusal)
    if asked is not None and asked.api:
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(refusal.status).phrase,
            "status": refusal.status,
            "detail": sentence,
            "candidates": [{"name": choice.name, "address": choice.address} for choice in choices],
        }
        # What was typed is told back: also read as a page it should be no markup.
        text = json.dumps(problem, ensure_ascii=False).replace("<", "\\u003c")
        return body(refusal.status, PROBLEM, text.encode("utf-8", "replace"), headers)
    html = pages.error(
        site,
        refusal.status,
        refusal.title,
        f"{refusal.wrong[:1].upper()}{refusal.wrong[1:]}.",
        f"{refusal.do[:1].upper()}{refusal.do[1:]}." if refusal.do else "",
        choices=choices,
        here=asked.here if asked else addresses.HOME,
        source=names[0],
        target=names[1],
    )
    return body(refusal.status, PAGE, html.encode("utf-8", "replace"), headers)


def choices_of(error: SaidAndDoneError, address: str = "states/{}/") -> list[Choice]:
    """Ways on from a name that was not understood: the pages of the candidates."""
    return [Choice(name_of(id_), address.format(addresses.slug(id_))) for id_ in candidates(error)]


def _sentence(refusal: Refusal) -> str:
    do = f"; {refusal.do}" if refusal.do else ""
    return f"{refusal.wrong}{do}."
