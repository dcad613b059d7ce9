"""Pages of plans: the list, a new one, one plan with trial and draw, the replay, the bulletin."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Unit
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import paper_answer, xlsx_answer
from shenguan.core.indicator import Period
from shenguan.core.sampling import simulate
from shenguan.programs.casereview import papers, planning, selectors, services, statistics
from shenguan.programs.casereview.frame import judge_names, left_out
from shenguan.programs.casereview.models import Item, Plan
from shenguan.programs.casereview.pages import (
    day,
    decimal,
    is_office,
    number,
    plan_for,
    show,
    told,
    words,
)
from shenguan.programs.casereview.planning import Planned, Refused
from shenguan.programs.casereview.reviewers import pool_of, possible
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, scope_of, today, whole_numbers

PAGE, TRIALS = 100, 200
_MANY = ("classes", "divisions", "targets", "strata", "reviewers")
CLASSES = ("民事", "刑事", "行政", "赔偿", "执行")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the plans, the sheets waiting for who asks, and the reviews of their own cases."""
    scope = scope_of(request)
    decided = Count("items", filter=Q(items__state=Item.State.DECIDED), distinct=True)
    rows = selectors.plans(scope).annotate(n=Count("items", distinct=True), decided=decided)
    rules = load().casereview
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    own = selectors.items(scope, today()).filter(judge__in=scope.person_ids)
    listed = [(plan, rules.plans[plan.kind].name) for plan in page]
    context: dict[str, Any] = {
        "rows": page, "listed": listed, "asked": {"query": ""},
        "sheets": list(selectors.sheets(scope).order_by("submitted_at", "given_on", "pk")[:PAGE]),
        "own": list(own.filter(state__in=selectors.ASKED)[:PAGE]),
        "forward": _forward(request),
        "overseeing": scope.court_ids is None or bool(scope.court_ids),
    }  # fmt: skip
    return show(request, "index", **context)


def _forward(request: HttpRequest) -> list[Item]:
    """Return what waits for the committee on which someone sits."""
    scope, on = scope_of(request), today()
    courts = selectors.committee_courts(scope, on)
    rows = selectors.items(scope, on).filter(plan__court__in=courts, state=Item.State.DECISION)
    return list(rows[:PAGE]) if courts else []


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a plan down, with what is usual for its kind already filled in."""
    if not is_office(request):
        raise Http404("没有拟定评查方案的职责")
    court = person_of(request).court
    if request.method == "POST":
        made: list[Plan] = []

        def act() -> None:
            what = _planned(request.POST)
            made.append(planning.make_plan(court, what, person=person_of(request), now=clock.now()))

        if told(request, act, "方案已拟定；请先试抽，再抽取"):
            return redirect("casereview:plan", made[0].pk)
    rules = load().casereview
    kind = rules.plans.get(request.GET.get("kind", "")) or next(iter(rules.plans.values()))
    units = Unit.objects.filter(court=court, valid_to=None).exclude(kind=Unit.Kind.OFFICE)
    given = request.POST
    month = today().year * 12 + today().month - 1
    usual = Period.months(month // 3 * 3 - 3, month // 3 * 3 - 1)
    context = {
        "tab": "new", "kind": kind, "kinds": rules.plans.values(), "topics": rules.topics, "classes": CLASSES,
        "targets": rules.codes.offered("targets", today()).values(), "strata": rules.lists["strata"].items(),
        "units": units, "court": court, "given": given, "people": possible(court.pk, today()),
        "first": given.get("from") or usual.start, "last": given.get("to") or usual.end,
        "chosen": {name: set(given.getlist(name)) for name in _MANY},
    }  # fmt: skip
    return show(request, "new", **context)


def _planned(given: QueryDict) -> Planned:
    form = words(given)
    wanted = {
        "from": day(form, "from"), "to": day(form, "to"),
        "classes": [c for c in given.getlist("classes") if c in CLASSES],
        "cause": form.get("cause", "").strip()[:60],
        "divisions": whole_numbers(given.getlist("divisions"))[:200],
        "targets": given.getlist("targets"), "numbers": form.get("numbers", "").split(),
    }  # fmt: skip
    if not wanted["from"] or not wanted["to"]:
        raise Refused("评查方案：请写明结案期间")
    return Planned(
        name=form.get("name", ""), kind=form.get("kind", ""), topic=form.get("topic", ""),
        wanted=wanted,
        reviewers=whole_numbers(given.getlist("reviewers")),
        strata=given.getlist("strata"), rate=decimal(form, "rate"), minimum=number(form, "minimum"),
        second=number(form, "second"),
    )  # fmt: skip


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one plan: before the draw its list, chances and a trial; after it the cases."""
    found = plan_for(request, pk)
    kind = load().casereview.plans[found.kind]
    context: dict[str, Any] = {
        "plan": found, "kind": kind, "office": is_office(request, found),
        "targets": [load().casereview.codes.name("targets", t) for t in found.wanted.get("targets", ())],
        "strata": [load().casereview.lists["strata"][one] for one in found.strata],
    }  # fmt: skip
    if found.state == Plan.State.DRAFT:
        return show(request, "plan_draft", **context, **_prepared(request, found))
    items = selectors.items(scope_of(request), today()).filter(plan=found)
    if request.GET.get("format") == "xlsx":
        _trace(request, found, "导出评查案件")
        return xlsx_answer([papers.items_sheet(items)], f"{found.name}案件", mark=papers.MARK)
    state = request.GET.get("state", "")
    rows = items.filter(state=state) if state in Item.State.values else items
    counts = dict(items.order_by().values_list("state").annotate(n=Count("pk")))
    context |= {
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")), "state": state,
        "asked": {"query": f"state={state}" if state else ""},
        "states": [(name, counts.get(name, 0)) for name in Item.State.values],
        "waiting": counts.get(Item.State.UNASSIGNED, 0), "drawn": found.drawn, "total": sum(counts.values()),
    }  # fmt: skip
    return show(request, "plan", **context)


def _prepared(request: HttpRequest, found: Plan) -> dict[str, Any]:
    try:
        frame = planning.prepared(scope_of(request), found)
    except ValueError as wrong:
        return {"wrong": str(wrong)}
    names = judge_names({unit.judge for unit in frame.units})
    trial = request.GET.get("trial") == "1" and bool(frame.units)
    cells, judges = simulate(frame, TRIALS) if trial else ([], [])
    return {
        "size": len(frame.units), "expected": float(frame.expected), "digest": frame.digest,
        "left_out": left_out(scope_of(request), found),
        "strata_rows": [
            (s, names.get(s.judge, s.judge), float(s.rate) * 100, float(s.expected), s.bounds)
            for s in frame.strata
        ],
        "trial": trial, "trials": TRIALS,
        "cells": [(one, float(one.mean)) for one in cells],
        "judges": [(one, names.get(one.name, one.name), float(one.mean)) for one in judges],
        "by_cell": [
            (cell, size, found.rates.get(cell, ""))
            for cell, size in sorted(Counter(unit.cell for unit in frame.units).items())
        ],
        "pool": list(pool_of(found, today()).people.values()), "seed": secrets.token_hex(6),
    }  # fmt: skip


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw, once."""
    found, who = plan_for(request, pk, run=True), person_of(request)
    seed, later = request.POST.get("seed", ""), request.POST.get("give") == "later"

    def act() -> None:
        planning.draw(scope_of(request), found, seed, person=who, now=clock.now(), give=not later)

    said = "已抽取；请核对分派" if later else "已抽取并分派"
    done = told(request, act, f"{said}。种子、名单和结果已留存，可以随时重放")
    return redirect("casereview:give_out" if done and later else "casereview:plan", found.pk)


@require_POST
def rates(request: HttpRequest, pk: int) -> HttpResponse:
    """Give cells of a plan rates of their own, before it is drawn."""
    found, who = plan_for(request, pk, run=True), person_of(request)
    cells = request.POST.getlist("cell")[:200]
    given = dict(zip(cells, request.POST.getlist("rate"), strict=False))

    def act() -> None:
        planning.set_rates(found, given, person=who, now=clock.now())

    told(request, act, "各层比例已保存")
    return redirect("casereview:plan", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who would get which case; give them out when the office agrees."""
    found = plan_for(request, pk, run=True)
    if found.state == Plan.State.DRAFT:
        raise Http404("还没有抽取")
    if request.method == "POST":
        given = planning.give_out(found, now=clock.now())
        _trace(request, found, "评查：分派", given=given)
        messages.success(request, f"已分派{given}件，已通知评查人")
        return redirect("casereview:plan", found.pk)
    proposal = planning.proposed(found, on=today())
    rows = proposal.rows()
    return show(
        request, "give_out", plan=found, listed=rows, loads=proposal.loads(),
        ready=len(proposal.first), nobody=sum(first is None for _item, first, _second in rows),
    )  # fmt: skip


@require_safe
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw again from what was kept, in front of whoever doubts it."""
    found = plan_for(request, pk)
    if found.state == Plan.State.DRAFT:
        raise Http404("还没有抽取")
    again = planning.replay(found.drawn)
    chances = {unit.key: str(again.frame.chance(unit)) for unit in again.frame.units}
    _trace(request, found, "评查：重放抽取", same=again.same)
    if request.GET.get("format") == "xlsx":
        sheets = papers.frame_sheets(found.drawn, again.drawn, chances)
        return xlsx_answer(sheets, f"{found.name}抽样名单", mark=papers.MARK)
    names = judge_names({unit.judge for unit in again.frame.units})
    strata = [
        (s, names.get(s.judge, s.judge), str(s.rate), float(s.expected), s.bounds)
        for s in again.frame.strata
    ]
    rows = [(key, chances[key]) for key in again.drawn]
    return show(
        request, "replay", plan=found, drawn=found.drawn, again=again, strata=strata, listed=rows
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a plan."""
    found, who = plan_for(request, pk, run=True), person_of(request)
    told(request, lambda: services.close_plan(found, person=who, now=clock.now()), "方案已结束")
    return redirect("casereview:plan", found.pk)


@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the bulletin of a plan as docx, PDF or xlsx."""
    found = plan_for(request, pk)
    if found.state == Plan.State.DRAFT:
        raise Http404("还没有抽取")
    items = Item.objects.filter(plan=found)
    whole, rows = statistics.summary(items), statistics.by_item(items)
    layout, name = request.GET.get("format", ""), f"{found.name}评查通报"
    _trace(request, found, "导出评查通报")
    if layout in {"docx", "pdf"}:
        paper = papers.bulletin(found, found.drawn, whole, rows, today())
        return paper_answer(paper, OFFICIAL, name, layout)
    return xlsx_answer(papers.bulletin_sheets(whole, rows), name, mark=papers.MARK)


def _trace(request: HttpRequest, found: Plan, action: str, **detail: object) -> None:
    audit.append(
        chain=found.court.code, actor=str(person_of(request)), action=action, subject=found.name,
        detail={"plan": found.pk, **detail}, now=clock.now(),
    )  # fmt: skip
