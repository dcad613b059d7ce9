"""From a case's events and the rules to its due date.

Order of events: by day; events of one day keep the order given (that of the log). Caps and free
days that run out on a day act before its events; the case's closing acts at the end of its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from shenguan.core.calendar import Calendar
from shenguan.core.timelimit import flags, special, vocabulary
from shenguan.core.timelimit.answer import Trace, answer, derive, walk
from shenguan.core.timelimit.clock import Clock
from shenguan.core.timelimit.closing import legal_closing
from shenguan.core.timelimit.model import (
    CaseHistory,
    Due,
    Settings,
    TimeLimitError,
    TimelineEvent,
)
from shenguan.core.timelimit.rule import TERM, Choice, Rules

DEFAULT = Settings()
_BY_DAY = attrgetter("on")


def compute(
    history: CaseHistory, rules: Rules, calendar: Calendar | None, settings: Settings = DEFAULT
) -> Due:
    """Return the due date of `history` as known at the end of `history.as_of`.

    Raises TimeLimitError when no event can start the clock or `history.rule` is unknown. A missing
    calendar year is a flag, not an error.
    """
    events = in_order(history.events, history.as_of)
    choice = _choice(history, rules, settings)
    start = _start_event(choice, events, history)
    if start is None:
        return special.without_rule(history, choice.missing or flags.NOT_STARTED, rules, events)
    rule, missing = choice.on(start.on)
    if rule is None:
        why = missing or flags.NO_TYPE_RULE
        return special.without_rule(history, why, rules, events, start.on)
    closing = legal_closing(events)
    if rule.kind != TERM:
        return special.special(history, rule, start, closing)

    def clock() -> Clock:
        return Clock(history, rules, calendar, settings, rule, start.on)

    until = closing.on if closing else history.as_of
    walked = clock()
    local = None
    if walk(walked, events, until):
        local = clock()
        local.local = True
        walk(local, events, until)
    if history.foreign_related and walked.rule.foreign == "no_limit":
        return special.foreign_unlimited(history, walked.rule, start.on, closing)

    def trace() -> Trace:
        again = clock()
        again.steps = []
        return derive(again, events, until, start, closing, found.due_local)

    found = answer(walked, local, closing, trace)
    return found


def in_order(events: tuple[TimelineEvent, ...], as_of: date) -> Sequence[TimelineEvent]:
    """Return the events up to and on `as_of` by day; those of one day keep their order."""
    ordered: Sequence[TimelineEvent] = events
    previous = date.min
    for event in events:
        if event.on < previous:
            ordered = sorted(events, key=_BY_DAY)
            break
        previous = event.on
    if ordered and ordered[-1].on > as_of:
        return [event for event in ordered if event.on <= as_of]
    return ordered


def _choice(history: CaseHistory, rules: Rules, settings: Settings) -> Choice:
    marks = history.marks
    if settings.confirmation_15_days:
        marks = marks | {vocabulary.CONFIRMATION_15_DAYS}
    return rules.choose(
        history.case_type,
        history.procedure,
        marks,
        history.against,
        history.detained,
        history.rule,
    )


def _start_event(
    choice: Choice, events: Sequence[TimelineEvent], history: CaseHistory
) -> TimelineEvent | None:
    """The event that starts the clock: the first recorded of the names the rule prefers."""
    names = choice.versions[-1].start if choice.versions else (vocabulary.FILED,)
    for name in names:
        for event in events:
            if event.event == name:
                return event
    if not choice.versions or any(event.event in names for event in history.events):
        return None
    raise TimeLimitError(f"字段 events 缺少起算事件：需要 {' 或 '.join(names)}")
