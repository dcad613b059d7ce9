"""Exceptions of an act on many cases as xlsx."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.programs.registering.models import Act, Line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exceptions_sheet(act: Act, lines: Sequence[Line], who: str) -> HttpResponse:
    """Return the workbook as a download."""
    rows = [(line.seq, line.given, line.reason) for line in lines]
    columns = (("序号", 8.0), ("填写的案号", 32.0), ("未登记原因", 70.0))
    note = f"批量登记第{act.pk}号：{act.kind}，{act.occurred_on}；未登记{len(rows)}件"
    sheet = Sheet("未登记清单", columns, rows, note)
    return download([sheet], f"批量登记第{act.pk}号未登记清单.xlsx", mark=who)


def download(sheets: Sequence[Sheet], name: str, *, mark: str) -> HttpResponse:
    """Return sheets as a download of that name."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"
        write_xlsx(sheets, target, mark=mark)
        answer = HttpResponse(target.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
