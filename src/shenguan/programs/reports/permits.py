"""The switch for another order than 机构序: a written basis with approver and end, for courts alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Court, Person
from shenguan.programs.reports.models import Permit

LONGEST = timedelta(days=366)


class PermitError(ValueError):
    """A basis that can't be taken; the message says why (Chinese)."""


def in_force(court: Court, on: date) -> Permit | None:
    """Return the basis in force on a day."""
    held = Permit.objects.filter(
        court=court, withdrawn_at=None, valid_from__lte=on, valid_to__gte=on
    )
    return held.first()


def register(
    *,
    court: Court,
    number: str,
    title: str,
    approver: str,
    valid_from: date,
    valid_to: date,
    actor: Person,
    now: datetime,
) -> Permit:
    """Register a basis; raises `PermitError` where number, name, approver or end is missing."""
    for value, what in ((number, "依据文号"), (title, "依据名称"), (approver, "批准人")):
        if not value.strip():
            raise PermitError(f"请填写{what}：没有书面依据，不能打开排序视图")
    if not valid_from <= valid_to <= valid_from + LONGEST:
        raise PermitError("有效期须有截止日，最长一年")
    if not court.children.exists():
        raise PermitError("本院没有下级法院；部门和法官不排序")
    with transaction.atomic():
        made = Permit.objects.create(
            court=court, number=number.strip(), title=title.strip(), approver=approver.strip(),
            valid_from=valid_from, valid_to=valid_to, made_by=actor, made_at=now,
        )  # fmt: skip
        _log(made, "登记排序依据", actor, now)
    return made


def withdraw(*, permit: Permit, actor: Person, now: datetime) -> None:
    """End a basis at once."""
    held = Permit.objects.filter(pk=permit.pk, withdrawn_at=None)
    with transaction.atomic():
        if held.update(withdrawn_by=actor, withdrawn_at=now) != 1:
            raise PermitError("该依据已经撤销")
        _log(permit, "撤销排序依据", actor, now)


def _log(permit: Permit, action: str, actor: Person, now: datetime) -> None:
    detail = {"basis": str(permit), "approver": permit.approver, "until": str(permit.valid_to)}
    audit.append(chain=permit.court.code, actor=str(actor), action=action, detail=detail, now=now)
