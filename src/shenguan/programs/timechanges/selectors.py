"""Reading requests on cases within a scope: those on visible cases, and those that wait for the desk."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from shenguan.base.approvals import selectors as kit
from shenguan.base.approvals.desk import Desk
from shenguan.base.approvals.models import Request
from shenguan.base.org.scope import Scope
from shenguan.rulebook import load
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases

KIND = "case"
CHECKED = "事件"
"""`once` of a check: this word and the position of the event it checks."""

_YEAR = timedelta(days=365)


def requests(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return every request that may be opened from a desk.

    On visible cases all of them; on others only what has reached the desk (a court above decides on
    cases it doesn't list), within the clearance.
    """
    here = OuterRef("subject")
    cleared = Case.objects.filter(confidentiality__lte=scope.clearance, pk=here)
    reached = kit.addressed(scope, desk) & Q(Exists(cleared))
    seen = Q(Exists(visible_cases(scope).filter(pk=here)))
    return Request.objects.filter(seen | reached, kind=KIND).select_related(
        "court", "unit", "applicant"
    )


def waiting(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return what waits for the desk, oldest first."""
    ids = kit.waiting(scope, desk).values("pk")
    return requests(scope, desk).filter(pk__in=ids).order_by("applied_at", "pk")


def decided(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return what the desk's person has acted on, newest first."""
    return requests(scope, desk).filter(pk__in=kit.decided(scope, desk).values("pk"))


def mine(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return the requests of the desk's person and of the judges they serve, newest first."""
    return requests(scope, desk).filter(pk__in=kit.made_by(scope, desk).values("pk"))


def of_case(scope: Scope, case_id: int) -> QuerySet[Request]:
    """Return the requests on a case; none for a case that the scope doesn't show."""
    found = kit.on_subject(scope, KIND, case_id).select_related("applicant")
    return found.filter(Exists(visible_cases(scope).filter(pk=OuterRef("subject"))))


def others_of(scope: Scope, request: Request, on: date) -> QuerySet[Request]:
    """Return the applicant's other requests of the group within a year, whatever became of them."""
    since = on - _YEAR
    same = Request.objects.filter(applicant=request.applicant_id, group=request.group, kind=KIND)
    return same.filter(applied_on__gte=since).exclude(pk=request.pk)


def stories(scope: Scope, request: Request, on: date) -> list[tuple[int, str]]:
    """Return (id, story) of the division's other requests of the group within a year."""
    same = Request.objects.filter(court=request.court_id, unit=request.unit_id, kind=KIND)
    same = same.filter(group=request.group, applied_on__gte=on - _YEAR).exclude(pk=request.pk)
    return list(same.order_by("pk").values_list("pk", "detail"))


def unchecked(scope: Scope, since: date) -> QuerySet[Event]:
    """Return the suspensions of pending cases, begun since a day, that nobody has put to a check."""
    begins = load().events.with_clock("pause")
    once = Concat(Value(CHECKED), Cast(OuterRef("position"), CharField()))
    checked = Request.objects.filter(kind=KIND, subject=OuterRef("case_id"), once=once)
    # The clock knows which few cases have a suspension at all; the log is then read by case.
    stopped = Q(clock__paused_since__isnull=False) | Q(clock__due_local__isnull=False)
    stopped |= Q(clock__excluded_days__gt=0)
    pending = visible_cases(scope).filter(stopped, closed_on=None, undertaker__isnull=False)
    found = Event.objects.filter(
        LANDED, kind__in=begins, occurred_on__gte=since, case__in=pending, voided_by=None
    )
    return (
        found.exclude(Exists(checked))
        .select_related("case__division")
        .order_by("occurred_on", "position")
    )
