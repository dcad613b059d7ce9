"""A small city with its three administrators, and rosters as a personnel office writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from shenguan.base.org.models import Court
from shenguan.base.org.services import add_court
from shenguan.base.papers.sheets import Sheet, write_xlsx

HEADINGS = ("法院", "部门", "姓名", "工号", "职务", "起", "止", "所辅助法官", "用户名")
COURT, FIRST = "示范市甲区人民法院", "民事审判第一庭"
ROSTER = (
    (COURT, FIRST, "庭长甲一", "101", "庭长", date(2024, 1, 1), None, "", "tz1"),
    (COURT, FIRST, "法官甲一", "102", "法官", "2024年3月1日", None, "", "jia1"),
    (COURT, FIRST, "书记员甲一", "103", "书记员", None, None, "法官甲一", "sj1"),
    (COURT, FIRST, "法官甲一", "102", "司令", None, None, "", ""),
    ("示范市乙区人民法院", FIRST, "法官乙一", "201", "法官", None, None, "", ""),
    (COURT, "", "法官甲二", "", "", None, None, "", ""),
)


def city() -> tuple[Court, Court]:
    """Two courts of which one administers itself alone."""
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    own = add_court(code="示0101", name=COURT, level=Court.Level.BASIC, parent=upper)
    add_court(code="示0102", name="示范市乙区人民法院", level=Court.Level.BASIC, parent=upper)
    return own, upper


def workbook(folder: Path, rows=ROSTER) -> Path:
    """Write a roster under a title line, as personnel offices do."""
    columns = tuple((heading, 12.0) for heading in HEADINGS)
    target = folder / "人员名册.xlsx"
    write_xlsx([Sheet("在册人员", columns, rows, note="2026年在册人员")], target)
    return target
