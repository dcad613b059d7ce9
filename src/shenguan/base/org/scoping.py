"""Making a person's scope from their posts on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from shenguan.base.org.jurisdiction import grants_of, in_force, subtree
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.rulebook.loaders.posts import Post, Posts


@dataclass(slots=True)
class _View:
    """What is seen; units and persons with the court each belongs to."""

    courts: set[int] = field(default_factory=set)
    units: dict[int, int] = field(default_factory=dict)
    persons: dict[int, int] = field(default_factory=dict)
    figures: set[int] = field(default_factory=set)
    inner_courts: set[int] = field(default_factory=set)
    inner_units: set[int] = field(default_factory=set)
    clearance: int = 0
    _read: dict[int, dict[int, int]] = field(default_factory=dict)

    def units_of(self, unit: Unit | None) -> dict[int, int]:
        """Return a unit and the units directly under it (the teams of a division)."""
        if unit is None:
            return {}
        if unit.pk not in self._read:
            below = Unit.objects.filter(parent=unit).order_by().values_list("pk", "court_id")
            self._read[unit.pk] = {unit.pk: unit.court_id, **dict(below)}
        return self._read[unit.pk]


def scope_of(person: Person, posts: Posts, on: date) -> Scope:
    """Return what a person may see on a day: the union over the posts they hold then.

    A whole-court view takes in the cases that jurisdiction gives the court. Raises `UnknownPost`.
    """
    return scope_from(person, appointments_of(person, on), posts)


def appointments_of(person: Person, on: date) -> list[Appointment]:
    """Return the posts that a person holds on a day."""
    held = Appointment.objects.filter(in_force(on), person=person)
    return list(held.select_related("court", "unit", "serves"))


def scope_from(person: Person, held: Iterable[Appointment], posts: Posts) -> Scope:
    """Return what a person sees by the posts held."""
    view = _View()
    for appointment in held:
        _widen(view, person, appointment, posts[appointment.post])
    return Scope(
        actor=str(person),
        court_ids=frozenset(view.courts),
        unit_ids=frozenset(view.units),
        person_ids=frozenset(view.persons),
        grants=grants_of(view.courts) if view.courts else frozenset(),
        figure_court_ids=frozenset(view.figures - view.courts),
        clearance=view.clearance,
        inner_court_ids=frozenset(view.inner_courts),
        inner_unit_ids=frozenset(view.inner_units),
        self_id=person.pk if view.persons else None,
        person_homes=frozenset(view.persons.items()),
        unit_homes=frozenset(view.units.items()),
    )


def _widen(view: _View, person: Person, appointment: Appointment, post: Post) -> None:
    _widen_inner(view, appointment, post)
    if post.sees in {"court", "figures"}:
        own = view.courts if post.sees == "court" else view.figures
        own.add(appointment.court_id)
    if post.sees in {"court", "unit", "own", "served"}:
        view.persons[person.pk] = person.court_id
        view.clearance = max(view.clearance, post.clearance)
    if post.sees == "unit" or (post.sees == "served" and _is_team(appointment)):
        view.units |= view.units_of(appointment.unit)
    if post.sees == "served" and appointment.serves is not None:
        view.persons[appointment.serves.pk] = appointment.serves.court_id
    if post.below != "none":
        below = subtree(appointment.court) - {appointment.court_id}
        (view.courts if post.below == "cases" else view.figures).update(below)


def _widen_inner(view: _View, appointment: Appointment, post: Post) -> None:
    if post.inner and post.sees == "court":
        view.inner_courts.add(appointment.court_id)
    elif post.inner and post.sees == "unit":
        view.inner_units.update(view.units_of(appointment.unit))


def _is_team(appointment: Appointment) -> bool:
    return appointment.unit is not None and appointment.unit.kind == Unit.Kind.TEAM
