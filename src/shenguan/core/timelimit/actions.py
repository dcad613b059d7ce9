"""What each kind of event does to the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from shenguan.core.timelimit import extension, flags, say, vocabulary
from shenguan.core.timelimit.clock import Clock, Suspension
from shenguan.core.timelimit.model import TimelineEvent
from shenguan.core.timelimit.rule import Exclusion, Rule

Action = Callable[[Clock, TimelineEvent], None]

# Adjournments and hearings are everyday events; only a criminal adjournment on listed grounds counts.
_SILENT_BEGIN, _SILENT_END = "延期开庭", "开庭"


def begin(clock: Clock, event: TimelineEvent) -> None:
    """A suspension starts: let it stop the clock if the law excludes it in this class of case."""
    exclusion = clock.rule.opens.get(event.event)
    if exclusion is None and event.event == _SILENT_BEGIN:
        return
    suspension = Suspension(event, exclusion)
    clock.open.setdefault(vocabulary.PAIRS[event.event], []).append(suspension)
    why = _bar(clock, exclusion, event)
    if why is not None:
        _ignore(clock, suspension, why)
    elif exclusion is not None and exclusion.grace:
        _free_days(clock, suspension, exclusion)
    else:
        clock.enter(suspension, event.on)
        _known_end(clock, suspension, event)


def _known_end(clock: Clock, suspension: Suspension, event: TimelineEvent) -> None:
    """An adjournment that names its new day ends there."""
    if event.event == _SILENT_BEGIN and event.until is not None:
        clock.pending.append((max(event.until, event.on), False, suspension))


def _bar(clock: Clock, exclusion: Exclusion | None, event: TimelineEvent) -> str | None:
    """Why a suspension doesn't stop this clock; "" for one that only local policy excludes."""
    if exclusion is None:
        return flags.NOT_EXCLUDED
    if exclusion.local:
        wanted = clock.settings.local_reasons
        return None if clock.local and (not wanted or event.kind in wanted) else ""
    if exclusion.kinds and event.kind not in exclusion.kinds:
        return "" if event.event == _SILENT_BEGIN else flags.NOT_EXCLUDED
    if exclusion.agreed and event.agreed is not True:
        return flags.NOT_AGREED
    return None


def _ignore(clock: Clock, suspension: Suspension, why: str) -> None:
    if not why:
        clock.recorded(suspension, None)
        if clock.steps is not None and suspension.exclusion and suspension.exclusion.local:
            law = suspension.exclusion.law
            clock.tell(say.local_only(suspension), law, suspension.begin)
        return
    clock.flag(why)
    clock.recorded(suspension, None)
    if clock.steps is not None:
        clock.tell(say.not_excluded(suspension, why), clock.rule.law, suspension.begin)


def _free_days(clock: Clock, suspension: Suspension, exclusion: Exclusion) -> None:
    """民事调解规定第4条: only the extension agreed beyond 15 (summary: 7) days isn't counted."""
    days = exclusion.grace.get(clock.rule.procedure, exclusion.grace.get("", 0))
    start = suspension.begin + timedelta(days=days)
    clock.pending.append((start, True, suspension))
    if clock.steps is not None:
        clock.tell(say.grace(suspension, days, start), exclusion.law, suspension.begin)


def end(clock: Clock, event: TimelineEvent) -> None:
    """A suspension ends: the one of the same kind that has been open longest."""
    waiting = clock.open.get(event.event)
    if event.event == _SILENT_END:
        clock.heard = True
    if not waiting:
        if event.event != _SILENT_END:
            clock.flag(flags.END_WITHOUT_BEGIN)
        return
    chosen = next(
        (s for s in waiting if event.kind is not None and s.kind == event.kind), waiting[0]
    )
    waiting.remove(chosen)
    clock.leave(chosen, event.on)


def convert(clock: Clock, event: TimelineEvent) -> None:
    """Another procedure takes over: civil runs on from filing, criminal starts anew."""
    target = vocabulary.ORDINARY if event.event == vocabulary.TO_ORDINARY else vocabulary.SUMMARY
    mode = clock.rule.conversion
    if clock.rule.procedure == target and mode == "continue":
        return
    if clock.expired(event.on):
        _stay(clock, event, flags.CONVERTED_LATE)
        return
    if mode == "continue" and clock.heard and clock.rule.procedure == vocabulary.ORDINARY:
        _stay(clock, event, flags.CONVERSION_BARRED)  # 民诉解释第260条: not after the hearing
        return
    start = clock.start if mode == "continue" else event.on
    history = clock.history
    choice = clock.rules.choose(
        history.case_type, target, history.marks, history.against, history.detained
    )
    rule, _ = choice.on(start)
    if rule is None or not mode:
        _stay(clock, event, flags.CONVERSION_BARRED)
    elif mode == "continue":
        if rule.id != clock.rule.id:
            _run_on(clock, event, rule)
    else:
        sentence = say.converted_anew(event.on, event.event, rule.months, rule.days)
        clock.restart(rule, event.on, sentence, rule.law)


def _run_on(clock: Clock, event: TimelineEvent, rule: Rule) -> None:
    clock.reset(rule, clock.start, keep_excluded=True)
    if clock.steps is not None:
        sentence = say.converted(event.on, event.event, clock.start, rule.months, rule.days)
        clock.tell(sentence, rule.law, event.on)


def _stay(clock: Clock, event: TimelineEvent, why: str) -> None:
    clock.flag(why)
    if clock.steps is not None:
        clock.tell(say.not_converted(event.on, event.event, why), clock.rule.law, event.on)


def counter_application(clock: Clock, event: TimelineEvent) -> None:
    """再审审查: the other side applies too, and the clock starts anew (民诉解释第396条)."""
    if not clock.rule.counter_application or event.on <= clock.start:
        return
    if clock.expired(event.on):
        _stay(clock, event, flags.RESTARTED_LATE)
        return
    sentence = f"{event.on}对方当事人申请再审，审查期限重新计算"
    clock.restart(clock.rule, event.on, sentence, clock.rule.law)


ACTIONS: Final[Mapping[str, Action]] = {
    **dict.fromkeys(vocabulary.PAIRS, begin),
    **dict.fromkeys(vocabulary.PAIRS.values(), end),
    vocabulary.APPLY: extension.apply_for,
    vocabulary.APPROVE: extension.approve,
    vocabulary.REFUSE: extension.refuse,
    vocabulary.TO_ORDINARY: convert,
    vocabulary.TO_SUMMARY: convert,
    vocabulary.COUNTER_APPLICATION: counter_application,
}
