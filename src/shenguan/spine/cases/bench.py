"""Who decides a case."""

from __future__ import annotations

from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case, Seat

ALONE = "独任法官"
_CLERKS = frozenset({"书记员", "法官助理"})


def bench_of(case: Case) -> list[tuple[Person, str]]:
    """Return the people who decide, each with their role; the sole judge where no bench is formed."""
    seats = Seat.objects.filter(case=case).exclude(role__in=_CLERKS).select_related("person")
    found = {seat.person: seat.role or "合议庭成员" for seat in seats}
    if not found and case.undertaker is not None:
        return [(case.undertaker, ALONE)]
    if case.undertaker is not None:
        found.setdefault(case.undertaker, "承办人")
    return list(found.items())


def bench_ids(case: Case) -> set[int]:
    """Return the ids of the people who decide."""
    return {person.pk for person, _role in bench_of(case)}
