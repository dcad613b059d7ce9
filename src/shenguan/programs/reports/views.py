"""First pages: today's lists, the figures, the cases behind a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.papers.sheets import Cell
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE
from shenguan.spine.indicators.figures import (
    MEASURES,
    FigureRow,
    Grouping,
    Period,
    figure_cases,
    figures_and_total,
    undated,
)
from shenguan.spine.indicators.freshness import current
from shenguan.spine.warnings.worklists import Worklist, worklists

PAGE_SIZE = 100
_SHORT_LIST = 8
_FIGURES = {
    "": 30.0, "旧存": 10.0, "新收": 10.0, "已结": 10.0, "未结": 10.0, "审限内结案": 12.0,
    "计入审限": 12.0, "审限内结案率": 14.0, "平均审理天数": 14.0, "中位审理天数": 14.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the day, the 案件范围, the period; faulty parts fall back."""

    on: date
    case_scope: str
    period: Period
    by: Grouping

    @property
    def query(self) -> str:
        """Return the part of an address that keeps the day and the 案件范围."""
        return urlencode({"on": self.on, "scope": self.case_scope})

    @property
    def period_query(self) -> str:
        """Return the part of an address that keeps the period."""
        return urlencode({"from": self.period.start, "to": self.period.end})


def read_request(request: HttpRequest) -> Asked:
    """Read day, 案件范围, period (default: the year up to the day) and grouping."""
    on = _day(request.GET.get("on"), clock.day_of(clock.now()))
    case_scope = request.GET.get("scope", DEFAULT_CASE_SCOPE)
    if case_scope not in load().scopes.names:
        case_scope = DEFAULT_CASE_SCOPE
    start = _day(request.GET.get("from"), on.replace(month=1, day=1))
    end = _day(request.GET.get("to"), on)
    by = request.GET.get("by", "court")
    known: Grouping = by if by in get_args(Grouping) else "court"  # type: ignore[assignment]
    return Asked(on, case_scope, Period(min(start, end), max(start, end)), known)


def _day(text: str | None, fallback: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return fallback


def _scope(request: HttpRequest) -> Scope:
    return access(request).scope


def _page(request: HttpRequest, template: str, asked: Asked, **context: Any) -> HttpResponse:
    context |= {
        "on": asked.on,
        "case_scope": asked.case_scope,
        "case_scopes": load().scopes.names,
        "asked": asked,
        "period": asked.period,
    }
    return render(request, f"reports/{template}.html", context)


def _worklists(scope: Scope, asked: Asked) -> list[Worklist]:
    return current(
        ("worklists", scope, asked.on, asked.case_scope),
        lambda: worklists(scope, asked.on, case_scope=asked.case_scope),
    )


def _figures(scope: Scope, asked: Asked, by: Grouping | None) -> tuple[list[FigureRow], FigureRow]:
    return current(
        ("figures", scope, asked.period, by, asked.case_scope),
        lambda: figures_and_total(scope, period=asked.period, by=by, case_scope=asked.case_scope),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the figures of the year so far and the head of every work list."""
    asked, scope = read_request(request), _scope(request)
    lists = _worklists(scope, asked)
    _rows, total = _figures(scope, asked, None)
    heads = [(worklist, worklist.items[:_SHORT_LIST]) for worklist in lists if worklist.items]
    return _page(request, "home", asked, page="today", lists=lists, heads=heads, total=total)


@require_safe
def worklist(request: HttpRequest, list_id: str) -> HttpResponse:
    """Show one work list whole, a hundred rows a page."""
    asked = read_request(request)
    lists = _worklists(_scope(request), asked)
    found = next((one for one in lists if one.id == list_id), None)
    if found is None:
        raise Http404(f"没有名为“{list_id}”的清单")
    if request.GET.get("format") == "xlsx":
        name = f"{found.name}{asked.on}"
        return Asking(request).cases_handed_out(name, (item.case_id for item in found.items))
    items = Paginator(found.items, PAGE_SIZE).get_page(request.GET.get("page"))
    return _page(request, "worklist", asked, page="today", worklist=found, items=items)


def _figure_cells(row: FigureRow) -> list[Cell]:
    counts = (row.opening, row.filed, row.closed, row.pending, row.timely_closed, row.timely_base)
    days = (f"{one:.2f}" if one is not None else "—" for one in (row.mean_days, row.median_days))
    return [row.group, *counts, row.timely_percent, *days]


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Show the figures by court, division or judge, every number leading to its cases."""
    asked, scope = read_request(request), _scope(request)
    rows, total = _figures(scope, asked, asked.by)
    if request.GET.get("format") == "xlsx":
        name = f"收结存（{asked.case_scope}）{asked.period.words}"
        return Asking(request).handed_out(
            name, _FIGURES, [_figure_cells(r) for r in (*rows, total)]
        )
    return _page(
        request,
        "figures",
        asked,
        page="figures",
        rows=rows,
        total=total,
        undated=current(
            ("undated", scope, asked.case_scope), lambda: undated(scope, asked.case_scope)
        ),
    )


@require_safe
def figure_list(request: HttpRequest, measure: str) -> HttpResponse:
    """List the cases behind a number; the list's length is the number."""
    asked = read_request(request)
    if measure not in MEASURES:
        raise Http404(f"没有名为“{measure}”的数字")
    key = request.GET.get("group", "")
    try:
        cases = figure_cases(
            _scope(request),
            measure=measure,
            period=asked.period,
            case_scope=asked.case_scope,
            key=key,
        )
    except ValueError as error:
        raise Http404(str(error)) from error
    if request.GET.get("format") == "xlsx":
        name = f"{MEASURES[measure]}{asked.period.words}"
        return Asking(request).cases_handed_out(name, cases.values_list("pk", flat=True))
    page = Paginator(cases, PAGE_SIZE).get_page(request.GET.get("page"))
    extra = f"{asked.period_query}&{urlencode({'group': key})}"
    return _page(
        request,
        "figure_list",
        asked,
        page="figures",
        cases=page,
        name=MEASURES[measure],
        extra=extra,
    )
