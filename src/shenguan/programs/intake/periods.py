"""Extensions and exclusions that a case table states in columns: one extension, exclusions by from–to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shenguan.programs.intake.diff import Differ
from shenguan.programs.intake.known import Draft

OTHER = "其他"


def add_periods(differ: Differ, exclusion_events: Mapping[str, tuple[str, str]]) -> None:
    """Add the events of the extension and the exclusions a row states, where the log lacks them."""
    if differ.fill_only:
        return
    _extension(differ)
    values = differ.values
    reason = values.get("exclusion_kind")
    pair = exclusion_events.get(reason or OTHER, exclusion_events[OTHER])
    named = {"kind": reason} if reason else {}
    _interval(differ, pair, values.get("exclusion_from"), values.get("exclusion_to"), named)
    suspension = exclusion_events["中止"]
    _interval(differ, suspension, values.get("suspended_on"), values.get("resumed_on"), {})


def _extension(differ: Differ) -> None:
    """A table shows the latest extension: another day is a further one, other months a correction."""
    day, months = differ.values.get("extended_on"), differ.values.get("extension_months")
    if not day or not months:
        return
    payload: dict[str, Any] = {"months": months}
    if differ.values.get("extension_approver"):
        payload["approver"] = differ.values["extension_approver"]
    same_day = [e for e in differ.known.of("延长审限批准") if e.occurred_on == day]
    if any(dict(event.payload) == payload for event in same_day):
        return
    mine = [event for event in same_day if differ.known.ours(event)]
    if same_day and not mine:
        return  # another source knows this extension in more detail
    voids = mine[-1].position if mine else None
    old = mine[-1].payload.get("months") if mine else None
    differ.emit(Draft("延长审限批准", day, payload, voids), "extension_months", old, months)


def _interval(
    differ: Differ,
    pair: tuple[str, str],
    start: date | None,
    end: date | None,
    named: Mapping[str, Any],
) -> None:
    if not start:
        return
    opening, closing = pair
    if all(event.occurred_on != start for event in differ.known.of(opening)):
        differ.emit(Draft(opening, start, dict(named)), "exclusion_from", None, start)
    if not end:
        return
    ends = differ.known.of(closing)
    if any(event.occurred_on == end for event in ends):
        return
    mine = [e for e in ends if e.payload.get("from") == start.isoformat() and differ.known.ours(e)]
    voids, old = (mine[-1].position, mine[-1].occurred_on) if mine else (None, None)
    draft = Draft(closing, end, {"from": start.isoformat()}, voids)
    differ.emit(draft, "exclusion_to", old, end)
