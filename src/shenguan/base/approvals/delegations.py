"""Delegating while away: dated, to a post the rulebook allows, ended early at will."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from shenguan.base.approvals.models import Delegation
from shenguan.base.approvals.services import Refused
from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.rulebook import load

LONGEST = timedelta(days=90)


def takers(giver: Person, on: date) -> list[Person]:
    """Return who may act for a person: holders of the posts that the rulebook's steps name."""
    own = set(Appointment.objects.filter(in_force(on), person=giver).values_list("post", flat=True))
    posts = {
        delegate
        for procedure in load().approvals
        for steps in (procedure.steps, *procedure.ways.values())
        for step in steps
        if own & {*step.posts, *step.otherwise}
        for delegate in step.delegates
    }
    held = Appointment.objects.filter(in_force(on), court=giver.court, post__in=posts)
    people = Person.objects.filter(pk__in=held.values("person")).exclude(pk=giver.pk)
    return list(people.order_by("name", "pk"))


@transaction.atomic
def delegate(
    *, giver: Person, taker: Person, first: date, last: date, reason: str, now: datetime
) -> Delegation:
    """Let `taker` act for `giver` from `first` to `last`, both days included."""
    today = day_of(now)
    if taker.pk not in {person.pk for person in takers(giver, today)}:
        raise Refused("只能委托给规则允许的职务，请从名单中选择")
    if first < today or last < first or last - first > LONGEST:
        raise Refused("委托期间须自今天或以后开始，止日不早于起日，最长九十日")
    if not reason.strip():
        raise Refused("请写明委托事由")
    made = Delegation.objects.create(
        giver=giver,
        taker=taker,
        court=giver.court,
        valid_from=first,
        valid_to=last + timedelta(days=1),
        reason=reason.strip()[:200],
        made_at=now,
    )
    _trace(made, "审批委托", now)
    return made


@transaction.atomic
def end_delegation(pk: int, *, giver: Person, now: datetime) -> None:
    """End one's own delegation early."""
    if Delegation.objects.filter(pk=pk, giver=giver, ended_at=None).update(ended_at=now) != 1:
        raise Refused("没有这项委托，或者已经终止")
    _trace(Delegation.objects.get(pk=pk), "终止审批委托", now)


def _trace(row: Delegation, action: str, now: datetime) -> None:
    audit.append(
        chain=row.court.code,
        actor=str(row.giver),
        action=action,
        subject=str(row.taker),
        detail={"from": row.valid_from, "to": row.valid_to, "reason": row.reason},
        now=now,
    )
