"""What a request waits for and for how long, on the inbox's ladder: its approver, or its applicant.

Silence never counts as agreement: a clock that runs out only tells more people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q

from shenguan.base.approvals.desk import actors_of
from shenguan.base.approvals.models import Decision, Request
from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.base.ops.clock import day_of
from shenguan.programs.timechanges.selectors import KIND
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

WAITING, RETURNED = "审批待办", "审批待补正"
_KINDS = (WAITING, RETURNED)
_APPROVER, _APPLICANT = "审批人", "申请人"
_OPEN = (Request.State.OPEN, Request.State.RETURNED)


def post(request: Request, *, now: datetime) -> None:
    """Bring what one request waits for up to this moment."""
    _bring([request], clock_of(now))


def run(on: date, now: datetime) -> int:
    """Bring every request up to the day: the nightly source. Returns how many were looked at."""
    wanted = Q(state__in=_OPEN, kind=KIND) | Q(pk__in=still_standing(_KINDS, "request"))
    found = Request.objects.filter(wanted).defer("facts").prefetch_related("steps")
    rows = list(found.order_by("pk"))
    _bring(rows, clock_of(now, on))
    return len(rows)


def clock_of(now: datetime, on: date | None = None) -> Clock:
    """Return how long requests may wait, on a day."""
    return Clock(load().approvals.obligations, now, on)


def _bring(rows: Iterable[Request], clock: Clock) -> None:
    requests = list(rows)
    cases = Case.objects.in_bulk({one.subject for one in requests})
    matters = {f"request:{one.pk}": list(_owed(one, cases.get(one.subject))) for one in requests}
    clock.bring(matters, _KINDS)


def _owed(request: Request, case: Case | None) -> Iterator[Owed]:
    """Yield what a request waits for; nothing once its case has ended."""
    if case is None or case.closed_on is not None:
        return
    key = f"{request.round}.{request.at_step}"
    limit = f"，决定期限{request.decide_by}" if request.decide_by else ""
    words = {
        "number": request.subject_name, "name": request.name, "summary": request.summary,
        "limit": limit,
    }  # fmt: skip
    place = Place(request.court_id, request.unit_id, request.applicant_id)
    if request.state == Request.State.OPEN:
        step = next(one for one in request.steps.all() if one.number == request.at_step)
        since = day_of(step.opened_at or request.applied_at)
        people = {_APPROVER: lambda: actors_of(step)}
        yield Owed(
            WAITING, since, place, words | {"step": step.name}, key, people, case.confidentiality
        )
    elif request.state == Request.State.RETURNED:
        returned = request.decisions.filter(outcome=Decision.Outcome.RETURNS).last()
        since = day_of(returned.at if returned else request.applied_at)
        people = {_APPLICANT: lambda: [request.applicant_id]}
        yield Owed(RETURNED, since, place, words, key, people, case.confidentiality)
