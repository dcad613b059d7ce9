"""Warnings carry their own examples, also of days without a warning; this works them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent, timeline
from shenguan.core.ladder import Asked
from shenguan.core.timelimit import NO_RULE, CaseHistory, Due, TimeLimitError, compute, vocabulary
from shenguan.core.warning import patterns
from shenguan.core.warning.kinds import KINDS
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import Standing, WarningRule
from shenguan.core.warning.standing import evaluate, stand
from shenguan.core.warning.view import CaseView, Tools, by_day, known_by, state_by

NUMBER = "（2026）示0101民初1号"


@dataclass(frozen=True, slots=True)
class WarningExample:
    """A case, month, chain or plan worked by hand for one day, and what must stand then."""

    rule: WarningRule
    number: int
    say: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


def mistakes(example: WarningExample, tools: Tools) -> tuple[str, ...]:
    """Return what comes out wrong, empty when it agrees with the hand."""
    found = _standing(example, tools)
    worst = found[-1] if found else None
    got = {"level": worst.level if worst else "", "say": worst.say if worst else None}
    return tuple(
        f"{example.rule.id} 例{example.number}（{example.say}）：{name} 应为“{wanted}”，得到“{got[name]}”"
        for name, wanted in example.expect.items()
        if got[name] != wanted
    )


def _standing(example: WarningExample, tools: Tools) -> Sequence[Standing]:
    rule, given = example.rule, example.given
    if rule.kind in KINDS:
        return evaluate(_view(example, tools), [rule], tools, _memory(example)).standing
    words = {"number": NUMBER, "who": given.get("who", "示范市甲区人民法院")}
    return stand(rule, _matters(rule, given), example.on, words, tools.calendar).standing


def _matters(rule: WarningRule, given: Mapping[str, Any]) -> Iterator[Matter]:
    if rule.kind in patterns.MONTHLY:
        month = patterns.Closings(given["month_end"], given["closings"], given.get("at_end", 0))
        return patterns.MONTHLY[rule.kind](month, rule)
    if rule.kind in patterns.CHAINS:
        return patterns.CHAINS[rule.kind](patterns.Chain(**given["chain"]), rule)
    if rule.kind in patterns.FIGURES:
        return patterns.FIGURES[rule.kind](patterns.IndicatorPlace(**given["figure"]), rule)
    return patterns.PLANS[rule.kind](patterns.PlanState(**given["plan"]), rule)


def _memory(example: WarningExample) -> dict[tuple[str, str], Asked]:
    asked = example.given.get("asked")
    if asked is None:
        return {}
    return {(example.rule.id, asked.get("key", "")): Asked(asked["since"], asked["by"])}


def _view(example: WarningExample, tools: Tools) -> CaseView:
    given, on = example.given, example.on
    events = known_by(_events(given), on)
    state = state_by(events)
    case: Mapping[str, Any] = given.get("case", {})

    def due_on(day: date) -> Due:
        return _due(_history(state.case_type, case, events, day), tools)

    due = due_on(on)
    return CaseView(
        number=NUMBER,
        on=on,
        events=by_day(events),
        state=state,
        history=_history(state.case_type, case, events, on),
        due=due,
        governing=due.due,
        governing_on=lambda day: due_on(day).due,
        refiled=given.get("refiled", ""),
    )


def _history(
    case_type: str, case: Mapping[str, Any], events: Sequence[LoggedEvent], on: date
) -> CaseHistory:
    return CaseHistory(
        NUMBER,
        case_type,
        case.get("procedure", "普通程序"),
        timeline(events),
        on,
        against=case.get("against"),
        foreign_related=bool(case.get("foreign_related")),
        detained=bool(case.get("detained")),
        marks=frozenset(case.get("marks", ())),
    )


def _due(history: CaseHistory, tools: Tools) -> Due:
    assert tools.timelimits is not None
    try:
        return compute(history, tools.timelimits, tools.calendar)
    except TimeLimitError as error:
        return Due(history.id, None, None, NO_RULE, None, 0, None, (str(error),))


def _events(given: Mapping[str, Any]) -> list[LoggedEvent]:
    case: Mapping[str, Any] = given.get("case", {})
    attributes = {
        "case_type": case.get("type", "民初"),
        "procedure": case.get("procedure", "普通程序"),
    }
    attributes |= {key: value for key, value in case.items() if key not in {"type", "procedure"}}
    rows: list[tuple[str, date | None, Mapping[str, Any]]] = [("登记", None, attributes)]
    for day, value in given.get("events", {}).items():
        for item in value if isinstance(value, list) else [value]:
            payload = {} if isinstance(item, str) else dict(item)
            kind = item if isinstance(item, str) else payload.pop("event")
            rows.append((vocabulary.ALIASES.get(kind, kind), day, payload))
    return [LoggedEvent(place, *row) for place, row in enumerate(rows, 1)]
