"""羁押、取保候审、监视居住 per defendant and 保全 per seal: how long each may last.

No source of the registry feeds them yet: the events 强制措施 and 保全措施 below are what one would
record ({whom, measure, until}); a later one on the same person or thing replaces the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from shenguan.core.caselog import LoggedEvent
from shenguan.core.ladder import Span
from shenguan.core.timelimit.months import add_months
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools


def matters(view: CaseView, rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find the measures of `params.event` in force, each with its last day."""
    standing: dict[str, LoggedEvent] = {}
    for event in view.events:
        if event.kind == rule.params["event"]:
            standing[str(event.payload.get("whom"))] = event
    for whom, event in standing.items():
        measure = str(event.payload.get("measure", ""))
        due = _last_day(event, rule.params["months"], view)
        if due is not None and measure not in rule.params["ends"]:
            words = {"whom": whom, "measure": measure}
            yield Matter(Span(event.occurred_on, due), f"{whom} {event.occurred_on}", words)


def _last_day(event: LoggedEvent, months: Mapping[str, int | None], view: CaseView) -> date | None:
    """Return the day recorded, else by the law's length; detention lasts as long as the time limit."""
    if event.payload.get("until"):
        return date.fromisoformat(str(event.payload["until"]))
    measure = str(event.payload.get("measure", ""))
    if measure not in months or event.occurred_on is None:
        return None
    length = months[measure]
    return view.governing if length is None else add_months(event.occurred_on, length)
