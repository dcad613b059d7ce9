"""Who may review which case: not its bench or division, never concerned with it, no relative in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.programs.casereview.models import Plan
from shenguan.rulebook import load
from shenguan.spine.cases.barring import kept_out
from shenguan.spine.cases.models import Case, Event, Seat

RECUSED = "回避决定"


@dataclass(frozen=True, slots=True)
class Pool:
    """Possible reviewers of a court on a day, and the units each one belongs to."""

    people: Mapping[int, Person]
    units: Mapping[int, frozenset[int]]
    on: date


def possible(court_id: int, on: date) -> QuerySet[Person]:
    """Return everyone in a post that reviews, of whom a plan may name some."""
    posts = load().casereview.lists["reviewers"]
    held = Appointment.objects.filter(in_force(on), court=court_id, post__in=posts)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk")


def pool_of(plan: Plan, on: date) -> Pool:
    """Return the plan's reviewers; everyone in a post that reviews where none are named."""
    held = Appointment.objects.filter(in_force(on), court=plan.court_id).select_related("unit")
    people = possible(plan.court_id, on)
    if plan.reviewers:
        people = people.filter(pk__in=plan.reviewers)
    units: dict[int, set[int]] = defaultdict(set)
    for one in held.filter(unit__isnull=False):
        assert one.unit is not None
        units[one.person_id] |= _line(one.unit)
    lines = {pk: frozenset(found) for pk, found in units.items()}
    return Pool({p.pk: p for p in people}, lines, on)


def able(pool: Pool, cases: Iterable[Case]) -> dict[int, list[int]]:
    """Return who may review each case, by id; an empty list where nobody may."""
    listed = list(cases)
    concerned, elsewhere = _concerned(listed), kept_out(listed, pool.people.keys(), pool.on)
    found = {}
    for case in listed:
        own = {case.team_id} if case.team_id else set()
        if case.division is not None:
            own |= _line(case.division)
        barred = concerned[case.pk] | elsewhere.get(case.pk, set())
        found[case.pk] = [
            pk
            for pk in pool.people
            if pk not in barred and not (pool.units.get(pk, frozenset()) & own)
        ]
    return found


def _line(unit: Unit) -> set[int]:
    return {pk for pk in (unit.pk, unit.parent_id) if pk}


def _concerned(cases: Sequence[Case]) -> dict[int, set[int]]:
    """Return everyone who has had to do with each case: bench, also of the cases above and below it."""
    near: dict[int, set[int]] = {case.pk: {case.pk} for case in cases}
    for case in cases:
        if case.prior_id:
            near[case.pk].add(case.prior_id)
    for pk, prior in Case.objects.filter(prior__in=near).order_by().values_list("pk", "prior"):
        assert prior is not None
        near[prior].add(pk)
    every = {pk for found in near.values() for pk in found}
    people: dict[int, set[int]] = defaultdict(set)
    for pk, person in Seat.objects.filter(case__in=every).order_by().values_list("case", "person"):
        people[pk].add(person)
    judged = Case.objects.filter(Q(pk__in=every), undertaker__isnull=False).order_by()
    for pk, undertaker in judged.values_list("pk", "undertaker"):
        assert undertaker is not None
        people[pk].add(undertaker)
    _add_recused(people, every)
    return {pk: {p for one in found for p in people[one]} for pk, found in near.items()}


def _add_recused(people: dict[int, set[int]], cases: set[int]) -> None:
    decided = Event.objects.filter(case__in=cases, kind=RECUSED, voided_by=None)
    rows = list(decided.order_by().values_list("case", "case__court", "payload"))
    for case_id, court_id, payload in rows:
        named = Person.objects.filter(court=court_id, name=str(payload.get("person", "")))
        if case_id is not None:
            people[case_id] |= set(named.values_list("pk", flat=True))
