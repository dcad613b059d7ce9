"""A judge submits a judgment, the division head finishes the reading with a remark, the judge signs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import enter
from tests.journeys.reading_court import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).with_name("reading_court.py")
FIRST = "本院认为，合同有效。\n判决如下：\n被告支付原告一万元。"
SECOND = FIRST.replace("合同有效", "合同合法有效")
REMARK = "“合同有效”宜写作“合同合法有效”"


@pytest.fixture(scope="module")
def case_id(city_home: Path) -> int:
    home = os.environ | {"SHENGUAN_HOME": str(city_home)}
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], env=home, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
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
        enter(tab, site, f"read-{name}", PASSWORD)
        return tab

    yield open_as
    for context in contexts:
        context.close()


def paper(text: str) -> dict[str, object]:
    return {"name": "判决书.txt", "mimeType": "text/plain", "buffer": text.encode()}


def test_from_the_draft_to_the_signature_of_the_bench(visit, site, case_id):
    judge = visit("judge")
    judge.goto(f"{site}cases/{case_id}/review/")
    judge.check("input[name=document][value=判决书]")
    judge.set_input_files("input[name=draft]", paper(FIRST))
    judge.click("main form button")
    assert "阅核中" in judge.inner_text("h1")
    address = judge.url

    chief = visit("chief", scripts=False)  # reading and saying need no JavaScript
    chief.goto(f"{site}reviews/")
    chief.click("table a")
    assert chief.url == address
    chief.check("input[name=kind][value=none]")
    chief.fill("textarea[name=text_1]", REMARK)
    chief.click("text=提交意见")
    assert "阅核完成" in chief.inner_text("h1")
    assert chief.locator("text=签署第").count() == 0

    judge.goto(address)
    assert judge.locator("button:has-text('签署第')").count() == 0
    judge.check("input[value=采纳]")
    judge.set_input_files("input[name=draft]", paper(SECOND))
    judge.click("text=提交回应")
    assert judge.inner_text(".draft ins") == "合法"
    judge.click("button:has-text('签署第')")
    assert "已签署" in judge.inner_text("h1")

    office = visit("office")
    office.goto(address)
    assert "已签署" in office.inner_text("h1")
    assert REMARK not in office.inner_text("body")
    assert judge.complaints == office.complaints == []
