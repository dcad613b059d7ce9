"""Who of a court may own a ledger entry or take its case in charge."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.spine.warnings.models import Plan

LEADERS = ("院长", "分管副院长", "审委会专职委员", "庭长", "人民法庭庭长", "执行局局长")


def leaders(court_id: int, today: date) -> list[Person]:
    """Return who of a court may take a case in charge as its 包案领导."""
    return _holders(court_id, LEADERS, today)


def owners(plan: Plan, today: date) -> list[Person]:
    """Return who may own an entry: the court's judges and chiefs."""
    judges = (
        "法官",
        "执行法官",
        "审判长",
        "庭长",
        "副庭长",
        "人民法庭庭长",
        "执行局局长",
        "院长",
        "分管副院长",
    )
    found = _holders(plan.case.court_id, judges, today)
    return found if plan.owner is None or plan.owner in found else [plan.owner, *found]


def _holders(court_id: int, posts: tuple[str, ...], today: date) -> list[Person]:
    held = Appointment.objects.filter(in_force(today), court=court_id, post__in=posts)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk"))
