"""Lists of the import pages as workbooks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse

from shenguan.programs.intake.models import RejectedRow
from shenguan.programs.intake.output import Table, write_tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rejected(rows: Iterable[RejectedRow]) -> Table:
    """Return what did not go in: place, field, reason, and the original columns."""
    kept = list(rows)
    columns = dict.fromkeys(heading for row in kept for heading in row.original)
    lines = [
        (
            row.place,
            row.field,
            row.reason,
            "整行未导入" if row.whole_row else "本栏未采用",
            *(row.original.get(column, "") for column in columns),
        )
        for row in kept
    ]
    return "拒收内容", ("位置", "栏目", "原因", "处理", *columns), lines


def answer(tables: Sequence[Table], name: str) -> HttpResponse:
    """Send tables as one workbook called `name`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_tables(path, tables)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
