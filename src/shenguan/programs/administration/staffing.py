"""Keeping people and units: what the system administrator does, with a trace in the court's chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from shenguan.base.accounts.models import Account
from shenguan.base.audit import services as audit
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit


class StaffRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """What was asked can't be done; the message says why."""


@transaction.atomic
def add_person(*, court: Court, name: str, staff_number: str, actor: str, now: datetime) -> Person:
    """Add a person; raises `StaffRefused` for a blank name or one that is there."""
    name, staff_number = name.strip(), staff_number.strip()
    if not name or len(name) > 60 or len(staff_number) > 40:
        raise StaffRefused("请填写姓名（不超过60字），工号不超过40字")
    person, made = Person.objects.get_or_create(court=court, name=name, staff_number=staff_number)
    if not made:
        raise StaffRefused(
            f"{court}已有“{name}”{f'（工号{staff_number}）' if staff_number else ''}"
        )
    trace(court, "新增人员", name, actor, now, {"工号": staff_number})
    return person


@transaction.atomic
def add_unit(
    *, court: Court, name: str, kind: str, since: date | None, actor: str, now: datetime
) -> Unit:
    """Add a division, tribunal, bureau, team or office; raises `StaffRefused`."""
    name = name.strip()
    if not name or len(name) > 80:
        raise StaffRefused("请填写机构名称（不超过80字）")
    if kind not in Unit.Kind.values:
        raise StaffRefused(f"机构类别“{kind}”不在可选范围内")
    open_ended = Q(valid_to=None) | Q(valid_to__gt=since or date.min)
    if Unit.objects.filter(open_ended, court=court, name=name).exists():
        raise StaffRefused(f"{court}已有“{name}”")
    unit = Unit.objects.create(court=court, name=name, kind=kind, valid_from=since)
    trace(court, "设立机构", name, actor, now, {"类别": kind, "起": since})
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, until: date, actor: str, now: datetime) -> None:
    """End a unit on a day; raises `StaffRefused` while posts in it run longer."""
    longer = Q(valid_to=None) | Q(valid_to__gt=until)
    if held := Appointment.objects.filter(longer, unit=unit).count():
        raise StaffRefused(f"“{unit}”还有{held}项任职在{until}之后，请先由安全管理员免去")
    if unit.valid_from and until <= unit.valid_from:
        raise StaffRefused("撤销日期须晚于设立日期")
    Unit.objects.filter(pk=unit.pk).update(valid_to=until)
    trace(unit.court, "撤销机构", unit.name, actor, now, {"止": until})


def people_of(courts: Iterable[Court], on: date, *, find: str = "") -> QuerySet[Person]:
    """Return the people of some courts with `held` (appointments of the day) and `opened` (accounts).

    `find` matches a part of the name, or the whole of a staff number, user name or post held.
    """
    held = Appointment.objects.filter(in_force(on)).select_related("unit", "court", "serves")
    found = Person.objects.filter(court__in=courts).select_related("court")
    if find:
        same = Q(staff_number=find) | Q(accounts__user__username=find)
        holders = held.filter(post=find).values("person")
        found = found.filter(Q(name__contains=find) | same | Q(pk__in=holders)).distinct()
    return found.prefetch_related(
        Prefetch("appointments", held, to_attr="held"),
        Prefetch("accounts", Account.objects.select_related("user"), to_attr="opened"),
    ).order_by("court__order", "court__code", "name", "pk")


def trace(
    court: Court, action: str, subject: str, actor: str, now: datetime, detail: Mapping[str, object]
) -> None:
    """Leave a row in the court's chain."""
    told = {key: value for key, value in detail.items() if value}
    audit.append(
        chain=court.code, actor=actor, action=action, subject=subject, detail=told, now=now
    )
