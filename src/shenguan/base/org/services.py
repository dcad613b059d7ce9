"""Writing courts, units and people: found by name or code, made when first met.

A `Directory` remembers what it has looked up; make one per chunk of work and let it go, because what it
made disappears with a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.org.models import (
    Appointment,
    Court,
    CourtSetting,
    Jurisdiction,
    Person,
    Unit,
)
from shenguan.core.casenumber import Codes
from shenguan.core.casenumber import Court as CodedCourt
from shenguan.rulebook.loaders.posts import Posts

_UNKNOWN_COURT = "法院不详"
_KIND_BY_WORD = (
    ("团队", Unit.Kind.TEAM),
    ("执行局", Unit.Kind.BUREAU),
    ("人民法庭", Unit.Kind.TRIBUNAL),
    ("办公室", Unit.Kind.OFFICE),
    ("研究室", Unit.Kind.OFFICE),
    ("政治部", Unit.Kind.OFFICE),
    ("督察", Unit.Kind.OFFICE),
    ("庭", Unit.Kind.DIVISION),
)


class Directory:
    """Courts, units and people by name, with everything of a court fetched once."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._courts: dict[str, Court] = {}
        self._asked: dict[tuple[str, str, int | None], Court] = {}
        self._units: dict[int, dict[str, Unit]] = {}
        self._people: dict[int, dict[str, Person]] = {}

    def learn(
        self, courts: Collection[int], units: Collection[str], people: Collection[str]
    ) -> None:
        """Fetch all units and people that will be asked for at once, in few or many courts."""
        self._units |= {court: {} for court in courts}
        self._people |= {court: {} for court in courts}
        in_courts = {"court__in": courts}
        named = Unit.objects.filter(name__in={name[:80] for name in units}, **in_courts)
        for unit in named.order_by("valid_from", "pk"):
            self._units[unit.court_id][unit.name] = unit
        known = Person.objects.filter(name__in={name[:60] for name in people}, **in_courts)
        for person in known.order_by("-staff_number", "pk"):
            self._people[person.court_id][person.name] = person

    def court(self, name: str, *, code: str = "", year: int | None = None) -> Court:
        """Return the court of a code (in `year`) or else of a printed name, made when first met.

        A court outside the table, or a name that can mean several, is kept as `x:` and its name.
        """
        asked = (name, code, year)
        if asked not in self._asked:
            self._asked[asked] = self._find(name, code, year)
        return self._asked[asked]

    def unit(self, court: Court, name: str) -> Unit | None:
        """Return the unit of that name in force or last in force; None for a blank name."""
        name = name[:80]
        if not name:
            return None
        units = self._units.get(court.pk)
        if units is None:
            found = Unit.objects.filter(court=court).order_by("valid_from", "pk")
            units = self._units[court.pk] = {unit.name: unit for unit in found}
        if name not in units:
            units[name] = _add_unit(court, name)
        return units[name]

    def person(self, court: Court, name: str) -> Person | None:
        """Return the person of that name; None for a blank name.

        Of namesakes the one without a staff number: a bare name can't tell them apart.
        """
        name = name[:60]
        if not name:
            return None
        people = self._people.get(court.pk)
        if people is None:
            found = Person.objects.filter(court=court).order_by("-staff_number", "pk")
            people = self._people[court.pk] = {person.name: person for person in found}
        if name not in people:
            people[name], _made = Person.objects.get_or_create(
                court=court, name=name, staff_number=""
            )
        return people[name]

    def _find(self, name: str, code: str, year: int | None) -> Court:
        """Look in the table by code, among the courts held by code and name, in the table by name."""
        coded = self._codes.court(code, year) if code else None
        if coded:
            return self._listed(coded)
        held = Court.objects.filter(code=code).first() if code else None
        held = held or (Court.objects.filter(name=name).first() if name else None)
        if held:
            return held
        named = self._codes.courts_named(name) if name else ()
        if len(named) == 1 and named[0].code:
            return self._listed(named[0])
        return self._unlisted(name or code)

    def _listed(self, coded: CodedCourt) -> Court:
        if coded.code not in self._courts:
            parent = self._codes.court(coded.parent_code)
            court, _made = Court.objects.get_or_create(
                code=coded.code,
                defaults={
                    "name": coded.name,
                    "level": coded.level,
                    "parent": self._listed(parent) if parent else None,
                },
            )
            self._courts[coded.code] = court
        return self._courts[coded.code]

    def _unlisted(self, name: str) -> Court:
        label = (name or _UNKNOWN_COURT)[:78]
        court, _made = Court.objects.get_or_create(
            code=f"x:{label}", defaults={"name": label, "in_table": False}
        )
        return court


def _add_unit(court: Court, name: str) -> Unit:
    """Add a unit unless another writer has just done so: one writer a court at a time."""
    with transaction.atomic():
        Court.objects.select_for_update().get(pk=court.pk)
        found = Unit.objects.filter(court=court, name=name).first()
        return found or Unit.objects.create(court=court, name=name, kind=unit_kind(name))


def unit_kind(name: str) -> Unit.Kind:
    """Return the kind a unit's name speaks of; 执行庭 and nameless ones are divisions."""
    return next((kind for word, kind in _KIND_BY_WORD if word in name), Unit.Kind.DIVISION)


def court_for(name: str, codes: Codes, *, code: str = "", year: int | None = None) -> Court:
    """Return one court by code or name; for many, make a `Directory`."""
    return Directory(codes).court(name, code=code, year=year)


def plant_courts(codes: Codes, wanted: Iterable[str]) -> list[Court]:
    """Make the courts of these codes and everything above them; returns them in the given order."""
    directory = Directory(codes)
    return [directory.court("", code=code) for code in wanted]


def add_court(*, code: str, name: str, level: str, parent: Court | None = None) -> Court:
    """Add a court that the code table doesn't hold, or bring its name, level and parent up to date."""
    court, _made = Court.objects.update_or_create(
        code=code, defaults={"name": name, "level": level, "parent": parent, "in_table": False}
    )
    return court


def appoint(
    *,
    person: Person,
    post: str,
    posts: Posts,
    unit: Unit | None = None,
    serves: Person | None = None,
    court: Court | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Appointment:
    """Give a person a post for `[valid_from, valid_to)`; raises `UnknownPost`.

    A judge may sit in a division and a team at once: that is two appointments.
    """
    return Appointment.objects.create(
        person=person,
        court=court or person.court,
        unit=unit,
        post=posts[post].name,
        serves=serves,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def centralise(
    *,
    matter: str,
    kind: Jurisdiction.Kind,
    origins: Iterable[Court],
    target: Court,
    valid_from: date,
    basis: str,
    valid_to: date | None = None,
) -> list[Jurisdiction]:
    """Send a class of cases of these courts (or the appeals in them) to another court."""
    return [
        Jurisdiction.objects.create(
            matter=matter,
            kind=kind,
            origin=origin,
            target=target,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=basis,
        )
        for origin in origins
        if origin != target
    ]


def set_setting(
    *, court: Court, key: str, value: Any, valid_from: date, basis: str, actor: str, now: datetime
) -> CourtSetting:
    """Add a dated choice of a court; earlier ones stay and keep holding for their days."""
    return CourtSetting.objects.create(
        court=court,
        key=key,
        value=value,
        valid_from=valid_from,
        basis=basis,
        set_by=actor,
        set_at=now,
    )
