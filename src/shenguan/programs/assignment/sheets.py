"""Assignments and a handover as xlsx."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.programs.assignment.models import Draw
from shenguan.programs.assignment.services import reason_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("案号", 30.0),
    ("日期", 12.0),
    ("方式", 8.0),
    ("原承办人", 14.0),
    ("承办人", 14.0),
    ("事由", 36.0),
    ("候选人数", 10.0),
    ("排除", 50.0),
    ("办理人", 14.0),
)


def draws_sheet(rows: Iterable[Draw], who: str) -> HttpResponse:
    """Return assignments as a download, in the order given."""
    cells = [
        (
            draw.case.number,
            draw.on,
            draw.way,
            draw.before.name if draw.before else "",
            draw.chosen.name,
            reason_name(draw.reason) if draw.reason else "",
            len(draw.candidates),
            "；".join(f"{one['name']}：{one['reason']}" for one in draw.left_out),
            draw.by.name,
        )
        for draw in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"
        write_xlsx([Sheet("分案记录", COLUMNS, cells)], target, mark=who)
        answer = HttpResponse(target.read_bytes(), content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename="分案记录.xlsx")
    answer["Content-Disposition"] = name or "attachment"
    return answer
