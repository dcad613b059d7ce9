"""Lists: marks by tab, the ledger of measures, and what should have been read and was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shenguan.programs.supervision import selectors
from shenguan.programs.supervision.marklist import rows_of
from shenguan.programs.supervision.models import Act, Mark
from shenguan.programs.supervision.pages import day_in, show
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, scope_of, today

TABS: dict[str, tuple[str, Callable[..., QuerySet[Mark]]]] = {
    "unconfirmed": ("应标未标（待确认）", selectors.unconfirmed),
    "unsupervised": ("应管未管", selectors.unsupervised),
    "now": ("在管四类案件", selectors.supervised_now),
    "all": ("全部标注", selectors.marks),
}


_COLUMNS = {
    "案号": 30, "承办部门": 18, "承办人": 12, "类别": 30, "来源": 10, "状态": 10, "标注日期": 12,
    "确认日期": 12, "期限": 12, "超期": 8, "监管措施数": 10, "识别依据": 50,
}  # fmt: skip


_TAKEN = {
    "案号": 30, "承办部门": 18, "措施": 30, "职务": 12, "采取人": 12, "日期": 12, "回复期限": 12,
    "回复日期": 12, "结果日期": 12,
}  # fmt: skip


_UNREAD_DAYS = 365


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the marks of one tab, perhaps of one kind; `format=xlsx` hands the list out."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "unconfirmed"
    scope, kind = scope_of(request), request.GET.get("kind", "")
    rows: Any = TABS[tab][1](scope).annotate(taken=Count("acts"))
    rows, narrowed = _narrowed(request, rows)
    if kind.isdigit():
        rows = [row for row in rows if int(kind) in row.kinds]  # JSON lists aren't searched alike
    if request.GET.get("format") == "xlsx":
        cells = [_cells(row) for row in rows_of(request, rows)]
        return Asking(request).handed_out(f"四类案件-{TABS[tab][0]}", _COLUMNS, cells)
    page = Asking(request).page(rows)
    context: dict[str, Any] = {
        "page": "four-kinds",
        "tab": tab,
        "tabs": [(key, name) for key, (name, _which) in TABS.items()],
        "rows": page,
        "listed": rows_of(request, page),
        "narrowed": narrowed,
        "kinds": load().supervision.kinds.items(),
        "kind": kind,
        "asked": {"query": urlencode({"tab": tab, "kind": kind} | narrowed)},
        "rules": load().supervision.criteria.values(),
        "counts": {key: which(scope).count() for key, (_name, which) in TABS.items()},
    }
    return show(request, "marks", **context)


def _narrowed(request: HttpRequest, rows: QuerySet[Mark]) -> tuple[QuerySet[Mark], dict[str, str]]:
    """Narrow a list to marks made in a period, of some states, of a source; return also what was asked."""
    given = {
        key: request.GET[key] for key in ("from", "to", "state", "source") if request.GET.get(key)
    }
    if "from" in given:
        rows = rows.filter(made_on__gte=day_in(request, "from", date.min))
    if "to" in given:
        rows = rows.filter(made_on__lte=day_in(request, "to", date.max))
    if "state" in given:
        rows = rows.filter(state__in=given["state"].split(","))
    if "source" in given:
        rows = rows.filter(source=given["source"])
    return rows, given


def _cells(row: dict[str, Any]) -> list[Any]:
    mark, case = row["mark"], row["mark"].case
    return [
        case.number,
        case.division.name if case.division else "",
        case.undertaker_name,
        "；".join(row["kinds"]),
        mark.source,
        mark.state,
        mark.made_on,
        mark.decided_on,
        row["due"],
        row["over"] or "",
        mark.taken,
        row["why"],
    ]


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """List the measures taken on marks of a period: the ledger of supervision."""
    first, last = day_in(request, "from", date.min), day_in(request, "to", date.max)
    marks = selectors.marks(scope_of(request)).filter(made_on__gte=first, made_on__lte=last)
    standing = marks.filter(state__in=(Mark.State.CONFIRMED, Mark.State.REMOVED))
    rows = Act.objects.filter(mark__in=standing.values("pk")).order_by("-on", "-pk")
    rows = rows.select_related("mark__case__division", "person")
    names = {measure.id: measure.name for measure in load().supervision.measures.values()}
    if request.GET.get("measure") in names:
        rows = rows.filter(measure=request.GET["measure"])
    if request.GET.get("format") == "xlsx":
        return Asking(request).handed_out(
            "监管措施台账", _TAKEN, [_act_cells(act, names) for act in rows]
        )
    page = Asking(request).page(rows)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "page": "four-kinds",
        "rows": page,
        "listed": [(act, names.get(act.measure, "")) for act in page],
        "asked": {"query": query.urlencode()},
    }
    return show(request, "measures", **context)


def _act_cells(act: Act, names: dict[str, str]) -> list[Any]:
    case = act.mark.case
    division = case.division.name if case.division else ""
    done = (act.on, act.due_on, act.replied_on, act.effect_on)
    return [case.number, division, names.get(act.measure, ""), act.post, str(act.person), *done]


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """List cases of the four kinds that were closed without a reading: 应阅未阅."""
    since = today() - timedelta(days=_UNREAD_DAYS)
    rows = selectors.unread(scope_of(request), since)
    if request.GET.get("format") == "xlsx":
        columns = {"案号": 30, "案由": 24, "承办部门": 18, "承办人": 12, "报结日期": 12}
        cells = [
            [
                c.number,
                c.cause,
                c.division.name if c.division else "",
                c.undertaker_name,
                c.closed_on,
            ]
            for c in rows
        ]
        return Asking(request).handed_out("应阅未阅", columns, cells)
    context: dict[str, Any] = {
        "page": "reviews",
        "rows": Asking(request).page(rows),
        "since": since,
        "asked": {"query": ""},
        "heading": "应阅未阅：已报结的四类案件没有阅核记录",
    }
    return show(request, "cases", **context)
