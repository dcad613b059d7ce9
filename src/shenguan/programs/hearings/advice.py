"""What is to be thought of before a hearing is set: conflicts, notice and defence periods, the time limit.

`advise` is named in the setting EVENT_ADVISERS; it refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from shenguan.base.org.scope import Scope
from shenguan.core.calendar import CalendarNotPublished
from shenguan.core.caselog import LoggedEvent, live
from shenguan.core.timelimit import CaseHistory, Node
from shenguan.core.timelimit.nodes import due_from
from shenguan.programs.hearings.clashing import CLASH, Clash, Slot, clashes
from shenguan.programs.hearings.diary import ADJOURNED, SCHEDULED, day_of, room_of, time_of
from shenguan.programs.hearings.selectors import names_for
from shenguan.programs.hearings.services import AT_ONCE, catch_up
from shenguan.programs.hearings.slots import (
    agents_of,
    neighbours,
    people_of,
    sentences,
    slots_of,
)
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case

NOTICE, DEFENCE, NEXT = "trial.hearing_notice", "trial.defence", "trial.next_hearing"
ADJOURNMENTS = "trial.adjournments."
COMPLAINTS = ("起诉状副本", "起诉状")
SERVED = ("送达", "电子送达")
LATEST, EARLIEST = time(18, 0), time(8, 0)


def advise(
    scope: Scope,
    case_ids: Sequence[int],
    kind: str,
    _occurred_on: date,
    payload: Mapping[str, Any],
    today: date,
) -> dict[int, list[str]]:
    """Return by case what speaks against setting this hearing, each sentence with its article."""
    on = day_of(payload.get("hearing_on" if kind == SCHEDULED else "to"))
    if kind not in (SCHEDULED, ADJOURNED) or on is None or not case_ids:
        return {}
    catch_up(AT_ONCE)
    cases = list(Case.objects.filter(pk__in=case_ids).select_related("clock"))
    logs = {entry.case_id: live(entry.events) for entry in log.read([case.pk for case in cases])}
    times = _Asked(on, time_of(payload.get("start")), time_of(payload.get("end")), room_of(payload))
    against = _conflicts(scope, cases, times)
    return {
        case.pk: [
            *against[case.pk],
            *_periods(case, logs[case.pk], kind, on, today),
            *_day(on, today, times),
            *_limit(case, on),
        ]
        for case in cases
    }


class _Asked:
    """When and where a hearing is to be."""

    def __init__(self, on: date, starts: time | None, ends: time | None, room: str) -> None:
        self.on, self.starts, self.ends, self.room = on, starts, ends, room

    def slot(self, case: Case, people: frozenset[str], agents: frozenset[str]) -> Slot:
        """Return the hearing as it would stand; its key is no hearing's."""
        sitting = frozenset(filter(None, {*people, case.undertaker_name}))
        place = (self.on, self.starts, self.ends, self.room)
        return Slot(-case.pk, case.pk, case.court_id, *place, sitting, agents)


def _conflicts(scope: Scope, cases: Sequence[Case], asked: _Asked) -> dict[int, list[str]]:
    """Cases set together are heard together: they don't stand in one another's way."""
    ids = {case.pk for case in cases}
    standing = neighbours({case.court_id for case in cases}, {asked.on})
    others = slots_of([row for row in standing if row.case_id not in ids])
    people, agents = people_of(ids), agents_of(ids)
    names = names_for(scope, others)
    found: dict[int, list[str]] = {}
    for case in cases:
        slot = asked.slot(case, people[case.pk], agents[case.pk])
        mine = clashes([*others, slot]).get(slot.key, [])
        found[case.pk] = [*_said(mine, names), *_together(len(cases), asked)]
    return found


def _said(mine: Sequence[Clash], names: Mapping[int, str]) -> Iterator[str]:
    for text in sentences((c for c in mine if c.state == CLASH), names):
        yield f"时间冲突：{text}"
    unsure = {c.other.key for c in mine if c.state != CLASH}
    if unsure:
        yield f"同日另有{len(unsure)}件庭审与本次共用审判人员、法庭或代理人而时刻不全，无法判断是否冲突，请向承办人核实"


def _together(count: int, asked: _Asked) -> Iterator[str]:
    if asked.starts is None:
        yield "开庭时刻未登记，无法核对时间冲突"
    if count > 1:
        yield f"同批{count}件排在同一时间，按合并开庭处理，彼此不作冲突"


def _periods(
    case: Case, events: Sequence[LoggedEvent], kind: str, on: date, today: date
) -> Iterator[str]:
    history = CaseHistory(str(case.pk), case.case_type, case.procedure or None, (), today)
    nodes = {node.id: node for node in load().nodes if node.applies_to(history)}
    if node := nodes.get(NOTICE):
        last, _flags = due_from(node, on, None)
        if today > last:
            yield f"距开庭不足{node.days}日：至迟应于{last}前通知当事人和其他诉讼参与人（{node.law}）"
    if node := nodes.get(DEFENCE):
        yield from _defence(node, events, on)
    adjourned = [e for e in events if e.kind == ADJOURNED and e.occurred_on]
    if (node := nodes.get(NEXT)) and adjourned and kind == SCHEDULED:
        since = max(e.occurred_on for e in adjourned if e.occurred_on)
        last, _flags = due_from(node, since, None)
        if on > last:
            yield f"延期开庭后应于{last}前再次开庭，不可抗力或者当事人同意的除外（{node.law}）"
    if kind == ADJOURNED:
        yield from _too_often(nodes, len(adjourned))


def _defence(node: Node, events: Sequence[LoggedEvent], on: date) -> Iterator[str]:
    served = [
        e.occurred_on
        for e in events
        if e.kind in SERVED and e.payload.get("document") in COMPLAINTS and e.occurred_on
    ]
    if not served:
        yield f"未见起诉状副本送达的记录，无法核对{node.days}日答辩期是否届满（{node.law}）"
        return
    last, _flags = due_from(node, max(served), load().calendar)
    if on <= last:
        yield f"答辩期至{last}届满，届满前开庭须经当事人同意（{node.law}）"


def _too_often(nodes: Mapping[str, Node], before: int) -> Iterator[str]:
    for name, node in nodes.items():
        limit = node.at_most
        if name.startswith(ADJOURNMENTS) and limit is not None and before >= limit:
            yield f"本案已延期开庭{before}次，{node.name}（{node.law}）"


def _day(on: date, today: date, asked: _Asked) -> Iterator[str]:
    if on < today:
        yield "开庭日期早于今天，请核对；已经开过的庭请登记“开庭”"
    try:
        if not load().calendar.is_workday(on):
            yield f"{on}不是工作日"
    except CalendarNotPublished:
        yield f"{on.year}年放假安排尚未公布，无法核对是否工作日"
    if asked.starts and not EARLIEST <= asked.starts < LATEST:
        yield f"开始时刻{asked.starts:%H:%M}不在办公时间内，请核对"


def _limit(case: Case, on: date) -> Iterator[str]:
    clock = getattr(case, "clock", None)
    if clock is None:
        return
    if clock.paused_since:
        yield f"本案自{clock.paused_since}起因{clock.paused_by}不计入审限，尚未恢复"
    elif clock.governing_due and on > clock.governing_due:
        late = on - clock.governing_due
        yield f"开庭日期晚于审限届满日{clock.governing_due}（{late // timedelta(days=1)}日）"
