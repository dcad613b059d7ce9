"""Pages: what waits, one case, what was drawn, and the registers that keep judges out."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.programs.assignment import registers, selectors, services
from shenguan.programs.assignment.forms import AssignForm, AwayForm, RelativeForm
from shenguan.programs.assignment.loads import by_division, loads
from shenguan.programs.assignment.models import Draw
from shenguan.programs.assignment.pages import case_within, reach_for, show
from shenguan.programs.assignment.reach import judges
from shenguan.programs.assignment.services import Choice, Refused
from shenguan.programs.assignment.sheets import draws_sheet
from shenguan.spine.cases.asking import person_of, today, whole_number
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.gatekeeping import GateClosed

METHODS = ["GET", "HEAD", "POST"]
PROBLEMS = (Refused, GateClosed)
PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits for a judge, with the load of each beside it."""
    reach, on = reach_for(request), today()
    rows = loads(reach, on)
    waiting = selectors.waiting(reach.scope, reach.court)
    context: dict[str, Any] = {
        "reach": reach,
        "waiting": waiting[:PAGE],
        "waits": waiting.count(),
        "divisions": by_division(rows),
        "weighed": any(row.weighted is not None for row in rows),
        "year": on.year,
        "off": services.why_off(reach.court.pk, on),
        "draws": selectors.draws(reach.scope)[:8],
        "handovers": selectors.handovers(reach.scope, reach.court)[:5],
    }
    return show(request, "index", **context)


@require_POST
def draw_all(request: HttpRequest) -> HttpResponse:
    """Draw a judge for each of the cases ticked, one after the other."""
    reach = reach_for(request)
    ids = filter(None, map(whole_number, request.POST.getlist("case")))
    done = 0
    for case in selectors.waiting(reach.scope, reach.court).filter(pk__in=ids):
        case.court = reach.court
        try:
            services.assign_by_draw(
                case,
                reach,
                seed=secrets.token_hex(16),
                person=person_of(request),
                now=clock.now(),
            )
        except PROBLEMS as problem:
            messages.error(request, str(problem))
        else:
            done += 1
    messages.info(request, _("已随机分案 %(count)s 件") % {"count": done})
    return redirect("assignment:draws" if done else "assignment:index")


@require_http_methods(METHODS)
def assign(request: HttpRequest, case_id: int) -> HttpResponse:
    """Assign one case, or change who has it: the candidates, who is kept out and why."""
    reach, on = reach_for(request), today()
    case = case_within(reach, case_id)
    rows = loads(reach, on)
    drawn = services.table_for(case, reach, on, rows)
    whole = services.whole_table(case, reach, on, rows)
    occasion = "调整" if case.undertaker_id else "指定"
    form = AssignForm(
        request.POST or None, judges=whole.judges, occasion=occasion, nobody="随机分案"
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _assigned(request, case_id, form)
        except PROBLEMS as problem:
            form.add_error(None, str(problem))
        else:
            said = _("%(number)s 由 %(judge)s 承办") % {
                "number": case.number,
                "judge": made.chosen.name,
            }
            messages.success(request, said)
            return redirect("assignment:draw", made.pk)
    weights = {ticket.person_id: ticket.weight for ticket in drawn.tickets}
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "occasion": occasion,
        "rows": [(row, weights.get(row.judge.person_id)) for row in rows],
        "total": sum(weights.values()),
        "barred": whole.barred,
        "off": services.why_off(case.court_id, on),
        "past": selectors.draws(reach.scope).filter(case=case),
    }
    return show(request, "assign", status=400 if form.errors else 200, **context)


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List what was assigned; `?format=xlsx` exports it."""
    reach = reach_for(request)
    rows = selectors.draws(reach.scope)
    if way := request.GET.get("way", ""):
        rows = rows.filter(way=way)
    if request.GET.get("format") == "xlsx":
        return draws_sheet(rows, str(person_of(request)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "rows": page,
        "way": way,
        "ways": Draw.Way.values,
        "asked": {"query": f"way={way}"},
    }
    return show(request, "draws", **context)


@require_safe
def draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """Show one assignment and draw it again from what was stored."""
    reach = reach_for(request)
    found = get_object_or_404(selectors.draws(reach.scope), pk=draw_id)
    again = services.replay(found) if found.way == Draw.Way.RANDOM else None
    context: dict[str, Any] = {
        "draw": found,
        "is_open": visible_cases(reach.scope).filter(pk=found.case_id).exists(),
        "same": again == found.chosen_id,
        "reason": services.reason_name(found.reason) if found.reason else "",
    }
    return show(request, "draw", **context)


@require_http_methods(METHODS)
def kept_out(request: HttpRequest) -> HttpResponse:
    """Show and add to the registers: who is away, whose relatives are whom."""
    reach, on, who = reach_for(request), today(), access(request).account.person
    people = judges(reach, on)
    what = request.POST.get("what", "")
    away = AwayForm(request.POST if what == "away" else None, judges=people)
    relative = RelativeForm(request.POST if what == "relative" else None, judges=people)
    if what == "away" and away.is_valid():
        registers.note_absence(away.cleaned_data, actor=who, now=clock.now())
        return redirect("assignment:kept_out")
    if what == "relative" and relative.is_valid():
        registers.note_relative(relative.cleaned_data, actor=who, now=clock.now())
        return redirect("assignment:kept_out")
    absent = selectors.absences(reach.scope, reach.court)
    context: dict[str, Any] = {
        "away": away,
        "relative": relative,
        "absences": [(row, _holds(row.valid_from, row.valid_to, on)) for row in absent],
        "relatives": selectors.relatives(reach.scope, reach.court),
    }
    return show(
        request, "kept_out", status=400 if away.errors or relative.errors else 200, **context
    )


def _assigned(request: HttpRequest, case_id: int, form: AssignForm) -> Draw:
    reach, person, now = reach_for(request), person_of(request), clock.now()
    case, data = case_within(reach, case_id), form.cleaned_data
    if form.chosen is None:
        return services.assign_by_draw(
            case,
            reach,
            seed=secrets.token_hex(16),
            person=person,
            now=now,
            reason=data["reason"],
            detail=data["detail"],
        )
    choice = Choice(form.chosen, data["reason"], data["detail"])
    return services.assign_by_choice(case, reach, choice, person=person, now=now)


def _holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or until > on)
