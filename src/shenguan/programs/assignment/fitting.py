"""Which divisions a case that waits with the filing office may be drawn into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shenguan.base.org.choices import Choices
from shenguan.programs.assignment.loads import Load
from shenguan.spine.cases.models import Case

DIVISIONS = "分案.庭室分工"
"""Court setting {案件类别: [庭室]}; without it, the divisions that had such cases in the last year."""
FILING = "立案"
YEAR = timedelta(days=365)


def fitting(case: Case, rows: Sequence[Load], on: date) -> Sequence[Load]:
    """Return the rows a case may be drawn among: its division's, or those whose divisions hear its class.

    Where nothing is known of the divisions everyone within reach stays in.
    """
    if case.division and not case.division.name.startswith(FILING):
        own = [row for row in rows if row.judge.division_id == case.division_id]
        return own or rows
    chosen = Choices().value(case.court_id, DIVISIONS, on)
    if chosen:
        named = set(chosen.get(case.case_class, ()))
        return [row for row in rows if row.judge.division in named] or rows
    hearing = _hearing(case, on)
    return [row for row in rows if row.judge.division_id in hearing] or rows


def _hearing(case: Case, on: date) -> set[int | None]:
    """Return the divisions whose judges had cases of this class and instance in the last year."""
    alike = Case.objects.filter(
        court=case.court_id,
        case_class=case.case_class,
        instance=case.instance,
        filed_on__gte=on - YEAR,
        undertaker__isnull=False,
    )
    return set(alike.order_by().values_list("division", flat=True).distinct())
