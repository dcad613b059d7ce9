"""自由统计: rows × columns × measures, as the page has it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.programs.freestats import asking, seeing
from shenguan.programs.freestats.table import Table
from shenguan.web.api.shared import Who, Words

router = Router(by_alias=True)
AXES = {name: code for code, name in asking.AXES.items()} | {"指标": asking.MEASURE}


class Asked(Words):
    """Which table; axes by their Chinese names, measures comma-separated codes."""

    rows: str = Field("部门", alias="行", max_length=20, description="、".join(AXES))
    columns: str = Field("指标", alias="列", max_length=20)
    codes: str = Field("", alias="指标", max_length=400)
    period: str = Field("", alias="统计期", max_length=20)
    case_scope: str = Field("", alias="案件范围", max_length=40)


class TableOut(Words):
    """A table; its last line and, where there is one, its last column are totals."""

    heading: str = Field(alias="行名")
    columns: list[str] = Field(alias="列名")
    lines: list[dict[str, Any]] = Field(alias="条目")
    checks: list[str] = Field(alias="核对")
    notes: list[str] = Field(alias="说明")
    position: int = Field(alias="数据位置")


def _axis(name: str) -> str:
    if name not in AXES:
        raise HttpError(422, f"不能按“{name}”分组，可用：{'、'.join(AXES)}")
    return AXES[name]


@router.get("", response=TableOut, summary="自由统计")
def table(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the table within one's scope; judges are named to those who may read them."""
    who = Who(request)
    if not seeing.reads(who.access):
        raise Http404
    given = {"rows": _axis(asked.rows), "columns": _axis(asked.columns)}
    given |= {"period": asked.period, "scope": asked.case_scope}
    codes = [code.strip() for code in asked.codes.split(",") if code.strip()]
    ask = asking.read(given, codes, who.today)
    if ask.names_judges and not seeing.may_name_judges(who.access):
        raise HttpError(403, "您的职务不能按法官统计")
    made = Table(seeing.scope_for(who.access, names_judges=ask.names_judges), ask)
    return {
        "行名": made.row_title,
        "列名": made.headings,
        "条目": [
            {"名称": line.label, "值": [cell.printed for cell in line.cells]} for line in made.lines
        ],
        "核对": [check.said for check in made.checks],
        "说明": list(made.notes),
        "数据位置": made.position,
    }
