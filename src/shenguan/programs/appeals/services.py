"""The acts of 发改反馈: send, answer, find, drop; consult. Each is an event, none touches a judgment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.programs.appeals import clocks
from shenguan.programs.appeals.models import Consultation, Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.bench import bench_ids
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

SENT, ANSWERED, FOUND, CONSULTED = "发改反馈", "发改答复", "发改认定", "判中咨询"
OFFICE = frozenset({"评查"})
"""Whoever may do this act for its court's trial-management office or supervision division."""
SHORTEST = 10
State = Feedback.State


class Refused(ValueError):  # noqa: N818 - it is told to a person, not a bug
    """What can't be done, in Chinese."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, with which acts of their posts, when."""

    person: Person
    acts: frozenset[str]
    now: datetime

    def of_office(self, case: Case) -> bool:
        """Tell whether the person acts for the office of a case's court."""
        return self.person.court_id == case.court_id and not self.acts.isdisjoint(OFFICE)


@dataclass(frozen=True, slots=True)
class Form:
    """What the upper bench fills in."""

    reasons: Sequence[str]
    parts: Sequence[str]
    text: str
    grounds: Sequence[str] = field(default_factory=list)
    suggests_review: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a body found: the conclusion, which of the six excuses, why."""

    conclusion: str
    body: str
    text: str
    excuse: str = ""
    meeting: str = ""


def may_send(one: Feedback, by: By) -> bool:
    """Whether someone may fill the form in: the bench above, or its office."""
    own = by.person.pk in bench_ids(one.upper) or by.of_office(one.upper)
    return one.state == State.OPEN and own


def may_answer(one: Feedback, by: By) -> bool:
    """Whether someone may answer: the bench below; its office where that judge has left."""
    left = one.lower.undertaker is None or one.lower.undertaker.court_id != one.lower.court_id
    own = by.person.pk in bench_ids(one.lower) or (left and by.of_office(one.lower))
    return one.state == State.SENT and own


def may_find(one: Feedback, by: By) -> bool:
    """Whether someone may record a finding: the office below, never a member of either bench."""
    return (
        one.state in {State.DISPUTED, State.AGREED}
        and by.of_office(one.lower)
        and by.person.pk not in bench_ids(one.lower) | bench_ids(one.upper)
    )


def may_drop(one: Feedback, by: By) -> bool:
    """Whether someone may say that nothing is to be told: the office above."""
    return one.state == State.OPEN and by.of_office(one.upper)


@transaction.atomic
def send(one: Feedback, form: Form, *, by: By) -> Feedback:
    """Send the form to the court below and both offices; raises `Refused` naming what is missing."""
    _allow(may_send(one, by), "发改反馈表由上级案件的审判组织或者本院审管办填写")
    _coded("reasons", form.reasons, "改变原因", by)
    _coded("parts", form.parts, "改变部分", by)
    remand = clocks.is_remand(one)
    if remand:
        _coded("grounds", form.grounds, "发回、指令的理由", by)
    _worded(form.text, "说明（裁定、判决的具体理由）")
    _move(
        one, (State.OPEN,), state=State.SENT, reasons=list(form.reasons), parts=list(form.parts),
        grounds=list(form.grounds) if remand else [], text=form.text, suggests_review=form.suggests_review,
        sent_by=by.person, sent_on=day_of(by.now),
    )  # fmt: skip
    detail = {"feedback": one.pk, "result": one.result}
    _happened(one.upper, SENT, detail | {"stage": "发出", "grounds": len(one.grounds)}, by)
    _happened(one.lower, SENT, detail | {"stage": "收到"}, by)
    clocks.post(one, now=by.now)
    return one


@transaction.atomic
def answer(one: Feedback, choice: str, text: str, *, by: By) -> Feedback:
    """Agree, or object with reasons; silence is neither."""
    _allow(may_answer(one, by), "发改反馈由原审审判组织答复")
    if choice not in Feedback.Choice.values:
        raise Refused("请选择认可或者异议")
    disputes = choice == Feedback.Choice.DISPUTES
    if disputes:
        _worded(text, "异议理由")
    _move(
        one, (State.SENT,), state=State.DISPUTED if disputes else State.AGREED, choice=choice,
        answer=text, answered_by=by.person, answered_on=day_of(by.now),
    )  # fmt: skip
    _happened(one.lower, ANSWERED, {"feedback": one.pk, "choice": choice}, by)
    clocks.post(one, now=by.now)
    return one


@transaction.atomic
def find(one: Feedback, finding: Finding, *, by: By) -> Feedback:
    """Record a body's finding: without responsibility only for one of the six excuses, and why.

    Responsibility is never the consequence of the change alone: it needs a meeting that found no excuse. Of
    an objection, too, a meeting decides; what was agreed to needs none.
    """
    _allow(
        may_find(one, by),
        "责任认定由原审法院审判管理、审判监督部门依程序登记，两级审判组织成员不参与",
    )
    if finding.conclusion not in Feedback.Conclusion.values:
        raise Refused("请选择认定结论")
    _coded("bodies", [finding.body], "认定机构", by)
    responsible = finding.conclusion == Feedback.Conclusion.RESPONSIBLE
    if responsible and finding.excuse:
        raise Refused("有免责事由的不承担责任（法发〔2010〕1号第10条）")
    if not finding.meeting.strip() and (responsible or one.state == State.DISPUTED):
        raise Refused("异议的认定、应承担责任的认定，须经会议研究并写明会议编号")
    if not responsible:
        _coded("excuses", [finding.excuse], "免责事由", by)
    _worded(finding.text, "认定理由")
    _move(
        one, (State.DISPUTED, State.AGREED), state=State.FOUND, conclusion=finding.conclusion,
        excuse=finding.excuse, body=finding.body, meeting=finding.meeting.strip()[:60],
        finding=finding.text, found_by=by.person, found_on=day_of(by.now),
    )  # fmt: skip
    _happened(one.lower, FOUND, {"feedback": one.pk, "conclusion": one.conclusion}, by)
    clocks.post(one, now=by.now)
    return one


@transaction.atomic
def drop(one: Feedback, why: str, *, by: By) -> Feedback:
    """Say that the register was wrong and nothing is to be told."""
    _allow(may_drop(one, by), "不需反馈由上级法院审管办登记")
    _worded(why, "理由")
    _move(one, (State.OPEN,), state=State.DROPPED, dropped=why[:300])
    clocks.post(one, now=by.now)
    return one


@transaction.atomic
def consult(case: Case, question: str, *, by: By) -> Consultation:
    """Ask the court above about a pending case; recorded with the inner file, binding nobody."""
    if by.person.pk not in bench_ids(case):
        raise Refused("判中咨询由本案审判组织提出")
    if case.closed_on is not None:
        raise Refused("本案已报结")
    if case.court.parent is None:
        raise Refused("本院没有登记上级法院")
    _worded(question, "咨询问题")
    made = Consultation.objects.create(
        case=case, court=case.court.parent, question=question, asked_by=by.person,
        asked_on=day_of(by.now),
    )  # fmt: skip
    _happened(case, CONSULTED, {"consultation": made.pk}, by)
    return made


def may_reply(one: Consultation, by: By) -> bool:
    """Whether someone may answer a consultation: a reader or approver of the court asked."""
    return (
        one.answered_on is None
        and by.person.court_id == one.court_id
        and not by.acts.isdisjoint({"阅核", "审批"})
    )


@transaction.atomic
def reply(one: Consultation, text: str, *, by: By) -> Consultation:
    """Answer for reference."""
    _allow(may_reply(one, by), "判中咨询由上级法院院庭长答复")
    _worded(text, "答复")
    waiting = Consultation.objects.filter(pk=one.pk, answered_on=None)
    if waiting.update(answer=text, answered_by=by.person, answered_on=day_of(by.now)) != 1:
        raise Refused("这项咨询已经答复")
    _happened(one.case, CONSULTED, {"consultation": one.pk}, by)
    one.refresh_from_db()
    return one


def _allow(allowed: bool, why: str) -> None:
    if not allowed:
        raise Refused(why)


def _coded(name: str, codes: Sequence[str], said: str, by: By) -> None:
    if not codes or set(codes) - load().appeals.offered(name, day_of(by.now)).keys():
        raise Refused(f"请选择{said}")


def _worded(text: str, said: str) -> None:
    if len(text.strip()) < SHORTEST:
        raise Refused(f"{said}须写明，不少于{SHORTEST}字")


def _move(one: Feedback, states: Sequence[str], **values: Any) -> None:
    """Move a feedback on from one of the states; of two people the second is told."""
    if Feedback.objects.filter(pk=one.pk, state__in=states).update(**values) != 1:
        raise Refused("反馈已有新的办理情况，请刷新后再办")
    for name, value in values.items():
        setattr(one, name, value)


def _happened(case: Case, kind: str, payload: dict[str, object], by: By) -> None:
    record([NewEvent(case.pk, kind, day_of(by.now), payload)], actor=str(by.person), now=by.now)
