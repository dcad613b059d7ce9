"""A simulated case as the report looks at it: reduced to what is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.core.calendar import Calendar
from shenguan.core.timelimit import CaseHistory, Rules, TimelineEvent, compute
from shenguan.lab.simulate.cases import SimCase

_FIELDS = ("months", "days", "approver", "kind", "agreed", "reason", "paper")


@dataclass(frozen=True, slots=True)
class Seen:
    """One case; days are natural days from filing to 报结, `timely` is the engine's word or None."""

    profile: str
    origin: str
    type_code: str
    procedure: str
    cause: str
    filed: date
    closed: date | None
    days: int
    outcome: str
    timely: bool | None
    heard: bool
    appealed: bool
    converted: bool
    prosecuted_days: int
    mediated_days: int


def history_of(case: SimCase, as_of: date) -> CaseHistory:
    """Return the case as the time-limit engine takes it."""
    attributes = case.registration
    events = tuple(
        TimelineEvent(event.known_on, event.kind, event.at, **_clock_fields(event.payload))
        for event in case.events
        if not event.undated
    )
    return CaseHistory(
        id=case.number,
        case_type=case.type_code,
        procedure=attributes["procedure"] or None,
        events=events,
        as_of=as_of,
        against=attributes.get("against"),
        foreign_related=bool(attributes.get("foreign_related")),
        detained=bool(attributes.get("detained")),
        marks=frozenset(attributes.get("marks", ())),
    )


def _clock_fields(payload: Any) -> dict[str, Any]:
    return {name: payload[name] for name in _FIELDS if name in payload}


def viewer(
    rules: Rules, calendar: Calendar, last: date, profiles: list[str]
) -> Callable[[SimCase], Seen]:
    """Return what turns a case into a `Seen`; `profiles` are those of the courts by position."""

    def view(case: SimCase) -> Seen:
        timely = None
        if case.closed_on:
            due = compute(history_of(case, last), rules, calendar)
            timely = due.in_time if due.due else None
        origin = case.facts["origin"]
        days = (case.closed_on - case.filed_on).days if case.closed_on else 0
        return Seen(
            profile=case.facts["profile"],
            origin=profiles[origin] if origin >= 0 else "",
            type_code=case.type_code,
            procedure=case.procedure,
            cause=case.cause,
            filed=case.filed_on,
            closed=case.closed_on,
            days=days,
            outcome=case.disposition,
            timely=timely,
            heard=any(event.kind == "开庭" for event in case.events),
            appealed=any(event.kind == "上诉" for event in case.events),
            converted=any(event.kind == "转为普通程序" for event in case.events),
            prosecuted_days=_since_prosecution(case),
            mediated_days=_mediated_first(case),
        )

    return view


def _since_prosecution(case: SimCase) -> int:
    prosecuted = case.facts.get("prosecuted_on")
    return (case.legal_end_on - prosecuted).days if prosecuted and case.legal_end_on else -1


def _mediated_first(case: SimCase) -> int:
    if case.type_code == "诉前调书":
        return (case.legal_end_on - case.filed_on).days if case.legal_end_on else -1
    begun = next((e.known_on for e in case.events if e.kind == "诉前调解"), None)
    ended = next((e.known_on for e in case.events if e.kind == "诉前调解结束"), None)
    return (ended - begun).days if begun and ended else -1
