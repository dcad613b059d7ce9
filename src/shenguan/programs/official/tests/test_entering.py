"""填报数 by workbook: read back with line and cell, kept as versions, shown to those who see the court."""

from pathlib import Path

import pytest
import xlsxwriter

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.programs.official import services
from shenguan.spine.indicators.models import EnteredValue
from shenguan.spine.tests.registry import NOW, demo_court

pytestmark = pytest.mark.django_db
HEADINGS = ("填报数", "期间", "法院", "值", "来源")


def book(folder: Path, *rows: tuple) -> Path:
    path = folder / "填报.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("填报")
        for number, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(number, 0, row)
    return path


def test_good_rows_are_entered_and_the_others_told_by_line_and_cell(tmp_path):
    court = demo_court()
    path = book(
        tmp_path,
        ("员额法官人数", "2026年", court.name, 40, "政治部"),
        ("结案数", "2026年", court.name, 1, ""),
        ("员额法官人数", "2026年", court.name, "四十", ""),
        ("院庭长人数", "2026年", "示范市无名人民法院", 9, ""),
    )
    found, fresh = services.load_entered(path, actor="测试", now=NOW)
    assert (len(found.rows), fresh) == (1, 1)
    assert [error.split("：", 1)[1] for error in found.errors] == [
        "“结案数”不是填报数",
        "“四十”不是整数",
        "没有法院“示范市无名人民法院”",
    ]
    assert "第 4 行单元格 D4" in found.errors[1]
    assert services.load_entered(path, actor="测试", now=NOW)[1] == 0


@pytest.mark.parametrize(
    ("post", "sees"), [("院长", True), ("审管办主任", True), ("系统管理员", False)]
)
def test_each_post_sees_the_numbers_of_its_courts(tmp_path, settings, post, sees):
    settings.HOME = tmp_path
    court = demo_court()
    services.load_entered(
        book(tmp_path, ("员额法官人数", "2026年", court.name, 4321, "")), actor="测试", now=NOW
    )
    assert EnteredValue.objects.count() == 1
    page = signed_in(post, court).get("/official/entered/").content.decode()
    assert ("4321" in page) is sees
    assert "尚未填报" in page
