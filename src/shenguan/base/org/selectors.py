"""Reading courts, units and people within a scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.scope import Scope


def courts(scope: Scope) -> QuerySet[Court]:
    """Return the courts whose cases or figures the scope shows, wholly or in part."""
    if scope.court_ids is None:
        return Court.objects.all()
    whole = Q(pk__in=scope.court_ids | scope.figure_court_ids)
    part = Q(units__in=scope.unit_ids) | Q(people__in=scope.person_ids)
    return Court.objects.filter(whole | part).distinct()


def units(scope: Scope, on: date) -> QuerySet[Unit]:
    """Return the units in force on a day of the courts that the scope shows, and its own."""
    held = Unit.objects.filter(in_force(on))
    if scope.court_ids is None:
        return held
    return held.filter(Q(court__in=scope.court_ids) | Q(pk__in=scope.unit_ids))


def people(scope: Scope, on: date) -> QuerySet[Person]:
    """Return who serves on a day in the courts or units that the scope shows, and the actor's own."""
    if scope.court_ids is None:
        return Person.objects.all()
    held = Appointment.objects.filter(in_force(on), unit__in=scope.unit_ids)
    shown = Q(court__in=scope.court_ids) | Q(pk__in=scope.person_ids)
    return Person.objects.filter(shown | Q(pk__in=held.values("person")))
