"""Reading appraisals within a scope: shown with their case."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.core.timelimit import Due
from shenguan.core.timelimit.model import Interval
from shenguan.programs.appraisals.models import Appraisal
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases


def appraisals(scope: Scope) -> QuerySet[Appraisal]:
    """Return the appraisals of visible cases, the longest held first."""
    shown = Exists(visible_cases(scope).filter(pk=OuterRef("case")))
    rows = Appraisal.objects.filter(shown)
    related = ("case__court", "case__division", "case__undertaker", "opened_by")
    return rows.select_related(*related).order_by(F("held_since").asc(nulls_last=True), "pk")


def excluded(one: Appraisal, due: Due | None) -> Interval | None:
    """Return the stretch of the case's time limit that this appraisal opened, None where it opened none."""
    began = Event.objects.filter(pk=one.began or 0).values_list("occurred_on", flat=True).first()
    found = (i for i in due.intervals if i.start == began) if due else iter(())
    return next(found, None)


def writable_cases(scope: Scope) -> QuerySet[Case]:
    """Return the pending cases that are shown."""
    return visible_cases(scope).filter(closed_on=None).select_related("court", "undertaker")
