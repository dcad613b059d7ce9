"""Reading meetings within a scope: the inner record of each case, and the meeting for those called to it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.meetings.models import Attendance, Matter, Meeting
from shenguan.spine.cases.selectors import inner_cases


def meetings(scope: Scope) -> QuerySet[Meeting]:
    """Return the meetings that one was called to, and those on cases whose inner record is shown."""
    shown = Matter.objects.filter(meeting=OuterRef("pk"), case__in=inner_cases(scope).values("pk"))
    rows = Meeting.objects.filter(Exists(shown) | _called(scope))
    return rows.select_related("court", "chair", "recorder").order_by("-held_on", "-pk")


def matters(scope: Scope) -> QuerySet[Matter]:
    """Return the matters whose content is shown."""
    inner = Q(Exists(inner_cases(scope).filter(pk=OuterRef("case"))))
    called = Meeting.objects.filter(_called(scope)).values("pk")
    rows = Matter.objects.filter(inner | Q(meeting__in=called))
    return rows.select_related("meeting__court", "case__court", "case__undertaker", "responded_by")


def _called(scope: Scope) -> Q:
    """Return the condition of meetings that the person behind the scope was called to."""
    me = scope.self_id
    if me is None:
        return Q(pk__in=())
    seat = Attendance.objects.filter(meeting=OuterRef("pk"), person=me)
    return Exists(seat) | Q(chair=me) | Q(recorder=me) | Q(called_by=me)
