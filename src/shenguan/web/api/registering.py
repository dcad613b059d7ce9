"""Registering a case, and one event on many cases."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Status
from ninja.errors import HttpError

from shenguan.programs.registering import bulk, offering, services
from shenguan.programs.registering.caseform import CaseForm
from shenguan.programs.registering.models import Act, Line
from shenguan.rulebook import load
from shenguan.spine.cases.selectors import visible_cases
from shenguan.web.api.cases import CaseOut, case_of, told
from shenguan.web.api.cases import router as case_router
from shenguan.web.api.events import filled, text_of
from shenguan.web.api.shared import Who, Words, checked

router = Router(by_alias=True)


class CaseIn(Words):
    """A case to register in one's own court; further fields by their Chinese label."""

    number: str = Field(alias="案号", max_length=60)
    filed_on: date = Field(alias="立案日期")
    division: str = Field("", alias="分至庭室", max_length=60)
    online: bool = Field(False, alias="网上立案")
    not_secret: bool = Field(alias="不涉及国家秘密", description="涉密案件不得进入本系统")
    payload: dict[str, Any] = Field(default_factory=dict, alias="内容")


class BulkIn(Words):
    """One event on many cases."""

    kind: str = Field(alias="事件", max_length=40)
    on: date = Field(alias="日期")
    numbers: list[str] = Field(alias="案号", min_length=1, max_length=bulk.MOST)
    payload: dict[str, Any] = Field(default_factory=dict, alias="内容")


class LineOut(Words):
    """What became of one number."""

    given: str = Field(alias="案号")
    case: int | None = Field(alias="案件编号")
    position: int | None = Field(alias="序号")
    reason: str = Field(alias="未登记原因")


class BulkOut(Words):
    """What became of an act on many cases."""

    id: int = Field(alias="编号")
    kind: str = Field(alias="事件")
    on: date = Field(alias="日期")
    done: int = Field(alias="已登记")
    left: int = Field(alias="未登记")
    lines: list[LineOut] = Field(alias="条目")


@case_router.post("", response={201: CaseOut}, summary="登记案件")
def new_case(request: HttpRequest, given: CaseIn) -> Status[dict[str, Any]]:
    """Register a case of one's own court; in 只读接入模式 that is refused."""
    who = Who(request)
    who.must("登记")
    keys = {field.label: field.key for field in load().forms.forms["登记"].fields}
    if unknown := sorted(set(given.payload) - set(keys)):
        raise HttpError(422, f"没有栏目：{'、'.join(unknown)}；可用：{'、'.join(keys)}")
    data = {"number": given.number, "day": str(given.filed_on), "division": given.division}
    data |= {keys[label]: text_of(value) for label, value in given.payload.items()}
    data |= {"online": "on"} if given.online else {}
    data |= {"not_secret": "on"} if given.not_secret else {}
    form = CaseForm(data, court=who.person.court, today=who.today)
    checked(form)
    made = services.register_case(
        form.case(), court=who.person.court, actor=str(who.person), now=who.now
    )
    shown = visible_cases(who.scope).filter(pk=made.pk).exists()
    return Status(201, told(case_of(who, made.pk) if shown else made))


def _told(who: Who, act: Act) -> dict[str, Any]:
    lines = list(act.lines.all())
    ids = [line.case_id for line in lines if line.case_id]
    shown = set(visible_cases(who.scope).filter(pk__in=ids).values_list("pk", flat=True))
    left = len(bulk.exceptions(lines))
    return {
        "编号": act.pk,
        "事件": act.kind,
        "日期": act.occurred_on,
        "已登记": len(lines) - left,
        "未登记": left,
        "条目": [_line(line, shown) for line in lines],
    }


def _line(line: Line, shown: set[int]) -> dict[str, Any]:
    return {
        "案号": line.given,
        "案件编号": line.case_id if line.case_id in shown else None,
        "序号": line.position,
        "未登记原因": line.reason,
    }


@router.post("", response={201: BulkOut}, summary="批量登记事件")
def carry_out(request: HttpRequest, given: BulkIn) -> Status[dict[str, Any]]:
    """Record one event on every case that takes it; the rest come back with the reason."""
    who = Who(request)
    who.must(*offering.ACTS)
    forms = {form.event: form for form in offering.bulk_forms(who.access.acts)}
    if given.kind not in forms:
        raise HttpError(422, f"“{given.kind}”不能批量登记，可用：{'、'.join(forms)}")
    form = filled(forms[given.kind], given.on, given.payload, who.person.court, who)
    act = bulk.carry_out(
        _key(request, who), who.scope, [number.strip() for number in given.numbers],
        services.Entry(forms[given.kind], form.cleaned_data["day"], form.payload()),
        person=who.person, now=who.now,
    )  # fmt: skip
    return Status(201, _told(who, act))


def _key(request: HttpRequest, who: Who) -> str:
    """Return the act's key: an Idempotency-Key sent again finishes what was left."""
    key = request.headers.get("Idempotency-Key")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{who.person.pk} {key}").hex if key else uuid.uuid4().hex


@router.get("/{int:act_id}", response=BulkOut, summary="批量登记结果")
def result(request: HttpRequest, act_id: int) -> dict[str, Any]:
    """Return what became of each case of one's own act."""
    who = Who(request)
    who.must(*offering.ACTS)
    act: Act = get_object_or_404(offering.acts_of([who.person.pk]), pk=act_id)
    return _told(who, act)
