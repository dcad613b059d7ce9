"""节点期限: the short deadlines inside a case, each counted from one event to another.

They never touch the 审限. A court's own limits aren't rolled over rest days; parties' periods are
(民诉法第85条). Days and months start the day after the trigger; working days skip rest days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.calendar import Calendar, CalendarNotPublished
from shenguan.core.timelimit import flags
from shenguan.core.timelimit.compute import in_order
from shenguan.core.timelimit.model import CaseHistory, TimelineEvent
from shenguan.core.timelimit.months import term_end

OPEN, DONE, LATE, OVERDUE, EXCEEDED = "open", "done", "late", "overdue", "exceeded"
DUE_DATE = "审限届满日"
COURT, PARTY = "法院", "当事人"


@dataclass(frozen=True, slots=True)
class Moment:
    """An event that starts or fulfils a node; no `kinds` means any."""

    events: frozenset[str]
    kinds: frozenset[str] = frozenset()

    def matches(self, event: TimelineEvent) -> bool:
        """Whether this event is meant."""
        return event.event in self.events and (not self.kinds or event.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Node:
    """One deadline. `types` are type codes or prefixes with a star (民*); none: any case.

    `trigger` None: a program gives the day (see due_from). `before` counts back from the trigger.
    `at_most` limits how often the trigger may happen instead of setting a day.
    """

    id: str
    name: str
    law: str
    status: str
    valid_from: date
    trigger: Moment | None
    done: Moment | None
    types: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    procedures: tuple[str, ...] = ()
    foreign: bool | None = None
    against: str | None = None
    months: int = 0
    days: int = 0
    workdays: int = 0
    before: bool = False
    whose: str = COURT
    at_most: int | None = None
    source_ids: tuple[str, ...] = ()
    note: str = ""

    def applies_to(self, history: CaseHistory) -> bool:
        """Whether this node concerns the case at all."""
        return (
            (not self.types or any(_fits(history.case_type, kind) for kind in self.types))
            and self.marks <= history.marks
            and not (self.without & history.marks)
            and (not self.procedures or history.procedure in self.procedures)
            and (self.foreign is None or self.foreign == history.foreign_related)
            and (self.against is None or self.against == history.against)
        )


@dataclass(frozen=True, slots=True)
class NodeDue:
    """One node of one case: triggered when, due when, done when.

    `state`: open · done (in time) · late (done after it was due) · overdue · exceeded (too often).
    """

    node_id: str
    name: str
    triggered_on: date
    due: date | None
    done_on: date | None
    state: str
    law: str
    flags: tuple[str, ...] = ()


def due_from(node: Node, day: date, calendar: Calendar | None) -> tuple[date, tuple[str, ...]]:
    """Return the node's last day counted from `day`, and flags (日历未公布: not rolled)."""
    if node.before:
        return term_end(day, -node.months, -node.days, None), ()
    try:
        return _counted(node, day, calendar), ()
    except CalendarNotPublished:
        weekdays = _skip_weekends(day, node.workdays) if node.workdays else day
        return term_end(weekdays, node.months, node.days, None), (flags.CALENDAR_UNPUBLISHED,)


def node_dues(
    history: CaseHistory,
    nodes: Iterable[Node],
    calendar: Calendar | None,
    due: date | None = None,
) -> tuple[NodeDue, ...]:
    """Return every node that the case has met by `as_of`, by trigger day.

    `due` is the case's 审限 for nodes that count back from it.
    """
    events = in_order(history.events, history.as_of)
    found = [
        item
        for node in nodes
        if node.trigger is not None and node.applies_to(history)
        for item in _of(node, events, history, calendar, due)
    ]
    return tuple(sorted(found, key=lambda item: (item.triggered_on, item.node_id)))


def _fits(case_type: str, kind: str) -> bool:
    return case_type.startswith(kind[:-1]) if kind.endswith("*") else case_type == kind


def _counted(node: Node, day: date, calendar: Calendar | None) -> date:
    if node.workdays:
        if calendar is None:
            raise CalendarNotPublished(day.year)
        return calendar.add_workdays(day, node.workdays)
    end = term_end(day, node.months, node.days, None)
    if node.whose != PARTY:
        return end
    if calendar is None:
        raise CalendarNotPublished(end.year)
    return calendar.roll(end)


def _skip_weekends(day: date, workdays: int) -> date:
    left = workdays
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _of(
    node: Node,
    events: Sequence[TimelineEvent],
    history: CaseHistory,
    calendar: Calendar | None,
    due: date | None,
) -> Iterator[NodeDue]:
    assert node.trigger is not None
    triggers = [event.on for event in events if node.trigger.matches(event)]
    if due is not None and DUE_DATE in node.trigger.events:
        triggers = [due]
    triggers = [day for day in triggers if day >= node.valid_from]
    if node.at_most is not None:
        for day in triggers[node.at_most :]:
            yield NodeDue(node.id, node.name, day, None, None, EXCEEDED, node.law)
        return
    for day in triggers:
        yield _answered(node, day, events, history.as_of, calendar)


def _answered(
    node: Node, day: date, events: Sequence[TimelineEvent], as_of: date, calendar: Calendar | None
) -> NodeDue:
    due, marks = due_from(node, day, calendar)
    done = next(
        (
            event.on
            for event in events
            if node.done is not None
            and node.done.matches(event)
            and (event.on >= day or node.before)
        ),
        None,
    )
    state = _state(due, done, as_of)
    return NodeDue(node.id, node.name, day, due, done, state, node.law, marks)


def _state(due: date, done: date | None, as_of: date) -> str:
    if done is not None:
        return DONE if done <= due else LATE
    return OVERDUE if as_of > due else OPEN
