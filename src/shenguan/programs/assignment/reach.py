"""Whose cases one may assign: the filing office its whole court, chiefs and team leaders their units."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.rulebook import load

ACT = "分案"
WHOLE_COURT = frozenset({"立案庭工作人员"})


@dataclass(frozen=True, slots=True)
class Reach:
    """A court, and the units of it one assigns within; None: all of them."""

    court: Court
    unit_ids: frozenset[int] | None
    scope: Scope

    @property
    def counting(self) -> Scope:
        """Return the scope that load is counted over: of a whole court for whom allocation is the office.

        Numbers alone; the lists behind them keep the person's own scope.
        """
        if self.unit_ids is None:
            return replace(
                self.scope, court_ids=(self.scope.court_ids or frozenset()) | {self.court.pk}
            )
        return self.scope


@dataclass(slots=True)
class Judge:
    """Someone who may be given cases: one row whatever number of posts."""

    person_id: int
    name: str
    division_id: int | None = None
    division: str = ""
    team: str = ""
    drawn: bool = False


def reach_of(person: Person, scope: Scope, on: date) -> Reach | None:
    """Return what a person may assign on a day; None for whoever may not."""
    table = load().posts
    held = Appointment.objects.filter(in_force(on), person=person, court=person.court_id)
    posts = [row for row in held if ACT in table[row.post].does]
    if not posts:
        return None
    if any(row.post in WHOLE_COURT for row in posts):
        return Reach(person.court, None, scope)
    units = {row.unit_id for row in posts if row.unit_id}
    below = Unit.objects.filter(parent__in=units).values_list("pk", flat=True)
    return Reach(person.court, frozenset(units) | frozenset(below), scope)


def judges(reach: Reach, on: date) -> list[Judge]:
    """Return who may be given cases within a reach, in 机构序 and the order of the roster."""
    rules = load().assignment
    rows = Appointment.objects.filter(in_force(on), court=reach.court, post__in=rules.chosen_posts)
    if reach.unit_ids is not None:
        within = rows.filter(unit__in=reach.unit_ids).values("person")
        rows = rows.filter(person__in=within)
    found: dict[int, Judge] = {}
    order = ("unit__order", "unit_id", "pk")
    for row in rows.select_related("person", "unit").order_by(*order):
        _place(found, row, rules.drawn_posts)
    places = {name: at for at, name in enumerate(dict.fromkeys(j.division for j in found.values()))}
    return sorted(found.values(), key=lambda judge: places[judge.division])


def _place(found: dict[int, Judge], row: Appointment, drawn: Collection[str]) -> None:
    judge = found.setdefault(row.person_id, Judge(row.person_id, row.person.name))
    judge.drawn = judge.drawn or row.post in drawn
    if row.unit is None:
        return
    if row.unit.kind == Unit.Kind.TEAM:
        judge.team = judge.team or row.unit.name
    elif not judge.division:
        judge.division_id, judge.division = row.unit_id, row.unit.name
