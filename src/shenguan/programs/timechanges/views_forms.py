"""Forms opened from the page of a case: extension, elevation, registering and ending a suspension."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.choices import is_read_only
from shenguan.programs.timechanges import services
from shenguan.programs.timechanges.dryrun import Outlook, outlook, rule_of
from shenguan.programs.timechanges.forms import (
    ExtensionForm,
    PeriodForm,
    SaidForm,
    paper_slots,
    period_choices,
    reason_choices,
)
from shenguan.programs.timechanges.pages import show
from shenguan.programs.timechanges.standing import standing
from shenguan.programs.timechanges.views import PROBLEMS
from shenguan.rulebook import load
from shenguan.spine.cases.asking import case_for, person_of, today
from shenguan.spine.cases.models import Case

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def extension(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask for an extension: the form shows where the case stands and what each length would do."""
    case = _own_case(request, case_id)
    view, problem = outlook(case.pk, today()), ""
    if view.blocked or view.procedure is None:
        return show(request, "problem", case=case, problem=view.blocked, status=409)
    form = ExtensionForm(request.POST or None, view=view)
    if request.method == "POST" and form.is_valid():
        try:
            length = form.cleaned_data["length"]
            made = services.apply_for_extension(
                case, length, form.said(request), person=person_of(request), now=clock.now()
            )
        except PROBLEMS as error:
            problem = str(error)
        else:
            return redirect("timechanges:request", made.pk)
    context = {
        "form": form,
        "procedure": view.procedure,
        "slots": paper_slots(view.procedure),
        "view": view,
        "windows": view.windows,
        "flags": view.windows.on_applying(today()),
        **_standing(case, view),
    }
    return _form(request, "extension", case, problem, **context)


@require_http_methods(METHODS)
def elevation(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask the court above to take the case."""
    case = _own_case(request, case_id)
    if why := services.no_elevation(case):
        return show(request, "problem", case=case, problem=why, status=409)
    procedure, problem = load().approvals[services.ELEVATION], ""
    form = SaidForm(request.POST or None, reasons=reason_choices(procedure.reasons))
    if request.method == "POST" and form.is_valid():
        try:
            said, person = form.said(request), person_of(request)
            made = services.apply_for_elevation(case, said, person=person, now=clock.now())
        except PROBLEMS as error:
            problem = str(error)
        else:
            return redirect("timechanges:request", made.pk)
    context = {"form": form, "procedure": procedure, "slots": paper_slots(procedure)}
    context |= _standing(case, outlook(case.pk, today()))
    return _form(request, "elevation", case, problem, **context)


@require_http_methods(METHODS)
def period(request: HttpRequest, case_id: int) -> HttpResponse:
    """Register that a suspension has begun."""
    case = _registrable(request, case_id)
    view, problem = outlook(case.pk, today()), ""
    events = period_choices(rule_of(view.due, load().timelimits))
    form = PeriodForm(request.POST or None, events=events, case_class=case.case_class)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_period(
                case,
                form.period(request.POST.dict()),
                form.said(request),
                person=person_of(request),
                now=clock.now(),
            )
        except PROBLEMS as error:
            problem = str(error)
        else:
            return redirect("timechanges:request", made.pk)
    procedure = load().approvals[services.PUBLICATION_CHECK]
    context = {"form": form, "procedure": procedure, "slots": paper_slots(procedure)}
    context |= {"ways": list(enumerate(services.WAYS, 1)), **_standing(case, view)}
    return _form(request, "period", case, problem, **context)


@require_POST
def period_end(request: HttpRequest, case_id: int) -> HttpResponse:
    """Register that an open suspension has ended."""
    case = _registrable(request, case_id)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        begin = request.POST.get("begin", "")
        services.end_period(case, begin, on, person=person_of(request), now=clock.now())
    except PROBLEMS as problem:
        return show(request, "problem", case=case, problem=str(problem), status=409)
    except ValueError:
        return show(request, "problem", case=case, problem="请填写结束日期", status=400)
    return redirect("casebook:case", case.pk)


def _own_case(request: HttpRequest, case_id: int) -> Case:
    """Return a case that the person may ask something for: their own."""
    case = case_for(request, case_id)
    if "申请审批" not in access(request).acts or case.undertaker_id != person_of(request).pk:
        raise PermissionDenied
    return case


def _registrable(request: HttpRequest, case_id: int) -> Case:
    case = case_for(request, case_id)
    if "登记事件" not in access(request).acts:
        raise PermissionDenied
    if is_read_only(case.court_id, today()):
        raise Http404("本院为只读接入模式，期间由原系统登记后接入")
    return case


def _standing(case: Case, view: Outlook) -> dict[str, Any]:
    return {"facts": standing(case, view.case, view.due, today())}


def _form(
    request: HttpRequest, template: str, case: Case, problem: str, **context: Any
) -> HttpResponse:
    status = 400 if request.method == "POST" else 200
    return show(
        request, template, status=status, case=case, problem=problem, page="approvals", **context
    )
