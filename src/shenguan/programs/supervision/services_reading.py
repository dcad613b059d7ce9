"""阅核: submitting, saying, answering, signing. A reader says; the bench decides, writes and signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from shenguan.base.approvals import services as kit
from shenguan.base.approvals.models import Decision, Request
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Ask, Refused, Verdict
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices, setting
from shenguan.base.org.models import Person
from shenguan.core.supervision.reading import opinion_fault
from shenguan.programs.supervision import clocks, finding
from shenguan.programs.supervision.bench import barred_of, bench_of
from shenguan.programs.supervision.judging import Judge, highest, supervised
from shenguan.programs.supervision.models import (
    Opinion,
    Remark,
    Review,
    Signature,
)
from shenguan.programs.supervision.readings import (
    as_draft,
    keep_draft,
    kind_of,
    last_draft,
    leave_audit,
    level_of,
    note_events,
    review_of,
)
from shenguan.rulebook import load
from shenguan.rulebook.loaders import supervision as rules
from shenguan.spine.cases.models import Case

KIND, PROCEDURE = "review", "review.document"
RECONSIDERATIONS = "阅核.复议次数上限"
_SUGGESTED = {"reconsider": "建议复议", "meeting": "提请专业法官会议", "committee": "报请审委会"}


@dataclass(frozen=True, slots=True)
class Submission:
    """What the judge hands in: which document, what the bench means to decide, the draft, other papers."""

    document: str
    draft: Paper
    proposed: Sequence[str] = ()
    note: str = ""
    others: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """What a reader says: kind of opinion, remarks as (kind, place, text), on the papers of `digest`."""

    kind: str
    remarks: Sequence[tuple[str, str, str]] = ()
    digest: str = ""


def levels(case: Case, document: str, proposed: Sequence[str], on: date) -> list[tuple[str, ...]]:
    """Return (id, name, level, what was found) of the 阅核清单 entries that a document falls under."""
    seen = replace(supervised([case], on)[case.pk], document=document, proposed=tuple(proposed))
    found = Judge(on, Choices()).reading(case, seen)
    return [(rule.id, rule.name, rule.reader, why) for rule, why in found]


@transaction.atomic
def submit(case: Case, what: Submission, *, person: Person, now: datetime) -> Review:
    """Put a document to the reading. Raises `Refused`, `PaperRefused`, `NobodyDecides`."""
    book, on = load(), day_of(now)
    _check_submission(case, what, person)
    entries = levels(case, what.document, what.proposed, on)
    reader = highest(book.supervision.reading[entry[0]] for entry in entries)
    seen = replace(supervised([case], on)[case.pk], proposed=tuple(what.proposed))
    ask = Ask(
        procedure=book.approvals[PROCEDURE],
        kind=KIND,
        subject=case.pk,
        subject_name=case.number,
        court=case.court,
        unit=case.division,
        summary=f"{what.document}报请阅核",
        once=what.document,
        asked={"document": what.document, "proposed": list(what.proposed)},
        reasons=["V1" if entries else "V2"],
        detail=what.note,
        papers=[as_draft(what.document, what.draft), *what.others],
        way=reader,
        barred=barred_of(case),
    )
    made: list[Review] = []

    def effect(request: Request) -> None:
        review = Review.objects.create(
            request=request,
            case=case,
            document=what.document,
            reader=reader,
            entries=[list(entry) for entry in entries],
            proposed=list(what.proposed),
            bench=[[one.pk, one.name, role] for one, role in bench_of(case)],
        )
        keep_draft(review, what.draft)
        note_events(review, [("阅核提交", {"level": reader})], person, now)
        made.append(review)

    kit.submit(ask, person=person, now=now, effect=effect)
    finding.propose(case, seen, on=on, now=now)
    clocks.post_review(made[0], now=now)
    return made[0]


@transaction.atomic
def say(review_id: int, saying: Saying, *, person: Person, now: datetime) -> Review:
    """Give an opinion on the current step; nothing of it changes the document or the result."""
    review, kind = review_of(review_id), kind_of(saying.kind)
    earlier = review.opinions.filter(kind=kind.id).count()
    limit = kind.once_at_most and int(
        setting(review.request.court, RECONSIDERATIONS, day_of(now), kind.once_at_most)
    )
    fault = opinion_fault(
        onward=kind.onward, limit=limit, remarks=len(saying.remarks), earlier=earlier
    )
    if fault:
        raise Refused(fault)
    said = "；".join(text for _kind_, _place, text in saying.remarks)
    verdict = Verdict(
        outcome=Decision.Outcome.AGREES if kind.onward else Decision.Outcome.RETURNS,
        opinion=said or kind.name,
        reasons=[kind.id],
        digest=saying.digest,
    )

    def noted(request: Request, decision: Decision) -> None:
        _keep_opinion(review, kind, saying, decision, now)
        note_events(review, _said_events(request, kind, decision), person, now)

    review.request = kit.decide(review.request_id, verdict, person=person, now=now, noted=noted)
    clocks.post_review(review, now=now)
    return review


@transaction.atomic
def sign(review_id: int, draft: int, *, person: Person, now: datetime) -> Review:
    """Sign as a member of the bench; the reader's word is no signature and can't make one."""
    review = review_of(review_id)
    roles = {one.pk: role for one, role in bench_of(review.case)}
    if person.pk not in roles:
        raise Refused("只有本案审判组织成员可以签署")
    if review.request.state != Request.State.APPROVED:
        raise Refused("阅核尚未完成，不能签署")
    if Remark.objects.filter(opinion__review=review, answer="").exists():
        raise Refused("还有阅核意见没有回应，不能签署")
    last = last_draft(review)
    if last.number != draft:
        raise Refused("文书已有新的版本，请按最新版本签署")
    if review.signatures.filter(person=person).exists():
        raise Refused("您已签署")
    Signature.objects.create(
        review=review, person=person, role=roles[person.pk], draft=last, at=now
    )
    note_events(review, [("签署", {"role": roles[person.pk]})], person, now)
    if set(roles) <= set(review.signatures.values_list("person", flat=True)):
        review.signed_at = now
        review.save(update_fields=["signed_at"])
    leave_audit(review, person, "签署", now)
    clocks.post_review(review, now=now)
    return review


@transaction.atomic
def withdraw(review_id: int, *, person: Person, now: datetime) -> Review:
    """Take a submission back while nobody has said anything to it."""
    review = review_of(review_id)
    if review.opinions.exists():
        raise Refused("已有阅核意见，不能撤回；请回应意见")

    def effect(_request: Request) -> None:
        note_events(review, [("撤回阅核", {})], person, now)

    review.request = kit.withdraw(review.request_id, person=person, now=now, effect=effect)
    clocks.post_review(review, now=now)
    return review


def _check_submission(case: Case, what: Submission, person: Person) -> None:
    lists = load().supervision.lists
    if case.undertaker_id != person.pk:
        raise Refused("只有本案承办人可以报请阅核")
    if case.closed_on:
        raise Refused("本案已报结，不能报请阅核")
    if what.document not in lists["documents"]:
        raise Refused("请选择文书种类")
    if unknown := set(what.proposed) - set(lists["proposed"]):
        raise Refused(f"拟作处理不在选项中：{'、'.join(sorted(unknown))}")


def _said_events(
    request: Request, kind: rules.Opinion, decision: Decision
) -> list[tuple[str, dict[str, str]]]:
    """Return the events of an opinion: what it says isn't in them (副卷)."""
    if request.state == Request.State.APPROVED:
        return [("阅核", {"level": level_of(decision.post)})]
    suggested = _SUGGESTED.get(kind.id)
    return [("阅核意见", {}), *([(suggested, {})] if suggested else [])]


def _keep_opinion(
    review: Review, kind: rules.Opinion, saying: Saying, decision: Decision, now: datetime
) -> None:
    step = decision.step
    opened = step.opened_at if step and step.opened_at else review.request.applied_at
    opinion = Opinion.objects.create(
        review=review,
        decision=decision,
        kind=kind.id,
        draft=last_draft(review),
        waited=clocks.workdays(day_of(opened), day_of(now)),
    )
    Remark.objects.bulk_create(
        Remark(opinion=opinion, number=number, kind=kind_[:10], place=place[:100], text=text)
        for number, (kind_, place, text) in enumerate(saying.remarks, 1)
    )
