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
    seats: dict[int, list[Seat]] = {case.pk: [] for case in listed}
    for seat in Seat.objects.filter(case__in=list(seats)).select_related("person"):
        seats[seat.case_id].append(seat)
    return {case.pk: deciding(case, seats[case.pk]) for case in listed}


def deciding(case: Case, seats: Iterable[Seat]) -> list[tuple[Person, str]]:
    """Return who of the seats of a case decides it, each with their role; the judge in charge always does."""
    found = {seat.person: seat.role or "合议庭成员" for seat in seats if seat.role not in _CLERKS}
    if case.undertaker is not None:
        found.setdefault(case.undertaker, "承办人" if found else ALONE)
    return list(found.items())


def bench_ids(case: Case) -> set[int]:
    """Return the ids of the people who decide."""
    return {person.pk for person, _role in bench_of(case)}
