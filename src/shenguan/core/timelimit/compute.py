"""From a case's events and the rules to its due date.

Order of events: by day; events of one day keep the order given (that of the log). The case's
closing takes effect at the end of its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shenguan.core.calendar import Calendar
from shenguan.core.timelimit import flags, say, vocabulary
from shenguan.core.timelimit.actions import ACTIONS
from shenguan.core.timelimit.clock import Clock
from shenguan.core.timelimit.closing import Closing, legal_closing
from shenguan.core.timelimit.model import (
    CLOSED,
    NO_LIMIT,
    NO_RULE,
    PAUSED,
    RUNNING,
    CaseHistory,
    Due,
    Interval,
    Settings,
    Step,
    TimeLimitError,
    TimelineEvent,
)
from shenguan.core.timelimit.rule import (
    ELECTION,
    HOURS,
    MINIMUM,
    TERM,
    Choice,
    Rule,
    Rules,
)

DEFAULT = Settings()
_LOCAL_BEGIN = "其他扣除开始"

Trace = tuple[tuple[Step, ...], tuple[Interval, ...]]


def compute(
    history: CaseHistory, rules: Rules, calendar: Calendar | None, settings: Settings = DEFAULT
) -> Due:
    """Return the due date of `history` as known at the end of `history.as_of`.

    Raises TimeLimitError when the facts can't start the clock or name an unknown rule. A missing
    calendar year is a flag, not an error.
    """
    events = in_order(history.events, history.as_of)
    choice = _choice(history, rules, settings)
    start = _start_event(choice, events, history)
    if start is None:
        return _without(history, choice.missing or flags.NOT_STARTED, rules)
    rule, missing = choice.on(start.on)
    if rule is None:
        return _without(history, missing or flags.NO_TYPE_RULE, rules, start.on)
    closing = legal_closing(events)
    if rule.kind != TERM:
        return _special(history, rule, start, closing)
    return _run(history, rules, calendar, settings, rule, start, events, closing)


def in_order(events: Sequence[TimelineEvent], as_of: date) -> Sequence[TimelineEvent]:
    """Return the events up to and on `as_of` by day; those of one day keep their order."""
    previous = date.min
    for event in events:
        if event.on < previous:
            events = sorted(events, key=lambda e: e.on)
            break
        previous = event.on
    if events and events[-1].on > as_of:
        return [event for event in events if event.on <= as_of]
    return events


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


def _run(
    history: CaseHistory,
    rules: Rules,
    calendar: Calendar | None,
    settings: Settings,
    rule: Rule,
    start: TimelineEvent,
    events: Sequence[TimelineEvent],
    closing: Closing | None,
) -> Due:
    """Walk the events, twice where a local exclusion makes a second due date."""
    clock = Clock(history, rules, calendar, settings, rule, start.on)
    until = closing.on if closing else history.as_of
    has_local = _walk(clock, events, until)
    if history.foreign_related and _without_limit(clock):
        return _unlimited(history, clock.rule, start.on, closing, flags.NO_OWN_LIMIT)
    local = None
    if has_local:
        local = Clock(history, rules, calendar, settings, rule, start.on)
        local.local = True
        _walk(local, events, until)
    _note_rule(clock, history)

    def trace() -> Trace:
        again = Clock(history, rules, calendar, settings, rule, start.on)
        again.steps = []
        return _traced(again, events, until, start, closing)

    return _answer(clock, local, closing, trace)


def _without_limit(clock: Clock) -> bool:
    return clock.rule.foreign == "no_limit"


def _walk(clock: Clock, events: Sequence[TimelineEvent], until: date) -> bool:
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


def _note_rule(clock: Clock, history: CaseHistory) -> None:
    rule = clock.rule
    if rule.status == "unverified":
        clock.flag(flags.UNVERIFIED)
    if rule.default_against and history.against is None:
        clock.flag(flags.AGAINST_ASSUMED)
    if history.foreign_related and rule.foreign == "applies":
        clock.flag(flags.FOREIGN_APPLIES)


def _stop(clock: Clock, closing: Closing | None, as_of: date) -> int:
    """Return the excluded days at the day asked; a closing ends whatever is still open."""
    if not clock.pauses:
        return clock.excluded
    day = closing.on if closing else as_of
    excluded = clock.excluded + max((day - clock.pause_from).days, 0)
    if closing:
        clock.excluded, clock.pauses = excluded, 0
    return excluded


def _answer(
    clock: Clock,
    local: Clock | None,
    closing: Closing | None,
    trace: object,
) -> Due:
    history = clock.history
    excluded = _stop(clock, closing, history.as_of)
    due = None if clock.pauses else clock.due
    due_local = _local_due(clock, local, closing, due)
    if clock.pauses:
        clock.flag(flags.STILL_OPEN)
    if closing and closing.reported_only:
        clock.flag(flags.REPORTED_ONLY)
    state = CLOSED if closing else PAUSED if clock.pauses else RUNNING
    return Due(
        history.id,
        due,
        due_local,
        state,
        (due - history.as_of).days if due and not closing else None,
        excluded,
        closing.on <= due if closing and due else None,
        tuple(clock.flags),
        clock.rule.id,
        clock.start,
        closing.on if closing else None,
        clock.limit,
        None,
        clock.pause_from if clock.pauses else None,
        _paused_by(clock) if clock.pauses else None,
        trace,  # type: ignore[arg-type]
    )


def _local_due(
    clock: Clock, local: Clock | None, closing: Closing | None, due: date | None
) -> date | None:
    if local is None or due is None:
        return None
    _stop(local, closing, local.history.as_of)
    if local.pauses:
        clock.flag(flags.LOCAL_OPEN)
        return None
    return local.due if local.due != due else None


def _paused_by(clock: Clock) -> str:
    names = [
        s.exclusion.reason
        for waiting in clock.open.values()
        for s in waiting
        if s.counted and not s.over and s.exclusion
    ]
    return "、".join(dict.fromkeys(names))


def _traced(
    clock: Clock,
    events: Sequence[TimelineEvent],
    until: date,
    start: TimelineEvent,
    closing: Closing | None,
) -> Trace:
    """Derive once more, telling every step."""
    counts = clock.settings.start_counts
    rule = clock.rule
    first = say.started(start.on, start.event, rule.months, rule.days, counts=counts)
    clock.tell(f"适用{rule.name}：{first}", rule.law, start.on)
    _walk(clock, events, until)
    if closing and clock.pauses:
        _cut(clock, closing.on)
    steps = clock.steps or []
    steps.append(_last_step(clock, closing))
    return tuple(steps), tuple(clock.intervals)


def _cut(clock: Clock, day: date) -> None:
    """The closing ends what is open; a restart that never came doesn't come now."""
    for waiting in clock.open.values():
        for suspension in waiting:
            if suspension.counted and not suspension.over:
                suspension.over = True
                clock.recorded(suspension, day)
                days = max((day - clock.pause_from).days, 0)
                sentence = say.excluded(suspension, day, days, 0) + "（至结案日止）"
                clock.tell(sentence, suspension.exclusion.law if suspension.exclusion else "", day)
    clock.excluded += max((day - clock.pause_from).days, 0)
    clock.pauses = 0


def _last_step(clock: Clock, closing: Closing | None) -> Step:
    law = clock.rule.law
    if clock.pauses:
        return Step(say.paused(_paused_by(clock), clock.pause_from), law, None)
    due = clock.due
    if closing:
        sentence = say.closed(closing.on, closing.event, due, in_time=closing.on <= due)
        return Step(sentence, law, due)
    rolled = due != clock.limit + timedelta(days=clock.excluded)
    return Step(say.concluded(due, clock.excluded, rolled=rolled), law, due)


# -- limits that aren't terms ------------------------------------------------------------------


def _without(history: CaseHistory, why: str, rules: Rules, start: date | None = None) -> Due:
    """No rule for this case: never a neighbour's."""
    marks = [why]
    if any(event.event not in rules.known_events for event in history.events):
        marks.append(flags.UNKNOWN_EVENT)
    closing = legal_closing(in_order(history.events, history.as_of))
    sentence = f"{history.case_type}：{flags.MEANINGS[why]}"
    return _empty(history, NO_RULE, tuple(marks), None, start, closing, (Step(sentence, "", None),))


def _unlimited(
    history: CaseHistory, rule: Rule, start: date, closing: Closing | None, flag: str
) -> Due:
    said = (
        "涉外民事案件不受民诉法第152、183条限制" if history.foreign_related and rule.foreign else ""
    )
    sentence = f"{rule.name}：{said or flags.MEANINGS[flag]}"
    law = f"{rule.law}；民事诉讼法第287条" if said else rule.law
    return _empty(history, NO_LIMIT, (flag,), rule.id, start, closing, (Step(sentence, law, None),))


def _empty(
    history: CaseHistory,
    state: str,
    marks: tuple[str, ...],
    rule_id: str | None,
    start: date | None,
    closing: Closing | None,
    steps: tuple[Step, ...],
) -> Due:
    return Due(
        history.id,
        None,
        None,
        state,
        None,
        0,
        None,
        marks,
        rule_id,
        start,
        closing.on if closing else None,
        trace=lambda: (steps, ()),
    )


def _special(
    history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None
) -> Due:
    if rule.kind == HOURS:
        return _hours(history, rule, start, closing)
    if rule.kind == ELECTION:
        return _election(history, rule, start, closing)
    flag = flags.MINIMUM_ONLY if rule.kind == MINIMUM else flags.NO_OWN_LIMIT
    return _unlimited(history, rule, start.on, closing, flag)


def _hours(history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None) -> Due:
    """A limit in hours runs from the minute; holidays and nights count."""
    span = timedelta(hours=rule.hours)
    begun = datetime.combine(start.on, start.at) if start.at else None  # noqa: DTZ - local wall time
    due_at = begun + span if begun else None
    due = due_at.date() if due_at else start.on + span
    in_time = None
    if closing:
        in_time = closing.on <= due
        if due_at and closing.at:
            in_time = datetime.combine(closing.on, closing.at) <= due_at  # noqa: DTZ
    marks = () if start.at else (flags.NO_TIME_OF_DAY,)
    when = f"{due_at:%Y-%m-%d %H:%M}" if due_at else f"{due}"
    sentence = f"{rule.name}：{start.on}{start.event}起{rule.hours}小时，{when}届满"
    return _dated(history, rule, start.on, closing, due, in_time, marks, sentence, due_at)


def _election(
    history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None
) -> Due:
    """民诉法第189条: before election day."""
    if history.election_on is None:
        marks: tuple[str, ...] = (flags.NO_ELECTION_DAY,)
        sentence = f"{rule.name}：须在选举日前审结，{flags.NO_ELECTION_DAY}"
        return _dated(history, rule, start.on, closing, None, None, marks, sentence, None)
    due = history.election_on - timedelta(days=1)
    in_time = closing.on <= due if closing else None
    sentence = f"{rule.name}：选举日{history.election_on}前审结"
    return _dated(history, rule, start.on, closing, due, in_time, (), sentence, None)


def _dated(
    history: CaseHistory,
    rule: Rule,
    start: date,
    closing: Closing | None,
    due: date | None,
    in_time: bool | None,
    marks: tuple[str, ...],
    sentence: str,
    due_at: datetime | None,
) -> Due:
    steps = (Step(sentence, rule.law, due),)
    if closing and closing.reported_only:
        marks = (*marks, flags.REPORTED_ONLY)
    return Due(
        history.id,
        due,
        None,
        CLOSED if closing else RUNNING,
        (due - history.as_of).days if due and not closing else None,
        0,
        in_time,
        marks,
        rule.id,
        start,
        closing.on if closing else None,
        due,
        due_at,
        trace=lambda: (steps, ()),
    )
