"""Assigning a case by draw or by a reasoned choice, and passing a judge's cases on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices, is_read_only
from shenguan.base.org.models import Person
from shenguan.core.casefold import live
from shenguan.programs.assignment.drawing import EVEN, METHOD, Ticket, pick, weighted
from shenguan.programs.assignment.fitting import fitting
from shenguan.programs.assignment.loads import Load, loads
from shenguan.programs.assignment.models import Draw
from shenguan.programs.assignment.reach import Judge, Reach
from shenguan.programs.assignment.recusal import Barred, barred
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

DRAW_WAY = "分案.随机方式"
"""Court setting: 等概率 (the default) or 均衡 (the fewer in hand, the likelier)."""
TO_DIVISION = "分至庭室"
SOURCE = "分案"


class Refused(ValueError):  # noqa: N818 - it names the state of the case, not a bug
    """A case can't be assigned so; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A judge chosen by hand with a coded reason and, for 其他, words."""

    person_id: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A coded reason and words."""

    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment made out and not recorded yet."""

    draw: Draw
    judge: Judge


@dataclass(frozen=True, slots=True)
class Table:
    """Who may be drawn for a case with which weight, who is kept out and why."""

    tickets: Sequence[Ticket]
    barred: Sequence[Barred]
    judges: Sequence[Judge]


def why_off(court_id: int, on: date) -> str:
    """Say why nothing is assigned here, "" where it is."""
    if not is_read_only(court_id, on):
        return ""
    return "本院为只读接入模式：分案由本院办案系统办理后接入审管，此处只看负荷，不办理分案"


def table_for(case: Case, reach: Reach, on: date, rows: Sequence[Load] | None = None) -> Table:
    """Return the candidates of a case: those of its division; for a case with 立案庭, of the fitting ones.

    `rows`: the loads within reach, where the caller has them.
    """
    rows = fitting(case, loads(reach, on) if rows is None else rows, on)
    kept_out = barred(case, [row.judge for row in rows], on)
    out = {one.person_id for one in kept_out} | {case.undertaker_id}
    way = Choices().value(case.court_id, DRAW_WAY, on, default=EVEN)
    ready = [
        (row.judge.person_id, row.judge.name, row.pending)
        for row in rows
        if row.judge.drawn and row.judge.person_id not in out
    ]
    return Table(weighted(ready, way), kept_out, [row.judge for row in rows])


def whole_table(case: Case, reach: Reach, on: date, rows: Sequence[Load] | None = None) -> Table:
    """Return everyone within reach, whatever their division: a reasoned choice may cross divisions."""
    people = [row.judge for row in (loads(reach, on) if rows is None else rows)]
    return Table((), barred(case, people, on), people)


def assign_by_draw(
    case: Case,
    reach: Reach,
    *,
    seed: str,
    person: Person,
    now: datetime,
    reason: str = "",
    detail: str = "",
) -> Draw:
    """Draw a judge for a case. A case that has one already needs a reason (调整). Raises `Refused`."""
    on = day_of(now)
    _check_open(case, on)
    if case.undertaker_id:
        check_reason("调整", reason, detail)
    plan = plan_draw(case, table_for(case, reach, on), seed, Said(reason, detail))
    return commit([plan], person=person, now=now)[0]


def assign_by_choice(
    case: Case, reach: Reach, choice: Choice, *, person: Person, now: datetime
) -> Draw:
    """Give a case to a chosen judge; nobody chooses past a recusal. Raises `Refused`."""
    on = day_of(now)
    _check_open(case, on)
    check_reason("调整" if case.undertaker_id else "指定", choice.reason, choice.detail)
    said = Said(choice.reason, choice.detail)
    plan = plan_choice(case, whole_table(case, reach, on), choice.person_id, said)
    return commit([plan], person=person, now=now)[0]


def plan_draw(case: Case, table: Table, seed: str, said: Said) -> Plan:
    """Draw, without recording yet. Raises `Refused` where nobody is left."""
    if not table.tickets:
        raise Refused(f"{case.number}没有可以参加随机分案的审判人员，请写明事由指定分案")
    ticket = pick(seed, case.number_key, table.tickets)
    draw = Draw(case=case, way=Draw.Way.RANDOM, seed=seed, method=METHOD)
    return _plan(draw, table, ticket.person_id, said)


def plan_choice(case: Case, table: Table, person_id: int, said: Said) -> Plan:
    """Choose, without recording yet. Raises `Refused` for whoever can't have the case."""
    if person_id == case.undertaker_id:
        raise Refused("所选审判人员已是本案承办人")
    if person_id not in {judge.person_id for judge in table.judges}:
        raise Refused("所选人员不在您可以分案的范围内")
    against = [one for one in table.barred if one.person_id == person_id and one.bars]
    if against:
        reasons = "；".join(one.reason for one in against)
        raise Refused(f"{case.number}：{against[0].name}应当回避：{reasons}")
    return _plan(Draw(case=case, way=Draw.Way.CHOSEN), table, person_id, said)


def commit(plans: Sequence[Plan], *, person: Person, now: datetime) -> list[Draw]:
    """Record planned assignments, all or nothing. Raises `Refused` where a case has moved since."""
    draws = [plan.draw for plan in plans]
    with transaction.atomic():
        _check_unmoved(draws)
        for draw in draws:
            draw.by, draw.on, draw.made_at = person, day_of(now), now
        Draw.objects.bulk_create(draws)
        told = [_events(plan.draw, plan.judge) for plan in plans]
        positions = record([e for events in told for e in events], actor=str(person), now=now)
        at = -1
        for draw, events in zip(draws, told, strict=True):
            at += len(events)
            draw.position = positions[at]
        Draw.objects.bulk_update(draws, ["position"])
    return draws


def replay(draw: Draw) -> int:
    """Return the id of the judge that a stored draw gives again."""
    tickets = [Ticket(one["id"], one["name"], one["weight"]) for one in draw.candidates]
    return pick(draw.seed, draw.case.number_key, tickets).person_id


def _check_open(case: Case, on: date) -> None:
    if why := why_off(case.court_id, on):
        raise Refused(why)
    if case.closed_on:
        raise Refused(f"{case.number}已报结，不能分案")


def check_reason(occasion: str, code: str, detail: str) -> None:
    """Refuse an occasion (指定 调整 交接) without a coded reason, and 其他 without words."""
    rules = load().assignment
    if code not in rules.reasons[occasion]:
        raise Refused(f"请选择{occasion}的事由")
    if code in rules.other and len(detail.strip()) < 4:
        raise Refused("事由为“其他”的，请写明具体情况")


def _plan(draw: Draw, table: Table, chosen: int, said: Said) -> Plan:
    draw.candidates = [
        {"id": ticket.person_id, "name": ticket.name, "weight": ticket.weight}
        for ticket in table.tickets
    ]
    draw.left_out = [{"name": one.name, "reason": one.reason} for one in table.barred]
    draw.chosen_id, draw.before_id = chosen, draw.case.undertaker_id
    draw.reason, draw.detail = said.reason, said.detail.strip()[:300]
    return Plan(draw, next(one for one in table.judges if one.person_id == chosen))


def _check_unmoved(draws: Sequence[Draw]) -> None:
    now_held = Case.objects.select_for_update().in_bulk([draw.case_id for draw in draws])
    for draw in draws:
        current = now_held[draw.case_id]
        if current.undertaker_id != draw.before_id:
            who = current.undertaker_name or "（无）"
            raise Refused(f"{current.number}的承办人刚刚变为{who}，请重新打开")


def _events(draw: Draw, judge: Judge) -> list[NewEvent]:
    """Return the event; what only named a division before gives way to the first real assignment."""
    case_id, on = draw.case_id, draw.on
    payload: dict[str, Any] = {
        "undertaker": judge.name,
        "division": judge.division,
        "team": judge.team,
        "way": draw.way,
        "draw": draw.pk,
    }
    if draw.reason:
        payload["reason"] = reason_name(draw.reason)
    if draw.handover_id:
        payload["handover"] = draw.handover_id
    if draw.before_id:
        return [NewEvent(case_id, "变更承办人", on, payload, source=SOURCE)]
    (history,) = log.read([case_id])
    held = [e for e in live(history.events) if e.kind in {"分案", "变更承办人"}]
    void = [e.position for e in held]
    return [
        *(
            NewEvent(case_id, "作废", on, {"reason": "分案至承办人"}, source=SOURCE, voids=position)
            for position in void[1:]
        ),
        NewEvent(case_id, "分案", on, payload, source=SOURCE, voids=void[0] if void else None),
    ]


def reason_name(code: str) -> str:
    """Return a coded reason in words."""
    for entries in load().assignment.reasons.values():
        if code in entries:
            return entries[code].name
    return code
