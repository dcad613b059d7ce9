"""Pages of the handover: whose cases, to whom, what it came to."""

from __future__ import annotations

import secrets
import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.programs.assignment import handing, selectors, services
from shenguan.programs.assignment.forms import AssignForm
from shenguan.programs.assignment.loads import loads
from shenguan.programs.assignment.pages import reach_for, show
from shenguan.programs.assignment.services import Refused
from shenguan.programs.assignment.sheets import draws_sheet
from shenguan.spine.cases.asking import person_of, today
from shenguan.spine.gatekeeping import GateClosed

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose whose cases are to be passed on."""
    reach, on = reach_for(request), today()
    rows = [row for row in loads(reach, on) if row.listed]
    context: dict[str, Any] = {
        "rows": rows,
        "off": services.why_off(reach.court.pk, on),
        "done": selectors.handovers(reach.scope, reach.court)[:20],
    }
    return show(request, "givers", **context)


@require_http_methods(METHODS)
def hand_over(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a judge's open cases and pass them on in one act."""
    reach, on = reach_for(request), today()
    people = loads(reach, on)
    row = next((one for one in people if one.judge.person_id == person_id and one.listed), None)
    if row is None:
        raise Http404
    cases = list(handing.cases_of(reach, person_id))
    takers = [one.judge for one in people if one.judge.person_id != person_id]
    form = AssignForm(
        request.POST or None, judges=takers, occasion="交接", nobody="逐件随机（本庭室内）"
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = handing.hand_over(
                key=request.POST.get("key", "")[:40] or uuid.uuid4().hex,
                reach=reach,
                giver=Person.objects.get(pk=person_id),
                taker_id=form.chosen,
                reason=form.cleaned_data["reason"],
                detail=form.cleaned_data["detail"],
                seed=secrets.token_hex(16),
                person=person_of(request),
                now=clock.now(),
            )
        except (Refused, GateClosed) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("已交接"))
            return redirect("assignment:handover", made.pk)
    context: dict[str, Any] = {
        "row": row,
        "cases": cases,
        "form": form,
        "key": uuid.uuid4().hex,
        "off": services.why_off(reach.court.pk, on),
    }
    return show(request, "hand_over", status=400 if form.errors else 200, **context)


@require_safe
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Show what a handover came to; `?format=xlsx` exports it."""
    reach = reach_for(request)
    found = get_object_or_404(selectors.handovers(reach.scope, reach.court), pk=handover_id)
    rows = list(selectors.draws(reach.scope).filter(handover=found).order_by("pk"))
    if request.GET.get("format") == "xlsx":
        return draws_sheet(rows, str(person_of(request)))
    context: dict[str, Any] = {
        "handover": found,
        "rows": rows,
        "shares": list(Counter(row.chosen.name for row in rows).items()),
        "reason": services.reason_name(found.reason),
    }
    return show(request, "handover", **context)
