"""A review from plan to checked rectification, by five people who each see their own part only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import enter
from tests.journeys.review_court import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).with_name("review_court.py")


@pytest.fixture(scope="module")
def days(city_home: Path) -> list[str]:
    """A small court with one closed case beside the city; returns the first and last day of closing."""
    env = {**os.environ, "SHENGUAN_HOME": str(city_home)}
    made = subprocess.run([sys.executable, str(SCRIPT)], env=env, check=True, capture_output=True)
    return made.stdout.decode().split()


@contextmanager
def signed_in(browser: Browser, site: str, who: str) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    enter(tab, site, f"review-{who}", PASSWORD)
    yield tab
    tab.close()


def test_from_plan_to_checked_rectification(browser: Browser, site: str, days: list[str]) -> None:
    with signed_in(browser, site, "office") as tab:
        tab.goto(f"{site}casereview/new/")
        tab.fill("input[name=name]", "试航评查")
        tab.fill("input[name=from]", days[0])
        tab.fill("input[name=to]", days[1])
        tab.click("text=保存方案")
        tab.click("main a:has-text('试抽')")
        assert "试抽结果" in tab.inner_text("main")
        tab.fill("input[name=seed]", "314159")
        tab.click("text=抽取并分派")
        tab.click("text=重放核对")
        assert "结果逐件相同" in tab.inner_text("main")
    with signed_in(browser, site, "reviewer") as tab:
        _open_the_case(tab, site)
        assert "法官评航" not in tab.inner_text("main")
        tab.fill("input[name='n:document:d1']", "2")
        tab.fill("input[name='p:document:d1']", "正卷第12页")
        tab.click("text=提交评查表")
    with signed_in(browser, site, "judge") as tab:
        _open_the_case(tab, site)
        assert "评查员评航" not in tab.inner_text("main")
        tab.check("input[value=认可]")
        tab.click("text=提交答复")
    with signed_in(browser, site, "member") as tab:
        _open_the_case(tab, site)
        tab.fill("input[name=meeting]", "第1次会议")
        tab.fill("textarea[name=text]", "同意")
        tab.click("main button:has-text('确定等次')")
        assert "优秀" in tab.inner_text("dl.facts")
    _put_right(browser, site)


def _put_right(browser: Browser, site: str) -> None:
    with signed_in(browser, site, "judge") as tab:
        _open_the_case(tab, site)
        tab.fill("textarea[name=text]", "已裁定补正")
        tab.click("text=报告整改")
    with signed_in(browser, site, "office") as tab:
        tab.goto(f"{site}casereview/issues/?state=待验收")
        tab.click("tbody th a")
        tab.fill("textarea[name=text]", "材料齐全")
        tab.click("text=验收通过")
        assert "已整改" in tab.inner_text("main")


def _open_the_case(tab: Page, site: str) -> None:
    tab.goto(f"{site}casereview/")
    tab.click("main tbody th a >> nth=0")
