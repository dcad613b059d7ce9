"""Puts a small court with one running case beside a city, for the journey of an extension.

Run with `SHENGUAN_HOME` set; prints the case's id. The case is filed so that today is in time to apply.
With a case number it prints instead who did what to that case, from the audit chain.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

PASSWORD = "一个很长的口令-2026"
PEOPLE = {"judge": "法官", "chief": "庭长", "president": "院长", "audit": "审管办主任"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    django.setup()
    if len(sys.argv) > 1:
        print_audit(sys.argv[1])
    else:
        make_court()


def print_audit(number: str) -> None:
    from shenguan.base.audit.models import AuditRow

    for row in AuditRow.objects.filter(subject=number).order_by("number"):
        sys.stdout.write(f"{row.actor}\t{row.action}\n")


def make_court() -> None:
    from shenguan.base.accounts.services import open_account
    from shenguan.base.ops import clock
    from shenguan.base.org.models import Appointment, Court, Person, Unit
    from shenguan.base.org.services import add_court
    from shenguan.spine.cases.services import Identity, identify
    from shenguan.spine.pipeline import NewEvent, record

    now = clock.now()
    filed = clock.day_of(now) - timedelta(days=150)
    court = add_court(code="示0198", name="示范市试航人民法院", level=Court.Level.BASIC)
    identity = Identity.of(court, f"（{filed.year}）示0198民初1号")
    case = identify([identity])[identity.key]
    kind = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
    whose = {"undertaker": "法官试航", "division": "民事审判第一庭"}
    told = [("登记", None, kind), ("立案", filed, {}), ("分案", filed, whose)]
    record([NewEvent(case.pk, *event) for event in told], actor="试航", now=now)
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    for username, post in PEOPLE.items():
        name = "法官试航" if post == "法官" else f"{post}试航"
        person, _made = Person.objects.get_or_create(court=court, name=name)
        own = unit if post in {"法官", "庭长"} else None
        Appointment.objects.create(person=person, court=court, unit=own, post=post)
        open_account(username=f"sail-{username}", password=PASSWORD, person=person)
    sys.stdout.write(f"{case.pk}\n")


if __name__ == "__main__":
    main()
