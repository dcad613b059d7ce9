"""Puts two small courts with a case sent back beside a city, for the journey of its feedback.

Run with `SHENGUAN_HOME` set; prints nothing.
"""

from __future__ import annotations

import os
from datetime import timedelta

import django

PASSWORD = "一个很长的口令-2026"
DIVISION = "民事审判第一庭"
PEOPLE = {"judge": "法官", "chief": "庭长", "office": "审管办主任"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    django.setup()
    from shenguan.base.accounts.services import open_account
    from shenguan.base.ops import clock
    from shenguan.base.org.models import Appointment, Court, Person, Unit
    from shenguan.base.org.services import add_court
    from shenguan.programs.appeals import finding
    from shenguan.spine.cases.services import Identity, identify
    from shenguan.spine.pipeline import NewEvent, record

    now = clock.now()
    today = clock.day_of(now)
    upper = add_court(code="示96", name="示范发回中级人民法院", level=Court.Level.INTERMEDIATE)
    lower = add_court(code="示9601", name="示范重审人民法院", level=Court.Level.BASIC, parent=upper)

    def put(court: Court, number: str, kind: str, about: dict[str, object], closed: int) -> None:
        identity = Identity.of(court, number)
        case = identify([identity])[identity.key]
        filed = today - timedelta(days=closed + 60)
        whose = {"undertaker": f"法官{court.code}", "division": DIVISION}
        ended = {"disposition": kind}
        told = [
            ("登记", None, about), ("立案", filed, {}), ("分案", filed, whose),
            ("报结", today - timedelta(days=closed), ended),
        ]  # fmt: skip
        record([NewEvent(case.pk, *event) for event in told], actor="试航", now=now)

    first, second = f"（{today.year}）示9601民初1号", f"（{today.year}）示96民终1号"
    about = {"procedure": "普通程序", "cause": "买卖合同纠纷"}
    put(lower, first, "判决", about | {"case_type": "民初", "instance": "一审"}, 90)
    below = {
        "case_type": "民终",
        "instance": "二审",
        "prior_number": first,
        "prior_court": lower.name,
    }
    put(upper, second, "发回重审", about | below, 1)
    for court, prefix in ((upper, "up"), (lower, "low")):
        unit = Unit.objects.get(court=court, name=DIVISION)
        for username, post in PEOPLE.items():
            person, _made = Person.objects.get_or_create(court=court, name=f"{post}{court.code}")
            own = unit if post in {"法官", "庭长"} else None
            Appointment.objects.create(person=person, court=court, unit=own, post=post)
            open_account(username=f"{prefix}-{username}", password=PASSWORD, person=person)
    finding.run(today, now)


if __name__ == "__main__":
    main()
