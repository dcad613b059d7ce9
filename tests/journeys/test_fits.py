"""On the two usual office screens nothing is cut off; in English no page scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walk import walk_in_english

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.walk import Findings

pytestmark = pytest.mark.browser
BROAD = ("shenguan", "yuanzhang", "faguan", "xitong", "anquan")
"""Posts whose menus hold every page between them."""


def test_nothing_is_cut_off_at_1366_and_1440(walked: Findings):
    assert walked.cut == []


def test_no_page_scrolls_sideways_in_english(browser: Browser, site: str, password: str):
    cut = walk_in_english(browser, site, password, BROAD)
    assert [one for one in cut if ": page " in one] == []
