"""发改反馈 and 判中咨询: the form of the court above, the answer below, the finding; each act as on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status

from shenguan.programs.appeals import selectors, services
from shenguan.programs.appeals.models import Consultation, Feedback
from shenguan.programs.appeals.papers import grounds_of, reasons_of
from shenguan.programs.appeals.services import By, Finding, Form
from shenguan.rulebook import load
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.cases.selectors import inner_cases
from shenguan.web.api.shared import Page, Part, Who, Words, page_of

router = Router(by_alias=True)
case_router = Router(by_alias=True)
TEXT = 4000
BENCH, OFFICE, LEADS = ("登记事件", "申请审批", "起草"), ("评查",), ("阅核", "审批")


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


class WholeFeedback(FeedbackOut):
    """A feedback with its words, and what one may do now."""

    parts: list[str] = Field(alias="改变部分")
    text: str = Field(alias="说明")
    answer: str = Field(alias="答复理由")
    excuse: str = Field(alias="免责事由")
    body: str = Field(alias="认定机构")
    finding: str = Field(alias="认定理由")
    open: list[str] = Field(alias="可以办理")


class FeedbackAsked(Part):
    """Conditions of the feedback list; each is optional."""

    state: str = Field("", alias="状态", max_length=6)


class Coded(Words):
    """One entry of a coded list."""

    code: str = Field(alias="代码")
    name: str = Field(alias="名称")


class FeedbackIn(Words):
    """The form of the court above, in codes of `/quality/codes`."""

    reasons: list[str] = Field(alias="改变原因", max_length=30)
    parts: list[str] = Field(alias="改变部分", max_length=30)
    grounds: list[str] = Field(default_factory=list, alias="发回理由", max_length=30)
    text: str = Field(alias="说明", max_length=TEXT)
    suggests_review: bool = Field(False, alias="建议评查")


class ReplyIn(Words):
    """认可, or 异议 with reasons."""

    choice: str = Field(alias="答复", max_length=4)
    text: str = Field("", alias="答复理由", max_length=TEXT)


class ConclusionIn(Words):
    """What a body found; codes of `/quality/codes`."""

    conclusion: str = Field(alias="认定", max_length=10)
    body: str = Field(alias="认定机构", max_length=20)
    text: str = Field(alias="认定理由", max_length=TEXT)
    excuse: str = Field("", alias="免责事由", max_length=10)
    meeting: str = Field("", alias="会议编号", max_length=60)


class SaidIn(Words):
    """Words."""

    text: str = Field(alias="说明", max_length=TEXT)


class ConsultationOut(Words):
    """One question to the court above; the answer binds nobody."""

    id: int = Field(alias="编号")
    number: str = Field(alias="案号")
    court: str = Field(alias="咨询法院")
    question: str = Field(alias="咨询问题")
    asked_on: date = Field(alias="咨询日期")
    answer: str = Field(alias="答复（仅供参考）")
    answered_on: date | None = Field(alias="答复日期")


def _told(one: Feedback) -> dict[str, Any]:
    return {
        "编号": one.pk, "原审案号": one.lower.number, "原审法院": one.lower.court.name,
        "上级案号": one.upper.number, "处理结果": one.result, "上级报结日期": one.changed_on,
        "状态": one.state, "改变原因": reasons_of(one), "发回理由": grounds_of(one),
        "反馈日期": one.sent_on, "答复": one.choice, "答复日期": one.answered_on,
        "认定": one.conclusion, "认定日期": one.found_on,
    }  # fmt: skip


def _whole(one: Feedback, by: By) -> dict[str, Any]:
    book = load().appeals
    may = {
        "反馈": services.may_send(one, by), "答复": services.may_answer(one, by),
        "认定": services.may_find(one, by), "不需反馈": services.may_drop(one, by),
    }  # fmt: skip
    return _told(one) | {
        "改变部分": [book.name("parts", code) for code in one.parts], "说明": one.text,
        "答复理由": one.answer, "认定理由": one.finding,
        "免责事由": book.name("excuses", one.excuse) if one.excuse else "",
        "认定机构": book.name("bodies", one.body) if one.body else "",
        "可以办理": [act for act, allowed in may.items() if allowed],
    }  # fmt: skip


def _by(who: Who) -> By:
    return By(who.person, who.access.acts, who.now)


def _found(who: Who, feedback_id: int) -> Feedback:
    found: Feedback = get_object_or_404(selectors.feedbacks(who.scope), pk=feedback_id)
    return found


@router.get("/codes", response=dict[str, list[Coded]], summary="案件质量各表代码")
def codes(request: HttpRequest) -> dict[str, list[dict[str, str]]]:
    """Return the coded lists of feedback, appraisals and meetings as they may be chosen from today."""
    book, today = load().appeals, Who(request).today
    return {
        name: [{"代码": one.id, "名称": one.name} for one in book.offered(name, today).values()]
        for name in book.lists
    }


@router.get("/feedback", response=Page[FeedbackOut], summary="发改反馈")
def feedback(request: HttpRequest, asked: Query[FeedbackAsked]) -> dict[str, Any]:
    """List the feedback on changed cases within one's scope, the latest first."""
    rows = selectors.feedbacks(Who(request).scope)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows, asked.start, asked.size, _told)


@router.get("/feedback/{int:feedback_id}", response=WholeFeedback, summary="发改反馈详情")
def one_feedback(request: HttpRequest, feedback_id: int) -> dict[str, Any]:
    """Return one feedback with its words."""
    who = Who(request)
    found = _found(who, feedback_id)
    note_reading(found.lower, actor=who.scope.actor, where="接口：发改反馈", now=who.now)
    return _whole(found, _by(who))


@router.post("/feedback/{int:feedback_id}/send", response=WholeFeedback, summary="填写发改反馈表")
def send(request: HttpRequest, feedback_id: int, given: FeedbackIn) -> dict[str, Any]:
    """Send the form to the court below and both offices."""
    who = Who(request)
    who.token_for(*BENCH, *OFFICE)
    form = Form(given.reasons, given.parts, given.text, given.grounds, given.suggests_review)
    services.send(_found(who, feedback_id), form, by=_by(who))
    return _whole(_found(who, feedback_id), _by(who))


@router.post("/feedback/{int:feedback_id}/answer", response=WholeFeedback, summary="答复发改反馈")
def answer(request: HttpRequest, feedback_id: int, given: ReplyIn) -> dict[str, Any]:
    """Agree or object, for the bench below."""
    who = Who(request)
    who.token_for(*BENCH, *OFFICE)
    services.answer(_found(who, feedback_id), given.choice, given.text, by=_by(who))
    return _whole(_found(who, feedback_id), _by(who))


@router.post("/feedback/{int:feedback_id}/find", response=WholeFeedback, summary="登记责任认定")
def find(request: HttpRequest, feedback_id: int, given: ConclusionIn) -> dict[str, Any]:
    """Record a body's finding; a change alone is never a reason for responsibility."""
    who = Who(request)
    finding = Finding(given.conclusion, given.body, given.text, given.excuse, given.meeting)
    services.find(_found(who, feedback_id), finding, by=_by(who))
    return _whole(_found(who, feedback_id), _by(who))


@router.post("/feedback/{int:feedback_id}/drop", response=WholeFeedback, summary="登记不需反馈")
def drop(request: HttpRequest, feedback_id: int, given: SaidIn) -> dict[str, Any]:
    """Say that nothing is to be told."""
    who = Who(request)
    services.drop(_found(who, feedback_id), given.text[:300], by=_by(who))
    return _whole(_found(who, feedback_id), _by(who))


def _consulted(one: Consultation) -> dict[str, Any]:
    return {
        "编号": one.pk, "案号": one.case.number, "咨询法院": one.court.name,
        "咨询问题": one.question, "咨询日期": one.asked_on, "答复（仅供参考）": one.answer,
        "答复日期": one.answered_on,
    }  # fmt: skip


@router.get("/consultations", response=Page[ConsultationOut], summary="判中咨询")
def consultations(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the consultations that the inner record shows."""
    rows = selectors.consultations(Who(request).scope).order_by("-asked_on", "-pk")
    return page_of(rows, asked.start, asked.size, _consulted)


@case_router.post(
    "/{int:case_id}/consultations", response={201: ConsultationOut}, summary="提出判中咨询"
)
def consult(request: HttpRequest, case_id: int, given: SaidIn) -> Status[dict[str, Any]]:
    """Ask the court above about a pending case, for its bench."""
    who = Who(request)
    who.token_for(*BENCH)
    cases = inner_cases(who.scope).select_related("court__parent", "undertaker")
    case = get_object_or_404(cases, pk=case_id)
    return Status(201, _consulted(services.consult(case, given.text, by=_by(who))))


@router.post(
    "/consultations/{int:consultation_id}/reply", response=ConsultationOut, summary="答复判中咨询"
)
def reply(request: HttpRequest, consultation_id: int, given: SaidIn) -> dict[str, Any]:
    """Answer for reference, for the court asked."""
    who = Who(request)
    found = get_object_or_404(selectors.consultations(who.scope), pk=consultation_id)
    return _consulted(services.reply(found, given.text, by=_by(who)))
