"""Answering a reader: every remark is adopted or declined with a reason; what was suggested is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from shenguan.base.approvals import papers
from shenguan.base.approvals import services as kit
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Refused
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.programs.supervision import clocks
from shenguan.programs.supervision.models import Opinion, Referral, Remark, Review
from shenguan.programs.supervision.readings import (
    as_draft,
    keep_draft,
    kind_of,
    leave_audit,
    note_events,
    review_of,
)
from shenguan.rulebook import load

ADOPTED, DECLINED = "采纳", "不采纳"
_DONE = {"复议": "合议庭复议", "专业法官会议": "专业法官会议", "审判委员会": "审委会决定"}


@dataclass(frozen=True, slots=True)
class Held:
    """What the bench, the meeting or the committee came to."""

    held_on: date
    text: str
    result: str
    meeting: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """The bench's answers by remark id, the referral's result where one was suggested, a new draft."""

    answers: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    held: Held | None = None
    draft: Paper | None = None


@transaction.atomic
def answer(review_id: int, given: Answering, *, person: Person, now: datetime) -> Review:
    """Answer the remarks of the last opinion one by one; a returned reading goes on where it was."""
    review = review_of(review_id)
    opinion = review.opinions.order_by("-id").first()
    if opinion is None or review.request.applicant_id != person.pk:
        raise Refused("只有报请人可以回应阅核意见")
    returned = review.request.state == Request.State.RETURNED
    open_remarks = list(opinion.remarks.filter(answer=""))
    if not returned and not open_remarks:
        raise Refused("没有待回应的阅核意见")
    _check_answers(review, opinion, open_remarks, given, returned=returned)
    _answer_remarks(open_remarks, given, person, now)
    events: list[tuple[str, Mapping[str, str]]] = [("阅核回应", {})]
    if returned and given.held is not None and kind_of(opinion.kind).referral:
        events.insert(0, _hold(opinion, given.held, person, now))
    files = [] if given.draft is None else [as_draft(review.document, given.draft)]

    def effect(_request: Request) -> None:
        if given.draft is not None:
            keep_draft(review, given.draft)
        note_events(review, events, person, now)

    if returned:
        review.request = kit.answer(
            review.request_id, person=person, detail=review.request.detail or "已逐条回应", files=files, now=now,
            effect=effect,
        )  # fmt: skip
    else:
        papers.attach(review.request, files, person=person, now=now)
        effect(review.request)
        leave_audit(review, person, "阅核回应", now)
    clocks.post_review(review, now=now)
    return review


def _check_answers(
    review: Review,
    opinion: Opinion,
    remarks: Sequence[Remark],
    given: Answering,
    *,
    returned: bool,
) -> None:
    for remark in remarks:
        choice, reason = given.answers.get(remark.pk, ("", ""))
        if choice not in {ADOPTED, DECLINED}:
            raise Refused(f"第{remark.number}条意见还没有回应：请选择采纳或者不采纳")
        if choice == DECLINED and not reason.strip():
            raise Refused(f"第{remark.number}条意见不采纳的，请写明理由")
    if given.draft is not None and review.signatures.exists():
        raise Refused("审判组织已开始签署，不能再换文书版本")
    adopted = any(given.answers.get(remark.pk, ("",))[0] == ADOPTED for remark in remarks)
    kind = kind_of(opinion.kind)
    if adopted and given.draft is None and not kind.referral:
        raise Refused("采纳意见的，请上传修改后的文书")
    if returned and kind.referral and given.held is None:
        raise Refused(f"请登记{kind.referral}的日期、意见和结果")


def _answer_remarks(
    remarks: Sequence[Remark], given: Answering, person: Person, now: datetime
) -> None:
    for remark in remarks:
        remark.answer, reason = given.answers[remark.pk]
        remark.reason = reason.strip()
        remark.answered_by, remark.answered_at = person, now
        remark.save(update_fields=["answer", "reason", "answered_by", "answered_at"])


def _hold(
    opinion: Opinion, held: Held, person: Person, now: datetime
) -> tuple[str, dict[str, str]]:
    """Keep what the bench or a body came to; return its event."""
    kind = kind_of(opinion.kind).referral
    if held.result not in load().supervision.lists["referral_results"] or not held.text.strip():
        raise Refused(f"请写明{kind}的意见，并选择审判组织的结果")
    if held.held_on > day_of(now):
        raise Refused(f"{kind}的日期晚于今天，请核对")
    if kind != "复议" and not held.meeting.strip():
        raise Refused("请填写会议编号")
    if kind == "审判委员会" and not held.approved_by.strip():
        raise Refused("提交审判委员会须由院长批准（人民法院组织法第39条），请填写批准人")
    Referral.objects.create(
        opinion=opinion,
        kind=kind,
        held_on=held.held_on,
        meeting=held.meeting.strip()[:60],
        approved_by=held.approved_by.strip()[:60],
        text=held.text.strip(),
        result=held.result,
        person=person,
        at=now,
    )
    return _DONE[kind], {"meeting": held.meeting.strip()[:60]} if held.meeting.strip() else {}
