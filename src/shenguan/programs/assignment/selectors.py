"""Reading what waits for a judge, what was assigned, and the registers that keep judges out."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.org.selectors import courts
from shenguan.programs.assignment.models import Away, Draw, Handover, Relative
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases


def waiting(scope: Scope, court: Court) -> QuerySet[Case]:
    """Return the open cases of one's scope in the court that nobody has yet, the oldest first."""
    rows = visible_cases(scope).filter(court=court, closed_on=None, undertaker=None)
    return rows.select_related("division").order_by("filed_on", "number_key")


def draws(scope: Scope) -> QuerySet[Draw]:
    """Return the assignments of cases that the scope shows, and those made by oneself, newest first."""
    mine = Q(by__in=scope.person_ids)
    rows = Draw.objects.filter(Q(case__in=visible_cases(scope)) | mine)
    return rows.select_related("case__division", "chosen", "before", "by").order_by("-pk")


def handovers(scope: Scope, court: Court) -> QuerySet[Handover]:
    """Return the handovers of the court that touched cases within one's scope, newest first."""
    seen = visible_cases(scope)
    rows = Handover.objects.filter(court=court, draws__case__in=seen).distinct()
    return rows.select_related("giver", "by", "court").order_by("-pk")


def relatives(scope: Scope, court: Court) -> QuerySet[Relative]:
    """Return the register of relatives of the people of a court, for whoever sees cases there."""
    rows = Relative.objects.filter(person__court=court, person__court__in=courts(scope))
    return rows.select_related("person").order_by("person__name", "pk")


def absences(scope: Scope, court: Court) -> QuerySet[Away]:
    """Return who takes no new cases and for how long."""
    rows = Away.objects.filter(person__court=court, person__court__in=courts(scope))
    return rows.select_related("person").order_by("-valid_from", "pk")
