"""The page of one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shenguan.base.ops import clock
from shenguan.programs.casebook.asking import day_in, scope_of
from shenguan.programs.casebook.reading import note_reading
from shenguan.spine.cases.selectors import history, visible_cases
from shenguan.spine.timelimits.selectors import due_of


@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case: its facts, its clock step by step with the articles, its events."""
    scope, on = scope_of(request), day_in(request)
    shown = visible_cases(scope).select_related("court", "division", "clock")
    found = get_object_or_404(shown, pk=case_id)
    note_reading(found, actor=scope.actor, where="案件页", now=clock.now())
    context = {
        "page": "cases",
        "case": found,
        "due": due_of(scope, case_id, on),
        "events": history(scope, case_id),
        "parties": found.parties.all(),
    }
    return render(request, "casebook/case.html", context)
