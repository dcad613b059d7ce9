"""`shenguan bench due`: due dates a second, plain and with five intervals, against counting days.

The other way is what one writes first: go through the calendar day by day, skip the days on which
a suspension stands, stop when the term is used up. It does less (no rules chosen, no extensions, no
flags), so the comparison leans its way.
"""

from __future__ import annotations

import calendar as months
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from shenguan.core.timelimit import CaseHistory, TimelineEvent, compute
from shenguan.lab.measure import alternate, line, rate_line
from shenguan.rulebook import load

_DAY = timedelta(days=1)
_AS_OF = date(2026, 11, 1)
_LENGTHS = {"普通程序": 6, "简易程序": 3, "小额诉讼程序": 2}
_PAIRS = (
    ("委托鉴定", "鉴定结束"),
    ("公告开始", "公告结束"),
    ("管辖权异议", "管辖异议结束"),
    ("庭外和解开始", "和解结束"),
    ("中止审理", "恢复审理"),
)


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield contract lines: CPU-seconds and histories a CPU-second, for `n` histories a kind."""
    rulebook = load()
    rules, days = rulebook.timelimits, rulebook.calendar
    for label, histories in (
        ("审限:普通案件", _plain(n or 20_000)),
        ("审限:五段扣除", _with_intervals((n or 20_000) // 2 or 1)),
    ):

        def ours(histories: Sequence[CaseHistory] = histories) -> None:
            for history in histories:
                compute(history, rules, days)

        def theirs(histories: Sequence[CaseHistory] = histories) -> None:
            for history in histories:
                day_by_day(history)

        pair = alternate(ours, theirs)
        yield line(f"{label} 对 逐日计数", pair, n=len(histories))
        yield rate_line(f"{label} 每秒件数", pair, n=len(histories))


def day_by_day(history: CaseHistory) -> date:
    """Return the due date of a closed-interval civil history by going through the calendar."""
    events = sorted(history.events, key=lambda event: event.on)
    day = events[0].on
    left = (_corresponding(day, _LENGTHS[history.procedure or ""]) - day).days
    ends = dict(_PAIRS)
    standing: set[str] = set()
    position = 0
    while True:
        while position < len(events) and events[position].on <= day:
            name = events[position].event
            standing.discard(name)
            if name in ends:
                standing.add(ends[name])
            position += 1
        if not standing:
            if not left:
                return day
            left -= 1
        day += _DAY


def _corresponding(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _plain(n: int) -> list[CaseHistory]:
    """Filed, and every other one pronounced."""
    rng = random.Random(1)
    found = []
    for number in range(n):
        filed = _filed(rng)
        events = [TimelineEvent(filed, "立案")]
        if number % 2:
            events.append(TimelineEvent(filed + rng.randrange(10, 200) * _DAY, "宣判"))
        procedure = rng.choice(list(_LENGTHS))
        found.append(_history(number, procedure, events))
    return found


def _with_intervals(n: int) -> list[CaseHistory]:
    """Filed, with five suspensions that partly overlap, all ended."""
    rng = random.Random(2)
    found = []
    for number in range(n):
        day = _filed(rng)
        events = [TimelineEvent(day, "立案")]
        for begin, end in _PAIRS:
            day += rng.randrange(1, 20) * _DAY
            events += [
                TimelineEvent(day, begin),
                TimelineEvent(day + rng.randrange(3, 40) * _DAY, end),
            ]
        found.append(_history(number, "普通程序", sorted(events, key=lambda event: event.on)))
    return found


def _filed(rng: random.Random) -> date:
    return date(2024, 1, 1) + rng.randrange(700) * _DAY


def _history(number: int, procedure: str, events: list[TimelineEvent]) -> CaseHistory:
    return CaseHistory(str(number), "民初", procedure, tuple(events), _AS_OF)
