"""A judge finds a case unsearched, searches, records and reports; the simple one is closed in one act."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.journeys.conftest import beside
from tests.journeys.walk import press

pytestmark = pytest.mark.browser
FACTS = "原告通过银行转账出借款项，被告出具借条，约定利息，到期后经催讨仍未归还本金和利息。"
POINT = "银行转账凭证与借条互相印证的，认定借贷合意和款项交付"
UNSEARCHED = "similar/duty/?tab=pending"


@pytest.fixture(scope="module")
def cases(lived_home: Path) -> list[str]:
    return beside(lived_home, "searching_court").split()


def test_from_the_list_of_the_unsearched_to_the_report(visit, site, cases, tmp_path):
    first, second = cases
    judge = visit("search-judge", scripts=False)  # the whole of it needs no JavaScript
    judge.goto(f"{site}{UNSEARCHED}")
    listed = judge.inner_text("table")
    assert "民初1号" in listed
    assert "民初2号" in listed

    press(judge, f"table a[href*='/{first}/']")
    press(judge, "text=自行检索")
    judge.fill("textarea[name=text]", FACTS)
    judge.select_option("select[name=order]", "权威层级")
    press(judge, "main form button")
    assert "相同案由：民间借贷纠纷" in judge.inner_text(".hit >> nth=0")
    assert judge.locator(".hit mark").count() > 0

    press(judge, "text=填写检索记录")
    judge.select_option("[name=verdict_1]", "类似")
    judge.select_option("[name=followed_1]", "参照")
    press(judge, "text=保存检索记录")
    assert "未写明理由" in judge.inner_text("[role=alert]")
    judge.fill("[name=reason_1]", "同为借条与转账相互印证")
    judge.fill("[name=points_1]", POINT)
    judge.select_option("[name=verdict_2]", "不类似")
    judge.fill("[name=reason_2]", "款项性质不同")
    press(judge, "text=保存检索记录")
    assert "类似、参照，同为借条与转账相互印证" in judge.inner_text("main")

    with judge.expect_download() as handed:
        judge.click("text=类案检索报告")
    handed.value.save_as(tmp_path / "报告.docx")
    report = Document(str(tmp_path / "报告.docx"))
    said = [p.text for p in report.paragraphs]
    said += [cell.text for t in report.tables for row in t.rows for cell in row.cells]
    assert any(POINT in each for each in said)

    judge.goto(f"{site}cases/{second}/similar/")
    press(judge, "button:has-text('已检索，无类案')")
    assert "已记录：已检索，无类案" in judge.inner_text("body")
    judge.goto(f"{site}{UNSEARCHED}")
    left = judge.inner_text("main")
    assert "民初1号" not in left
    assert "民初2号" not in left
    refused = "400 (Bad Request)"  # the record without a reason
    assert [each for each in judge.complaints if refused not in each] == []
