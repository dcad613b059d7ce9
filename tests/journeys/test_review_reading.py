"""A judge submits a judgment, the division head finishes the reading with a remark, the judge signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import beside
from tests.journeys.walk import press

pytestmark = pytest.mark.browser
FIRST = "本院认为，合同有效。\n判决如下：\n被告支付原告一万元。"
SECOND = FIRST.replace("合同有效", "合同合法有效")
REMARK = "“合同有效”宜写作“合同合法有效”"


@pytest.fixture(scope="module")
def case_id(lived_home: Path) -> int:
    return int(beside(lived_home, "reading_court"))


def paper(text: str) -> dict[str, object]:
    return {"name": "判决书.txt", "mimeType": "text/plain", "buffer": text.encode()}


def test_from_the_draft_to_the_signature_of_the_bench(visit, site, case_id):
    judge = visit("read-judge")
    judge.goto(f"{site}cases/{case_id}/review/")
    judge.check("input[name=document][value=判决书]")
    judge.set_input_files("input[name=draft]", paper(FIRST))
    press(judge, "main form button")
    assert "阅核中" in judge.inner_text("h1")
    address = judge.url

    chief = visit("read-chief", scripts=False)  # reading and saying need no JavaScript
    chief.goto(f"{site}reviews/")
    press(chief, "table a")
    assert chief.url == address
    chief.check("input[name=kind][value=none]")
    chief.fill("textarea[name=text_1]", REMARK)
    press(chief, "text=提交意见")
    assert "阅核完成" in chief.inner_text("h1")
    assert chief.locator("text=签署第").count() == 0

    judge.goto(address)
    assert judge.locator("button:has-text('签署第')").count() == 0
    judge.check("input[value=采纳]")
    judge.set_input_files("input[name=draft]", paper(SECOND))
    press(judge, "text=提交回应")
    assert judge.inner_text(".draft ins") == "合法"
    press(judge, "button:has-text('签署第')")
    assert "已签署" in judge.inner_text("h1")

    office = visit("read-office")
    office.goto(address)
    assert "已签署" in office.inner_text("h1")
    assert REMARK not in office.inner_text("body")
    assert judge.complaints == office.complaints == []
