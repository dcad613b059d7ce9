"""Pages of plans: the list, a new one, one plan with trial and draw, the replay, the bulletin."""

from __future__ import annotations

import secrets
from typing import Any

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
from shenguan.core.casenumber import CaseNumberError, normalise
from shenguan.core.sampling import simulate
from shenguan.programs.casereview import papers, planning, selectors, services, statistics
from shenguan.programs.casereview.frame import judge_names
from shenguan.programs.casereview.models import Item, Plan
from shenguan.programs.casereview.pages import (
    day,
    decimal,
    is_office,
    number,
    person_of,
    plan_for,
    scope_of,
    show,
    today,
    told,
    words,
)
from shenguan.programs.casereview.planning import Planned, Refused
from shenguan.programs.casereview.reviewers import pool_of
from shenguan.rulebook import load

PAGE, TRIALS = 100, 200
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
    context = {
        "kind": kind, "kinds": rules.plans.values(), "topics": rules.topics, "classes": CLASSES,
        "targets": rules.lists["targets"].items(), "strata": rules.lists["strata"].items(),
        "units": units, "court": court, "given": request.POST,
    }  # fmt: skip
    return show(request, "new", **context)


def _planned(given: QueryDict) -> Planned:
    form = words(given)
    wanted = {
        "from": day(form, "from"), "to": day(form, "to"),
        "classes": [c for c in given.getlist("classes") if c in CLASSES],
        "cause": form.get("cause", "").strip()[:60],
        "divisions": [int(one) for one in given.getlist("divisions") if one.isdigit()][:200],
        "targets": [t for t in given.getlist("targets") if t in load().casereview.lists["targets"]],
        "numbers": _numbers(form.get("numbers", "")),
    }  # fmt: skip
    if not wanted["from"] or not wanted["to"]:
        raise Refused("评查方案：请写明结案期间")
    return Planned(
        name=form.get("name", ""), kind=form.get("kind", ""), topic=form.get("topic", ""),
        wanted={name: value for name, value in wanted.items() if value},
        strata=given.getlist("strata"), rate=decimal(form, "rate"), minimum=number(form, "minimum"),
        second=number(form, "second"),
    )  # fmt: skip


def _numbers(text: str) -> list[str]:
    try:
        return [normalise(one) for one in text.split()][:500]
    except CaseNumberError as wrong:
        raise Refused(f"转办案号：{wrong}") from wrong


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one plan: before the draw its list, chances and a trial; after it the cases."""
    found = plan_for(request, pk)
    kind = load().casereview.plans[found.kind]
    context: dict[str, Any] = {
        "plan": found, "kind": kind, "office": is_office(request, found),
        "targets": [
            name for key, name in load().casereview.lists["targets"].items()
            if key in found.wanted.get("targets", ())
        ],
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
        "drawn": found.drawn, "total": sum(counts.values()),
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
        "strata_rows": [
            (s, names.get(s.judge, s.judge), float(s.rate) * 100, float(s.expected), s.bounds)
            for s in frame.strata
        ],
        "trial": trial, "trials": TRIALS,
        "cells": [(one, float(one.mean)) for one in cells],
        "judges": [(one, names.get(one.name, one.name), float(one.mean)) for one in judges],
        "pool": list(pool_of(found, today()).people.values()), "seed": secrets.token_hex(6),
    }  # fmt: skip


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw, once."""
    found, who = plan_for(request, pk, run=True), person_of(request)
    seed = request.POST.get("seed", "")

    def act() -> None:
        planning.draw(scope_of(request), found, seed, person=who, now=clock.now())

    told(request, act, "已抽取并分派；种子、名单和结果已留存，可以随时重放")
    return redirect("casereview:plan", found.pk)


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
