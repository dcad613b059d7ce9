"""Who decides a case."""

from __future__ import annotations

from collections.abc import Iterable

from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case, Seat

ALONE = "独任法官"
_CLERKS = frozenset({"书记员", "法官助理"})


def bench_of(case: Case) -> list[tuple[Person, str]]:
    """Return the people who decide, each with their role; the sole judge where no bench is formed."""
    return benches_of([case])[case.pk]


def benches_of(cases: Iterable[Case]) -> dict[int, list[tuple[Person, str]]]:
    """Return the benches of many cases by id, in one query."""
    listed = list(cases)
    seats = Seat.objects.filter(case__in=[case.pk for case in listed]).exclude(role__in=_CLERKS)
    sitting: dict[int, dict[Person, str]] = {case.pk: {} for case in listed}
    for seat in seats.select_related("person"):
        sitting[seat.case_id][seat.person] = seat.role or "合议庭成员"
    for case in listed:
        found, judge = sitting[case.pk], case.undertaker
        if judge is not None:
            found.setdefault(judge, "承办人" if found else ALONE)
    return {pk: list(found.items()) for pk, found in sitting.items()}


def bench_ids(case: Case) -> set[int]:
    """Return the ids of the people who decide."""
    return {person.pk for person, _role in bench_of(case)}
