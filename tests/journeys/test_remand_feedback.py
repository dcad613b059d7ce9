"""An upper court remands: the form reaches the court below and both offices, is objected to, found upon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import beside
from tests.journeys.walk import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
WHY = "原审对付款数额的基本事实未经质证，应由原审查清后重新认定。"
OBJECTION = "原审依当时在案证据认定，并无不当，二审依新提交的证据改变。"


@pytest.fixture(scope="module")
def courts(lived_home: Path) -> None:
    beside(lived_home, "remand_court")


def open_case(page: Page, site: str) -> None:
    page.goto(f"{site}appeals/")
    press(page, "th a:has-text('示9601民初1号')")


def test_from_the_remand_to_the_bulletin(courts, visit, site):
    below = visit("low-judge")
    below.goto(f"{site}appeals/")
    assert "示9601民初1号" not in below.inner_text("main")  # nothing is told before it is sent
    above = visit("up-judge")
    open_case(above, site)
    above.check("input[name=reasons][value=fact]")
    above.check("input[name=parts][value=outcome]")
    above.check("input[name=grounds][value=g1]")
    above.fill("form[action$='send/'] textarea", WHY)
    press(above, "text=反馈原审法院")
    for name in ("up-office", "low-office"):
        office = visit(name)
        open_case(office, site)
        assert WHY in office.inner_text("main")
    below.goto(f"{site}warnings/")
    assert "的反馈应于" in below.inner_text("main")
    open_case(below, site)
    below.check("input[name=choice][value=异议]")
    below.fill("form[action$='answer/'] textarea", OBJECTION)
    press(below, "form[action$='answer/'] button")
    finder = visit("low-office")
    open_case(finder, site)
    finder.check("input[name=conclusion][value=不承担责任]")
    finder.check("input[name=excuse][value=e3]")
    finder.fill("input[name=meeting]", "2026年第2次")
    finder.fill("form[action$='find/'] textarea", "经研究，系二审新证据所致，不认定为差错。")
    press(finder, "text=登记认定")
    assert "新的证据" in finder.inner_text("main")
    analyst = visit("up-office")
    analyst.goto(f"{site}appeals/analysis/")
    assert "不承担责任：新的证据" in analyst.inner_text("main")
    with analyst.expect_download() as waiting:
        analyst.click("text=通报 docx")
    assert waiting.value.suggested_filename.endswith(".docx")
    assert below.complaints == above.complaints == finder.complaints == []  # type: ignore[attr-defined]
