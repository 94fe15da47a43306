"""Text with markup in every field of every page is shown, never run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from saidanddone import actors
from saidanddone.archive import Gap
from saidanddone.dossier import Atlas, Citations, PairPage, Related, TopicPage, TopicShare
from saidanddone.dossier.series import ChangePoint, NamedAct
from saidanddone.dossier.triggers import Trigger
from saidanddone.faces import pages
from saidanddone.faces.pages import addresses

from .markup import Page

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ 7*7 }}</textarea>"
DAY = date(2018, 3, 5)
LATER = date(2018, 6, 1)


def harmless(html: str) -> Page:
    """The page taken apart, after a look at what it would run."""
    page = Page(html)
    assert {each.get("src").split("?")[0].split("/")[-1] for each in page.all("script")} <= {
        "theme.js",
        "page.js",
    }
    assert not page.all("img", "textarea")
    for each in page.elements:
        assert not [name for name in each.attributes if name.startswith("on") or name == "style"]
    assert not [link for link in page.links if link.strip().lower().startswith("javascript")]
    assert "49" not in page.all("h1")[0].text
    return page


@pytest.fixture
def site() -> pages.Site:
    return pages.Site(
        title=EVIL,
        about=EVIL,
        contact=EVIL,
        dataset=EVIL,
        generation=EVIL,
        version=EVIL,
        states=(EVIL, "Russia"),
        policy=True,
    )


def evil_acts(timeline: pl.DataFrame, **fields: object) -> pl.DataFrame:
    """Three acts whose every text is hostile."""
    texts = ("key", "date", "channel", "mode", "code", "what", "topic", "text", "reference")
    acts = timeline.head(3).with_columns(pl.lit(EVIL).alias(name) for name in texts)
    written = {"url": "javascript:alert(3)", "document": EVIL, "start": 4, "end": 9} | fields
    return acts.with_columns(
        pl.lit(value).cast(timeline.schema[name]).alias(name) for name, value in written.items()
    ).with_columns(pl.format("{}{}", "key", pl.int_range(pl.len())).alias("key"))


@pytest.fixture
def evil_page(case: Atlas) -> PairPage:
    page = case.page("RUS", "PRK")
    act = NamedAct(EVIL, EVIL, 1, EVIL, EVIL)
    change = ChangePoint("said", DAY, DAY, LATER, 0.2, 0.8, (act,), (act,))
    dossier = page.dossier
    coverage = replace(
        dossier.coverage,
        predecessors=(EVIL,),
        other_datasets=(EVIL,),
        missing=(EVIL,),
        notes=(EVIL,),
        months_missing=(EVIL,),
    )
    evil = replace(actors.actor("RUS"), name=EVIL)
    return replace(
        page,
        dossier=replace(
            dossier,
            source=evil,
            target=replace(evil, id="PRK"),
            verdict=replace(dossier.verdict, sentence=EVIL),
            dataset=(EVIL, "selection"),
            title=EVIL,
            citation=EVIL,
            coverage=coverage,
            robustness=replace(dossier.robustness, most_sensitive_to=EVIL),
            outcomes=tuple(replace(one, varied=EVIL) for one in dossier.outcomes),
            evidence=tuple(
                replace(one, text=EVIL, reference=EVIL, code=EVIL, date=EVIL)
                for one in dossier.evidence
            ),
        ),
        series=replace(
            page.series, changes=(change,), notes=(EVIL,), breaks=((date(2000, 1, 1), EVIL),)
        ),
        against=(EVIL,),
        triggers=(Trigger(date(2006, 10, 9), EVIL),),
        gaps=(Gap(EVIL, DAY, LATER, EVIL),),
        timeline=evil_acts(page.timeline),
        topics=(TopicShare(EVIL, EVIL, 1, 1, 1),),
        related=(Related(evil, replace(evil, id="CHN"), EVIL, 0.1, 3),),
        methods=EVIL,
        citations=Citations(EVIL, EVIL, EVIL),
    )


@pytest.mark.parametrize("static", [True, False])
def test_the_page_of_a_pair(site: pages.Site, evil_page: PairPage, static: bool) -> None:
    page = harmless(pages.pair(replace(site, static=static), evil_page))
    assert EVIL in page.all("h1")[0].text
    for name in ("bibtex", "ris", "csl"):
        assert page.by_id(f"cite-{name}").text == EVIL
    acts = page.of_class("act")
    assert len(acts) == 3
    assert acts[0].text.count(EVIL) >= 4
    assert not [each for each in page.all("a") if "Original" in each.text]


def test_the_filter_shows_what_was_typed(site: pages.Site, case: Atlas) -> None:
    found = case.page("RUS", "PRK")
    typed = pages.shown(
        found.timeline, channel=EVIL, sign=EVIL, since=EVIL, until=EVIL, topic=EVIL, page=-7
    )
    page = harmless(pages.pair(site, found, shown=typed))
    assert page.by_id("f-since").get("value") == EVIL
    assert [each for each in page.of_class("trouble") if "is not a date" in each.text]


def test_lists(site: pages.Site, case: Atlas) -> None:
    latest = evil_acts(case.latest())
    update = pages.Update(DAY, EVIL, EVIL, EVIL, EVIL)
    strange = case.pairs().with_columns(pl.lit(EVIL).alias("source"))
    topic = TopicPage(
        EVIL,
        EVIL,
        EVIL,
        1,
        case.topics()[0].pairs.with_columns(pl.lit(EVIL).alias("target")),
        latest,
    )
    for html in (
        pages.home(site, pairs=strange, topics=[topic], latest=latest, changed=[update]),
        pages.pairs(site, strange),
        pages.state(site, replace(actors.actor("RUS"), name=EVIL), strange, latest),
        pages.topics(site, [topic]),
        pages.topic(site, topic),
        pages.updates(site, [update], latest),
        pages.rank(site, [], case.matrix(), corner=EVIL, region=EVIL, trouble=EVIL),
        pages.about(site, replace(case.dataset, title=EVIL, citation=EVIL, missing=(EVIL,))),
        pages.contact(site),
    ):
        harmless(html)


def test_search_and_errors(site: pages.Site) -> None:
    hit = pages.Hit(
        EVIL, ((EVIL, True), (EVIL, False)), date=EVIL, title=EVIL, source=EVIL, target=EVIL,
        channel=EVIL, valence=1, address=addresses.pair(EVIL, EVIL), reference=EVIL,
        url="JaVaScRiPt:alert(4)",
    )  # fmt: skip
    results = pages.Results(
        query=EVIL, total=90, hits=(hit,), page=2, pages=3, kind=EVIL, source=EVIL, target=EVIL,
        since=EVIL, until=EVIL, trouble=EVIL,
    )  # fmt: skip
    page = harmless(pages.search(site, results))
    assert page.by_id("q").get("value") == EVIL
    assert page.all("mark")[0].text == EVIL
    choice = pages.Choice(EVIL, addresses.state(EVIL))
    harmless(
        pages.error(
            site, 404, EVIL, EVIL, EVIL, choices=[choice], source=EVIL, target=EVIL, here="a/b"
        )
    )


def test_an_error_where_the_address_is_hostile(site: pages.Site) -> None:
    here = f"pairs/{EVIL}/x/"
    harmless(pages.error(site, 404, "No page", "Nothing is here.", here=here))


@pytest.mark.parametrize("whole", [True, False])
def test_a_document(site: pages.Site, whole: bool) -> None:
    act = pages.SentenceAct(3, 40, EVIL, EVIL, EVIL, EVIL, -1, EVIL)
    found = pages.Document(
        EVIL, EVIL * 2, (act,), title=EVIL, published=EVIL, publisher=EVIL, reference=EVIL,
        url="data:text/html,<script>alert(5)</script>", whole=whole,
    )  # fmt: skip
    page = harmless(pages.document(site, found))
    assert page.of_class("sentence")[0].text == (EVIL * 2)[3:40]


def test_an_api_description(site: pages.Site) -> None:
    about = {"type": EVIL, "default": EVIL}
    field = {"name": EVIL, "in": EVIL, "description": EVIL, "schema": about}
    asked = {
        "summary": EVIL,
        "description": EVIL,
        "parameters": [field, {"$ref": "#/nothing/there"}],
        "responses": {EVIL: {"description": EVIL, "content": {EVIL: {}}}},
    }
    info = {"title": EVIL, "version": EVIL, "description": EVIL}
    page = harmless(pages.api(site, {"info": info, "paths": {f"/{EVIL}": {"get": asked}}}))
    assert EVIL in page.all("h1")[0].text
