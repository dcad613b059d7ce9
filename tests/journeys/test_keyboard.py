"""The pages can be worked by the keyboard alone, and one sees where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"


def test_keys_lead_through_pages_lists_and_help(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#main"
    assert page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert page.url.startswith(f"{site}cases/")
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 1
    assert page.evaluate(OUTLINE) == "solid"
    number = page.inner_text("tr.at th").strip()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert number in page.inner_text("h1")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.name") == "q"
    assert page.complaints == []  # type: ignore[attr-defined]
