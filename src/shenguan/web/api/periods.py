"""扣除 and 中止: registering that they begin and end, and what nobody has checked yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.org.choices import is_read_only
from shenguan.programs.timechanges import selectors, services
from shenguan.programs.timechanges.dryrun import outlook, rule_of
from shenguan.programs.timechanges.forms import PeriodForm, period_choices
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case, Event
from shenguan.web.api.cases import case_of
from shenguan.web.api.shared import Attachment, Made, Page, Part, Who, Words, checked, page_of

router = Router(by_alias=True)
_UNCHECKED_DAYS = 90


class Attempt(Words):
    """One attempt of service before publication."""

    way: str = Field(alias="方式", description="直接送达、邮寄送达、电子送达")
    on: date | None = Field(None, alias="日期")
    result: str = Field("", alias="结果", max_length=200)


class PeriodIn(Words):
    """A suspension that has begun."""

    event: str = Field(alias="事件", max_length=40)
    on: date = Field(alias="日期")
    kind: str = Field("", alias="种类", max_length=60, description="种类，公告为受送达人")
    agreed: bool = Field(False, alias="当事人同意")
    reasons: list[str] = Field(alias="事由", min_length=1, max_length=20)
    detail: str = Field("", alias="详细情况和理由", max_length=5000)
    attempts: list[Attempt] = Field(default_factory=list, alias="送达经过", max_length=3)
    papers: list[Attachment] = Field(default_factory=list, alias="附件", max_length=3)


class EndIn(Words):
    """An open suspension that has ended."""

    begin: str = Field(alias="事件", max_length=40, description="开始时登记的事件")
    on: date = Field(alias="日期")


class Suspension(Words):
    """A suspension that came by import and that nobody has checked."""

    position: int = Field(alias="序号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    kind: str = Field(alias="事件")
    on: date | None = Field(alias="日期")


def _registrable(who: Who, case_id: int) -> Case:
    case = case_of(who, case_id)
    who.must("登记事件")
    if is_read_only(case.court_id, who.today):
        raise HttpError(409, "本院为只读接入模式，期间由原系统登记后接入")
    return case


def _fields(given: PeriodIn) -> dict[str, Any]:
    """Return the page's own form as it would be posted."""
    data: dict[str, Any] = {
        "event": given.event, "on": str(given.on), "kind": given.kind,
        "reasons": given.reasons, "detail": given.detail,
    }  # fmt: skip
    if given.agreed:
        data["agreed"] = "on"
    for one in given.attempts:
        if one.way not in services.WAYS:
            raise HttpError(422, f"送达方式应为：{'、'.join(services.WAYS)}")
        number = services.WAYS.index(one.way) + 1
        data[f"tried_on_{number}"] = str(one.on or "")
        data[f"tried_{number}"] = one.result
    return data


@router.post("/{int:case_id}/periods", response={201: Made}, summary="登记扣除、中止")
def begin(request: HttpRequest, case_id: int, given: PeriodIn) -> Status[dict[str, int]]:
    """Register that a suspension has begun; the check that follows is an approval of this number."""
    who = Who(request)
    case = _registrable(who, case_id)
    events = period_choices(rule_of(outlook(case.pk, who.today).due, load().timelimits))
    data = _fields(given)
    form = PeriodForm(data, events=events, case_class=case.case_class)
    checked(form)
    papers = [one.paper() for one in given.papers]
    made = services.register_period(
        case, form.period(data), services.Said(given.reasons, given.detail, papers),
        person=who.person, now=who.now,
    )  # fmt: skip
    return Status(201, {"编号": made.pk})


@router.post("/{int:case_id}/periods/end", response=Made, summary="登记扣除、中止结束")
def end(request: HttpRequest, case_id: int, given: EndIn) -> dict[str, int]:
    """Register that an open suspension has ended."""
    who = Who(request)
    case = _registrable(who, case_id)
    if not load().events.known(given.begin):
        raise HttpError(422, f"没有“{given.begin}”这种事件")
    services.end_period(case, given.begin, given.on, person=who.person, now=who.now)
    return {"编号": case.pk}


def _told(event: Event) -> dict[str, Any]:
    return {
        "序号": event.position,
        "案件编号": event.case_id,
        "案号": event.case.number if event.case else "",
        "事件": event.kind,
        "日期": event.occurred_on,
    }


@router.get("/unchecked-periods", response=Page[Suspension], summary="未核查的扣除、中止")
def unchecked(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List imported suspensions of pending cases that nobody has put to a check."""
    who = Who(request)
    rows = selectors.unchecked(who.scope, who.today - timedelta(days=_UNCHECKED_DAYS))
    return page_of(rows, part.start, part.size, _told)
