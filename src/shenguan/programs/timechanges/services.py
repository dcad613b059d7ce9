"""Asking for and deciding changes of a case's time: each ends as an event, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.approvals import services as kit
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Ask, Refused, Verdict
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import setting
from shenguan.base.org.models import Person
from shenguan.core.timelimit import vocabulary
from shenguan.core.windows import Windows
from shenguan.programs.timechanges import clocks
from shenguan.programs.timechanges.dryrun import GROUP, Outlook, outlook
from shenguan.programs.timechanges.selectors import CHECKED, KIND
from shenguan.programs.timechanges.standing import standing
from shenguan.rulebook import load
from shenguan.rulebook.loaders.approvals import Procedure
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.pipeline import NewEvent, record

CHECK_WAY = "时限变更.核查方式"

ELEVATION = "elevation.report"
PUBLICATION_CHECK = "check.publication"
CHECKS = {
    "中止审理": "check.suspension",
    "公告开始": PUBLICATION_CHECK,
    "公告送达": PUBLICATION_CHECK,
}
EXCLUSION_CHECK = "check.exclusion"
WAYS = ("直接送达", "邮寄送达", "电子送达")


@dataclass(frozen=True, slots=True)
class Said:
    """What the applicant says: coded reasons, the story in words, the papers."""

    reasons: Sequence[str]
    detail: str = ""
    papers: Sequence[Paper] = ()


@transaction.atomic
def apply_for_extension(
    case: Case, length: str, said: Said, *, person: Person, now: datetime
) -> Request:
    """Ask for an extension of one of the offered lengths. Raises `Refused` and its kin."""
    today = day_of(now)
    view = outlook(case.pk, today)
    chosen = view.length(length)
    if view.blocked or view.procedure is None:
        raise Refused(view.blocked or "本案不能申请延长审限")
    if chosen is None:
        raise Refused("请选择申请延长的期限")
    _own_case(case, person)
    asked = {"months": chosen.months, "days": chosen.days, "approver": view.approver}
    ask = _ask(
        view.procedure,
        case,
        view,
        said,
        today,
        summary=f"延长{chosen.say}（{view.approver}批准）",
        asked=asked,
        windows=view.windows,
        once=GROUP,
    )

    def effect(request: Request) -> None:
        payload = {**_length(asked), "approver": view.approver, "reason": _words(request)}
        event = NewEvent(case.pk, vocabulary.APPLY, today, payload, source=_source(request))
        kit.keep_trace(request, record([event], actor=str(person), now=now))

    return _submitted(ask, person, now, effect)


@transaction.atomic
def apply_for_elevation(case: Case, said: Said, *, person: Person, now: datetime) -> Request:
    """Ask the court above to take a case of first instance."""
    today = day_of(now)
    if why := no_elevation(case):
        raise Refused(why)
    _own_case(case, person)
    view, procedure = outlook(case.pk, today), load().approvals[ELEVATION]
    above = case.court.parent
    name = above.name if above else ""
    ask = _ask(
        procedure,
        case,
        view,
        said,
        today,
        summary=f"报请{name or '上一级人民法院'}提级管辖",
        asked={"court": name},
        windows=Windows(view.governing_due, procedure.apply_before, procedure.decide_before),
        once=procedure.group,
    )
    return _submitted(ask, person, now)


def no_elevation(case: Case) -> str:
    """Say why a case can't be put to the court above, "" where it can."""
    if case.closed_on:
        return "本案已结，不能报请提级管辖"
    if case.instance != "一审":
        return "只有第一审案件可以报请提级管辖"
    return ""


@transaction.atomic
def decide(request_id: int, verdict: Verdict, *, person: Person, now: datetime) -> Request:
    """Decide on the current step; the last decision is recorded on the case at once."""

    def effect(request: Request) -> None:
        events = _outcome_events(request, verdict, day_of(now))
        if events:
            kit.keep_trace(request, record(events, actor=str(person), now=now))

    return _waiting(kit.decide(request_id, verdict, person=person, now=now, effect=effect), now)


@transaction.atomic
def answer(
    request_id: int, detail: str, files: Sequence[Paper], *, person: Person, now: datetime
) -> Request:
    """Answer a request that was sent back; its history stays."""
    done = kit.answer(request_id, person=person, detail=detail, files=files, now=now)
    return _waiting(done, now)


@transaction.atomic
def withdraw(request_id: int, *, person: Person, now: datetime) -> Request:
    """Take an application back; its event is taken back too."""

    def effect(request: Request) -> None:
        voids = [
            NewEvent(request.subject, "作废", day_of(now), {"reason": "撤回申请"}, voids=position)
            for position in request.trace
        ]
        if voids:
            record(voids, actor=str(person), now=now)

    return _waiting(kit.withdraw(request_id, person=person, now=now, effect=effect), now)


def _outcome_events(request: Request, verdict: Verdict, today: date) -> list[NewEvent]:
    if request.state not in {Request.State.APPROVED, Request.State.REFUSED}:
        return []
    if request.group == GROUP:
        return list(_extension_events(request, verdict, today))
    if request.procedure == ELEVATION and request.state == Request.State.APPROVED:
        payload = {"court": request.asked.get("court", ""), "reason": request.name}
        return [NewEvent(request.subject, "移送管辖", today, payload, source=_source(request))]
    return []


def _extension_events(request: Request, verdict: Verdict, today: date) -> list[NewEvent]:
    case_id, source, approver = request.subject, _source(request), request.asked["approver"]
    if request.state == Request.State.REFUSED:
        final = request.steps.get(number=request.at_step).decides
        payload = {
            "approver": approver if final else vocabulary.PRESIDENT,
            "reason": verdict.opinion.strip()[:200],
        }
        return [NewEvent(case_id, vocabulary.REFUSE, today, payload, source=source)]
    payload = {
        **_length(request.asked),
        "approver": approver,
        "reason": _words(request),
        "paper": source,
    }
    events = [NewEvent(case_id, vocabulary.APPROVE, today, payload, source=source)]
    if outlook(case_id, today).recorded_governs:
        # The president approved the date that was shown: ours. The imported one, which knows nothing
        # of this approval, must not go on governing.
        why = {"reason": "延长审限经批准，按本系统计算的届满日"}
        events.append(NewEvent(case_id, "采用本系统审限", today, why, source=source))
    return events


@dataclass(frozen=True, slots=True)
class Period:
    """A suspension to be registered: its beginning event, the day, and what the event carries."""

    event: str
    on: date
    payload: Mapping[str, Any] = field(default_factory=dict)
    attempts: Sequence[Mapping[str, str]] = ()


def register_period(
    case: Case, period: Period, said: Said, *, person: Person, now: datetime
) -> Request:
    """Record that a suspension has begun, at once, and put it to the check."""
    if period.on > day_of(now):
        raise Refused("开始日期晚于今天，请核对")
    with transaction.atomic():
        new = NewEvent(case.pk, period.event, period.on, period.payload, source="登记")
        (position,) = record([new], actor=str(person), now=now)
        case = Case.objects.select_related("court", "division", "clock").get(pk=case.pk)
        return put_to_check(case, position, period, said, person=person, now=now)


@transaction.atomic
def put_to_check(
    case: Case,
    position: int,
    period: Period,
    said: Said,
    *,
    person: Person,
    now: datetime,
    formal: bool = True,
) -> Request:
    """Open the check of a recorded suspension; the recorded event stands whatever it says.

    Not `formal`: the event came by import, nobody has given reasons or papers here yet.
    """
    today = day_of(now)
    view = outlook(case.pk, today)
    procedure = load().approvals[CHECKS.get(period.event, EXCLUSION_CHECK)]
    kind = period.payload.get("kind") or period.payload.get("document") or ""
    summary = f"{period.event}{f'（{kind}）' if kind else ''}，自{period.on}"
    asked = {
        "event": period.event,
        "position": position,
        "on": period.on.isoformat(),
        "attempts": [dict(attempt) for attempt in period.attempts],
        "notes": check_notes(case, period),
    }
    ask = _ask(
        procedure,
        case,
        view,
        said,
        today,
        summary=summary,
        asked=asked,
        once=f"{CHECKED}{position}",
        way=setting(case.court, CHECK_WAY, today, default=""),
        formal=formal,
    )
    request = _submitted(ask, person, now)
    kit.keep_trace(request, [position])
    return request


def end_period(case: Case, begin: str, on: date, *, person: Person, now: datetime) -> None:
    """Record that an open suspension has ended."""
    kind = load().events[begin]
    if not kind.pair or kind.clock != "pause":
        raise Refused(f"“{begin}”不是扣除或者中止的开始")
    record([NewEvent(case.pk, kind.pair, on, source="登记")], actor=str(person), now=now)


def check_notes(case: Case, period: Period) -> list[str]:
    """Return what the checker should look at, e.g. service not tried before publication."""
    if CHECKS.get(period.event) != PUBLICATION_CHECK:
        return []
    tried = {attempt["way"] for attempt in period.attempts if attempt.get("on")}
    notes = [f"未见{way}的记录" for way in WAYS if way not in tried]
    if "简易" in case.procedure or "小额" in case.procedure:
        notes.append("适用简易程序的案件不适用公告送达（简易程序规定第4条），请先核对适用程序")
    return notes


def check_imported(event: Event, *, now: datetime) -> Request:
    """Put an imported suspension to the check, in the name of the judge who has the case."""
    case = Case.objects.select_related("court", "division", "clock", "undertaker").get(
        pk=event.case_id or 0
    )
    if case.undertaker is None or event.occurred_on is None:
        raise Refused("本案没有承办人，或者事件没有日期，不能核查")
    period = Period(event.kind, event.occurred_on, event.payload)
    said = Said((), "由原系统接入")
    return put_to_check(
        case, event.position, period, said, person=case.undertaker, now=now, formal=False
    )


def _submitted(
    ask: Ask, person: Person, now: datetime, effect: kit.Effect | None = None
) -> Request:
    return _waiting(kit.submit(ask, person=person, now=now, effect=effect), now)


def _waiting(request: Request, now: datetime) -> Request:
    """Tell whoever the request waits for now, and end what it no longer waits for."""
    clocks.post(request, now=now)
    return request


def _ask(
    procedure: Procedure, case: Case, view: Outlook, said: Said, today: date, **more: Any
) -> Ask:
    return Ask(
        procedure=procedure,
        kind=KIND,
        subject=case.pk,
        subject_name=case.number,
        court=case.court,
        unit=case.division,
        reasons=said.reasons,
        detail=said.detail,
        facts=standing(case, view.case, view.due, today),
        papers=said.papers,
        **more,
    )


def _own_case(case: Case, person: Person) -> None:
    if case.undertaker_id != person.pk:
        raise Refused("只有本案承办人可以申请")


def _length(asked: Mapping[str, Any]) -> dict[str, int]:
    return {name: asked[name] for name in ("months", "days") if asked.get(name)}


def _words(request: Request) -> str:
    """Return the coded reasons in words."""
    names = {c: r.name for entries in load().approvals.lists.values() for c, r in entries.items()}
    return "；".join(names.get(code, code) for code in request.reasons)[:200]


def _source(request: Request) -> str:
    return f"审批第{request.pk}号"
