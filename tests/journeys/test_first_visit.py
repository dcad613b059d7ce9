"""Someone starts the platform and looks at the demo city for the first time."""

from __future__ import annotations

import urllib.parse

import pytest

from tests.journeys.walk import PATIENCE, opened

pytestmark = pytest.mark.browser


def test_first_page_shows_the_city_and_complains_of_nothing(page, site):
    page.goto(site)
    assert "审管" in page.title()
    assert "示范市" in page.inner_text("body")
    assert page.complaints == []


def test_no_column_is_cut_off_at_1440_pixels(page, site):
    page.goto(site)
    cut = page.evaluate(
        """[...document.querySelectorAll("html, table, :has(> table)")]
           .filter(box => box.scrollWidth > box.clientWidth + 1)
           .map(box => `${box.tagName}.${box.className} ${box.innerText.slice(0, 20)}`)"""
    )
    assert cut == []


def test_the_page_asks_no_other_machine_for_anything(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.wait_for_load_state("networkidle")
    own = urllib.parse.urlsplit(site).netloc
    others = [url for url in asked if urllib.parse.urlsplit(url).netloc not in {own, ""}]
    assert asked
    assert others == []


def test_every_link_of_the_first_page_leads_somewhere(page, site):
    page.goto(site)
    links = page.eval_on_selector_all("a[href]", "nodes => nodes.map(node => node.href)")
    own = sorted({link.split("#")[0] for link in links if link.startswith(site)})
    assert own
    answers = {link: page.request.get(link, timeout=PATIENCE).status for link in own[:40]}
    assert set(answers.values()) == {200}


def test_a_stranger_meets_the_door_and_nothing_else(browser, site):
    tab = opened(browser).new_page()
    tab.goto(f"{site}figures/")
    assert "/login/" in tab.url
    assert "示范市" not in tab.inner_text("body")
    tab.context.close()


def test_the_first_page_works_without_javascript(visit, password):
    page = visit("shenguan", password, scripts=False)
    assert "示范市" in page.inner_text("main")
