"""The case file as a reviewer may read it, by the leave of the review alone; and where warnings lead."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.programs.casereview import selectors
from shenguan.programs.casereview.models import Plan, Sheet
from shenguan.programs.casereview.pages import issue_for, item_for, show
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, scope_of
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.reading import note_reading

_OWN = ("评查", "发改")
"""What other reviews and the court above said would colour a blind score."""
_TOLD = ("document", "type", "disposition", "reason", "result", "kind", "months", "days")
"""What of an event tells about the procedure and names nobody."""


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a sheet to its case under review."""
    found = get_object_or_404(Sheet.objects.filter(replaced=""), pk=pk)
    return redirect("casereview:item", item_for(request, found.item_id).pk)


@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from an issue to its case under review."""
    return redirect("casereview:item", issue_for(request, pk).item_id)


@require_safe
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the course of a case to its reviewer: no inner record, nobody's name; the look leaves a trace.

    The leave begins with the sheet and ends with the plan.
    """
    found = get_object_or_404(
        selectors.sheets(scope_of(request)).select_related(
            "item__case__court", "item__plan__court"
        ),
        pk=pk,
    )
    item, case = found.item, found.item.case
    if item.plan.state == Plan.State.CLOSED:
        raise Http404("评查已结束，不再查阅")
    now, who = clock.now(), str(person_of(request))
    audit.append(
        chain=item.plan.court.code, actor=who, action="评查：查阅案卷", subject=case.number,
        detail={"sheet": found.pk}, now=now,
    )  # fmt: skip
    note_reading(case, actor=who, where="评查案卷", now=now)
    return show(request, "file", sheet=found, item=item, case=case, rows=_course(case))


def _course(case: Case) -> list[dict[str, Any]]:
    """Return the dated events of the outer record with what of them names nobody."""
    kinds = load().events
    events = Event.objects.filter(LANDED, case=case, voided_by=None, occurred_on__isnull=False)
    return [
        {"on": one.occurred_on, "kind": one.kind, "told": _told(one.payload)}
        for one in events.order_by("occurred_on", "position")
        if not one.kind.startswith(_OWN) and not (kinds.known(one.kind) and kinds[one.kind].inner)
    ]


def _told(payload: dict[str, Any]) -> str:
    return "　".join(str(payload[key]) for key in _TOLD if isinstance(payload.get(key), str | int))
