"""Pages of 一案一策: the ledger, its causes, one entry and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import paper_answer, xlsx_answer
from shenguan.programs.caseplans import papers, selectors, services
from shenguan.programs.caseplans import people as people_of
from shenguan.programs.caseplans.selectors import Asked
from shenguan.programs.caseplans.services import By, Filling
from shenguan.spine.cases.asking import whole_number
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.warnings import selectors as ledger
from shenguan.spine.warnings.models import Plan

PAGE = 50
MOST = 5000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the entries of a state."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    asked = Asked.read(request.GET.dict())
    rows = selectors.plans(scope, asked, today).select_related(
        "case__court", "case__division", "owner", "leader", "closed_by"
    )
    if request.GET.get("format") == "xlsx":
        sheet = papers.ledger_sheet(rows[:MOST])
        return xlsx_answer([sheet], f"一案一策{today}", mark=papers.MARK)
    context = _context(request, asked) | {
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "states": [
            (state, name, count, asked.query(state=state))
            for state, name, count in selectors.counts(scope, asked, today)
        ],
    }
    return render(request, "caseplans/list.html", context)


@require_safe
def causes(request: HttpRequest) -> HttpResponse:
    """Show the causes summed by court, courts in 机构序; each number opens its list."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    asked = Asked.read(request.GET.dict())
    rows = selectors.causes(scope, asked, today)
    used = [cause for cause in (*Plan.Cause.values, "") if any(cause in sums for _c, sums in rows)]
    if request.GET.get("format") == "xlsx":
        sheet = papers.cause_sheet(rows, used)
        return xlsx_answer([sheet], f"一案一策成因{today}", mark=papers.MARK)
    table = [
        (
            court,
            [
                (sums.get(cause, 0), asked.query(court=court.pk, cause=cause or "none"))
                for cause in used
            ],
            (sum(sums.values()), asked.query(court=court.pk)),
        )
        for court, sums in rows
    ]
    whole = [
        (sum(sums.get(cause, 0) for _court, sums in rows), asked.query(cause=cause or "none"))
        for cause in used
    ]
    context = _context(request, asked) | {
        "used": [cause or "未填" for cause in used], "table": table, "whole": whole,
        "sum": sum(number for number, _query in whole),
    }  # fmt: skip
    return render(request, "caseplans/causes.html", context)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry; as docx or PDF with `format`."""
    found, now = _found(request, pk), clock.now()
    today = clock.day_of(now)
    note_reading(found.case, actor=access(request).scope.actor, where="一案一策", now=now)
    progress = list(found.progress.select_related("person").order_by("on", "pk"))
    layout = request.GET.get("format", "")
    if layout in {"docx", "pdf"}:
        paper = papers.plan_paper(found, progress)
        return paper_answer(paper, OFFICIAL, f"一案一策{found.case.number}", layout)
    context = {
        "page": "caseplans", "plan": found, "progress": progress, "today": today,
        "causes": Plan.Cause.values, "leaders": people_of.leaders(found.case.court_id, today),
        "owners": people_of.owners(found, today),
        "may_write": services.may_write(access(request), found),
        "may_close": services.may_close(access(request), found),
    }  # fmt: skip
    return render(request, "caseplans/plan.html", context)


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the entry in: cause, plan, owner, leader, next step and its day."""
    found, who = _writable(request, pk), _by(request)
    people = {
        "owner": {p.pk: p for p in people_of.owners(found, who.on)},
        "leader": {p.pk: p for p in people_of.leaders(found.case.court_id, who.on)},
    }

    def act() -> None:
        chosen = {}
        for name, said in (("owner", "责任人"), ("leader", "包案领导")):
            given = request.POST.get(name, "")
            person = people[name].get(whole_number(given) or 0)
            if person is None:
                raise ValueError(f"一案一策：请选择{said}")
            chosen[name] = person
        next_on = _day(request.POST.get("next_on", ""))
        if next_on is None:
            raise ValueError("一案一策：下一步须有日期")
        filling = Filling(
            request.POST.get("cause", ""), request.POST.get("plan", ""), chosen["owner"],
            chosen["leader"], request.POST.get("next_step", "")[:300], next_on,
        )  # fmt: skip
        services.fill_in(found, filling, by=who)

    return _done(request, found, act, "方案已填写")


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Note progress and, where it has changed, the next step."""
    found, who = _writable(request, pk), _by(request)

    def act() -> None:
        services.report(
            found, text=request.POST.get("text", ""),
            next_step=request.POST.get("next_step", "")[:300],
            next_on=_day(request.POST.get("next_on", "")), by=who,
        )  # fmt: skip

    return _done(request, found, act, "进展已记录")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the entry off the ledger, by someone else than its owner."""
    found = _found(request, pk)
    if not services.may_close(access(request), found):
        raise Http404("没有销号的职责")
    result, who = request.POST.get("result", ""), _by(request)
    return _done(request, found, lambda: services.close(found, result=result, by=who), "已销号")


def _context(request: HttpRequest, asked: Asked) -> dict[str, object]:
    return {
        "page": "caseplans", "asked": {"query": asked.query()}, "chosen": asked,
        "courts": selectors.courts(access(request).scope), "whys": Plan.Why.values,
        "causes": Plan.Cause.values, "today": clock.day_of(clock.now()),
    }  # fmt: skip


def _done(request: HttpRequest, found: Plan, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found.case.number}：{said}")
    return redirect("caseplans:plan", found.pk)


def _by(request: HttpRequest) -> By:
    now = clock.now()
    return By(access(request).account.person, now, clock.day_of(now))


def _found(request: HttpRequest, pk: int) -> Plan:
    rows = ledger.plans(access(request).scope).select_related(
        "case__court", "case__division", "owner", "leader", "closed_by"
    )
    return get_object_or_404(rows, pk=pk)


def _writable(request: HttpRequest, pk: int) -> Plan:
    found = _found(request, pk)
    if not services.may_write(access(request), found):
        raise Http404("没有填写这一台账的职责")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
