"""The acts on a ledger entry, each traced, each moving its warnings at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shenguan.base.accounts.access import Access
from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.spine.warnings import ledger
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.night import Night, Registry

OVERSEES = frozenset({"催办", "督办", "包案", "分案"})
"""Whoever may do one of these acts may fill an entry in and close it, besides its owner's own reports."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when."""

    actor: Person
    now: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Filling:
    """What an entry is filled in with."""

    cause: str
    text: str
    owner: Person
    leader: Person
    next_step: str
    next_on: date


def may_write(access: Access, plan: Plan) -> bool:
    """Whether someone may fill the entry in and report on it: owner, leader, or who oversees."""
    own = access.account.person_id in {plan.owner_id, plan.leader_id, plan.case.undertaker_id}
    return plan.closed_on is None and (own or not access.acts.isdisjoint(OVERSEES))


def may_close(access: Access, plan: Plan) -> bool:
    """Whether someone may take the entry off: who oversees, never its owner."""
    other = access.account.person_id != plan.owner_id
    return plan.closed_on is None and other and not access.acts.isdisjoint(OVERSEES)


def fill_in(plan: Plan, filling: Filling, *, by: By) -> None:
    """Fill an entry in; raises `ValueError` naming what is missing, and for a day gone by."""
    if filling.next_on < by.on:
        raise ValueError(f"一案一策：下一步日期{filling.next_on}已过")
    with _acting(plan, "一案一策：填写方案", by, {"成因": filling.cause}):
        ledger.set_plan(
            plan=plan, cause=filling.cause, text=filling.text, owner=filling.owner,
            leader=filling.leader, next_step=filling.next_step, next_on=filling.next_on, on=by.on,
        )  # fmt: skip


def report(plan: Plan, *, text: str, next_step: str, next_on: date | None, by: By) -> None:
    """Note progress; a new next step needs its day."""
    if next_step.strip() and next_on is None:
        raise ValueError("一案一策：下一步须有日期")
    with _acting(plan, "一案一策：记录进展", by, {}):
        ledger.report_progress(
            plan=plan, text=text, on=by.on, actor=by.actor, now=by.now, next_step=next_step,
            next_on=next_on,
        )  # fmt: skip


def close(plan: Plan, *, result: str, by: By) -> None:
    """Take an entry off the ledger; raises `ValueError` for its owner and without result."""
    with _acting(plan, "一案一策：销号", by, {"结果": result}):
        ledger.close_plan(plan=plan, result=result, actor=by.actor, on=by.on)


@contextmanager
def _acting(plan: Plan, action: str, by: By, detail: dict[str, str]) -> Iterator[None]:
    """Act, trace and bring the entry's warnings up to the moment, all or nothing."""
    with transaction.atomic():
        yield
        audit.append(
            chain=plan.case.court.code, actor=str(by.actor), action=action,
            subject=plan.case.number, detail=detail, now=by.now,
        )  # fmt: skip
        night = Night(by.on, None, Registry(frozenset({plan.case.court_id})))
        ledger.check_plans(night, now=by.now, only=plan)
