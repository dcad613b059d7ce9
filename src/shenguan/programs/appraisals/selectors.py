"""Reading appraisals within a scope: shown with their case."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.appraisals.models import Appraisal
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases


def appraisals(scope: Scope) -> QuerySet[Appraisal]:
    """Return the appraisals of visible cases, the longest held first."""
    shown = Exists(visible_cases(scope).filter(pk=OuterRef("case")))
    rows = Appraisal.objects.filter(shown)
    related = ("case__court", "case__division", "case__undertaker", "opened_by")
    return rows.select_related(*related).order_by(F("held_since").asc(nulls_last=True), "pk")


def writable_cases(scope: Scope) -> QuerySet[Case]:
    """Return the pending cases that are shown."""
    return visible_cases(scope).filter(closed_on=None).select_related("court", "undertaker")
