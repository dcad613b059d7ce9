"""From walked clocks to the answer, and the derivation told step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from shenguan.core.timelimit import flags, say
from shenguan.core.timelimit.actions import ACTIONS
from shenguan.core.timelimit.clock import Clock, Suspension
from shenguan.core.timelimit.closing import Closing
from shenguan.core.timelimit.model import (
    CLOSED,
    PAUSED,
    RUNNING,
    Due,
    Interval,
    Step,
    TimelineEvent,
)
from shenguan.core.timelimit.special import rule_flags

Trace = tuple[tuple[Step, ...], tuple[Interval, ...]]
_LOCAL_BEGIN = "其他扣除开始"


def walk(clock: Clock, events: Sequence[TimelineEvent], until: date) -> bool:
    """Let every event up to `until` act; say whether a local exclusion was among them."""
    local = False
    known = clock.rules.known_events
    for event in events:
        day = event.on
        if day > until:
            break
        if clock.pending:
            clock.flush(day)
        name = event.event
        action = ACTIONS.get(name)
        if action is not None:
            action(clock, event)
            if name == _LOCAL_BEGIN:
                local = True
        elif name not in known:
            clock.flag(flags.UNKNOWN_EVENT)
    if clock.pending:
        clock.flush(until)
    return local


def answer(
    clock: Clock, local: Clock | None, closing: Closing | None, trace: Callable[[], Trace]
) -> Due:
    """Put the walked clock (and the local-policy one) into words and numbers."""
    history = clock.history
    excluded = _excluded(clock, closing)
    paused = bool(clock.pauses)
    due = None if paused else clock.due
    due_local = _local_due(clock, local, closing, due)
    for mark in rule_flags(history, clock.rule):
        clock.flag(mark)
    if paused:
        clock.flag(flags.STILL_OPEN)
    if closing and closing.reported_only:
        clock.flag(flags.REPORTED_ONLY)
    return Due(
        history.id,
        due,
        due_local,
        CLOSED if closing else PAUSED if paused else RUNNING,
        (due - history.as_of).days if due and not closing else None,
        excluded,
        closing.on <= due if closing and due else None,
        tuple(clock.flags),
        clock.rule.id,
        clock.start,
        closing.on if closing else None,
        clock.limit,
        None,
        clock.pause_from if paused else None,
        _paused_by(clock) if paused else None,
        trace,
    )


def _excluded(clock: Clock, closing: Closing | None) -> int:
    """Return the excluded days at the day asked; a closing ends whatever is still open."""
    if not clock.pauses:
        return clock.excluded
    day = closing.on if closing else clock.history.as_of
    excluded = clock.excluded + max((day - clock.pause_from).days, 0)
    if closing:
        clock.excluded, clock.pauses = excluded, 0
    return excluded


def _local_due(
    clock: Clock, local: Clock | None, closing: Closing | None, due: date | None
) -> date | None:
    if local is None or due is None:
        return None
    _excluded(local, closing)
    if local.pauses:
        clock.flag(flags.LOCAL_OPEN)
        return None
    return local.due if local.due != due else None


def _open(clock: Clock) -> list[Suspension]:
    return [
        suspension
        for waiting in clock.open.values()
        for suspension in waiting
        if suspension.counted and not suspension.over
    ]


def _paused_by(clock: Clock) -> str:
    names = [s.exclusion.reason if s.exclusion else s.begin_name for s in _open(clock)]
    return "、".join(dict.fromkeys(names))


# -- the derivation --------------------------------------------------------------------------


def derive(
    clock: Clock,
    events: Sequence[TimelineEvent],
    until: date,
    start: TimelineEvent,
    closing: Closing | None,
    due_local: date | None,
) -> Trace:
    """Walk once more with `clock.steps` switched on and close the derivation."""
    rule, steps = clock.rule, clock.steps
    assert steps is not None
    counts = clock.settings.start_counts
    first = say.started(start.on, start.event, rule.months, rule.days, counts=counts)
    clock.tell(f"适用{rule.name}：{first}", rule.law, start.on)
    walk(clock, events, until)
    if closing and clock.pauses:
        _cut(clock, closing.on)
    if due_local is not None:
        steps.append(Step(say.locally(due_local), "地方规定", clock.due))
    steps.append(_last_step(clock, closing))
    return tuple(steps), tuple(clock.intervals)


def _cut(clock: Clock, day: date) -> None:
    """The closing ends what is open; a restart that hasn't come by then doesn't come."""
    for suspension in _open(clock):
        suspension.over = True
        clock.recorded(suspension, day)
        sentence = say.cut(suspension, day)
        clock.tell(sentence, clock.law_of(suspension), day)
    clock.excluded += max((day - clock.pause_from).days, 0)
    clock.pauses = 0


def _last_step(clock: Clock, closing: Closing | None) -> Step:
    law = clock.rule.law
    if clock.pauses:
        laws = dict.fromkeys(clock.law_of(suspension) for suspension in _open(clock))
        return Step(say.paused(_paused_by(clock), clock.pause_from), "；".join(laws), None)
    due = clock.due
    if closing:
        sentence = say.closed(closing.on, closing.event, due, in_time=closing.on <= due)
        return Step(sentence, law, due)
    rolled = due != clock.limit + timedelta(days=clock.excluded)
    return Step(say.concluded(due, clock.excluded, rolled=rolled), law, due)
