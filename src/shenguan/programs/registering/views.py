"""Registering a case, recording an event on one case, taking an event back, and the mode of a court."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.ops import clock
from shenguan.base.org.models import CourtSetting
from shenguan.programs.registering import modes, offering, selectors, services
from shenguan.programs.registering.advice import advise
from shenguan.programs.registering.caseform import CaseForm
from shenguan.programs.registering.forms import EventForm, initial_of
from shenguan.programs.registering.pages import need, show, tell
from shenguan.programs.registering.services import Entry, Refused
from shenguan.rulebook import load
from shenguan.spine.cases.asking import case_for, person_of, scope_of, today, whole_number
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.gatekeeping import GateClosed

METHODS = ["GET", "HEAD", "POST"]
PROBLEMS = (Refused, GateClosed)


@require_http_methods(METHODS)
def new_case(request: HttpRequest) -> HttpResponse:
    """Register a case of one's own court."""
    need(request, "登记")
    person = person_of(request)
    read_only = modes.is_read_only(person.court_id, today())
    form = CaseForm(request.POST or None, court=person.court, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            case = services.register_case(
                form.case(), court=person.court, actor=str(person), now=clock.now()
            )
        except PROBLEMS as problem:
            tell(form, problem)
        else:
            messages.success(request, _("已登记 %(number)s") % {"number": case.number})
            return redirect("registering:kinds", case.pk)
    context = {"form": form, "court": person.court, "read_only": read_only, "page": "register"}
    return show(request, "case", status=400 if form.errors else 200, **context)


@require_safe
def kinds(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what may be recorded on a case, and what of it could be taken back."""
    acts = need(request, *offering.ACTS)
    case = case_for(request, case_id)
    read_only = modes.is_read_only(case.court_id, today())
    offers = offering.forms_for(acts, case.case_class, read_only)
    events = selectors.recorded(scope_of(request), case.pk, acts)
    context: dict[str, Any] = {"case": case, "offers": offers, "events": events, "page": "cases"}
    context |= {"read_only": read_only, "held": _held_kinds() if read_only else ()}
    return show(request, "kinds", **context)


@require_http_methods(METHODS)
def entry(request: HttpRequest, case_id: int, event: str) -> HttpResponse:
    """Record one event on one case; what others advise is shown first and must be confirmed."""
    acts = need(request, *offering.ACTS)
    case, ours = case_for(request, case_id), offering.form_for(acts, event)
    if ours is None:
        raise Http404
    if off := modes.why_off(ours, modes.is_read_only(case.court_id, today())):
        return show(request, "off", status=403, case=case, form=ours, off=off, page="cases")
    form = EventForm(
        request.POST or None,
        form=ours,
        court=case.court,
        today=today(),
        initial=_again(case, ours.event, request.GET.get("again", "")),
    )
    advice: list[str] = []
    if request.method == "POST" and form.is_valid():
        filled = Entry(ours, form.cleaned_data["day"], form.payload())
        advice = _advice(request, case, filled)
        if not advice or request.POST.get("confirmed"):
            try:
                services.record_entry(case, filled, actor=str(person_of(request)), now=clock.now())
            except PROBLEMS as problem:
                tell(form, problem)
            else:
                messages.success(request, _("已登记“%(event)s”") % {"event": ours.event})
                return redirect("casebook:case", case.pk)
    status = 400 if form.errors else 409 if advice else 200
    context = {"case": case, "ours": ours, "form": form, "advice": advice, "page": "cases"}
    return show(request, "entry", status=status, **context)


@require_http_methods(METHODS)
def void(request: HttpRequest, case_id: int, position: int) -> HttpResponse:
    """Take an event back: a page of its own, a reason, and the way to register it anew."""
    acts = need(request, *offering.ACTS)
    case = case_for(request, case_id)
    try:
        event = services.voidable(case, position, today())
    except Refused as problem:
        return show(request, "off", status=409, case=case, off=str(problem), page="cases")
    if offering.form_for(acts, event.kind) is None:
        raise PermissionDenied
    refusal, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            actor = str(person_of(request))
            services.void_event(case, position, reason, actor=actor, now=clock.now())
        except PROBLEMS as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("已作废“%(event)s”") % {"event": event.kind})
            if request.POST.get("again"):
                address = redirect("registering:entry", case.pk, event.kind)
                address["Location"] += f"?again={position}"
                return address
            return redirect("registering:kinds", case.pk)
    context = {"case": case, "event": event, "said": _said(event), "problem": refusal}
    context |= {"reason": reason, "page": "cases"}
    return show(request, "void", status=400 if refusal else 200, **context)


@require_safe
def mode(request: HttpRequest) -> HttpResponse:
    """Show 只读接入模式 of one's own court: what is registered where. It is switched among the court's choices."""
    need(request, "设置")
    person = person_of(request)
    past = CourtSetting.objects.filter(court=person.court, key=modes.READ_ONLY)
    context: dict[str, Any] = {
        "court": person.court,
        "read_only": modes.is_read_only(person.court_id, today()),
        "key": modes.READ_ONLY,
        "past": past.order_by("-pk"),
        "held": [form for form in load().forms if form.held_by_source],
        "free": [form for form in load().forms if not form.held_by_source],
        "page": "mode",
    }
    return show(request, "mode", **context)


def _advice(request: HttpRequest, case: Case, filled: Entry) -> list[str]:
    scope, kind = scope_of(request), filled.form.event
    found = advise(scope, [case.pk], kind, filled.on, filled.payload, today())
    return list(found.get(case.pk, ()))


def _held_kinds() -> list[str]:
    return [form.event for form in load().forms if form.held_by_source]


def _again(case: Case, kind: str, position: str) -> dict[str, Any]:
    """Return the contents of an event taken back, to be corrected."""
    event = Event.objects.filter(case=case, kind=kind, pk=whole_number(position) or 0).first()
    return initial_of(load().forms.forms[kind], event.payload, event.occurred_on) if event else {}


def _said(event: Event) -> list[tuple[str, Any]]:
    form = load().forms.forms[event.kind]
    filled = initial_of(form, event.payload, None)
    day: list[tuple[str, date | None]] = [(form.on, event.occurred_on)]
    return [*day, *((f.label, filled[f.key]) for f in form.fields if f.key in filled)]
