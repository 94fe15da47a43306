"""The pages: typed objects in, HTML out, for the web application and the static site alike.

They render and compute nothing. Every render function takes a Site first and returns a whole
document whose links are relative; the address of each page is in `addresses`.

| page | function | address |
|---|---|---|
| home | `home` | `addresses.HOME` |
| a pair | `pair` | `addresses.pair(source_id, target_id)` |
| all pairs | `pairs` | `addresses.PAIRS` |
| a state | `state` | `addresses.state(id)` |
| topics, a topic | `topics`, `topic` | `addresses.TOPICS`, `addresses.topic(id)` |
| ranking and world matrix | `rank` | `addresses.RANK` |
| search | `search` | `addresses.SEARCH` |
| a document | `document` | `addresses.document(sha256)` |
| updates | `updates` | `addresses.UPDATES` |
| about, contact | `about`, `contact` | `addresses.ABOUT`, `addresses.CONTACT` |
| an error | `error` | wherever it happens |
| the API | `api` | `addresses.API` |

What the pages load stands beside them: `assets.files()` are the bytes below `assets/`, and
`names.names_json(ids)` is `names.json`, by which the ask box understands names without a server.
"""

from saidanddone.faces.pages import addresses, assets
from saidanddone.faces.pages.document import Document, SentenceAct, document
from saidanddone.faces.pages.front import home
from saidanddone.faces.pages.interface import api
from saidanddone.faces.pages.names import names_json
from saidanddone.faces.pages.pair import pair
from saidanddone.faces.pages.plain import Choice, about, contact, error
from saidanddone.faces.pages.ranking import rank
from saidanddone.faces.pages.results import Hit, Results, search
from saidanddone.faces.pages.site import Site
from saidanddone.faces.pages.states import pairs, state
from saidanddone.faces.pages.timeline import SIGNS, Shown, shown
from saidanddone.faces.pages.topics import topic, topics
from saidanddone.faces.pages.updates import Update, updates

__all__ = [
    "SIGNS",
    "Choice",
    "Document",
    "Hit",
    "Results",
    "SentenceAct",
    "Shown",
    "Site",
    "Update",
    "about",
    "addresses",
    "api",
    "assets",
    "contact",
    "document",
    "error",
    "home",
    "names_json",
    "pair",
    "pairs",
    "rank",
    "search",
    "shown",
    "state",
    "topic",
    "topics",
    "updates",
]
