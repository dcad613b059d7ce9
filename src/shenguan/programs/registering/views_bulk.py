"""One event on many cases: fill in, look at what would happen, one act, the result and its exceptions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.programs.registering import bulk, modes, offering, selectors
from shenguan.programs.registering.forms import EventForm
from shenguan.programs.registering.models import Act, Line
from shenguan.programs.registering.pages import need, show, tell
from shenguan.programs.registering.services import Entry, Refused
from shenguan.programs.registering.sheets import exceptions_sheet
from shenguan.rulebook import load
from shenguan.rulebook.loaders.fields import Form
from shenguan.spine.cases.asking import person_of, scope_of, today
from shenguan.spine.cases.selectors import visible_cases

METHODS = ["GET", "HEAD", "POST"]
CHOICE = 200
NEVER_REPEATED = {"csrfmiddlewaretoken", "step", "key"}


@require_http_methods(METHODS)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the event, paste or choose the cases; a POST shows the preview."""
    acts = need(request, *offering.ACTS)
    asked = request.POST if request.method == "POST" else request.GET
    ours = _form(acts, asked.get("event", ""))
    filled = request.POST if request.POST.get("step") == "preview" else None
    form = EventForm(filled, form=ours, court=person_of(request).court, today=today())
    text = asked.get("numbers", "") or "\n".join(request.POST.getlist("number"))
    numbers = bulk.numbers_in(text)
    if filled is not None and form.is_valid():
        if not numbers:
            form.add_error(None, "请粘贴或者选择案号")
        else:
            try:
                return _preview(request, ours, form, numbers)
            except Refused as problem:
                tell(form, problem)
    context: dict[str, Any] = {
        "forms": offering.bulk_forms(acts),
        "ours": ours,
        "form": form,
        "numbers": text,
        "off": modes.why_off(ours, modes.is_read_only(person_of(request).court_id, today())),
        "acts_done": offering.acts_of([person_of(request).pk])[:8],
        "page": "bulk",
    }
    return show(request, "bulk", status=400 if form.errors else 200, **context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """List cases to choose from."""
    acts = need(request, *offering.ACTS)
    asked = {name: request.GET.get(name, "") for name in ("cause", "undertaker", "from", "to")}
    asked["state"] = request.GET.get("state", "open")
    rows = selectors.choosable(scope_of(request), asked)
    context: dict[str, Any] = {
        "event": _form(acts, request.GET.get("event", "")).event,
        "rows": rows[:CHOICE],
        "total": rows.count(),
        "most": CHOICE,
        "asked": asked,
        "page": "bulk",
    }
    return show(request, "choose", **context)


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Do it; sent twice with one key it is done once."""
    acts = need(request, *offering.ACTS)
    ours = _form(acts, request.POST.get("event", ""))
    form = EventForm(request.POST, form=ours, court=person_of(request).court, today=today())
    key = request.POST.get("key", "")
    if not form.is_valid() or not key:
        return redirect("registering:bulk")
    act = bulk.carry_out(
        key[:40],
        scope_of(request),
        bulk.numbers_in(request.POST.get("numbers", "")),
        Entry(ours, form.cleaned_data["day"], form.payload()),
        person=person_of(request),
        now=clock.now(),
    )
    return redirect("registering:act", act.pk)


@require_safe
def result(request: HttpRequest, act_id: int) -> HttpResponse:
    """Show what became of each case; `?format=xlsx` is the list of exceptions."""
    need(request, *offering.ACTS)
    act = get_object_or_404(offering.acts_of([person_of(request).pk]), pk=act_id)
    lines = list(act.lines.select_related("case__division"))
    shown = _shown(request, lines)
    left = bulk.exceptions(lines)
    if request.GET.get("format") == "xlsx":
        return exceptions_sheet(act, left, str(person_of(request)))
    done = [(line, line.case if line.case_id in shown else None) for line in lines if line.position]
    return show(request, "act", act=act, done=done, left=left, page="bulk", said=_said(act))


def _preview(
    request: HttpRequest, ours: Form, form: EventForm, numbers: Sequence[str]
) -> HttpResponse:
    entry = Entry(ours, form.cleaned_data["day"], form.payload())
    rows = bulk.preview(scope_of(request), numbers, entry, today())
    again = [
        (name, value)
        for name in request.POST
        if name not in NEVER_REPEATED and name != "number"
        for value in request.POST.getlist(name)
    ]
    context: dict[str, Any] = {
        "ours": ours,
        "form": form,
        "ready": [row for row in rows if not row.reason],
        "left": [row for row in rows if row.reason],
        "again": [*(one for one in again if one[0] != "numbers"), ("numbers", "\n".join(numbers))],
        "key": uuid.uuid4().hex,
        "page": "bulk",
    }
    return show(request, "preview", **context)


def _form(acts: frozenset[str], event: str) -> Form:
    forms = offering.bulk_forms(acts)
    if not forms:
        raise PermissionDenied
    return next((form for form in forms if form.event == event), forms[0])


def _shown(request: HttpRequest, lines: Sequence[Line]) -> set[int]:
    ids = [line.case_id for line in lines if line.case_id]
    cases = visible_cases(scope_of(request)).filter(pk__in=ids)
    return set(cases.values_list("pk", flat=True))


def _said(act: Act) -> list[tuple[str, Any]]:
    form = load().forms.get(act.kind)
    labels = {field.key: field.label for field in form.fields} if form else {}
    return [(labels.get(key, key), value) for key, value in act.payload.items()]
