"""The pages that are looked at: every type of page, of the web application and the static site."""

from __future__ import annotations

PAIR = "/pairs/russia/north-korea/"

CASE = {
    "home": "/",
    "pair": PAIR,
    "pair-filtered": f"{PAIR}?channel=done&sign=conflictual",
    "pair-silent": "/pairs/france/peru/",
    "all-pairs": "/pairs/",
    "state": "/states/russia/",
    "topics": "/topics/",
    "topic": "/topics/sanctions/",
    "rank": "/rank/",
    "search": "/search/?q=visit",
    "search-nothing": "/search/?q=xyzzy",
    "updates": "/updates/",
    "about": "/about/",
    "contact": "/contact/",
    "api": "/api/",
    "not-found": "/nowhere/",
    "ambiguous": "/ask/?source=korea&target=russia",
}

CENSUS = {"census-home": "/", "census-pair": "/pairs/china/united-states/", "census-rank": "/rank/"}

STATIC = {
    "static-home": "/",
    "static-pair": PAIR,
    "static-search": "/search/",
    "static-topics": "/topics/",
    "static-topic": "/topics/sanctions/",
    "static-pairs": "/pairs/",
    "static-state": "/states/russia/",
    "static-updates": "/updates/",
    "static-about": "/about/",
    "static-contact": "/contact/",
}
