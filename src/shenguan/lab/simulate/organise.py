"""Puts the invented city's courts, units, people and jurisdictions into the organisation tables.

Idempotent: what is there by code or name is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from shenguan.base.org.models import Appointment, Court, Jurisdiction, Person, Unit
from shenguan.lab.simulate.city import OFFICES, SimCourt
from shenguan.lab.simulate.parameters import FINANCE_COURT

OPENED_ON = date(2022, 1, 1)
"""Courts, posts and jurisdictions of the demo city hold from this day."""


@transaction.atomic
def organise(city: Iterable[SimCourt]) -> dict[int, Court]:
    """Make the rows of a city; return the courts by their position in it."""
    courts: dict[int, Court] = {}
    for sim in city:
        court, made = Court.objects.get_or_create(
            code=sim.code,
            defaults={
                "name": sim.name,
                "level": sim.level,
                "parent": courts.get(0),
                "order": sim.index,
            },
        )
        courts[sim.index] = court
        if made or not court.units.exists():
            _staff(court, sim)
    _jurisdictions(courts)
    return courts


def _staff(court: Court, sim: SimCourt) -> None:
    units = _units(court, sim)
    names = list(dict.fromkeys(post.name for post in sim.posts))
    Person.objects.bulk_create([Person(court=court, name=name) for name in names], batch_size=500)
    people = {person.name: person for person in Person.objects.filter(court=court)}
    rows = []
    for post in sim.posts:
        for unit in (post.division, post.team):
            if unit or not post.division:
                rows.append(
                    Appointment(
                        person=people[post.name],
                        court=court,
                        unit=units.get(unit),
                        post=post.post,
                        serves=people.get(post.serves),
                        valid_from=OPENED_ON,
                    )
                )
            if not post.division:
                break
    Appointment.objects.bulk_create(rows, batch_size=500)


def _units(court: Court, sim: SimCourt) -> dict[str, Unit]:
    kinds = {name: division.kind for name, division in sim.divisions.items()}
    kinds |= dict.fromkeys(OFFICES, Unit.Kind.OFFICE)
    kinds |= dict.fromkeys((post.team for post in sim.posts if post.team), Unit.Kind.TEAM)
    rows = [
        Unit(court=court, name=name, kind=kind, valid_from=OPENED_ON, order=order)
        for order, (name, kind) in enumerate(kinds.items())
    ]
    Unit.objects.bulk_create(rows)
    return {unit.name: unit for unit in Unit.objects.filter(court=court)}


def _jurisdictions(courts: dict[int, Court]) -> None:
    """Financial cases of the city go to one basic court, bankruptcies to the intermediate one."""
    finance = courts[min(FINANCE_COURT, len(courts) - 1)]
    for index, court in courts.items():
        if not index:
            continue
        for matter, target in (("金融", finance), ("破产", courts[0])):
            if court != target:
                Jurisdiction.objects.get_or_create(
                    matter=matter,
                    kind=Jurisdiction.Kind.FIRST,
                    origin=court,
                    target=target,
                    valid_from=OPENED_ON,
                    defaults={"basis": "示范省高级人民法院关于集中管辖的决定(演示)"},
                )
