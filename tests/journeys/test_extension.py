"""A judge asks for an extension, the chief agrees, the president approves, the due date moves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import SHENGUAN, enter
from tests.journeys.extension_court import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
STORY = "当事人提交新证据三百余份，需要组织第二次质证并向案外人调取银行流水，原定期限内不能审结。"
SCRIPT = Path(__file__).with_name("extension_court.py")


def run_script(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env=os.environ | {"SHENGUAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def case_id(city_home: Path) -> int:
    return int(run_script(city_home))


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page signed in as one of the court's people, with or without JavaScript."""
    contexts = []

    def open_as(name: str, *, scripts: bool = True) -> Page:
        screen = {"width": 1366, "height": 768}
        context = browser.new_context(java_script_enabled=scripts, locale="zh-CN", viewport=screen)
        contexts.append(context)
        tab = context.new_page()
        tab.complaints = []  # type: ignore[attr-defined]
        tab.on(
            "console",
            lambda m: m.type in {"error", "warning"} and tab.complaints.append(m.text),  # type: ignore[attr-defined]
        )
        enter(tab, site, f"sail-{name}", PASSWORD)
        return tab

    yield open_as
    for context in contexts:
        context.close()


def due_shown(page: Page) -> str:
    return page.inner_text("dl.facts dd b >> nth=0").strip()


def agree(page: Page, site: str, number: str) -> None:
    page.goto(f"{site}approvals/")
    page.click(f"text={number}")
    page.check("input[name=outcome][value=agrees]")
    page.click("text=提交意见")


def test_from_the_judges_request_to_the_moved_due_date(visit, site, case_id, city_home):
    judge = visit("judge")
    judge.goto(f"{site}cases/{case_id}/")
    before, number = due_shown(judge), judge.inner_text("h1").strip()
    judge.click("text=申请延长审限")
    judge.check("input[name=length][value='6m']")
    promised = judge.inner_text("label:has(input[value='6m'])").split()[-1]
    judge.check("input[name=reasons][value=E3]")
    judge.fill("textarea[name=detail]", STORY)
    judge.set_input_files(
        "input[name=file_1]",
        {"name": "延长审限审批表.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
    )
    judge.click("text=提交申请")
    assert "审批中" in judge.inner_text("body")
    agree(visit("chief", scripts=False), site, number)  # reading and deciding need no JavaScript
    judge.goto(f"{site}cases/{case_id}/")
    assert due_shown(judge) == before
    president = visit("president")
    agree(president, site, number)
    assert "已批准" in president.inner_text("body")
    judge.goto(f"{site}cases/{case_id}/")
    assert due_shown(judge) == promised
    assert promised > before
    assert "延长审限批准" in judge.inner_text("body")
    assert judge.complaints == president.complaints == []
    _audit_shows_it(city_home, number)


def _audit_shows_it(home: Path, number: str) -> None:
    command = [*SHENGUAN, "--home", str(home), "audit", "verify"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    rows = [line.split("\t") for line in run_script(home, number).splitlines()]
    assert [row for row in rows if row[1].startswith("延长审限")] == [
        ["法官试航", "延长审限申请"],
        ["庭长试航", "延长审限：庭长审核：同意"],
        ["院长试航", "延长审限：院长批准：同意"],
    ]
