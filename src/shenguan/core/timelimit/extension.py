"""Extensions (延长审限): who may grant which, how often and how far."""

from __future__ import annotations

from datetime import date, timedelta

from shenguan.core.timelimit import flags, say, vocabulary
from shenguan.core.timelimit.clock import Clock
from shenguan.core.timelimit.model import TimelineEvent
from shenguan.core.timelimit.rule import Stage


def apply_for(clock: Clock, event: TimelineEvent) -> None:
    """Remember an application; it moves nothing by itself."""
    clock.applied_on = event.on


def refuse(clock: Clock, event: TimelineEvent) -> None:
    """A refusal is a step and leaves the date alone."""
    clock.flag(flags.REFUSED)
    clock.applied_on = None
    if clock.steps is not None:
        clock.tell(say.refused(event.on, event.approver), clock.rule.law, event.on)


def approve(clock: Clock, event: TimelineEvent) -> None:
    """Lengthen the term if someone with the power said so before it ended."""
    index, why = _grantable(clock, event)
    if index is None:
        _decline(clock, event, why)
        return
    stage = clock.rule.stages[index]
    months, days = _wanted(clock, stage, event)
    if not (months or days):
        _decline(clock, event, flags.NO_LENGTH)
        return
    target = _allowed(clock, stage, months, days)
    if target == (clock.months, clock.days):
        _decline(clock, event, flags.TOO_LONG)
        return
    _check_papers(clock, stage, event)
    clock.used[index] = clock.used.get(index, 0) + 1
    clock.applied_on = None
    added = target[0] - clock.months, target[1] - clock.days
    clock.set_term(*target)
    if clock.steps is not None:
        sentence = say.extended(event.on, event.approver, added, target)
        clock.tell(sentence, stage.law, event.on)


def _decline(clock: Clock, event: TimelineEvent, why: str) -> None:
    clock.flag(why)
    clock.applied_on = None
    if clock.steps is not None:
        clock.tell(say.not_extended(event.on, event.approver, why), clock.rule.law, event.on)


def _grantable(clock: Clock, event: TimelineEvent) -> tuple[int | None, str]:
    """Return the number of the stage this approval belongs to, or why there is none."""
    if clock.expired(event.on):
        return None, flags.TOO_LATE
    stages = clock.rule.stages
    if not stages:
        return None, flags.NOT_EXTENDABLE
    if event.approver is None:
        return _first_free(clock, range(len(stages)))
    powers = _powers(clock, event.approver, event.on)
    named = [i for i, stage in enumerate(stages) if stage.approvers & powers]
    anyone = [i for i, stage in enumerate(stages) if not stage.approvers]
    index, why = _first_free(clock, named or anyone)
    return (index, why) if named or anyone else (None, flags.APPROVER_WRONG)


def _first_free(clock: Clock, candidates: list[int] | range) -> tuple[int | None, str]:
    for index in candidates:
        times = clock.rule.stages[index].times
        if times is None or clock.used.get(index, 0) < times:
            return index, ""
    return None, flags.TOO_OFTEN


def _powers(clock: Clock, approver: str, day: date) -> frozenset[str]:
    """Which of the closed list an approver's name stands for, seen from this court."""
    name = vocabulary.APPROVERS.get(approver.strip(), approver.strip())
    level = clock.history.court_level
    if name == vocabulary.VICE_PRESIDENT and clock.settings.delegated(day):
        clock.flag(flags.APPROVER_DELEGATED)
        return frozenset({vocabulary.PRESIDENT, name})
    above = {"中级": vocabulary.HIGH_COURT, "高级": vocabulary.SUPREME_COURT}
    if level is not None and above.get(level) == name:
        return frozenset({vocabulary.COURT_ABOVE, name})
    return frozenset({name})


def _wanted(clock: Clock, stage: Stage, event: TimelineEvent) -> tuple[int, int]:
    """Months and days asked for; where the record is silent, what the article fixes."""
    if event.months or event.days:
        return event.months or 0, event.days or 0
    clock.flag(flags.NO_LENGTH)
    return stage.months, stage.days


def _allowed(clock: Clock, stage: Stage, months: int, days: int) -> tuple[int, int]:
    """The new whole term (months, days), held to what the article allows."""
    wanted = clock.months + months, clock.days + days
    if stage.open_length:
        clock.flag(flags.LENGTH_OPEN)
        if stage.at_most is None or clock.term(*wanted) <= clock.term(
            clock.months + stage.at_most, clock.days
        ):
            return wanted
        clock.flag(flags.TOO_LONG)
        return clock.months + stage.at_most, clock.days
    if stage.total:
        most = stage.months, stage.days
        if clock.limit >= clock.term(*most):
            return clock.months, clock.days
    else:
        most = clock.months + stage.months, clock.days + stage.days
    if clock.term(*wanted) <= clock.term(*most):
        return wanted
    # Without a recorded length a "total" is meant whole, which is no excess.
    if (months, days) != (stage.months, stage.days):
        clock.flag(flags.TOO_LONG)
    return most


def _check_papers(clock: Clock, stage: Stage, event: TimelineEvent) -> None:
    """What should be on file and isn't: a flag, never a reason to ignore the extension."""
    if event.approver is None:
        clock.flag(flags.NO_APPROVER)
    if not stage.approvers:
        clock.flag(flags.APPROVER_OPEN)
    if event.reason is None:
        clock.flag(flags.NO_GROUND)
    if event.paper is None:
        clock.flag(flags.NO_PAPER)
    due = clock.due_on(event.on)
    if clock.applied_on is None:
        clock.flag(flags.NO_APPLICATION)
    elif stage.apply_before and clock.applied_on > due - timedelta(days=stage.apply_before):
        clock.flag(flags.APPLIED_LATE)
    if stage.decide_before and event.on > due - timedelta(days=stage.decide_before):
        clock.flag(flags.DECIDED_LATE)
