"""司法技术: the appraisals of a case, in whose hands each is, passing it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.programs.appraisals import selectors, services
from shenguan.programs.appraisals.models import Appraisal
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.reading import note_reading
from shenguan.web.api.shared import Page, Part, Who, Words, page_of

router = Router(by_alias=True)
case_router = Router(by_alias=True)


class AppraisalOut(Words):
    """One appraisal and in whose hands it is."""

    id: int = Field(alias="编号")
    number: str = Field(alias="案号")
    matter: str = Field(alias="委托事项")
    agency: str = Field(alias="鉴定机构")
    holder: str = Field(alias="现在何处")
    held_since: date | None = Field(alias="持有起")
    opened_on: date = Field(alias="申请日期")
    closed_on: date | None = Field(alias="办结日期")


class WholeAppraisal(AppraisalOut):
    """An appraisal with its steps and those that may follow."""

    request: str = Field(alias="鉴定请求")
    fee: int | None = Field(alias="鉴定费", description="分")
    result: str = Field(alias="结果")
    steps: list[dict[str, Any]] = Field(alias="步骤")
    open: list[dict[str, str]] = Field(alias="可以办理")


class AppraisalIn(Words):
    """An appraisal applied for; 委托事项 in codes of `/quality/codes` (matters)."""

    matter: str = Field(alias="委托事项", max_length=20)
    request: str = Field(alias="鉴定请求", max_length=2000)
    applicant: str = Field("", alias="申请", max_length=20)


class StepIn(Words):
    """A step; its code is one of `可以办理`."""

    kind: str = Field(alias="步骤", max_length=20)
    on: date | None = Field(None, alias="日期")
    text: str = Field("", alias="说明", max_length=500)
    agency: str = Field("", alias="鉴定机构", max_length=120)
    fee: int | None = Field(None, alias="鉴定费", ge=0, le=10**12, description="分")


def _told(one: Appraisal) -> dict[str, Any]:
    return {
        "编号": one.pk, "案号": one.case.number, "委托事项": load().appeals.name("matters", one.matter),
        "鉴定机构": one.agency, "现在何处": one.holder or "已办结", "持有起": one.held_since,
        "申请日期": one.opened_on, "办结日期": one.closed_on,
    }  # fmt: skip


def _whole(who: Who, one: Appraisal) -> dict[str, Any]:
    book = load().appeals
    writes = services.may_write(who.access.acts, who.scope, one.case)
    steps = one.steps.select_related("person").order_by("on", "pk")
    return _told(one) | {
        "鉴定请求": one.request, "鉴定费": one.fee, "结果": one.result,
        "步骤": [
            {"步骤": book.name("steps", step.kind), "日期": step.on, "之后在": step.holder,
             "说明": step.text, "登记人": step.person.name}
            for step in steps
        ],
        "可以办理": [
            {"代码": step.id, "名称": step.name} for step in services.open_steps(one) if writes
        ],
    }  # fmt: skip


def _found(who: Who, appraisal_id: int) -> Appraisal:
    found: Appraisal = get_object_or_404(selectors.appraisals(who.scope), pk=appraisal_id)
    return found


def _writable(who: Who, case: Case) -> None:
    if not services.may_write(who.access.acts, who.scope, case):
        raise HttpError(403, "没有登记的职责，或者本案已报结")


@router.get("", response=Page[AppraisalOut], summary="司法技术")
def appraisals(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the appraisals within one's scope, the longest held first."""
    rows = selectors.appraisals(Who(request).scope)
    return page_of(rows, asked.start, asked.size, _told)


@router.get("/{int:appraisal_id}", response=WholeAppraisal, summary="鉴定详情")
def appraisal(request: HttpRequest, appraisal_id: int) -> dict[str, Any]:
    """Return one appraisal with its steps."""
    who = Who(request)
    found = _found(who, appraisal_id)
    note_reading(found.case, actor=who.scope.actor, where="接口：鉴定", now=who.now)
    return _whole(who, found)


@case_router.post(
    "/{int:case_id}/appraisals", response={201: WholeAppraisal}, summary="登记鉴定申请"
)
def open_one(request: HttpRequest, case_id: int, given: AppraisalIn) -> Status[dict[str, Any]]:
    """Note that an appraisal was applied for."""
    who = Who(request)
    case = get_object_or_404(selectors.writable_cases(who.scope), pk=case_id)
    _writable(who, case)
    made = services.open_one(
        case, given.matter, given.request, actor=who.person, on=who.today, now=who.now,
        applicant=given.applicant,
    )  # fmt: skip
    return Status(201, _whole(who, _found(who, made.pk)))


@router.post("/{int:appraisal_id}/steps", response=WholeAppraisal, summary="登记鉴定步骤")
def step(request: HttpRequest, appraisal_id: int, given: StepIn) -> dict[str, Any]:
    """Pass an appraisal on; commission and report move the time limit."""
    who = Who(request)
    found = _found(who, appraisal_id)
    _writable(who, found.case)
    services.step(
        found, given.kind, actor=who.person, on=given.on or who.today, now=who.now,
        text=given.text, agency=given.agency, fee=given.fee,
    )  # fmt: skip
    return _whole(who, _found(who, appraisal_id))
