"""No page keeps anyone out: no serious finding of the checker, nothing in the console, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walk import ELSEWHERE, POSTS, Findings, opened, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SHORTEST_MENU = 4
"""Of the audit administrator: first page, warnings, rulebook, audit log."""


def test_every_post_walks_through_its_menu_without_a_broken_page(walked: Findings):
    assert walked.broken == []
    assert set(walked.seen) == set(POSTS.values())
    assert all(len(pages) >= SHORTEST_MENU for pages in walked.seen.values())


def test_the_checker_finds_nothing_serious_on_any_page(walked: Findings):
    assert walked.axe == []


def test_no_page_complains_in_the_console_or_breaks_the_content_policy(walked: Findings):
    assert walked.said == []


def test_pages_can_be_read_with_scripts_off(browser: Browser, site: str, password: str):
    context = opened(browser, scripts=False)
    tab = context.new_page()
    tab.goto(f"{site}login/")
    sign_in(tab, "yuanzhang", password)
    links = tab.query_selector_all("aside.side nav a")
    menu = [link.get_attribute("href") or "" for link in links]
    empty = []
    for address in (one for one in menu if not one.startswith(ELSEWHERE)):
        tab.goto(site.rstrip("/") + address)
        heading, text = tab.query_selector("h1"), tab.inner_text("main")
        if heading is None or not heading.inner_text().strip() or len(text) < 40:
            empty.append(address)
    context.close()
    assert empty == []
