"""发改反馈, 司法技术 and the meetings: what is shown, within one's scope."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router

from shenguan.programs.appeals.models import Feedback
from shenguan.programs.appeals.papers import grounds_of, reasons_of
from shenguan.programs.appeals.selectors import feedbacks
from shenguan.programs.appraisals.models import Appraisal
from shenguan.programs.appraisals.selectors import appraisals
from shenguan.programs.meetings.models import Matter
from shenguan.programs.meetings.selectors import matters
from shenguan.programs.meetings.services import body_of
from shenguan.rulebook import load
from shenguan.web.api.shared import MOST, PAGE, Who, Words, page_of

router = Router(by_alias=True)


class FeedbackOut(Words):
    """One changed case: the form, the answer, the finding."""

    id: int = Field(alias="编号")
    lower: str = Field(alias="原审案号")
    lower_court: str = Field(alias="原审法院")
    upper: str = Field(alias="上级案号")
    result: str = Field(alias="处理结果")
    changed_on: date = Field(alias="上级报结日期")
    state: str = Field(alias="状态")
    reasons: list[str] = Field(alias="改变原因")
    grounds: list[str] = Field(alias="发回理由")
    sent_on: date | None = Field(alias="反馈日期")
    choice: str = Field(alias="答复")
    answered_on: date | None = Field(alias="答复日期")
    conclusion: str = Field(alias="认定")
    found_on: date | None = Field(alias="认定日期")


class FeedbackPage(Words):
    """Part of the list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[FeedbackOut] = Field(alias="条目")


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


class AppraisalPage(Words):
    """Part of the list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[AppraisalOut] = Field(alias="条目")


class MatterOut(Words):
    """One matter of a meeting: without what was said."""

    id: int = Field(alias="编号")
    body: str = Field(alias="会议")
    meeting: str = Field(alias="会议编号")
    held_on: date = Field(alias="日期")
    number: str = Field(alias="案号")
    concluded_on: date | None = Field(alias="结论日期")
    response: str = Field(alias="审判组织回复")


class MatterPage(Words):
    """Part of the list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[MatterOut] = Field(alias="条目")


class Part(Words):
    """Which part of a list."""

    start: int = Field(0, alias="起", ge=0, le=10**7)
    size: int = Field(PAGE, alias="条数", ge=1, le=MOST)


class FeedbackAsked(Part):
    """Conditions of the feedback list; each is optional."""

    state: str = Field("", alias="状态", max_length=6)


def _feedback(one: Feedback) -> dict[str, Any]:
    return {
        "编号": one.pk, "原审案号": one.lower.number, "原审法院": one.lower.court.name,
        "上级案号": one.upper.number, "处理结果": one.result, "上级报结日期": one.changed_on,
        "状态": one.state, "改变原因": reasons_of(one), "发回理由": grounds_of(one),
        "反馈日期": one.sent_on, "答复": one.choice, "答复日期": one.answered_on,
        "认定": one.conclusion, "认定日期": one.found_on,
    }  # fmt: skip


def _appraisal(one: Appraisal) -> dict[str, Any]:
    return {
        "编号": one.pk, "案号": one.case.number, "委托事项": load().appeals.name("matters", one.matter),
        "鉴定机构": one.agency, "现在何处": one.holder or "已办结", "持有起": one.held_since,
        "申请日期": one.opened_on, "办结日期": one.closed_on,
    }  # fmt: skip


def _matter(one: Matter) -> dict[str, Any]:
    return {
        "编号": one.pk, "会议": body_of(one.meeting).name, "会议编号": one.meeting.number,
        "日期": one.meeting.held_on, "案号": one.case.number, "结论日期": one.concluded_on,
        "审判组织回复": one.response,
    }  # fmt: skip


@router.get("/feedback", response=FeedbackPage, summary="发改反馈")
def feedback(request: HttpRequest, asked: Query[FeedbackAsked]) -> dict[str, Any]:
    """List the feedback on changed cases within one's scope, the latest first."""
    rows = feedbacks(Who(request).scope)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows, asked.start, asked.size, _feedback)


@router.get("/appraisals", response=AppraisalPage, summary="司法技术")
def appraisal(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the appraisals within one's scope, the longest held first."""
    return page_of(appraisals(Who(request).scope), asked.start, asked.size, _appraisal)


@router.get("/meetings", response=MatterPage, summary="会议台账")
def meeting(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the matters of meetings whose inner record is shown."""
    rows = matters(Who(request).scope).order_by("-meeting__held_on", "-pk")
    return page_of(rows, asked.start, asked.size, _matter)
