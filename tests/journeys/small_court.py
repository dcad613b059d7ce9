"""A small court with people and cases of its own, put beside a city for one journey.

The scripts of the journeys run with `SHENGUAN_HOME` set, each in a process of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from shenguan.base.org.models import Court

PASSWORD = "一个很长的口令-2026"
DIVISION = "民事审判第一庭"
CIVIL = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


def begin() -> tuple[datetime, date]:
    """Open the database; return now and today."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    django.setup()
    from shenguan.base.ops import clock

    now = clock.now()
    return now, clock.day_of(now)


def add_basic_court(code: str, name: str, parent: Court | None = None) -> Court:
    """Add a basic court."""
    from shenguan.base.org.models import Court
    from shenguan.base.org.services import add_court

    return add_court(code=code, name=name, level=Court.Level.BASIC, parent=parent)


def add_case(
    court: Court,
    number: str,
    *,
    now: datetime,
    filed: date,
    undertaker: str,
    about: Mapping[str, str] = CIVIL,
    closed: tuple[int, str] | None = None,
) -> int:
    """Record a case from its filing, closed so many days later by a disposition; return its id."""
    from shenguan.spine.cases.services import Identity, identify
    from shenguan.spine.pipeline import NewEvent, record

    identity = Identity.of(court, number)
    case = identify([identity])[identity.key]
    whose = {"undertaker": undertaker, "division": DIVISION}
    told = [("登记", None, dict(about)), ("立案", filed, {}), ("分案", filed, whose)]
    if closed is not None:
        told.append(("报结", filed + timedelta(days=closed[0]), {"disposition": closed[1]}))
    record([NewEvent(case.pk, *event) for event in told], actor="试航", now=now)
    return case.pk


def add_people(court: Court, people: Mapping[str, tuple[str, str, str]]) -> None:
    """Open accounts, user name → name, post and division ("": the whole court)."""
    from shenguan.base.accounts.services import open_account
    from shenguan.base.org.models import Appointment, Person, Unit

    for username, (name, post, division) in people.items():
        unit = Unit.objects.get_or_create(court=court, name=division)[0] if division else None
        person, _made = Person.objects.get_or_create(court=court, name=name)
        Appointment.objects.create(person=person, court=court, unit=unit, post=post)
        open_account(username=username, password=PASSWORD, person=person)
