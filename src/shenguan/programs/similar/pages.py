"""What all pages of the program share: who asks, which case, who may act on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.middleware import access
from shenguan.core.similar.duty import ADOPTED, DISTINGUISHED, NOT_SIMILAR, SIMILAR
from shenguan.programs.similar.services import DOCUMENTS, KINDS
from shenguan.spine.cases.asking import person_of, scope_of
from shenguan.spine.cases.models import Case, Seat
from shenguan.spine.cases.selectors import visible_cases

ACTS = frozenset({"登记事件", "申请审批", "起草"})
JUDGES = frozenset(
    {
        "院长",
        "分管副院长",
        "审委会专职委员",
        "庭长",
        "副庭长",
        "人民法庭庭长",
        "审判长",
        "法官",
        "执行法官",
        "审监庭法官",
    }
)
LIBRARY, HERE = "人民法院案例库", "本院类案检索"
SOURCES = (LIBRARY, "中国裁判文书网", "审判案例数据库", HERE)
"""Only what was searched here is ticked beforehand: the others the judge says himself."""


def sees_cases(request: HttpRequest) -> bool:
    """Whether who asks sees cases at all; the pages without a case are for those."""
    scope = scope_of(request)
    return scope.court_ids is None or bool(scope.court_ids or scope.unit_ids or scope.person_ids)


def only_for_those_who_see_cases(request: HttpRequest) -> None:
    """Hide a page from posts that see no case."""
    if not sees_cases(request):
        raise Http404


def case_for(request: HttpRequest, case_id: int) -> Case:
    """Return a case that may be opened; 404 otherwise."""
    cases = visible_cases(scope_of(request)).select_related(
        "court__parent", "division", "undertaker"
    )
    return get_object_or_404(cases, pk=case_id)


def works_on(request: HttpRequest, case: Case) -> bool:
    """Whether who asks handles the case: undertakes it, sits in it, or serves who does."""
    if access(request).acts.isdisjoint(ACTS):
        return False
    people = scope_of(request).person_ids
    return case.undertaker_id in people or _seated(case, people)


def on_bench(request: HttpRequest, case: Case) -> bool:
    """Whether who asks judges the case in person: the departure hint is for nobody else."""
    if JUDGES.isdisjoint(access(request).posts):
        return False
    own = frozenset({person_of(request).pk})
    return case.undertaker_id in own or _seated(case, own)


def _seated(case: Case, people: frozenset[int]) -> bool:
    return Seat.objects.filter(case=case, person__in=people).exclude(role="书记员").exists()


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    given = {
        "documents": DOCUMENTS,
        "kinds": KINDS,
        "sources": SOURCES,
        "verdicts": (SIMILAR, NOT_SIMILAR),
        "follows": (ADOPTED, DISTINGUISHED),
    }
    return render(request, f"similar/{template}.html", given | context, status=status)
