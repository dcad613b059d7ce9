"""What all pages of the program share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.middleware import access
from shenguan.programs.assignment.reach import Reach, reach_of
from shenguan.spine.cases.asking import person_of, today
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases


def reach_for(request: HttpRequest) -> Reach:
    """Return what the person may assign; refuses those who assign nothing."""
    reach = reach_of(person_of(request), access(request).scope, today())
    if reach is None:
        raise PermissionDenied
    return reach


def case_within(reach: Reach, case_id: int) -> Case:
    """Return a case one may assign; 404 otherwise."""
    cases = visible_cases(reach.scope).filter(court=reach.court)
    return get_object_or_404(cases.select_related("court", "division", "undertaker"), pk=case_id)


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    context.setdefault("page", "assignment")
    return render(request, f"assignment/{template}.html", context, status=status)
