"""Rows of the narrow tables of one case: stretches, hearings, steps of procedure.

Each carries the case's sort and the keys of the day it happened, so that figures over it need no join.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent
from shenguan.core.facts.case import Reading, assignment_on
from shenguan.core.facts.intervals import Interval
from shenguan.core.facts.model import FactContext, Row, day_of, month_of
from shenguan.core.facts.scan import HEARING, by_day

_LOCAL = "其他扣除开始"
_SETTLED = ("result", "reply_on", "published")
_OUTCOMES = {
    "评查结论": "grade",
    "评查答复": "reply",
    "评查验收": "result",
    "评查复评": "result",
    "发改反馈": "stage",
    "发改答复": "choice",
    "发改认定": "conclusion",
    "会议回复": "response",
}
_NUMBERS = {"评查结论": "findings", "评查复评": "gap"}
_ADVICE = frozenset({"专业法官会议", "审委会决定"})
_SORT = ("case_type", "case_class", "instance", "procedure", "confidentiality")


class Narrow:
    """The narrow rows of one case; `wide` is its row in table `case`."""

    def __init__(self, reading: Reading, wide: Row, context: FactContext) -> None:
        case = reading.case
        self._reading, self._case, self._context = reading, case, context
        self._kinds = context.words.tables["事件"]
        self._common: Row = {"case_id": case.case_id, "court": case.court_id}
        self._sort = {column: wide[column] for column in _SORT}
        self._always = None if len(case.state.assignments) > 1 else self._keys(None)

    def intervals(self) -> list[Row]:
        """Return the rows of table `interval`; nothing runs on beyond the closing of its case."""
        return [self._interval(found) for found in self._reading.intervals]

    def _interval(self, found: Interval) -> Row:
        end, closed = found.end, self._case.state.closed_on
        if closed is not None:
            end = max(found.start, min(end or closed, closed))
        return {
            **self._on(found.start),
            "reason": self._kinds[found.kind],
            "start_on": day_of(found.start),
            "start_month": month_of(found.start),
            "end_on": day_of(end),
            "days": (end - found.start).days if end else 0,
            "counted": found.counted,
            "statutory": found.kind != _LOCAL,
        }

    def hearings(self) -> list[Row]:
        """Return the rows of table `hearing`, by day."""
        return [
            {
                **self._on(day),
                "held_on": day_of(day),
                "held_month": month_of(day),
                "broadcast": payload.get("broadcast") is True,
                "closed_session": payload.get("closed") is True,
                "online": payload.get("online") is True,
            }
            for _kind, day, payload in _dated(self._reading.scan.told.get(HEARING, ()))
        ]

    def steps(self) -> list[Row]:
        """Return the rows of table `step`, by day."""
        return [
            {
                **self._on(day),
                "kind": self._kinds[kind],
                "happened_on": day_of(day),
                "happened_month": month_of(day),
                "settled": self._settled(kind, payload),
                "outcome": self._outcome(kind, payload),
                "number": _number(payload.get(_NUMBERS[kind])) if kind in _NUMBERS else 0,
            }
            for kind, day, payload in _dated(self._reading.scan.steps)
        ]

    def _outcome(self, kind: str, payload: Mapping[str, Any]) -> int:
        said = payload.get(_OUTCOMES[kind]) if kind in _OUTCOMES else None
        return self._context.words.code("步骤结果", said) if isinstance(said, str) else 0

    def _settled(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Tell whether a step has come to something: by what it says, or by what followed it."""
        told = self._reading.scan.payloads
        if kind == "评查结论":
            plan = payload.get("plan")
            checks = [p for p in told("评查验收") if p.get("plan") == plan]
            passed = {p.get("issue") for p in checks if p.get("result") == "通过"}
            return len(passed) >= _number(payload.get("findings"))
        if kind == "发改反馈":
            return any(p.get("feedback") == payload.get("feedback") for p in told("发改答复"))
        if kind in _ADVICE:
            asked = (kind, payload.get("meeting"))
            return any((p.get("body"), p.get("meeting")) == asked for p in told("会议回复"))
        return any(payload.get(key) for key in _SETTLED)

    def _on(self, day: date) -> Row:
        """Return the keys of the case on a day."""
        return self._always or self._keys(day)

    def _keys(self, day: date | None) -> Row:
        held = assignment_on(self._case.state.assignments, day)
        org, court = self._context.organisation, self._case.court_id
        return {
            **self._common,
            "division": org.unit(court, held.division),
            "judge": org.person(court, held.undertaker),
            **self._sort,
        }


def _dated(events: Sequence[LoggedEvent]) -> list[tuple[str, date, Mapping[str, Any]]]:
    return [(e.kind, e.occurred_on, e.payload) for e in by_day(events) if e.occurred_on]


def _number(value: object) -> int:
    return value if type(value) is int else 0
