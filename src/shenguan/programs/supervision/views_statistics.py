"""Figures of supervision; every number that stands for cases one may see leads to their list."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shenguan.base.ops import clock
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.programs.supervision import statistics
from shenguan.programs.supervision.pages import day_in, show
from shenguan.programs.supervision.statistics import Period, Row
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, scope_of, today
from shenguan.spine.cases.models import Case

BIAS = (
    "经阅核的案件是按清单挑出来的疑难、复杂、敏感案件，与未经阅核的案件不是同一类案件；"
    "两者的差别不能说成是阅核的效果，也不用于评价庭室和法官。"
)


def period_of(request: HttpRequest) -> Period:
    """Return the period asked for, this year up to today by default."""
    on = today()
    first = day_in(request, "from", on.replace(month=1, day=1))
    return Period(first, max(day_in(request, "to", on), first))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show 阅核 and 四类案件 in figures; `format=xlsx` hands them out."""
    scope, period = scope_of(request), period_of(request)
    counted = scope.for_figures()
    rows = statistics.by_division(counted, period)
    readings, marking = statistics.readings(counted, period), statistics.marking(counted, period)
    compared = statistics.compared(counted, period)
    if request.GET.get("format") == "xlsx":
        return _xlsx(request, period, rows, compared, readings, marking)
    context: dict[str, Any] = {
        "page": "supervision-statistics",
        "period": period,
        "rows": [(row, scope.lists_court(row.court_id), _links(row, period)) for row in rows],
        "whole": statistics.total(rows),
        "whole_links": _links(None, period),
        "whole_listed": not scope.figure_court_ids,
        "levels": statistics.LEVELS,
        "readings": readings,
        "marking": marking,
        "compared": [(one, _address(period, what=one.key)) for one in compared],
        "span": _address(period),
        "bias": BIAS,
        "few": load().supervision.lists["small_number"],
        "at": clock.now(),
    }
    return show(request, "statistics", **context)


def _links(row: Row | None, period: Period) -> dict[str, str]:
    place = {} if row is None else {"court": row.court_id, "unit": row.unit_id or 0}
    names = {"closed": "closed", "examined": "read"}
    links = {name: _address(period, what=what, **place) for name, what in names.items()}
    for number in range(len(statistics.LEVELS)):
        links[f"level{number}"] = _address(period, what=f"level{number}", **place)
    return links


def _address(period: Period, **more: Any) -> str:
    return urlencode({"from": period.first.isoformat(), "to": period.last.isoformat(), **more})


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases behind one number."""
    scope, period = scope_of(request), period_of(request)
    rows = _behind(request, statistics.closed_cases(scope, period), period)
    rows = rows.select_related("court", "division").order_by("closed_on", "pk")
    heading = f"{_HEADINGS.get(request.GET.get('what', ''), '结案')} {period.first}至{period.last}"
    if request.GET.get("format") == "xlsx":
        columns = {"案号": 30, "案由": 24, "承办部门": 18, "承办人": 12, "报结日期": 12}
        cells: list[list[Cell]] = [
            [
                c.number,
                c.cause,
                c.division.name if c.division else "",
                c.undertaker_name,
                c.closed_on,
            ]
            for c in rows
        ]
        return Asking(request).handed_out(heading, columns, cells)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "page": "supervision-statistics",
        "rows": Asking(request).page(rows),
        "heading": heading,
        "asked": {"query": query.urlencode()},
    }
    return show(request, "cases", **context)


_HEADINGS = {"read": "经阅核结案", "unread": "未经阅核结案", "closed": "诉讼案件结案"} | {
    f"level{number}": f"{level}阅核结案" for number, level in enumerate(statistics.LEVELS)
}


def _behind(request: HttpRequest, rows: QuerySet[Case], period: Period) -> QuerySet[Case]:
    what, court, unit = (request.GET.get(name, "") for name in ("what", "court", "unit"))
    if court.isdigit():
        rows = rows.filter(court=int(court))
    if unit.isdigit():
        rows = rows.filter(division=int(unit) or None)
    if what in {"read", "unread"}:
        condition = statistics.examined()
        rows = rows.filter(condition if what == "read" else ~condition)
    if request.GET.get("first") == "1":
        rows = statistics.first_judgments(rows)
        if after := request.GET.get("after"):
            rows = rows.filter(
                statistics.appealed() if after == "appealed" else statistics.changed()
            )
    if what.startswith("level") and what[5:].isdigit() and int(what[5:]) < len(statistics.LEVELS):
        level = statistics.LEVELS[int(what[5:])]
        rows = rows.filter(pk__in=statistics.cases_of_level(scope_of(request), period, level))
    return rows


def _xlsx(
    request: HttpRequest,
    period: Period,
    rows: list[Row],
    compared: list[statistics.Compared],
    readings: statistics.Readings,
    marking: statistics.Marking,
) -> HttpResponse:
    headings = (
        "法院",
        "部门",
        "诉讼结案",
        "经阅核结案",
        "阅核率",
        "院领导",
        "庭领导",
        "未注明",
        "院领导占比",
    )
    body: list[list[Cell]] = [_line(row) for row in [*rows, statistics.total(rows)]]
    few = load().supervision.lists["small_number"]
    note = f"{period.first}至{period.last}，按机构序排列，不作排名；分母不足{few}件的不计算比率"
    sheets = [
        Sheet("阅核", tuple((name, 14.0) for name in headings), body, note),
        Sheet(
            "经阅核与未经阅核",
            (
                ("", 14.0),
                ("一审判决结案", 12.0),
                ("上诉", 10.0),
                ("上诉率", 10.0),
                ("二审改判发回", 12.0),
            ),
            [
                [c.name, c.closed, c.appealed.part, c.appealed.percent, c.changed.part]
                for c in compared
            ],
            BIAS,
        ),
        Sheet(
            "阅核意见",
            (("种类", 28.0), ("次数", 8.0)),
            [[name, n] for name, n in readings.opinions.items()],
        ),
        Sheet(
            "监管措施",
            (("措施", 40.0), ("次数", 8.0)),
            [[name, n] for (_code, name), n in marking.measures.items()],
        ),
    ]
    asking, name = Asking(request), f"阅核与四类案件{_span(period.first, period.last)}"
    asking.note(name)
    return xlsx_answer(sheets, name, mark=asking.mark)


def _line(row: Row) -> list[Cell]:
    levels = [row.levels[level] for level in statistics.LEVELS]
    return [
        row.court,
        row.unit,
        row.closed,
        row.examined,
        row.rate.percent,
        *levels,
        row.leaders.percent,
    ]


def _span(first: date, last: date) -> str:
    return f"{first:%Y%m%d}-{last:%Y%m%d}"
