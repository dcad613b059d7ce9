"""The list of hearings as xlsx."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.programs.hearings.selectors import Shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("日期", 12.0),
    ("时刻", 14.0),
    ("法庭", 12.0),
    ("案号", 30.0),
    ("案由", 24.0),
    ("承办部门", 18.0),
    ("承办人", 12.0),
    ("审判组织", 26.0),
    ("状态", 10.0),
    ("冲突", 60.0),
)


def hearings_sheet(shown: Iterable[Shown], first: date, last: date, who: str) -> HttpResponse:
    """Return the hearings as a download."""
    rows = [
        (
            one.hearing.on,
            hours(one),
            one.hearing.room,
            one.hearing.case.number,
            one.hearing.case.cause,
            one.hearing.case.division.name if one.hearing.case.division else "",
            one.hearing.case.undertaker_name,
            one.panel,
            one.hearing.state,
            "；".join((*one.clashes, *(f"（待核）{text}" for text in one.unknown))),
        )
        for one in shown
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"
        sheet = Sheet("庭审", COLUMNS, rows, f"庭审日历 {first} 至 {last}，{len(rows)}件")
        write_xlsx([sheet], target, mark=who)
        answer = HttpResponse(target.read_bytes(), content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=f"庭审日历{first}.xlsx")
    answer["Content-Disposition"] = name or "attachment"
    return answer


def hours(one: Shown) -> str:
    """Return the hours of a hearing as printed."""
    hearing = one.hearing
    if hearing.starts is None:
        return "未登记"
    return f"{hearing.starts:%H:%M}" + (f"至{hearing.ends:%H:%M}" if hearing.ends else "")
