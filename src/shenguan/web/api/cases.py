"""Cases: the list, one case, its due date with every step, its chain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from pydantic import ConfigDict

from shenguan.core.timelimit.reading import due_to_json
from shenguan.programs.casebook import criteria
from shenguan.rulebook import load
from shenguan.spine.cases import selectors
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.reading import note_export, note_reading
from shenguan.spine.timelimits.selectors import due_of
from shenguan.web.api.shared import Page, Part, Who, Words

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


class Asked(Part):
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


def read_case(who: Who, case_id: int, where: str) -> Case:
    """Return a case that is shown as a whole; a sensitive one leaves a row in the audit chain."""
    found = case_of(who, case_id)
    note_reading(found, actor=who.scope.actor, where=f"接口：{where}", now=who.now)
    return found


def told_of(who: Who, cases: Iterable[Case], where: str) -> list[dict[str, Any]]:
    """Return listed cases; what is handed to a program is handed out, so sensitive ones leave a row."""
    listed = list(cases)
    sensitive = [(one.court.code, one.number) for one in listed if one.confidentiality]
    note_export(sensitive, actor=who.scope.actor, what=f"接口：{where}", now=who.now)
    return [told(one) for one in listed]


def case_page(who: Who, rows: QuerySet[Case], part: Part, where: str) -> dict[str, Any]:
    """Return one page of a list of cases: 总数, 起, 条目."""
    shown = rows.select_related("court", "division", "clock")[part.start : part.start + part.size]
    return {"总数": rows.count(), "起": part.start, "条目": told_of(who, shown, where)}


@router.get("", response=Page[CaseOut], summary="案件一览")
def cases(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List cases within one's scope, by due date."""
    who = Who(request)
    given = asked.model_dump(exclude={"start", "size"}, exclude_none=True)
    wanted = criteria.read({name: str(value) for name, value in given.items()}, load())
    rows = criteria.matching(who.scope, wanted, load(), who.today)
    return case_page(who, rows.order_by(*criteria.order(wanted)), asked, "案件一览")


@router.get("/{int:case_id}", response=CaseOut, summary="案件")
def case(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Return one case."""
    return told(read_case(Who(request), case_id, "案件"))


@router.get("/{int:case_id}/due", response=DueOut, summary="审限怎么算的")
def due(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Return the due dates of a case, ours with every step."""
    who = Who(request)
    found = read_case(who, case_id, "审限")
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
    return told_of(who, selectors.chain(who.scope, case_id), "争议链")
