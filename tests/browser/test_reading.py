"""What a reader does: ask, filter, follow an act, search, switch colours, with and without help."""

from __future__ import annotations

import re
from typing import Any

from .pages import PAIR


def test_ask_by_typing(case_server: str, open_page: Any) -> None:
    page = open_page(case_server + "/")
    page.locator("form.ask input[name=source]").first.fill("moscow")
    page.locator("form.ask input[name=target]").first.fill("pyongyang")
    page.locator("form.ask input[name=target]").first.press("Enter")
    page.wait_for_url(f"**{PAIR}*")
    heading = page.locator("h1").inner_text()
    assert "Russia" in heading and "North Korea" in heading


def test_filter_the_timeline(case_server: str, open_page: Any) -> None:
    page = open_page(case_server + PAIR)
    acts = page.locator("#list > li.act:visible")
    every = acts.count()
    page.locator("#f-channel").select_option("done")
    done = acts.count()
    assert 0 < done < every
    assert set(acts.evaluate_all("all => all.map(act => act.dataset.channel)")) == {"done"}
    page.locator("#f-sign").select_option("conflictual")
    both = acts.count()
    assert 0 < both < done
    assert page.locator("#count").inner_text().startswith(f"{both} of {every}")
    page.locator("#f-since").fill("1960")
    page.locator("#f-until").fill("1940")
    assert acts.count() == 0
    page.locator("#filter button[type=reset]").click()
    # A locator waits without evaluating text in the page, which its policy forbids.
    acts.nth(every - 1).wait_for()
    assert acts.count() == every


def test_filter_without_scripts(case_server: str, open_page: Any) -> None:
    page = open_page(case_server + PAIR, java_script_enabled=False)
    every = page.locator("li.act").count()
    assert every > 50
    page.locator("#f-channel").select_option("done")
    page.locator("#filter button[type=submit]").click()
    assert "channel=done" in page.url
    assert 0 < page.locator("li.act").count() < every
    assert page.locator("figure svg").count() >= 2
    assert page.locator("h2").count() >= 6


def test_follow_an_act_to_its_sentence(documents_server: str, open_page: Any) -> None:
    page = open_page(documents_server + PAIR)
    act = page.locator("li.act", has_text="condemned").first
    sentence = act.locator("blockquote").inner_text()
    act.get_by_role("link", name=re.compile("document")).click()
    page.wait_for_url("**/documents/**#s*")
    marked = page.locator(":target")
    assert sentence.strip().rstrip(".") in re.sub(r"\s+", " ", marked.inner_text())
    assert page.locator("script:not([src])").count() == 0
    assert '<script>alert("no")</script>' in page.locator("main").inner_text()


def test_search_marks_what_was_found(documents_server: str, open_page: Any) -> None:
    page = open_page(documents_server + "/")
    page.locator("#find").fill("condemned")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search/**")
    marks = page.locator("main mark").all_inner_texts()
    assert marks and all(mark.lower().startswith("condemn") for mark in marks)


def test_switch_colours_and_keep_them(case_server: str, open_page: Any) -> None:
    page = open_page(case_server + "/", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("#theme").click()
    dark = page.evaluate(background)
    assert dark != light
    page.goto(case_server + PAIR)
    assert page.evaluate(background) == dark
    assert page.evaluate("document.cookie") == ""


def test_by_keyboard_alone(case_server: str, open_page: Any) -> None:
    page = open_page(case_server + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    _tab_to(page, "input[name=source]")
    page.keyboard.type("moscow")
    page.keyboard.press("Tab")
    page.keyboard.type("pyongyang")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAIR}*")
    _tab_to(page, "#f-channel")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.type("done")
    page.locator("#count", has_text=" of ").wait_for()


def _tab_to(page: Any, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def test_static_search_from_files(static_server: str, open_page: Any) -> None:
    page = open_page(static_server + "/search/")
    box = page.locator("main input[name=q]").first
    box.fill("visited north*")
    box.press("Enter")
    page.wait_for_selector("#hits li")
    assert page.locator("#hits mark").count() > 0
    page.locator("#hits a").first.click()
    page.wait_for_url("**/pairs/**")


def test_static_ask_box(static_server: str, open_page: Any) -> None:
    page = open_page(static_server + "/")
    page.locator("form.ask input[name=source]").first.fill("Москва")
    page.locator("form.ask input[name=target]").first.fill("DPRK")
    page.locator("form.ask input[name=target]").first.press("Enter")
    page.wait_for_url(f"**{PAIR}")
    assert page.locator("h1").inner_text().startswith("Do the deeds of Russia")


def test_static_pages_without_scripts(static_server: str, open_page: Any) -> None:
    page = open_page(static_server + PAIR, java_script_enabled=False)
    assert page.locator("li.act").count() > 50
    assert page.locator("form.filter:visible").count() == 0
