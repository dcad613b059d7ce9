"""收结存: 旧存, 新收, 已结, 未结 by court, division or judge, and the cases behind each number."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.rulebook import load
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE
from shenguan.spine.indicators.figures import MEASURES, Period, figure_cases, figures
from shenguan.web.api.cases import CaseOut, case_page
from shenguan.web.api.shared import Page, Part, Who, Words

router = Router(by_alias=True)
Grouping = Literal["court", "division", "judge"]
GROUPS: dict[str, Grouping] = {"法院": "court", "承办部门": "division", "承办人": "judge"}


class Asked(Words):
    """Which figures: by default the year up to today, by court."""

    start: date | None = Field(None, alias="自")
    end: date | None = Field(None, alias="至")
    by: Literal["法院", "承办部门", "承办人", "合计"] = Field("法院", alias="分组")
    case_scope: str = Field(DEFAULT_CASE_SCOPE, alias="案件范围", max_length=40)


class BehindAsked(Part):
    """Which cases: those of a number, perhaps of one group of the table."""

    first: date | None = Field(None, alias="自")
    last: date | None = Field(None, alias="至")
    case_scope: str = Field(DEFAULT_CASE_SCOPE, alias="案件范围", max_length=40)
    group: str = Field("", alias="分组键", max_length=60)


class FigureOut(Words):
    """One group of the table."""

    group: str = Field(alias="分组")
    key: str = Field(alias="分组键")
    opening: int = Field(alias="旧存")
    filed: int = Field(alias="新收")
    closed: int = Field(alias="已结")
    pending: int = Field(alias="未结")
    timely: float | None = Field(alias="审限内结案率")


def _period(who: Who, start: date | None, end: date | None) -> Period:
    last = end or who.today
    first = start or last.replace(month=1, day=1)
    return Period(min(first, last), max(first, last))


def _scope_named(name: str) -> str:
    if name not in load().scopes.names:
        raise HttpError(422, f"没有案件范围“{name}”，可用：{'、'.join(load().scopes.names)}")
    return name


@router.get("", response=list[FigureOut], summary="收结存")
def table(request: HttpRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """Return the figures; rows stand in 机构序, never by size."""
    who = Who(request)
    rows = figures(
        who.scope,
        period=_period(who, asked.start, asked.end),
        by=GROUPS.get(asked.by),
        case_scope=_scope_named(asked.case_scope),
    )
    return [
        {
            "分组": row.group,
            "分组键": row.key,
            "旧存": row.opening,
            "新收": row.filed,
            "已结": row.closed,
            "未结": row.pending,
            "审限内结案率": row.timely_rate,
        }
        for row in rows
    ]


@router.get("/{str:measure}", response=Page[CaseOut], summary="收结存背后的案件")
def behind(request: HttpRequest, measure: str, asked: Query[BehindAsked]) -> dict[str, Any]:
    """List the cases behind 旧存, 新收, 已结, 未结 and the like; the list is as long as the number."""
    who = Who(request)
    names = {name: code for code, name in MEASURES.items()}
    if measure not in names:
        raise Http404
    try:
        cases = figure_cases(
            who.scope,
            measure=names[measure],
            period=_period(who, asked.first, asked.last),
            case_scope=_scope_named(asked.case_scope),
            key=asked.group,
        )
    except ValueError as error:
        raise HttpError(422, str(error)) from error
    return case_page(who, cases, asked, measure)
