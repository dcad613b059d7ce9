"""一案一策: the ledger of long-pending cases and what is done about each."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.base.org.models import Person
from shenguan.programs.caseplans import people, selectors, services
from shenguan.programs.caseplans.services import By, Filling
from shenguan.spine.warnings import selectors as ledger
from shenguan.spine.warnings.models import Plan
from shenguan.web.api.shared import Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)
STATES = {name: state for state, name in selectors.STATES.items()}
_RELATED = ("case__court", "case__division", "owner", "leader", "closed_by")


class CasePlanOut(Words):
    """One entry of the ledger."""

    id: int = Field(alias="编号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    court: str = Field(alias="法院")
    why: str = Field(alias="列入原因")
    cause: str = Field(alias="成因")
    plan: str = Field(alias="化解方案")
    owner: str | None = Field(alias="责任人")
    leader: str | None = Field(alias="包案领导")
    next_step: str = Field(alias="下一步")
    next_on: date | None = Field(alias="下一步日期")
    opened_on: date = Field(alias="列入日期")
    progress_on: date | None = Field(alias="最近进展")
    closed_on: date | None = Field(alias="销号日期")


class Asked(Part):
    """Which entries."""

    state: Literal["未销号", "未建立", "下一步逾期", "逾月无进展", "案件已结待销号", "已销号"] = (
        Field("未销号", alias="状态")
    )
    mine: bool = Field(False, alias="只看本人")


class FillIn(Words):
    """Cause, plan, owner, leader, next step and its day."""

    cause: str = Field(alias="成因", max_length=20)
    plan: str = Field(alias="化解方案", max_length=5000)
    owner: int = Field(alias="责任人编号")
    leader: int = Field(alias="包案领导编号")
    next_step: str = Field(alias="下一步", max_length=300)
    next_on: date = Field(alias="下一步日期")


class ProgressIn(Words):
    """Progress and, where it has changed, the next step."""

    text: str = Field(alias="进展", max_length=5000)
    next_step: str = Field("", alias="下一步", max_length=300)
    next_on: date | None = Field(None, alias="下一步日期")


class CloseIn(Words):
    """What came of it."""

    result: str = Field(alias="结果", max_length=5000)


def _told(one: Plan) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "案件编号": one.case_id,
        "案号": one.case.number,
        "法院": one.case.court.name,
        "列入原因": one.why,
        "成因": one.cause,
        "化解方案": one.plan,
        "责任人": one.owner.name if one.owner else None,
        "包案领导": one.leader.name if one.leader else None,
        "下一步": one.next_step,
        "下一步日期": one.next_on,
        "列入日期": one.opened_on,
        "最近进展": one.progress_on,
        "销号日期": one.closed_on,
    }


def _found(who: Who, plan_id: int) -> Plan:
    rows = ledger.plans(who.scope).select_related(*_RELATED)
    found: Plan = get_object_or_404(rows, pk=plan_id)
    return found


def _writable(who: Who, plan_id: int) -> Plan:
    found = _found(who, plan_id)
    who.token_for(*services.OVERSEES, "登记事件")
    if not services.may_write(who.access, found):
        raise HttpError(403, "没有填写这一台账的职责，或者已经销号")
    return found


def _by(who: Who) -> By:
    return By(who.person, who.now, who.today)


def _one_of(rows: list[Person], person_id: int, said: str) -> Person:
    for person in rows:
        if person.pk == person_id:
            return person
    raise HttpError(422, f"{said}应为：{'、'.join(f'{p.pk} {p.name}' for p in rows) or '无'}")


@router.get("", response=Page[CasePlanOut], summary="一案一策")
def plans(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List the entries of a state."""
    who = Who(request)
    wanted = selectors.Asked(state=STATES[asked.state], mine=asked.mine)
    rows = selectors.plans(who.scope, wanted, who.today).select_related(*_RELATED)
    return page_of(rows, asked.start, asked.size, _told)


@router.get("/{int:plan_id}", response=CasePlanOut, summary="一案一策详情")
def plan(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """Return one entry."""
    return _told(_found(Who(request), plan_id))


@router.post("/{int:plan_id}/fill", response=CasePlanOut, summary="填写化解方案")
def fill(request: HttpRequest, plan_id: int, given: FillIn) -> dict[str, Any]:
    """Fill the entry in."""
    who = Who(request)
    found = _writable(who, plan_id)
    owner = _one_of(list(people.owners(found, who.today)), given.owner, "责任人")
    leaders = list(people.leaders(found.case.court_id, who.today))
    leader = _one_of(leaders, given.leader, "包案领导")
    filling = Filling(given.cause, given.plan, owner, leader, given.next_step, given.next_on)
    with refusing(ValueError):
        services.fill_in(found, filling, by=_by(who))
    return _told(_found(who, plan_id))


@router.post("/{int:plan_id}/progress", response=CasePlanOut, summary="记录进展")
def report(request: HttpRequest, plan_id: int, given: ProgressIn) -> dict[str, Any]:
    """Note progress."""
    who = Who(request)
    found = _writable(who, plan_id)
    with refusing(ValueError):
        services.report(
            found, text=given.text, next_step=given.next_step, next_on=given.next_on, by=_by(who)
        )
    return _told(_found(who, plan_id))


@router.post("/{int:plan_id}/close", response=CasePlanOut, summary="一案一策销号")
def close(request: HttpRequest, plan_id: int, given: CloseIn) -> dict[str, Any]:
    """Take the entry off the ledger, by someone else than its owner."""
    who = Who(request)
    found = _found(who, plan_id)
    if not services.may_close(who.access, found):
        raise HttpError(403, "没有销号的职责")
    with refusing(ValueError):
        services.close(found, result=given.result, by=_by(who))
    return _told(_found(who, plan_id))
