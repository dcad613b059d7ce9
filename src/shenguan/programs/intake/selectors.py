"""Reading what imports have left: findings, rejected rows, the judgments of a case."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.models import Finding, Judgment, RejectedRow, Upload
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases


def findings(
    scope: Scope, *, check_id: str = "", severity: str = "", case_id: int | None = None
) -> QuerySet[Finding]:
    """Return the findings on cases the scope shows, with case and court fetched."""
    found = Finding.objects.filter(case__in=visible_cases(scope)).select_related("case__court")
    if check_id:
        found = found.filter(check_id=check_id)
    if severity:
        found = found.filter(severity=severity)
    if case_id is not None:
        found = found.filter(case_id=case_id)
    return found


def finding_counts(scope: Scope) -> Counter[str]:
    """Count findings by their Chinese name."""
    return Counter(findings(scope).values_list("name", flat=True))


def rejected_rows(scope: Scope, batch_id: int) -> QuerySet[RejectedRow]:
    """Return what a batch didn't take; rows without identity belong to no court's scope but all."""
    if scope.court_ids is not None:
        return RejectedRow.objects.none()
    return RejectedRow.objects.filter(batch_id=batch_id)


def judgments(scope: Scope, case: Case) -> QuerySet[Judgment]:
    """Return the judgments kept for a case, if the scope shows the case."""
    return Judgment.objects.filter(case__in=visible_cases(scope).filter(pk=case.pk))


def visible_uploads(scope: Scope) -> QuerySet[Upload]:
    """Return the files handed in by the courts the scope shows as a whole."""
    if scope.court_ids is None:
        return Upload.objects.all()
    return Upload.objects.filter(court__in=scope.court_ids)


def findings_by_check(scope: Scope) -> list[tuple[str, str, int]]:
    """Return (check id, Chinese name, number of findings) of what stands, by name."""
    counted = findings(scope).order_by().values_list("check_id", "name").annotate(n=Count("pk"))
    return sorted(counted, key=lambda row: row[1])
