"""A judge asks for an extension, the chief agrees, the president approves, the due date moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import beside, shenguan
from tests.journeys.walk import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
STORY = "当事人提交新证据三百余份，需要组织第二次质证并向案外人调取银行流水，原定期限内不能审结。"


@pytest.fixture(scope="module")
def case_id(lived_home: Path) -> int:
    return int(beside(lived_home, "extension_court"))


def due_shown(page: Page) -> str:
    return page.inner_text("dl.facts dd b >> nth=0").strip()


def agree(page: Page, site: str, number: str) -> None:
    page.goto(f"{site}approvals/")
    press(page, f"text={number}")
    page.check("input[name=outcome][value=agrees]")
    press(page, "text=提交意见")


def test_from_the_judges_request_to_the_moved_due_date(visit, site, case_id, lived_home):
    judge = visit("sail-judge")
    judge.goto(f"{site}cases/{case_id}/")
    before, number = due_shown(judge), judge.inner_text("h1").strip()
    press(judge, "text=申请延长审限")
    judge.check("input[name=length][value='6m']")
    promised = judge.inner_text("label:has(input[value='6m'])").split()[-1]
    judge.check("input[name=reasons][value=E3]")
    judge.fill("textarea[name=detail]", STORY)
    judge.set_input_files(
        "input[name=file_1]",
        {"name": "延长审限审批表.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
    )
    press(judge, "text=提交申请")
    assert "审批中" in judge.inner_text("body")
    agree(
        visit("sail-chief", scripts=False), site, number
    )  # reading and deciding need no JavaScript
    judge.goto(f"{site}cases/{case_id}/")
    assert due_shown(judge) == before
    president = visit("sail-president")
    agree(president, site, number)
    assert "已批准" in president.inner_text("body")
    judge.goto(f"{site}cases/{case_id}/")
    assert due_shown(judge) == promised
    assert promised > before
    assert "延长审限批准" in judge.inner_text("body")
    assert judge.complaints == president.complaints == []
    _audit_shows_it(lived_home, number)


def _audit_shows_it(home: Path, number: str) -> None:
    shenguan(home, "audit", "verify")
    rows = [line.split("\t") for line in beside(home, "extension_court", number).splitlines()]
    assert [row for row in rows if row[1].startswith("延长审限")] == [
        ["法官试航", "延长审限申请"],
        ["庭长试航", "延长审限：庭长审核：同意"],
        ["院长试航", "延长审限：院长批准：同意"],
    ]
