"""Reading 发改反馈 within a scope.

Shown to whoever sees either case; to the court below only once it was sent. 判中咨询 belongs to the inner
record: bench and named leaders of the asking case, and the court that was asked.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.appeals.models import Consultation, Feedback
from shenguan.spine.cases.selectors import inner_cases, visible_cases

State = Feedback.State
_RELATED = (
    "upper__court", "upper__division", "upper__undertaker", "lower__court", "lower__division",
    "lower__undertaker", "sent_by", "answered_by", "found_by",
)  # fmt: skip


def feedbacks(scope: Scope) -> QuerySet[Feedback]:
    """Return the feedback that is shown, the latest change first."""
    above = Exists(visible_cases(scope).filter(pk=OuterRef("upper")))
    below = Exists(visible_cases(scope).filter(pk=OuterRef("lower")))
    sent = Q(sent_on__isnull=False)
    rows = Feedback.objects.filter(Q(above) | (Q(below) & sent))
    cleared = {
        "upper__confidentiality__lte": scope.clearance,
        "lower__confidentiality__lte": scope.clearance,
    }
    return rows.filter(**cleared).select_related(*_RELATED).order_by("-changed_on", "-pk")


def of_case(scope: Scope, case_id: int) -> QuerySet[Feedback]:
    """Return the feedback that a case gave or took."""
    return feedbacks(scope).filter(Q(upper=case_id) | Q(lower=case_id))


def consultations(scope: Scope) -> QuerySet[Consultation]:
    """Return the consultations that are shown."""
    inner = Q(Exists(inner_cases(scope).filter(pk=OuterRef("case"))))
    asked = Q(court__in=scope.inner_court_ids) | Q(asked_by=scope.self_id)
    asked |= Q(answered_by=scope.self_id) if scope.self_id else Q()
    rows = Consultation.objects.filter(inner | asked)
    if scope.court_ids is None:
        rows = Consultation.objects.all()
    rows = rows.filter(case__confidentiality__lte=scope.clearance)
    return rows.select_related("case__court", "court", "asked_by", "answered_by")
