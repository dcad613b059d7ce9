"""Pages of 司法技术: the ledger by holder, one appraisal, its steps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.inbox.owed import Clock
from shenguan.programs.appraisals import clocks, selectors, services
from shenguan.programs.appraisals.models import Appraisal
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.timelimits.selectors import due_of

PROBLEMS = (services.Refused, GateClosed)
MOST = 5000
DONE = "已办结"
COLUMNS: dict[str, float] = {
    "案号": 28, "法院": 22, "承办部门": 18, "承办人": 10, "委托事项": 18, "鉴定机构": 26, "现在何处": 16,
    "起": 12, "期限": 12, "申请日期": 12, "鉴定费（元）": 12, "办结日期": 12, "结果": 36,
}  # fmt: skip


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the appraisals by whoever holds them, the longest first."""
    asking, where = Asking(request), request.GET.get("where", "")
    rows = selectors.appraisals(asking.scope)
    counts = dict(rows.order_by().values_list("holder").annotate(n=Count("pk")))
    if where in clocks.WAITS or where == DONE:
        rows = rows.filter(holder="" if where == DONE else where)
    else:
        where = ""
    clock = Clock(load().appeals.obligations, asking.now)
    if request.GET.get("format") == "xlsx":
        return asking.handed_out("司法技术", COLUMNS, [_cells(one, clock) for one in rows[:MOST]])
    page = asking.page(rows)
    context = {
        "page": "appraisals", "rows": page, "where": where, "whole": sum(counts.values()),
        "listed": [_row(one, clock) for one in page], "asked": {"query": urlencode({"where": where})},
        "holders": [(w, counts.get("" if w == DONE else w, 0)) for w in (*clocks.WAITS, DONE)],
    }  # fmt: skip
    return render(request, "appraisals/list.html", context)


def _row(one: Appraisal, clock: Clock) -> dict[str, Any]:
    due = clocks.due(one, clock)
    over = (clock.on - due).days if due and clock.on > due else 0
    return {
        "one": one,
        "matter": load().appeals.name("matters", one.matter),
        "due": due,
        "over": over,
    }


def _cells(one: Appraisal, clock: Clock) -> list[Any]:
    case, row = one.case, _row(one, clock)
    fee = one.fee / 100 if one.fee is not None else None
    return [
        case.number, case.court.name, case.division.name if case.division else "",
        case.undertaker_name, row["matter"], one.agency, one.holder or DONE, one.held_since,
        row["due"], one.opened_on, fee, one.closed_on, one.result,
    ]  # fmt: skip


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one appraisal with its steps and the ones that may follow."""
    asking = Asking(request)
    one = get_object_or_404(selectors.appraisals(asking.scope), pk=pk)
    note_reading(one.case, actor=asking.scope.actor, where="司法技术", now=asking.now)
    book = load().appeals
    steps = one.steps.select_related("person").order_by("on", "pk")
    writes = services.may_write(asking.acts, asking.scope, one.case)
    limit = due_of(asking.scope, one.case_id, asking.today)
    context = _row(one, Clock(book.obligations, asking.now)) | {
        "page": "appraisals", "today": asking.today, "limit": limit,
        "interval": clocks.excluded(one, limit),
        "steps": [(step, book.name("steps", step.kind)) for step in steps],
        "open": services.open_steps(one) if writes else [],
    }  # fmt: skip
    return render(request, "appraisals/appraisal.html", context)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass an appraisal on."""
    asking = Asking(request)
    one = get_object_or_404(selectors.appraisals(asking.scope), pk=pk)
    if not services.may_write(asking.acts, asking.scope, one.case):
        raise Http404("没有登记的职责")
    try:
        services.step(
            one, asking.text("kind", 20), actor=asking.person, on=asking.day("on") or asking.today,
            now=asking.now, text=asking.text("text", 500), agency=asking.text("agency", 120),
            fee=_cents(asking.text("fee", 12)),
        )  # fmt: skip
    except PROBLEMS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{one.case.number}：已登记")
    return redirect("appraisals:appraisal", pk)


@require_POST
def open_one(request: HttpRequest, case_id: int) -> HttpResponse:
    """Note that an appraisal was applied for."""
    asking = Asking(request)
    case = get_object_or_404(selectors.writable_cases(asking.scope), pk=case_id)
    if not services.may_write(asking.acts, asking.scope, case):
        raise Http404("没有登记的职责")
    try:
        made = services.open_one(
            case, asking.text("matter", 20), asking.text("request", 2000), actor=asking.person,
            on=asking.today, now=asking.now, applicant=asking.text("applicant", 20),
        )  # fmt: skip
    except PROBLEMS as refused:
        messages.error(request, str(refused))
        return redirect("casebook:case", case_id)
    return redirect("appraisals:appraisal", made.pk)


def _cents(text: str) -> int | None:
    """Return yuan as written in 分, None where nothing was written. Raises `Refused`."""
    if not text:
        return None
    yuan, _dot, cents = text.partition(".")
    digits = yuan + (cents + "00")[:2]
    if not (digits.isascii() and digits.isdigit() and yuan and len(cents) < 3):
        raise services.Refused("鉴定费请写元数，例如 12000 或者 12000.50")
    return int(digits)
