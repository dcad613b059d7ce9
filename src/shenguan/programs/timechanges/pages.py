"""What all pages of the program share: who asks, what they may open, how an error is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.middleware import access
from shenguan.base.approvals.desk import Desk, desk_of
from shenguan.base.approvals.models import Request
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.programs.timechanges import selectors
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases


def today() -> date:
    """Return the day of this request."""
    return clock.day_of(clock.now())


def scope_of(request: HttpRequest) -> Scope:
    """Return the scope of who asks."""
    return access(request).scope


def person_of(request: HttpRequest) -> Person:
    """Return who asks."""
    return access(request).account.person


def desk(request: HttpRequest) -> Desk:
    """Return the seats of who asks, today."""
    return desk_of(person_of(request), today())


def asked_for(request: HttpRequest, pk: int) -> Request:
    """Return a request that may be opened; 404 otherwise."""
    return get_object_or_404(selectors.requests(scope_of(request), desk(request)), pk=pk)


def case_for(request: HttpRequest, case_id: int) -> Case:
    """Return a case that may be opened; 404 otherwise."""
    cases = visible_cases(scope_of(request)).select_related(
        "court__parent", "division", "clock", "undertaker"
    )
    return get_object_or_404(cases, pk=case_id)


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    return render(request, f"timechanges/{template}.html", context, status=status)


def note_reading(request: HttpRequest, found: Request) -> None:
    """Leave a row in the audit chain where a request on a sensitive case is opened."""
    if Case.objects.filter(pk=found.subject, confidentiality__gt=0).exists():
        audit.append(
            chain=found.court.code,
            actor=str(person_of(request)),
            action="查看敏感案件审批",
            subject=found.subject_name,
            detail={"request": found.pk},
            now=clock.now(),
        )
