"""From matters to where they stand: level, rung, sentence, and the next moment to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.core.calendar import Calendar
from shenguan.core.ladder import Asked, next_change, reached, schedule
from shenguan.core.warning.kinds import KINDS
from shenguan.core.warning.matter import Matter, sentence
from shenguan.core.warning.rule import AFTERWARDS, DURING, Standing, WarningRule
from shenguan.core.warning.view import CaseView, Tools

Memory = Mapping[tuple[str, str], Asked]
"""What was asked and answered, by rule and key of matter."""

NOTHING_ASKED: Memory = {}


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Everything that stands on a day, worst known first by rule; `next_on` None: never by time."""

    standing: tuple[Standing, ...]
    next_on: date | None


def evaluate(
    view: CaseView, rules: Iterable[WarningRule], tools: Tools, asked: Memory = NOTHING_ASKED
) -> Evaluated:
    """Return where every matter of a case stands on the view's day."""
    words = {"number": view.number}
    is_open, is_filed = view.ended_on is None, view.state.filed_on is not None
    found = [
        _place(rule, matter, view.on, words, tools.calendar, asked)
        for rule in rules
        if _stage_fits(rule, is_open, is_filed)
        for matter in KINDS[rule.kind](view, rule, tools)
    ]
    return collected(found)


def stand(
    rule: WarningRule,
    matters: Iterable[Matter],
    on: date,
    words: Mapping[str, object],
    calendar: Calendar | None,
    asked: Memory = NOTHING_ASKED,
) -> Evaluated:
    """Return where matters found by other means than a case stand."""
    return collected([_place(rule, matter, on, words, calendar, asked) for matter in matters])


def collected(found: Sequence[tuple[Standing | None, date | None]]) -> Evaluated:
    """Put what was found together."""
    standing = tuple(one for one, _next in found if one is not None)
    return Evaluated(standing, min((day for _one, day in found if day), default=None))


def live_rules(rules: Iterable[WarningRule]) -> Iterator[WarningRule]:
    """Yield the rules about single cases that are switched on."""
    return (rule for rule in rules if rule.kind in KINDS and not rule.off)


def _stage_fits(rule: WarningRule, is_open: bool, is_filed: bool) -> bool:
    if rule.stage == DURING:
        return is_open and (is_filed or rule.kind == "nodes")
    return not is_open or rule.stage != AFTERWARDS


def _place(
    rule: WarningRule,
    matter: Matter,
    on: date,
    words: Mapping[str, object],
    calendar: Calendar | None,
    asked: Memory,
) -> tuple[Standing | None, date | None]:
    days = schedule(rule.ladder, matter.span, calendar)
    memory = asked.get((rule.id, matter.key))
    now, then = reached(rule.ladder, days, on, memory), next_change(days, on, memory)
    if not now.level or now.since is None:
        return None, then
    say = sentence(rule.say, matter, on, words)
    about = matter.span.due or matter.span.start
    return Standing(rule, matter.key, now.level, now.rung, now.since, about, say), then
