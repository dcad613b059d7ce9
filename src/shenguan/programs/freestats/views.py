"""Pages of 自由统计: put a table together, read it, keep it, take it as xlsx, open a cell's cases."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org import selectors as org
from shenguan.base.papers.sheets import Cell, Sheet, write_xlsx
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.keys import GROUPS
from shenguan.core.indicator.model import Library
from shenguan.programs.freestats import asking, seeing, services
from shenguan.programs.freestats.asking import AXES, FILTERS, MEASURE, Ask, AskError
from shenguan.programs.freestats.models import SavedTable
from shenguan.programs.freestats.table import Table
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking
from shenguan.spine.indicators.freshness import as_they_stand
from shenguan.spine.indicators.selectors import case_rows, cases_behind
from shenguan.spine.indicators.services import Question

PAGE = 100
_CODED = {"case_class": "类别", "instance": "审级", "procedure": "程序", "disposition": "结案方式"}


def _must_read(request: HttpRequest) -> None:
    if not seeing.reads(access(request)):
        raise Http404("没有可以统计的案件")


def _plain(values: QueryDict) -> dict[str, str]:
    return {name: str(text) for name, text in values.items()}


def _read(values: QueryDict, request: HttpRequest) -> Ask:
    """Read the table of an address; raises `AskError`, also for judges where they may not be named."""
    ask = asking.read(_plain(values), values.getlist(MEASURE), clock.day_of(clock.now()))
    if ask.names_judges and not seeing.may_name_judges(access(request)):
        raise AskError("您的职务不能按法官统计")
    return ask


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the form and, once something is asked, the table; `?format=xlsx` hands it out."""
    _must_read(request)
    behind = as_they_stand(settings.HOME, now=clock.now())
    table, problem = None, ""
    try:
        ask = _read(request.GET, request)
        if MEASURE in request.GET:
            table = Table(_scope(request, ask), ask)
    except (AskError, IndicatorError) as error:
        problem = str(error)
        ask = asking.read({}, (), clock.day_of(clock.now()))
    if table and request.GET.get("format") == "xlsx":
        return _xlsx(request, table)
    context = {
        "page": "freestats",
        "ask": ask,
        "table": table,
        "problem": problem,
        "behind": behind,
        "saved": SavedTable.objects.filter(owner=access(request).account.person),
        **_choices(request, ask),
    }
    return render(request, "freestats/index.html", context, status=400 if problem else 200)


def _scope(request: HttpRequest, ask: Ask) -> Any:
    judged = ask.names_judges or any(name == "judge" for name, _ in ask.only)
    if judged and not seeing.may_name_judges(access(request)):
        raise AskError("您的职务不能按法官统计")
    return seeing.scope_for(access(request), names_judges=judged)


def _choices(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    found = access(request)
    axes = dict(AXES)
    if not seeing.may_name_judges(found):
        del axes["judge"]
    library: Library = load().library
    groups = [
        (group, [one for one in library.indicators.values() if one.group == group])
        for group in ("基础", *(g for g in GROUPS if g != "基础"))
    ]
    chosen = dict(ask.only)
    return {
        "axes": axes.items(),
        "measures": [(group, rows) for group, rows in groups if rows],
        "scopes": load().scopes.names,
        "filters": [
            (AXES[name], name, _entries(request, name), chosen.get(name)) for name in FILTERS
        ],
    }


def _entries(request: HttpRequest, name: str) -> list[tuple[int, str]]:
    scope = access(request).scope
    if name == "court":
        return list(org.courts(scope).values_list("pk", "name"))
    if name == "division":
        units = org.units(scope, clock.day_of(clock.now())).select_related("court")
        return [(unit.pk, f"{unit.court.name}{unit.name}") for unit in units]
    table = load().facts.codes.tables[_CODED[name]]
    return [(code, text) for text, code in table.items() if code]


def _xlsx(request: HttpRequest, table: Table) -> HttpResponse:
    """Hand the table out; it leaves a row in the audit chain."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx([_sheet(table)], path, mark="自由统计　内部使用")
        data = path.read_bytes()
    person = access(request).account.person
    audit.append(
        chain=person.court.code, actor=str(person), action="导出自由统计",
        detail={"query": table.ask.query}, now=clock.now(),
    )  # fmt: skip
    answer = HttpResponse(data, content_type="application/octet-stream")
    name = f"自由统计{table.ask.period.text}.xlsx"
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer


def _sheet(table: Table) -> Sheet:
    said = [f"统计期 {table.ask.period.text}", f"案件范围 {table.ask.case_scope or '按指标口径'}"]
    said += [indicator.name for indicator in table.indicators]
    said += [*table.notes, *(check.said for check in table.checks), f"日志位置 {table.position}"]
    columns = ((table.row_title, 28.0), *((heading, 14.0) for heading in table.headings))
    rows: list[list[Cell]] = [
        [line.label, *(_value(cell.printed) for cell in line.cells)] for line in table.lines
    ]
    return Sheet("自由统计", columns, rows, note="；".join(said))


def _value(printed: str) -> Cell:
    plain = printed.replace(",", "")
    return int(plain) if plain.isdigit() else printed


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases of a cell: the figure's own predicate, within what one may list."""
    _must_read(request)
    code, found = request.GET.get(MEASURE, ""), access(request)
    judge = request.GET.get("judge", "")
    if judge and not seeing.may_name_judges(found):
        raise Http404("不能按法官列出")
    try:
        ask = asking.read({**_plain(request.GET), "columns": MEASURE}, [code], _today())
        if judge.isdigit():
            ask = ask.with_filter("judge", int(judge))
        ask = _further(request, ask)
        part = "denominator" if request.GET.get("part") == "denominator" else "numerator"
        question = Question(ask.period, (code,), where=ask.where)
        scope = _scope(request, ask)
        behind = cases_behind(scope, question, part=part, limit=None)  # type: ignore[arg-type]
    except (AskError, IndicatorError, IndexError) as error:
        raise Http404(str(error)) from error
    if request.GET.get("format") == "xlsx":
        name = f"{load().library.indicators[code].name}{ask.period.words}"
        return Asking(request).cases_handed_out(name, (pk for pk, _count in behind.pairs))
    page = Paginator(behind.pairs, PAGE).get_page(request.GET.get("page"))
    rows = {case.pk: case for case in case_rows(found.scope, [pk for pk, _ in page])}
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": "freestats", "indicator": load().library.indicators[code], "ask": ask, "rows": page,
        "listed": [(rows[pk], count) for pk, count in page if pk in rows], "total": behind.total,
        "figures_only": bool(found.scope.figure_court_ids), "asked": {"query": query.urlencode()},
    }  # fmt: skip
    return render(request, "freestats/cases.html", context)


def _further(request: HttpRequest, ask: Ask) -> Ask:
    """Add the axes of a cell that aren't filters of the form: 案由, 类型代字."""
    for axis in ("cause", "case_type"):
        text = request.GET.get(axis, "")
        if text.isdigit():
            ask = ask.with_filter(axis, int(text))
    return ask


def _today() -> Any:
    return clock.day_of(clock.now())


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the table that is shown under a name."""
    _must_read(request)
    query = request.POST.get("query", "")[:1000]
    try:
        ask = _read(QueryDict(query), request)
        services.save(
            actor=access(request).account.person, name=request.POST.get("name", ""), ask=ask,
            now=clock.now(),
        )  # fmt: skip
        messages.info(request, "已保存")
    except AskError as error:
        messages.error(request, str(error))
        return redirect("freestats:index")
    return redirect(f"{reverse('freestats:index')}?{ask.query}")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own tables."""
    _must_read(request)
    services.forget(actor=access(request).account.person, pk=pk)
    messages.info(request, "已删去")
    return redirect("freestats:index")
