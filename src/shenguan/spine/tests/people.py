"""People in posts, and moments of a day, for the tests of programs."""

from __future__ import annotations

from datetime import date, datetime

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment, Court, Person, Unit


def at(day: str, hour: int = 9) -> datetime:
    """Return a moment of a day in court time."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), COURT_ZONE).replace(
        hour=hour
    )


def hold(name: str, post: str, court: Court, unit: Unit | None = None) -> Person:
    """Appoint someone of a court to a post; the same name is the same person."""
    person, _made = Person.objects.get_or_create(court=court, name=name)
    Appointment.objects.create(person=person, court=court, unit=unit, post=post)
    return person
