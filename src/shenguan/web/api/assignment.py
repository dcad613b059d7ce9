"""分案: what waits for a judge, drawing or naming one, passing on all cases of a judge."""

from __future__ import annotations

import secrets
import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.org.models import Person
from shenguan.programs.assignment import handing, selectors, services
from shenguan.programs.assignment.loads import loads
from shenguan.programs.assignment.models import Draw, Handover
from shenguan.programs.assignment.pages import case_within
from shenguan.programs.assignment.reach import ACT, Reach, reach_of
from shenguan.web.api.cases import CaseOut, case_page
from shenguan.web.api.shared import Page, Part, Who, Words, page_of

router = Router(by_alias=True)


class LoadOut(Words):
    """A judge with the cases in hand; judges stand in 机构序."""

    id: int = Field(alias="人员编号")
    name: str = Field(alias="姓名")
    division: str = Field(alias="庭室")
    drawn: bool = Field(alias="参加随机分案")
    pending: int = Field(alias="未结")


class DrawOut(Words):
    """One assignment."""

    id: int = Field(alias="编号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    way: str = Field(alias="方式")
    judge: str = Field(alias="承办人")
    reason: str = Field(alias="事由")
    detail: str = Field(alias="说明")
    on: date = Field(alias="日期")
    by: str = Field(alias="办理人")


class AssignIn(Words):
    """To whom (without a judge: by draw), and why."""

    case: int = Field(alias="案件编号")
    judge: int | None = Field(None, alias="承办人编号")
    reason: str = Field("", alias="事由代码", max_length=4)
    detail: str = Field("", alias="说明", max_length=300)


class HandoverIn(Words):
    """All open cases of one judge to another, or (without one) drawn case by case."""

    giver: int = Field(alias="移交人编号")
    taker: int | None = Field(None, alias="接收人编号")
    reason: str = Field(alias="事由代码", max_length=4)
    detail: str = Field("", alias="说明", max_length=300)


class HandoverOut(Words):
    """What a handover came to."""

    id: int = Field(alias="编号")
    giver: str = Field(alias="移交人")
    on: date = Field(alias="日期")
    reason: str = Field(alias="事由")
    draws: list[DrawOut] = Field(alias="条目")


def _reach(who: Who) -> Reach:
    who.must(ACT)
    reach = reach_of(who.person, who.scope, who.today)
    if reach is None:
        raise HttpError(403, "没有分案的职责")
    return reach


def _told(draw: Draw) -> dict[str, Any]:
    return {
        "编号": draw.pk,
        "案件编号": draw.case_id,
        "案号": draw.case.number,
        "方式": draw.way,
        "承办人": draw.chosen.name,
        "事由": services.reason_name(draw.reason) if draw.reason else "",
        "说明": draw.detail,
        "日期": draw.on,
        "办理人": draw.by.name,
    }


@router.get("/waiting", response=Page[CaseOut], summary="待分案件")
def waiting(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the cases that wait for a judge."""
    who = Who(request)
    reach = _reach(who)
    return case_page(who, selectors.waiting(reach.scope, reach.court), part, "待分案件")


@router.get("/judges", response=list[LoadOut], summary="可以分案的审判人员")
def people(request: HttpRequest) -> list[dict[str, Any]]:
    """List whom cases may be given to."""
    who = Who(request)
    return [
        {
            "人员编号": row.judge.person_id,
            "姓名": row.judge.name,
            "庭室": row.judge.division,
            "参加随机分案": row.judge.drawn,
            "未结": row.pending,
        }
        for row in loads(_reach(who), who.today)
    ]


@router.get("", response=Page[DrawOut], summary="分案记录")
def draws(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List what was assigned, the latest first."""
    rows = selectors.draws(_reach(Who(request)).scope)
    return page_of(rows, part.start, part.size, _told)


@router.post("", response={201: DrawOut}, summary="分案")
def assign(request: HttpRequest, given: AssignIn) -> Status[dict[str, Any]]:
    """Assign one case by draw, or to a named judge with a coded reason."""
    who = Who(request)
    reach = _reach(who)
    case = case_within(reach, given.case)
    if given.judge is None:
        made = services.assign_by_draw(
            case, reach, seed=secrets.token_hex(16), person=who.person, now=who.now,
            reason=given.reason, detail=given.detail,
        )  # fmt: skip
    else:
        choice = services.Choice(given.judge, given.reason, given.detail)
        made = services.assign_by_choice(case, reach, choice, person=who.person, now=who.now)
    return Status(201, _told(made))


@router.post("/handovers", response={201: HandoverOut}, summary="交接")
def hand_over(request: HttpRequest, given: HandoverIn) -> Status[dict[str, Any]]:
    """Pass every open case of a judge on, all or nothing."""
    who = Who(request)
    reach = _reach(who)
    givers = {row.judge.person_id for row in loads(reach, who.today) if row.listed}
    giver = get_object_or_404(Person.objects.filter(pk__in=givers), pk=given.giver)
    key = request.headers.get("Idempotency-Key")
    made = handing.hand_over(
        key=uuid.uuid5(uuid.NAMESPACE_URL, key).hex if key else uuid.uuid4().hex,
        reach=reach, giver=giver, taker_id=given.taker, reason=given.reason, detail=given.detail,
        seed=secrets.token_hex(16), person=who.person, now=who.now,
    )  # fmt: skip
    return Status(201, _handover(reach, made))


def _handover(reach: Reach, found: Handover) -> dict[str, Any]:
    rows = selectors.draws(reach.scope).filter(handover=found).order_by("pk")
    return {
        "编号": found.pk,
        "移交人": found.giver.name,
        "日期": found.on,
        "事由": services.reason_name(found.reason),
        "条目": [_told(row) for row in rows],
    }


@router.get("/handovers/{int:handover_id}", response=HandoverOut, summary="交接结果")
def handover(request: HttpRequest, handover_id: int) -> dict[str, Any]:
    """Return what a handover came to."""
    reach = _reach(Who(request))
    rows = selectors.handovers(reach.scope, reach.court)
    return _handover(reach, get_object_or_404(rows, pk=handover_id))
