"""The page of a pair: what stands on it, of a census and of a selection."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest

from saidanddone.dossier import Atlas, PairPage
from saidanddone.faces import pages
from saidanddone.faces.pages import addresses, charts

from .markup import Page


@pytest.fixture(scope="module")
def measured(census: Atlas) -> PairPage:
    table = census.pairs()
    return census.page(table["source"][0], table["target"][0])


def test_the_answer_leads(measured: PairPage) -> None:
    page = Page(pages.pair(pages.Site(), measured))
    assert page.all("h1")[0].text == measured.dossier.question
    assert page.of_class("verdict")[0].text == measured.dossier.verdict.sentence
    titles = [each.text for each in page.all("h2")]
    assert titles[:3] == [
        "Key facts",
        "Words and deeds through time",
        "Among all pairs: the four corners",
    ]
    assert {"All acts", "What speaks against it", "Coverage: what this rests on"} <= set(titles)


def test_rates_stand_beside_every_curve(measured: PairPage) -> None:
    html = pages.pair(pages.Site(), measured)
    assert "10,000 acts of all pairs" in html
    assert html.count("acts per 10,000") >= 2
    assert "Per 10,000 acts of all" in html


def test_a_selection_says_why_it_has_no_plane(case: Atlas) -> None:
    page = Page(pages.pair(pages.Site(kind="selection"), case.page("RUS", "PRK")))
    text = page.all("main")[0].text
    assert "A norm needs data that aim at all acts" in text
    assert "Not decided:" in text
    assert "Warmth (90%)" not in text


def test_a_pair_without_acts_is_an_answer_too(census: Atlas, case: Atlas) -> None:
    for atlas in (census, case):
        known = set(zip(atlas.pairs()["source"], atlas.pairs()["target"], strict=True))
        assert ("ISL", "FJI") not in known
        page = Page(pages.pair(pages.Site(), atlas.page("ISL", "FJI")))
        assert "none was reported here" in page.all("main")[0].text
        assert not page.of_class("act")


def test_only_what_exists_is_offered(measured: PairPage, case: Atlas) -> None:
    def offered(site: pages.Site, page: PairPage) -> set[str]:
        html = Page(pages.pair(site, page))
        return {each.get("href") for each in html.all("a") if "download" in each.attributes}

    everything = offered(pages.Site(), measured)
    assert {"acts.csv", "acts.parquet", "plane.svg", "plane.png", "cite.ris"} <= everything
    assert offered(pages.Site(downloads=False), measured) == set()
    bare = offered(pages.Site(parquet=False, png=False), case.page("RUS", "PRK"))
    assert bare == everything - {
        "acts.parquet", "through-time.png", "channels.png", "plane.png", "plane.svg"
    }  # fmt: skip


def test_pages_that_do_not_exist_are_not_linked(measured: PairPage) -> None:
    here = addresses.pair(measured.dossier.source.id, measured.dossier.target.id)
    kept = addresses.pair(measured.related[0].source.id, measured.related[0].target.id)
    site = pages.Site(static=True, pages=frozenset({here, kept}))
    links = [each.get("href") for each in Page(pages.pair(site, measured)).all("a")]
    reached = {posixpath.normpath(posixpath.join("/", here, link)).lstrip("/") for link in links}
    kinds = ("pairs/", "states/", "topics/", "documents/")
    found = {f"{path}/" for path in reached if path.startswith(kinds) and "." not in path}
    assert kept in found
    assert {path for path in found if "#" not in path} <= {here, kept}


def test_the_norm_of_other_content_is_told(measured: PairPage) -> None:
    site = pages.Site(generation="a" * 64, norms_of="b" * 64)
    text = Page(pages.pair(site, measured)).all("body")[0].text
    assert f"norms fitted on {'b' * 12}" in text
    assert f"fitted on content {'b' * 12}" in text
    same = replace(site, norms_of="a" * 64)
    assert "norms fitted" not in Page(pages.pair(same, measured)).all("footer")[0].text


def test_the_same_page_is_the_same_bytes(measured: PairPage) -> None:
    site = pages.Site(states=("Russia",))
    assert pages.pair(site, measured) == pages.pair(site, measured)


def test_charts_as_files(measured: PairPage, case: Atlas) -> None:
    for name in ("through-time", "plane"):
        svg = charts.alone(measured, name)
        assert svg is not None
        assert svg.startswith("<svg")
    assert charts.alone(case.page("RUS", "PRK"), "plane") is None
    assert charts.alone(measured, "nothing") is None


def test_the_arms_of_the_cross_are_the_posterior_s(measured: PairPage) -> None:
    compared = measured.dossier.comparison
    assert compared is not None
    for found, shown in zip(
        (compared.words, compared.deeds), charts.warmths(measured), strict=True
    ):
        assert shown is not None
        assert shown.interval90 == pytest.approx(
            (found.quantile(0.05), found.quantile(0.95)), abs=1e-3
        )
        assert shown.probability_positive == pytest.approx(
            1 - float(found.probability_below(0.0)), abs=1e-4
        )
