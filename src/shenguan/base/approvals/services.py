"""Asking, deciding, sending back, answering, withdrawing; each in one transaction with its audit row.

`effect` is what the outcome does to the subject: it is called with the request inside the transaction,
after the request has moved and before the audit row, so that either both hold or neither. `noted` is
called likewise, with every decision, also with one that only passes the request on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from shenguan.base.approvals import papers
from shenguan.base.approvals.addressing import Origin, addresses
from shenguan.base.approvals.asking import MOST_TEXT, Ask, Refused, check_ask, create, lay_steps
from shenguan.base.approvals.desk import Seat, desk_of
from shenguan.base.approvals.models import Barred, Decision, Remark, Request, Step
from shenguan.base.approvals.papers import Paper
from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.core.windows import Windows
from shenguan.rulebook import load

__all__ = [
    "Ask",
    "NotYours",
    "Overtaken",
    "Refused",
    "Verdict",
    "answer",
    "decide",
    "keep_trace",
    "remark",
    "submit",
    "windows_of",
    "withdraw",
]

Effect = Callable[[Request], None]
Noted = Callable[[Request, Decision], None]
State, Outcome = Request.State, Decision.Outcome
ENDED = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN})


class Overtaken(Refused):
    """Someone else was first, or the papers changed meanwhile."""

    def __init__(self) -> None:
        super().__init__("该申请已有新的办理情况或者材料，请刷新后按最新情况办理")


class NotYours(Refused):
    """The person has no seat that the current step waits for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person at the current step says. `digest` is that of the papers they were shown."""

    outcome: str
    opinion: str = ""
    reasons: Sequence[str] = ()
    digest: str = ""
    papers: Sequence[Paper] = ()


def submit(ask: Ask, *, person: Person, now: datetime, effect: Effect | None = None) -> Request:
    """Make a request and open its first step. Raises `Refused`, `PaperRefused`, `NobodyDecides`."""
    check_ask(ask)
    origin = Origin(person, ask.court, ask.unit, day_of(now), frozenset(ask.barred))
    line = addresses(ask.procedure.steps_by(ask.way), origin)
    try:
        with transaction.atomic():
            request = create(ask, person, now)
            lay_steps(request, line)
            Barred.objects.bulk_create(
                Barred(request=request, person_id=pk, reason=why)
                for pk, why in sorted(ask.barred.items())
            )
            papers.attach(request, ask.papers, person=person, now=now)
            request.digest = papers.digest_of(request)
            _open_from(request, 1, now)
            request.save()
            if effect:
                effect(request)
            _trace(request, person, f"{request.group}申请", now)
    except IntegrityError as error:
        raise Refused(f"{ask.subject_name}已有一件{ask.procedure.group}正在办理") from error
    return request


def decide(
    request_id: int,
    verdict: Verdict,
    *,
    person: Person,
    now: datetime,
    effect: Effect | None = None,
    noted: Noted | None = None,
) -> Request:
    """Act on the current step. Raises `NotYours`, `Overtaken`, `Refused`, and what `effect` raises."""
    with transaction.atomic():
        request = _locked(request_id)
        step, seat = _step_of(request, person, now)
        outcome = _outcome(request, step, verdict)
        if verdict.digest and verdict.digest != request.digest:
            raise Overtaken
        _move(request, step, outcome, now)
        papers.attach(request, verdict.papers, person=person, now=now)
        decision = _decision(request, step, seat, outcome, verdict, person, now)
        if noted:
            noted(request, decision)
        if effect and request.state in ENDED | {State.RETURNED}:
            effect(request)
        _trace(request, person, _said(request, step, decision), now)
    return request


def _said(request: Request, step: Step, decision: Decision) -> str:
    """Return the audit's words; what a reader said belongs to the inner record, not to the audit."""
    if request.mode == "review":
        return f"{request.group}：{step.name}"
    return f"{request.group}：{step.name}：{decision.get_outcome_display()}"


def answer(
    request_id: int,
    *,
    person: Person,
    detail: str,
    files: Sequence[Paper],
    now: datetime,
    effect: Effect | None = None,
) -> Request:
    """Answer a request that was sent back; its history stays.

    It starts again at its first step, or at the step that sent it back where its procedure says so.
    """
    with transaction.atomic():
        request = _own(request_id, person)
        if not detail.strip():
            raise Refused("请写明补正或者说明的内容")
        moved = Request.objects.filter(pk=request.pk, state=State.RETURNED, round=request.round)
        if moved.update(state=State.OPEN, round=request.round + 1) != 1:
            raise Overtaken
        request.refresh_from_db()
        request.detail = detail.strip()[:MOST_TEXT]
        papers.attach(request, files, person=person, now=now)
        request.digest = papers.digest_of(request)
        same = load().approvals[request.procedure].resume == "same"
        again = request.at_step if same else 1
        request.steps.filter(number__gte=again).update(state=Step.State.AHEAD, opened_at=None)
        _open_from(request, again, now)
        request.save(update_fields=["detail", "digest", "at_step"])
        _note(request, None, Outcome.ANSWERS, person, now, detail)
        if effect:
            effect(request)
        _trace(request, person, f"{request.group}重新提交", now)
    return request


def withdraw(
    request_id: int, *, person: Person, now: datetime, effect: Effect | None = None
) -> Request:
    """Take one's own request back before it has ended."""
    with transaction.atomic():
        request = _own(request_id, person)
        if request.mode == "check":
            raise Refused("已登记的事项不能撤回核查；登记有误的，请更正登记")
        open_ones = Request.objects.filter(pk=request.pk, state__in=(State.OPEN, State.RETURNED))
        if open_ones.update(state=State.WITHDRAWN, ended_at=now) != 1:
            raise Overtaken
        request.refresh_from_db()
        _note(request, None, Outcome.WITHDRAWS, person, now)
        if effect:
            effect(request)
        _trace(request, person, f"{request.group}撤回", now)
    return request


def remark(request_id: int, *, person: Person, text: str, now: datetime) -> Remark:
    """Put a note beside a request; it decides nothing."""
    if not text.strip():
        raise Refused("备注不能为空")
    with transaction.atomic():
        request = Request.objects.select_related("court").get(pk=request_id)
        made = Remark.objects.create(
            request=request, person=person, text=text.strip()[:MOST_TEXT], at=now
        )
        _trace(request, person, f"{request.group}备注", now)
    return made


def keep_trace(request: Request, positions: Iterable[int]) -> None:
    """Remember the events that a request led to; called from an `effect`."""
    request.trace = [*request.trace, *positions]
    Request.objects.filter(pk=request.pk).update(trace=request.trace)


def windows_of(request: Request) -> Windows:
    """Return the due date and windows as they were when the request was made."""
    return Windows(request.due, request.apply_before, request.decide_before)


def _open_from(request: Request, number: int, now: datetime) -> None:
    """Open the first step from `number` on that has anyone to act; say which were passed over."""
    for step in request.steps.filter(number__gte=number).order_by("number"):
        if step.addressees.exists():
            request.at_step = step.number
            Step.objects.filter(pk=step.pk).update(state=Step.State.CURRENT, opened_at=now)
            return
        Step.objects.filter(pk=step.pk).update(state=Step.State.SKIPPED)
        _note(request, step, Outcome.SKIPS, None, now, step.note)


def _locked(request_id: int) -> Request:
    found = Request.objects.select_related("court", "applicant").filter(pk=request_id).first()
    if found is None:
        raise Refused("没有这件申请")
    return found


def _own(request_id: int, person: Person) -> Request:
    request = _locked(request_id)
    if request.applicant_id != person.pk:
        raise NotYours("只有申请人本人可以撤回或者重新提交")
    return request


def _step_of(request: Request, person: Person, now: datetime) -> tuple[Step, Seat]:
    if request.state != State.OPEN:
        raise Overtaken
    if request.applicant_id == person.pk:
        raise NotYours("申请人不能审批自己的申请")
    step = request.steps.get(number=request.at_step)
    if barred := request.barred.filter(person=person).first():
        raise NotYours(f"{barred.reason}，不能办理本件")
    seat = desk_of(person, day_of(now)).seat_for(step)
    if seat is None:
        raise NotYours(f"这一步（{step.name}）不由您办理")
    return step, seat


def _outcome(request: Request, step: Step, verdict: Verdict) -> str:
    """Read the verdict: saying no needs a reason, a paper decision needs its paper."""
    given = verdict.outcome
    if given not in {Outcome.AGREES, Outcome.REFUSES, Outcome.RETURNS}:
        raise Refused("请选择办理结果")
    if given == Outcome.REFUSES and request.mode != "decide":
        given = Outcome.RETURNS  # a check or a reading undoes nothing: it can only send back
    if given == Outcome.REFUSES and step.passes:
        given = Outcome.OBJECTS
    if given != Outcome.AGREES and not (verdict.opinion.strip() and verdict.reasons):
        raise Refused("不同意或者退回的，须选择理由并写明具体意见")
    if step.by_paper and given != Outcome.RETURNS and not verdict.papers:
        raise Refused("请附上级法院的书面批复")
    return given


def _move(request: Request, step: Step, outcome: str, now: datetime) -> None:
    """Move on by one conditional update: whoever comes second finds the old state gone."""
    onward = outcome in {Outcome.AGREES, Outcome.OBJECTS} and not step.decides
    here = Request.objects.filter(
        pk=request.pk, state=State.OPEN, at_step=step.number, digest=request.digest
    )
    if onward:
        moved = here.update(at_step=step.number + 1)
    elif outcome == Outcome.RETURNS:
        moved = here.update(state=State.RETURNED)
    else:
        ended = State.APPROVED if outcome == Outcome.AGREES else State.REFUSED
        moved = here.update(state=ended, ended_at=now)
    if moved != 1:
        raise Overtaken
    request.refresh_from_db()
    Step.objects.filter(pk=step.pk).update(state=Step.State.DONE)
    if onward:
        _open_from(request, step.number + 1, now)
        Request.objects.filter(pk=request.pk).update(at_step=request.at_step)


def _decision(
    request: Request,
    step: Step,
    seat: Seat,
    outcome: str,
    verdict: Verdict,
    person: Person,
    now: datetime,
) -> Decision:
    flags = []
    if request.state in {State.APPROVED, State.REFUSED}:
        flags = windows_of(request).on_deciding(request.applied_on, day_of(now))
        request.flags = [*request.flags, *flags]
        Request.objects.filter(pk=request.pk).update(flags=request.flags)
    return Decision.objects.create(
        request=request,
        step=step,
        round=request.round,
        person=person,
        post=seat.post,
        on_behalf_of_id=seat.lent_by,
        outcome=outcome,
        reasons=list(verdict.reasons),
        opinion=verdict.opinion.strip()[:MOST_TEXT],
        flags=flags,
        digest=request.digest,
        at=now,
    )


def _note(
    request: Request,
    step: Step | None,
    outcome: str,
    person: Person | None,
    now: datetime,
    text: str = "",
) -> None:
    Decision.objects.create(
        request=request,
        step=step,
        round=request.round,
        person=person,
        outcome=outcome,
        opinion=text.strip()[:MOST_TEXT],
        digest=request.digest,
        at=now,
    )


def _trace(request: Request, person: Person, action: str, now: datetime) -> None:
    """Leave a row in the chain of the subject's court, and in the decider's own where it is another."""
    detail = {
        "request": request.pk,
        "summary": request.summary,
        "state": request.state,
        "digest": request.digest,
        "flags": request.flags,
    }
    for chain in sorted({request.court.code, person.court.code}):
        audit.append(
            chain=chain,
            actor=str(person),
            action=action[:60],
            subject=request.subject_name,
            detail=detail,
            now=now,
        )
