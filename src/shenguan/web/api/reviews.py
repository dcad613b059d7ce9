"""阅核: that a document was read is for whoever sees the case; what was said is the inner record (副卷)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.approvals.desk import Desk, desk_of
from shenguan.programs.supervision import answering, selectors, services_reading
from shenguan.programs.supervision.models import Opinion, Review, Viewing
from shenguan.programs.supervision.pages import note_reading
from shenguan.programs.supervision.readings import DRAFT
from shenguan.rulebook import load
from shenguan.web.api.cases import case_of
from shenguan.web.api.shared import Attachment, Page, Part, Who, Words, page_of

router = Router(by_alias=True)
case_router = Router(by_alias=True)
LISTS = {
    "待阅核": selectors.waiting,
    "已阅核": selectors.read_by,
    "本人": selectors.own,
    "全部": selectors.reviews,
}
BENCH = ("登记事件", "申请审批", "起草")
TEXT = 5000


class ReviewOut(Words):
    """That and how far a document was read."""

    id: int = Field(alias="编号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    document: str = Field(alias="文书")
    reader: str = Field(alias="阅核层级")
    division: str | None = Field(alias="承办部门")
    applicant: str = Field(alias="报请人")
    applied_on: date = Field(alias="报请日期")
    state: str = Field(alias="状态")
    signed_at: datetime | None = Field(alias="签署完成时间")


class WholeReview(ReviewOut):
    """A reading; `副卷` is null for whoever may not read the inner record."""

    inner: dict[str, Any] | None = Field(alias="副卷")


class Asked(Part):
    """Which readings."""

    which: Literal["待阅核", "已阅核", "本人", "全部"] = Field("全部", alias="清单")


class SubmissionIn(Words):
    """A document of one's own case put to the reading."""

    document: str = Field(alias="文书", max_length=20)
    draft: Attachment = Field(alias="拟签署文书")
    proposed: list[str] = Field(default_factory=list, alias="拟作处理", max_length=20)
    note: str = Field("", alias="说明", max_length=TEXT)
    others: list[Attachment] = Field(default_factory=list, alias="附件", max_length=2)


class RemarkIn(Words):
    """One remark."""

    kind: str = Field(alias="类别", max_length=10)
    place: str = Field("", alias="位置", max_length=100)
    text: str = Field(alias="意见", min_length=1, max_length=TEXT)


class SayingIn(Words):
    """An opinion with its remarks, on the papers of the digest."""

    kind: str = Field(alias="意见种类", max_length=20)
    remarks: list[RemarkIn] = Field(default_factory=list, alias="意见", max_length=20)
    digest: str = Field(alias="材料摘要", max_length=64)


class RemarkAnswer(Words):
    """The bench's answer to one remark."""

    remark: int = Field(alias="意见编号")
    answer: Literal["采纳", "不采纳"] = Field(alias="回应")
    reason: str = Field("", alias="理由", max_length=TEXT)


class HeldIn(Words):
    """What the bench, the meeting or the committee came to."""

    held_on: date = Field(alias="日期")
    text: str = Field(alias="意见", max_length=TEXT)
    result: str = Field(alias="审判组织结果", max_length=10)
    meeting: str = Field("", alias="会议编号", max_length=60)
    approved_by: str = Field("", alias="批准提交", max_length=60)


class AnsweringIn(Words):
    """The answers to all open remarks, the referral's result, a new version."""

    answers: list[RemarkAnswer] = Field(default_factory=list, alias="回应", max_length=60)
    held: HeldIn | None = Field(None, alias="讨论结果")
    draft: Attachment | None = Field(None, alias="拟签署文书")


class SignIn(Words):
    """Signing one version."""

    version: int = Field(alias="版本", ge=1, le=1000)


def _told(review: Review) -> dict[str, Any]:
    request = review.request
    return {
        "编号": review.pk,
        "案件编号": review.case_id,
        "案号": request.subject_name,
        "文书": review.document,
        "阅核层级": review.reader,
        "承办部门": request.unit.name if request.unit else None,
        "报请人": request.applicant.name,
        "报请日期": request.applied_on,
        "状态": request.state_word,
        "签署完成时间": review.signed_at,
    }


def _inner(review: Review) -> dict[str, Any]:
    opinions = review.opinions.select_related("decision__person", "draft")
    return {
        "材料摘要": review.request.digest,
        "版本": [
            {"版本": one.number, "文本": one.text, "说明": one.note} for one in review.drafts.all()
        ],
        "阅核意见": [_opinion(one) for one in opinions.prefetch_related("remarks").order_by("pk")],
        "签署": [
            {"姓名": one.person.name, "角色": one.role, "时间": one.at}
            for one in review.signatures.select_related("person")
        ],
    }


def _opinion(one: Opinion) -> dict[str, Any]:
    return {
        "意见种类": load().supervision.opinions[one.kind].name,
        "阅核人": one.decision.person.name if one.decision.person else "",
        "版本": one.draft.number,
        "意见": [
            {
                "编号": remark.pk,
                "类别": remark.kind,
                "位置": remark.place,
                "意见": remark.text,
                "回应": remark.answer,
                "理由": remark.reason,
            }
            for remark in one.remarks.all()
        ],
    }


def _desk(who: Who) -> Desk:
    return desk_of(who.person, who.today)


def _content(who: Who, review_id: int) -> Review:
    """Return a reading whose content one may see; 404 otherwise."""
    rows = selectors.inner_reviews(who.scope, _desk(who))
    found: Review = get_object_or_404(rows, pk=review_id)
    return found


def _now(who: Who, review_id: int) -> dict[str, Any]:
    return _told(selectors.reviews(who.scope, _desk(who)).get(pk=review_id))


@router.get("", response=Page[ReviewOut], summary="阅核一览")
def reviews(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List readings, nothing of what was said."""
    who = Who(request)
    rows = LISTS[asked.which](who.scope, _desk(who))
    return page_of(rows, asked.start, asked.size, _told)


@router.get("/{int:review_id}", response=WholeReview, summary="阅核")
def review(request: HttpRequest, review_id: int) -> dict[str, Any]:
    """Return one reading; opening its content is written down as on the page."""
    who = Who(request)
    rows = selectors.reviews(who.scope, _desk(who))
    found: Review = get_object_or_404(rows, pk=review_id)
    shown = selectors.inner_reviews(who.scope, _desk(who)).filter(pk=found.pk).exists()
    if shown:
        what = f"{found.document}第{found.drafts.count()}版（接口）"
        Viewing.objects.get_or_create(
            review=found, person=who.person, what=what[:120], defaults={"at": who.now}
        )
        note_reading(request, found.case, "阅核")
    return _told(found) | {"副卷": _inner(found) if shown else None}


@case_router.post("/{int:case_id}/reviews", response={201: ReviewOut}, summary="报请阅核")
def submit(request: HttpRequest, case_id: int, given: SubmissionIn) -> Status[dict[str, Any]]:
    """Put a document of one's own case to the reading."""
    who = Who(request)
    who.token_for(*BENCH)
    case = case_of(who, case_id)
    if case.undertaker_id != who.person.pk:
        raise HttpError(403, "只有本案承办人可以报请阅核")
    what = services_reading.Submission(
        document=given.document,
        draft=given.draft.paper(DRAFT),
        proposed=given.proposed,
        note=given.note,
        others=[one.paper() for one in given.others],
    )
    made = services_reading.submit(case, what, person=who.person, now=who.now)
    return Status(201, _now(who, made.pk))


@router.post("/{int:review_id}/opinions", response=ReviewOut, summary="阅核意见")
def say(request: HttpRequest, review_id: int, given: SayingIn) -> dict[str, Any]:
    """Give an opinion; a reader neither writes the document nor decides the result."""
    who = Who(request)
    who.token_for("阅核", "审批")
    found = _content(who, review_id)
    if wrong := {one.kind for one in given.remarks} - set(_remark_kinds()):
        raise HttpError(422, f"意见类别“{'、'.join(wrong)}”应为：{'、'.join(_remark_kinds())}")
    remarks = [(one.kind, one.place, one.text) for one in given.remarks]
    saying = services_reading.Saying(given.kind, remarks, given.digest)
    services_reading.say(found.pk, saying, person=who.person, now=who.now)
    return _now(who, review_id)


def _remark_kinds() -> list[str]:
    return list(load().supervision.lists["remark_kinds"])


@router.post("/{int:review_id}/answers", response=ReviewOut, summary="回应阅核意见")
def answer(request: HttpRequest, review_id: int, given: AnsweringIn) -> dict[str, Any]:
    """Answer the remarks for the bench: 采纳, or 不采纳 with a reason."""
    who = Who(request)
    who.token_for(*BENCH)
    found, held = _content(who, review_id), given.held
    said = answering.Answering(
        {one.remark: (one.answer, one.reason) for one in given.answers},
        answering.Held(held.held_on, held.text, held.result, held.meeting, held.approved_by)
        if held
        else None,
        given.draft.paper(DRAFT) if given.draft else None,
    )
    answering.answer(found.pk, said, person=who.person, now=who.now)
    return _now(who, review_id)


@router.post("/{int:review_id}/sign", response=ReviewOut, summary="签署")
def sign(request: HttpRequest, review_id: int, given: SignIn) -> dict[str, Any]:
    """Sign one version as one of the bench."""
    who = Who(request)
    who.token_for(*BENCH)
    found = _content(who, review_id)
    services_reading.sign(found.pk, given.version, person=who.person, now=who.now)
    return _now(who, review_id)


@router.post("/{int:review_id}/withdraw", response=ReviewOut, summary="撤回报请")
def withdraw(request: HttpRequest, review_id: int) -> dict[str, Any]:
    """Take one's own submission back."""
    who = Who(request)
    who.token_for(*BENCH)
    found = _content(who, review_id)
    services_reading.withdraw(found.pk, person=who.person, now=who.now)
    return _now(who, review_id)
