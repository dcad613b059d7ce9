"""Puts a small court with one closed case beside a city, for the journey of a review.

Run with `SHENGUAN_HOME` set; prints the days between which the case was closed.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

PASSWORD = "一个很长的口令-2026"

PEOPLE = {
    "judge": ("法官评航", "法官", "民事审判第一庭"),
    "reviewer": ("评查员评航", "审监庭法官", "审判监督庭"),
    "member": ("专委评航", "审委会专职委员", ""),
    "office": ("审管评航", "审管办主任", ""),
}


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
    filed = clock.day_of(now) - timedelta(days=90)
    closed = filed + timedelta(days=60)
    court = add_court(code="示0197", name="示范市评航人民法院", level=Court.Level.BASIC)
    identity = Identity.of(court, f"（{filed.year}）示0197民初1号")
    case = identify([identity])[identity.key]
    kind = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
    whose = {"undertaker": "法官评航", "division": "民事审判第一庭"}
    told = [
        ("登记", None, kind), ("立案", filed, {}), ("分案", filed, whose),
        ("报结", closed, {"disposition": "判决"}),
    ]  # fmt: skip
    record([NewEvent(case.pk, *event) for event in told], actor="评航", now=now)
    for username, (name, post, division) in PEOPLE.items():
        unit = Unit.objects.get_or_create(court=court, name=division)[0] if division else None
        person, _made = Person.objects.get_or_create(court=court, name=name)
        Appointment.objects.create(person=person, court=court, unit=unit, post=post)
        open_account(username=f"review-{username}", password=PASSWORD, person=person)
    sys.stdout.write(f"{filed} {closed + timedelta(days=1)}\n")


if __name__ == "__main__":
    main()
