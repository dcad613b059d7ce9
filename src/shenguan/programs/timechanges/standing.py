"""What an approver needs to see of a case: its dates, earlier changes, open intervals, idle stretches.

Plain values, so that a request keeps them as they were when it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from shenguan.core.casefold import REGISTRATION_KINDS, live
from shenguan.core.caselog import LoggedEvent, when
from shenguan.core.timelimit import Due, Interval
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.states import Folded

IDLE_DAYS = 30
"""A stretch without any handling event is shown from this many days on."""

_EXTENSIONS = ("延长审限申请", "延长审限批准", "不予批准延长")
_MOST_EVENTS = 80


def standing(case: Case, entry: Folded, due: Due, on: date) -> dict[str, Any]:
    """Return the case's standing on a day as lists of text, ready for a page and for keeping."""
    events = [e for e in sorted(live(entry.events), key=when) if e.occurred_on]
    intervals = [[i.reason, _iso(i.start), _iso(i.end), _counted(i)] for i in due.intervals]
    return {
        "rows": [[name, value] for name, value in _rows(case, due, on) if value],
        "extensions": [
            [_iso(e.occurred_on), e.kind, _extension(e)] for e in events if e.kind in _EXTENSIONS
        ],
        "intervals": intervals,
        "idle": list(idle(events, due.intervals, on)),
        "timeline": [
            [_iso(e.occurred_on), e.kind] for e in events if e.kind not in REGISTRATION_KINDS
        ][-_MOST_EVENTS:],
        "on": on.isoformat(),
    }


def idle(
    events: Sequence[LoggedEvent], intervals: Sequence[Interval], on: date
) -> Iterator[list[Any]]:
    """Yield [from, to, days, note] for stretches without a handling event, the last one up to `on`."""
    days = sorted(
        {e.occurred_on for e in events if e.occurred_on and e.kind not in REGISTRATION_KINDS}
    )
    for begin, end in zip(days, [*days[1:], on], strict=True):
        length = (end - begin).days
        if length >= IDLE_DAYS:
            within = [i.reason for i in intervals if i.start <= begin and (i.end or on) >= end]
            yield [begin.isoformat(), end.isoformat(), length, "、".join(within)]


def _rows(case: Case, due: Due, on: date) -> Iterator[tuple[str, str]]:
    clock = case.clock
    yield "案由", case.cause
    yield "审判程序", f"{case.instance}{case.procedure}"
    yield "承办人", case.undertaker_name
    yield "承办部门", case.division.name if case.division else ""
    yield "立案日期", _iso(case.filed_on)
    yield "届满日（适用）", _iso(clock.governing_due)
    yield "本系统计算", _iso(due.due)
    yield "原系统登记", _iso(clock.recorded_due)
    yield "距届满", f"{(clock.governing_due - on).days}日" if clock.governing_due else ""
    yield "已扣除", f"{due.excluded_days}日"
    yield "暂停中", f"{due.paused_by}（自{due.paused_since}）" if due.paused_since else ""
    yield "提示", "、".join(due.flags)


def _extension(event: LoggedEvent) -> str:
    payload = event.payload
    months, days = payload.get("months"), payload.get("days")
    length = f"{months}个月" if months else f"{days}日" if days else ""
    return " ".join(filter(None, (length, payload.get("approver"), payload.get("reason"))))


def _counted(interval: Interval) -> str:
    if interval.local:
        return "仅依本地规定扣除"
    return "扣除" if interval.counted else "不扣除"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
