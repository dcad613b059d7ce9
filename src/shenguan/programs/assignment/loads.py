"""What each judge has in hand and has been given this year, side by side in 机构序."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from shenguan.base.org.choices import Choices
from shenguan.programs.assignment.reach import Judge, Reach, judges
from shenguan.spine.cases.casescope import cases_in

WEIGHTS = "分案.案件权重"
"""Court setting {类型代字: weight in tenths}; a type left out counts 10 (one case)."""
ONE = 10


@dataclass(frozen=True, slots=True)
class Load:
    """One row. `weighted` is None where the court has set no weights."""

    judge: Judge
    pending: int
    filed: int
    weighted: float | None
    listed: bool


def loads(reach: Reach, on: date) -> list[Load]:
    """Return the load of everyone within reach. Cases outside one's clearance aren't counted."""
    people = judges(reach, on)
    ids = [judge.person_id for judge in people]
    rows = cases_in(reach.counting).filter(court=reach.court, undertaker__in=ids).order_by()
    open_rows = rows.filter(closed_on=None).values_list("undertaker", "case_type")
    pending: Counter[int] = Counter()
    weighed: Counter[int] = Counter()
    weights = Choices().value(reach.court.pk, WEIGHTS, on)
    for person, case_type, count in open_rows.annotate(n=Count("pk")):
        pending[person] += count
        weighed[person] += count * int((weights or {}).get(case_type, ONE))
    year = rows.filter(filed_on__gte=date(on.year, 1, 1)).values_list("undertaker")
    filed = dict(year.annotate(n=Count("pk")))
    return [
        Load(
            judge,
            pending[judge.person_id],
            filed.get(judge.person_id, 0),
            weighed[judge.person_id] / ONE if weights else None,
            _is_listed(reach, judge),
        )
        for judge in people
    ]


def by_division(rows: Sequence[Load]) -> list[tuple[str, list[Load]]]:
    """Gather the rows of one division, in their order."""
    found: dict[str, list[Load]] = {}
    for row in rows:
        found.setdefault(row.judge.division, []).append(row)
    return list(found.items())


def _is_listed(reach: Reach, judge: Judge) -> bool:
    """Tell whether the person's own scope shows all the cases behind a row's numbers."""
    scope = reach.scope
    if scope.court_ids is None or reach.court.pk in scope.court_ids:
        return True
    return reach.unit_ids is not None or judge.person_id in scope.person_ids
