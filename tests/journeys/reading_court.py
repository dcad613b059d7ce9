"""Puts a small court with one case ready for its judgment beside a city, for the journey of a reading.

Run with `SHENGUAN_HOME` set; prints the case's id.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

PASSWORD = "一个很长的口令-2026"
PEOPLE = {"judge": "法官", "chief": "庭长", "office": "审管办主任"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    django.setup()
    from shenguan.base.accounts.services import open_account
    from shenguan.base.ops import clock
    from shenguan.base.org.models import Appointment, Court, Person, Unit
    from shenguan.base.org.services import add_court
    from shenguan.spine.cases.services import Identity, identify
    from shenguan.spine.pipeline import NewEvent, record

    now = clock.now()
    filed = clock.day_of(now) - timedelta(days=60)
    court = add_court(code="示0194", name="示范市阅核人民法院", level=Court.Level.BASIC)
    identity = Identity.of(court, f"（{filed.year}）示0194民初1号")
    case = identify([identity])[identity.key]
    kind = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
    whose = {"undertaker": "法官阅核", "division": "民事审判第一庭"}
    told = [("登记", None, kind), ("立案", filed, {}), ("分案", filed, whose)]
    record([NewEvent(case.pk, *event) for event in told], actor="试航", now=now)
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    for username, post in PEOPLE.items():
        person, _made = Person.objects.get_or_create(court=court, name=f"{post}阅核")
        own = unit if post in {"法官", "庭长"} else None
        Appointment.objects.create(person=person, court=court, unit=own, post=post)
        open_account(username=f"read-{username}", password=PASSWORD, person=person)
    sys.stdout.write(f"{case.pk}\n")


if __name__ == "__main__":
    main()
