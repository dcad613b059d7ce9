"""What all pages of the program share: what may be opened, how a page is drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.approvals.models import Request
from shenguan.base.ops import clock
from shenguan.programs.timechanges import selectors
from shenguan.spine.cases.asking import desk, scope_of
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.reading import note_reading as note_case


def asked_for(request: HttpRequest, pk: int) -> Request:
    """Return a request that may be opened; 404 otherwise."""
    return get_object_or_404(selectors.requests(scope_of(request), desk(request)), pk=pk)


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    return render(request, f"timechanges/{template}.html", context, status=status)


def note_reading(request: HttpRequest, found: Request) -> None:
    """Leave a row in the audit chain where a request on a sensitive case is opened."""
    case = Case.objects.select_related("court").get(pk=found.subject)
    note_case(case, actor=scope_of(request).actor, where=f"审批{found.pk}", now=clock.now())
