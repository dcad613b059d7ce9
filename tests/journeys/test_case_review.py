"""A review from plan to checked rectification, by five people who each see their own part only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import beside
from tests.journeys.walk import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def days(lived_home: Path) -> list[str]:
    """A small court with one closed case beside the city; returns the first and last day of closing."""
    return beside(lived_home, "review_court").split()


def test_from_plan_to_checked_rectification(
    visit: Callable[..., Page], site: str, days: list[str]
) -> None:
    tab = visit("review-office")
    tab.goto(f"{site}casereview/new/")
    tab.fill("input[name=name]", "试航评查")
    tab.fill("input[name=from]", days[0])
    tab.fill("input[name=to]", days[1])
    press(tab, "text=保存方案")
    press(tab, "main a:has-text('试抽')")
    assert "试抽结果" in tab.inner_text("main")
    tab.fill("input[name=seed]", "314159")
    press(tab, "text=抽取并分派")
    press(tab, "text=重放核对")
    assert "结果逐件相同" in tab.inner_text("main")
    tab = visit("review-reviewer")
    _open_the_case(tab, site)
    assert "法官评航" not in tab.inner_text("main")
    tab.fill("input[name='n:document:d1']", "2")
    press(tab, "text=提交评查表")
    assert "扣分须写明卷宗页码" in tab.inner_text("main")
    assert tab.input_value("input[name='n:document:d1']") == "2"  # what was typed isn't lost
    tab.fill("input[name='p:document:d1']", "正卷第12页")
    press(tab, "text=提交评查表")
    tab = visit("review-judge")
    _open_the_case(tab, site)
    assert "评查员评航" not in tab.inner_text("main")
    tab.check("input[value=认可]")
    press(tab, "text=提交答复")
    tab = visit("review-member")
    _open_the_case(tab, site)
    tab.fill("input[name=meeting]", "第1次会议")
    tab.fill("textarea[name=text]", "同意")
    press(tab, "main button:has-text('确定等次')")
    assert "优秀" in tab.inner_text("dl.facts")
    _put_right(visit, site)


def _put_right(visit: Callable[..., Page], site: str) -> None:
    tab = visit("review-judge")
    _open_the_case(tab, site)
    tab.fill("textarea[name=text]", "已裁定补正")
    press(tab, "text=报告整改")
    tab = visit("review-office")
    tab.goto(f"{site}casereview/issues/?state=待验收")
    press(tab, "tbody th a")
    tab.fill("textarea[name=text]", "材料齐全")
    press(tab, "text=验收通过")
    assert "已整改" in tab.inner_text("main")


def _open_the_case(tab: Page, site: str) -> None:
    tab.goto(f"{site}casereview/")
    press(tab, "main tbody th a >> nth=0")
