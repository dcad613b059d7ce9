"""Answers that aren't the end of a term: no rule, no limit, hours, election day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shenguan.core.timelimit import flags
from shenguan.core.timelimit.closing import Closing, legal_closing
from shenguan.core.timelimit.model import (
    CLOSED,
    NO_LIMIT,
    NO_RULE,
    RUNNING,
    CaseHistory,
    Due,
    Step,
    TimelineEvent,
)
from shenguan.core.timelimit.rule import ELECTION, HOURS, MINIMUM, Rule, Rules

_FOREIGN = "民事诉讼法第287条"


def without_rule(
    history: CaseHistory,
    why: str,
    rules: Rules,
    events: Sequence[TimelineEvent],
    start: date | None = None,
) -> Due:
    """No rule for this case, with the flag that says why: never a neighbour's."""
    marks = [why]
    if any(event.event not in rules.known_events for event in events):
        marks.append(flags.UNKNOWN_EVENT)
    sentence = f"{history.case_type}：{flags.MEANINGS[why]}"
    step = Step(sentence, "", None)
    closing = legal_closing(events)
    return _empty(history, NO_RULE, tuple(marks), None, start, closing, step)


def foreign_unlimited(
    history: CaseHistory, rule: Rule, start: date, closing: Closing | None
) -> Due:
    """民诉法第287条: 152 and 183 don't bind a foreign-related civil case."""
    step = Step(f"{rule.name}：涉外民事案件不受该期限限制", f"{_FOREIGN}；{rule.law}", None)
    return _empty(history, NO_LIMIT, (flags.NO_OWN_LIMIT,), rule.id, start, closing, step)


def special(history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None) -> Due:
    """Answer for a rule whose kind isn't a term of months or days."""
    if rule.kind == HOURS:
        return _hours(history, rule, start, closing)
    if rule.kind == ELECTION:
        return _election(history, rule, start, closing)
    flag = flags.MINIMUM_ONLY if rule.kind == MINIMUM else flags.NO_OWN_LIMIT
    step = Step(f"{rule.name}：{flags.MEANINGS[flag]}", rule.law, None)
    return _empty(history, NO_LIMIT, (flag,), rule.id, start.on, closing, step)


def rule_flags(history: CaseHistory, rule: Rule) -> list[str]:
    """What the reader must know of the rule itself."""
    found = []
    if rule.status == "unverified":
        found.append(flags.UNVERIFIED)
    if rule.default_against and history.against is None:
        found.append(flags.AGAINST_ASSUMED)
    if history.foreign_related and rule.case_class == "民事":
        found.append(flags.FOREIGN_APPLIES)
    return found


def _empty(
    history: CaseHistory,
    state: str,
    marks: tuple[str, ...],
    rule_id: str | None,
    start: date | None,
    closing: Closing | None,
    step: Step,
) -> Due:
    return Due(
        id=history.id,
        due=None,
        due_local=None,
        state=state,
        days_left=None,
        excluded_days=0,
        in_time=None,
        flags=marks,
        rule_id=rule_id,
        start_on=start,
        closed_on=closing.on if closing else None,
        trace=lambda: ((step,), ()),
    )


def _hours(history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None) -> Due:
    """A limit in hours runs from the minute; nights and holidays count."""
    span = timedelta(hours=rule.hours)
    due_at = _moment(start.on, start) + span if start.at else None
    due = due_at.date() if due_at else start.on + span
    in_time = None
    if closing:
        in_time = closing.on <= due
        if due_at and closing.at:
            in_time = datetime.combine(closing.on, closing.at) <= due_at
    marks = [] if start.at else [flags.NO_TIME_OF_DAY]
    when = f"{due_at:%Y-%m-%d %H:%M}" if due_at else f"{due}"
    sentence = f"{rule.name}：{start.on}{start.event}起{rule.hours}小时，{when}届满"
    step = Step(sentence, rule.law, due)
    return _dated(history, rule, start.on, closing, step, marks, in_time, due_at)


def _moment(day: date, event: TimelineEvent) -> datetime:
    assert event.at is not None
    return datetime.combine(day, event.at)


def _election(
    history: CaseHistory, rule: Rule, start: TimelineEvent, closing: Closing | None
) -> Due:
    """民诉法第189条: before election day."""
    if history.election_on is None:
        step = Step(f"{rule.name}：须在选举日前审结，选举日未登记", rule.law, None)
        return _dated(history, rule, start.on, closing, step, [flags.NO_ELECTION_DAY])
    due = history.election_on - timedelta(days=1)
    step = Step(f"{rule.name}：须在选举日{history.election_on}前审结", rule.law, due)
    in_time = closing.on <= due if closing else None
    return _dated(history, rule, start.on, closing, step, [], in_time)


def _dated(
    history: CaseHistory,
    rule: Rule,
    start: date,
    closing: Closing | None,
    step: Step,
    marks: list[str],
    in_time: bool | None = None,
    due_at: datetime | None = None,
) -> Due:
    due = step.on
    if closing and closing.reported_only:
        marks.append(flags.REPORTED_ONLY)
    return Due(
        id=history.id,
        due=due,
        due_local=None,
        state=CLOSED if closing else RUNNING,
        days_left=(due - history.as_of).days if due and not closing else None,
        excluded_days=0,
        in_time=in_time,
        flags=(*marks, *rule_flags(history, rule)),
        rule_id=rule.id,
        start_on=start,
        closed_on=closing.on if closing else None,
        limit_on=due,
        due_at=due_at,
        trace=lambda: ((step,), ()),
    )
