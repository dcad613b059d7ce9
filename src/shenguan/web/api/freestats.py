"""自由统计: rows × columns × measures, as the page has it; and the tables one keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.programs.freestats import asking, seeing, services
from shenguan.programs.freestats.models import SavedTable
from shenguan.programs.freestats.table import Table
from shenguan.web.api.shared import Made, Who, Words

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


class SavedOut(Words):
    """A table kept by its owner: the question, never the answer."""

    id: int = Field(alias="编号")
    name: str = Field(alias="名称")
    asked: dict[str, Any] = Field(alias="条件", description="原样作为本接口“自由统计”的条件")
    saved_at: datetime = Field(alias="保存时间")


class SaveIn(Asked):
    """A table to keep under a name; the same name replaces it."""

    name: str = Field(alias="名称", min_length=1, max_length=60)


def _axis(name: str) -> str:
    if name not in AXES:
        raise HttpError(422, f"不能按“{name}”分组，可用：{'、'.join(AXES)}")
    return AXES[name]


def _reader(request: HttpRequest) -> Who:
    who = Who(request)
    if not seeing.reads(who.access):
        raise Http404
    return who


def _ask(who: Who, asked: Asked) -> asking.Ask:
    given = {"rows": _axis(asked.rows), "columns": _axis(asked.columns)}
    given |= {"period": asked.period, "scope": asked.case_scope}
    codes = [code.strip() for code in asked.codes.split(",") if code.strip()]
    ask = asking.read(given, codes, who.today)
    if ask.names_judges and not seeing.may_name_judges(who.access):
        raise HttpError(403, "您的职务不能按法官统计")
    return ask


@router.get("", response=TableOut, summary="自由统计")
def table(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the table within one's scope; judges are named to those who may read them."""
    who = _reader(request)
    ask = _ask(who, asked)
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


def _saved(one: SavedTable) -> dict[str, Any]:
    given = QueryDict(one.query)
    names = {code: name for name, code in AXES.items()}
    plain = {
        "行": names.get(given.get("rows", ""), ""),
        "列": names.get(given.get("columns", ""), ""),
        "指标": ",".join(given.getlist(asking.MEASURE)),
        "统计期": given.get("period", ""),
        "案件范围": given.get("scope", ""),
    }
    return {"编号": one.pk, "名称": one.name, "条件": plain, "保存时间": one.saved_at}


@router.get("/saved", response=list[SavedOut], summary="保存的统计表")
def saved(request: HttpRequest) -> list[dict[str, Any]]:
    """List one's own tables."""
    who = _reader(request)
    return [_saved(one) for one in SavedTable.objects.filter(owner=who.person)]


@router.post("/saved", response={201: SavedOut}, summary="保存统计表")
def save(request: HttpRequest, given: SaveIn) -> Status[dict[str, Any]]:
    """Keep a table under a name."""
    who = _reader(request)
    ask = _ask(who, given)
    made = services.save(actor=who.person, name=given.name, ask=ask, now=who.now)
    return Status(201, _saved(made))


@router.post("/saved/{int:table_id}/forget", response=Made, summary="删去统计表")
def forget(request: HttpRequest, table_id: int) -> dict[str, int]:
    """Delete one of one's own tables."""
    who = _reader(request)
    get_object_or_404(SavedTable, owner=who.person, pk=table_id)
    services.forget(actor=who.person, pk=table_id)
    return {"编号": table_id}
