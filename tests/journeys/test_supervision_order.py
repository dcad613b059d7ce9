"""The trial-management office turns a figure into a list into a 督办单; the judge reports, the office closes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.journeys.walk import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FIGURE = "a[href*='/indicators/overdue_pending_rate/denominator/']"
ASKED = "请两周内排期开庭并报时间表"


@pytest.fixture
def judge(visit: Callable[..., Page], password: str) -> Page:
    return visit("faguan", password)


def name_of(tab: Page) -> str:
    return tab.inner_text(".who a[href='/account/']").strip()


def test_from_a_figure_to_a_closed_supervision_order(page: Page, judge: Page, site: str) -> None:
    page.goto(f"{site}indicators/")
    figure = page.locator(FIGURE).first
    count = figure.inner_text().strip().replace(",", "")
    press(page, figure)
    assert f"{count}件" in page.inner_text("h1")
    number = directed(page, name_of(judge))
    _closed_after_a_report(page, judge, site, number)
    assert page.complaints == []  # type: ignore[attr-defined]


def directed(page: Page, name: str) -> str:
    """Put the judge's first case on the list about which no order stands yet under an order."""
    behind = page.url
    rows = page.locator(f"tbody tr:has-text('{name}') th").all_inner_texts()
    for number in map(str.strip, rows):
        page.goto(behind)
        page.locator(f"tbody tr:has-text('{number}') input[name=case]").first.check()
        press(page, "text=交办所选案件")
        page.select_option("select[name=level]", "督办")
        page.fill("input[name=text]", ASKED)
        press(page, "main button:has-text('交办')")
        if "已处理1条" in page.inner_text("body"):
            return number
    raise AssertionError(f"{name}名下没有可交办的案件")


def _closed_after_a_report(page: Page, judge: Page, site: str, number: str) -> None:
    judge.goto(f"{site}warnings/orders/")
    press(judge, f"tr:has-text('{ASKED}') th a")
    order = judge.inner_text("h2 >> nth=0").strip()
    assert judge.locator("form button:has-text('销号')").count() == 0
    judge.fill("input[name=result]", "已排期")
    press(judge, "text=报结果")
    page.goto(f"{site}warnings/orders/?state=reported")
    press(page, f"tr:has-text('{ASKED}') th a")
    assert order in page.inner_text("body")
    assert number in page.inner_text("body")
    press(page, "main form button:has-text('销号')")
    assert "审管" in page.inner_text("dl.order")
    page.goto(f"{site}warnings/orders/?state=closed")
    assert ASKED in page.inner_text("main")
