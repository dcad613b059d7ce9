"""The log of one case as a value: which events count, and their order for the clock.

Event names are the canonical ones of the rulebook's event table; days are Asia/Shanghai dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any, NamedTuple

from shenguan.core.timelimit import TimelineEvent

REGISTRATION_KINDS = frozenset(
    {
        *("登记", "登记变更", "案号变更", "届满日登记", "采用本系统审限", "标签建议"),
        *("标签确认", "标签取消", "作废", "文书登记", "批次落库", "批示交办", "批示办结"),
    }
)
"""Kinds that put something on record without anything happening in the case."""

WITHDRAWAL, CLOSINGS = "撤销报结", frozenset({"报结", "结案"})
_NONE: Mapping[str, Any] = {}
_NEVER = date.min
_COURT_TIME = timezone(timedelta(hours=8))


class LoggedEvent(NamedTuple):
    """One row of the log; `voids` is the position of the event this one takes back."""

    position: int
    kind: str
    occurred_on: date | None
    payload: Mapping[str, Any] = _NONE
    voids: int | None = None
    occurred_at: datetime | None = None


_POSITION, _KIND, _VOIDS = itemgetter(0), itemgetter(1), itemgetter(4)
BY_DAY = itemgetter(2, 0)
"""`when` of dated events, for the many: day, then place in the log."""


def live(events: Iterable[LoggedEvent]) -> list[LoggedEvent]:
    """Return the events that count, in log order: neither voided nor voids of others alone."""
    ordered = sorted(events, key=_POSITION)
    if not any(map(_VOIDS, ordered)):
        return ordered
    gone: set[int] = set()
    for event in reversed(ordered):  # a void always stands behind what it voids
        if event.voids and event.position not in gone:
            gone.add(event.voids)
    return [e for e in ordered if e.position not in gone and e.kind != "作废"]


def timeline(events: Iterable[LoggedEvent]) -> tuple[TimelineEvent, ...]:
    """Return what the time limit needs of live events: everything dated that happened, by day."""
    dated = [e for e in events if e.occurred_on and e.kind not in REGISTRATION_KINDS]
    if WITHDRAWAL in map(_KIND, dated):
        dated = _without_withdrawn(dated)
    dated.sort(key=BY_DAY)
    return tuple(map(_dated, dated))


def _dated(event: LoggedEvent) -> TimelineEvent:
    assert event.occurred_on is not None
    at = event.occurred_at
    if not event.payload and at is None:  # most events, and the dearest line of a fold
        return TimelineEvent(event.occurred_on, event.kind)
    get = event.payload.get
    return TimelineEvent(
        event.occurred_on,
        event.kind,
        at=at.astimezone(_COURT_TIME).time() if at else None,
        months=_count(get("months")),
        days=_count(get("days")),
        approver=get("approver"),
        kind=get("kind") or get("document"),
        agreed=get("agreed"),
        reason=get("reason"),
        paper=get("paper"),
    )


def _without_withdrawn(events: list[LoggedEvent]) -> list[LoggedEvent]:
    """Leave out closings that were taken back, and a withdrawal that a standing closing answers.

    A court's system may give the new closing an earlier day than the withdrawal; read by days alone
    the withdrawal would take the new one back too.
    """
    withdrawals = [event for event in events if event.kind == WITHDRAWAL]
    closings = [event for event in events if event.kind in CLOSINGS]
    standing = [c for c in closings if not any(withdraws(w, c) for w in withdrawals)]
    last = max((closing.position for closing in standing), default=0)
    answered = {event.position for event in withdrawals if event.position < last}
    gone = answered | {c.position for c in closings} - {c.position for c in standing}
    return [event for event in events if event.position not in gone]


def _count(value: Any) -> int | None:
    """Return a whole number however a source wrote it; what isn't one is no length at all."""
    if value is None:
        return None
    text = str(value).strip()
    return int(text) if text.isdecimal() else None


def withdraws(withdrawal: LoggedEvent, closing: LoggedEvent) -> bool:
    """Tell whether a withdrawal takes back a closing: recorded later, and not of an earlier day."""
    if withdrawal.position < closing.position:
        return False
    return closing.occurred_on is None or (
        withdrawal.occurred_on is None or withdrawal.occurred_on >= closing.occurred_on
    )


def when(event: LoggedEvent) -> tuple[date, int]:
    """Return the key that orders events by day, then by place in the log; undated ones first."""
    return (event.occurred_on or _NEVER, event.position)
