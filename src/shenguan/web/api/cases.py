"""Cases: the list, one case, its due date with every step, its chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from pydantic import ConfigDict

from shenguan.core.timelimit.reading import due_to_json
from shenguan.programs.casebook import criteria
from shenguan.rulebook import load
from shenguan.spine.cases import selectors
from shenguan.spine.cases.models import Case
from shenguan.spine.timelimits.selectors import due_of
from shenguan.web.api.shared import MOST, PAGE, Who, Words, page_of

router = Router(by_alias=True)


class CaseOut(Words):
    """One case as it stands."""

    id: int = Field(alias="编号")
    number: str = Field(alias="案号")
    court: str = Field(alias="法院")
    case_class: str = Field(alias="条线")
    case_type: str = Field(alias="案件类型")
    cause: str = Field(alias="案由")
    instance: str = Field(alias="审判程序")
    procedure: str = Field(alias="适用程序")
    division: str | None = Field(alias="承办部门")
    undertaker: str = Field(alias="承办人")
    filed_on: date | None = Field(alias="立案日期")
    due: date | None = Field(alias="审限届满日期")
    closed_on: date | None = Field(alias="结案日期")
    disposition: str = Field(alias="结案方式")
    prior_number: str = Field(alias="原审案号")


class CasePage(Words):
    """Part of a list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[CaseOut] = Field(alias="条目")


class StepOut(Words):
    """One step of a due date with its article."""

    on: date | None = Field(alias="日期")
    say: str = Field(alias="说明")
    law: str | None = Field(alias="依据")


class DueOut(Words):
    """怎么算的: the due date and what led to it."""

    due: date | None = Field(alias="本系统届满日")
    recorded: date | None = Field(alias="原系统届满日")
    governing: date | None = Field(alias="适用届满日")
    state: str = Field(alias="状态")
    days_left: int | None = Field(alias="剩余天数")
    excluded_days: int = Field(alias="扣除天数")
    flags: list[str] = Field(alias="提示")
    steps: list[StepOut] = Field(alias="步骤")


class Asked(Words):
    """Conditions of the list; each is optional."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")
    state: str = Field("open", alias="状态", description="open 未结 · closed 已结 · all 全部")
    court: int | None = Field(None, alias="法院编号", ge=1, le=10**9)
    judge_name: str = Field("", alias="承办人", max_length=60)
    line: str = Field("", alias="条线", max_length=20)
    instance: str = Field("", alias="审判程序", max_length=20)
    procedure: str = Field("", alias="适用程序", max_length=30)
    cause: str = Field("", alias="案由", max_length=60)
    filed_from: date | None = Field(None, alias="立案起")
    filed_to: date | None = Field(None, alias="立案止")
    closed_from: date | None = Field(None, alias="结案起")
    closed_to: date | None = Field(None, alias="结案止")
    due_from: date | None = Field(None, alias="届满起")
    due_to: date | None = Field(None, alias="届满止")
    tag: str = Field("", alias="标签", max_length=30)
    start: int = Field(0, alias="起", ge=0, le=10**7)
    size: int = Field(PAGE, alias="条数", ge=1, le=MOST)


def told(case: Case) -> dict[str, Any]:
    """Return a case under its official names."""
    clock = getattr(case, "clock", None)
    return {
        "编号": case.pk,
        "案号": case.number,
        "法院": case.court.name,
        "条线": case.case_class,
        "案件类型": case.case_type,
        "案由": case.cause,
        "审判程序": case.instance,
        "适用程序": case.procedure,
        "承办部门": case.division.name if case.division else None,
        "承办人": case.undertaker_name,
        "立案日期": case.filed_on,
        "审限届满日期": clock.governing_due if clock else None,
        "结案日期": case.closed_on,
        "结案方式": case.disposition,
        "原审案号": case.prior_number,
    }


def case_of(who: Who, case_id: int) -> Case:
    """Return a case that whoever asks may see; 404 otherwise."""
    cases = selectors.visible_cases(who.scope).select_related("court", "division", "clock")
    found: Case = get_object_or_404(cases, pk=case_id)
    return found


@router.get("", response=CasePage, summary="案件一览")
def cases(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List cases within one's scope, by due date."""
    who = Who(request)
    given = asked.model_dump(exclude={"start", "size"}, exclude_none=True)
    wanted = criteria.read({name: str(value) for name, value in given.items()}, load())
    rows = criteria.matching(who.scope, wanted, load(), who.today)
    ordered = rows.order_by(*criteria.order(wanted)).select_related("court", "division", "clock")
    return page_of(ordered, asked.start, asked.size, told)


@router.get("/{int:case_id}", response=CaseOut, summary="案件")
def case(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Return one case."""
    return told(case_of(Who(request), case_id))


@router.get("/{int:case_id}/due", response=DueOut, summary="审限怎么算的")
def due(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Return the due dates of a case, ours with every step."""
    who = Who(request)
    found = case_of(who, case_id)
    computed = due_of(who.scope, case_id, who.today)
    clock = getattr(found, "clock", None)
    told = due_to_json(computed) if computed else {}
    return {
        "本系统届满日": told.get("due"),
        "原系统届满日": clock.recorded_due if clock else None,
        "适用届满日": clock.governing_due if clock else None,
        "状态": told.get("state", "no_rule"),
        "剩余天数": told.get("days_left"),
        "扣除天数": told.get("excluded_days", 0),
        "提示": told.get("flags", []),
        "步骤": [
            {"日期": step["on"], "说明": step["say"], "依据": step["law"]}
            for step in told.get("steps", [])
        ],
    }


@router.get("/{int:case_id}/chain", response=list[CaseOut], summary="争议链")
def chain(request: HttpRequest, case_id: int) -> list[dict[str, Any]]:
    """Return the cases of the same dispute that one may see."""
    who = Who(request)
    case_of(who, case_id)
    return [told(one) for one in selectors.chain(who.scope, case_id)]
