"""The clock of a case drawn to scale: numbers for a drawing 1,000 units wide, and the table beside it.

Pure: days in, plain numbers out. The template draws them as SVG attributes, so that no inline style is
needed; everything drawn stands in `facts` too, for whoever can't see the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.timelimit import Due

WIDTH = 1000.0
_LEFT, _RIGHT = 14.0, 986.0
_ROW = 100.0
"""Labels nearer to each other than this stand in another row."""

MONTHS_SHOWN = 14
_BOTTOM = 112


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the bar: what it is, from x, how wide; `kind` is its look."""

    kind: str
    x: float
    width: float
    say: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A day on the bar with its label; `row` keeps near labels apart, `anchor` is SVG's."""

    kind: str
    x: float
    label: str
    on: date
    row: int = 0
    anchor: str = "middle"

    @property
    def label_y(self) -> int:
        """Return where the label stands: rows above the bar."""
        return 44 - 15 * self.row


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table: what, from, to (None: still open), days, remark."""

    what: str
    start: date
    end: date | None
    days: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Everything to draw, and the same as a table."""

    stretches: tuple[Stretch, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    facts: tuple[Fact, ...]

    @property
    def top(self) -> int:
        """Return where the drawing begins: above its highest label."""
        return min(flag.label_y for flag in self.flags) - 14

    @property
    def height(self) -> int:
        """Return how high the drawing is."""
        return _BOTTOM - self.top


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension as approved."""

    on: date
    say: str


class _Scale:
    """Days to units."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        share = (day - self.first).days / self.days
        return round(_LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT), 1)


def clock_bar(
    due: Due,
    *,
    governing: date | None,
    filed_on: date | None,
    closed_on: date | None,
    extensions: Sequence[Extension],
    on: date,
) -> Bar | None:
    """Return the drawing of a clock as of a day; None where the clock hasn't started."""
    start = due.start_on or filed_on
    if start is None:
        return None
    now = min(on, closed_on) if closed_on else on
    ends = [i.end or now for i in due.intervals]
    last = max(d for d in (start, now, due.due, governing, closed_on, *ends) if d)
    scale = _Scale(min(start, filed_on or start), last + timedelta(days=3))
    target = governing or due.due
    return Bar(
        (*_running(scale, start, now, target), *_pauses(scale, due, now)),
        _apart(_flags(scale, due, governing, closed_on, extensions, on, filed_on)),
        _ticks(scale, last),
        tuple(_facts(due, governing, closed_on, extensions, on)),
    )


def _running(scale: _Scale, start: date, now: date, target: date | None) -> list[Stretch]:
    """Return the time used, the time left and the time over the limit."""
    limit = target or now
    pieces = [("used", start, min(now, limit)), ("left", now, limit), ("over", limit, now)]
    words = {"used": "已用期间", "left": "剩余期间", "over": "超出期间"}
    return [
        _stretch(scale, kind, begin, end, f"{words[kind]} {begin}—{end}")
        for kind, begin, end in pieces
        if end > begin
    ]


def _pauses(scale: _Scale, due: Due, now: date) -> list[Stretch]:
    found = []
    for interval in due.intervals:
        end = interval.end or max(now, interval.start)
        kind = "out" if interval.counted else ("local" if interval.local else "uncounted")
        say = f"{interval.reason} {interval.start}—{interval.end or '未结束'}"
        found.append(_stretch(scale, kind, interval.start, end, say))
    return found


def _stretch(scale: _Scale, kind: str, start: date, end: date, say: str) -> Stretch:
    x = scale.x(start)
    return Stretch(kind, x, max(round(scale.x(end) - x, 1), 2.0), say)


def _flags(
    scale: _Scale,
    due: Due,
    governing: date | None,
    closed_on: date | None,
    extensions: Sequence[Extension],
    on: date,
    filed_on: date | None,
) -> list[Flag]:
    days: list[tuple[str, date | None, str]] = [
        ("start", due.start_on or filed_on, "起算"),
        *(("extension", extension.on, extension.say) for extension in extensions),
        ("closed", closed_on, "结案"),
        ("today", None if closed_on else on, "今日"),
        ("due", governing or due.due, "届满"),
    ]
    if governing and due.due and due.due != governing:
        days.append(("computed", due.due, "本系统计算"))
    return [Flag(kind, scale.x(day), f"{word} {day:%m-%d}", day) for kind, day, word in days if day]


def _apart(flags: list[Flag]) -> tuple[Flag, ...]:
    """Give labels that would meet a row of their own; those at an edge lean inwards."""
    placed: list[Flag] = []
    for flag in sorted(flags, key=lambda f: f.x):
        near = {p.row for p in placed if abs(p.x - flag.x) < _ROW}
        row = next(r for r in range(len(flags) + 1) if r not in near)
        anchor = "start" if flag.x < 60 else "end" if flag.x > WIDTH - 60 else "middle"
        placed.append(Flag(flag.kind, flag.x, flag.label, flag.on, min(row, 2), anchor))
    return tuple(placed)


def _ticks(scale: _Scale, last: date) -> tuple[Tick, ...]:
    """Return first days of months; of a long case every third, sixth or twelfth alone."""
    months = scale.days // 30 + 1
    every = next((n for n in (1, 3, 6, 12) if months / n <= MONTHS_SHOWN), 24)
    found: list[Tick] = []
    year, month = scale.first.year, scale.first.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        first = date(year, month, 1)
        if first > last:
            return tuple(found)
        if (month - 1) % min(every, 12) == 0:
            found.append(Tick(scale.x(first), f"{first:%y-%m}"))


def _facts(
    due: Due,
    governing: date | None,
    closed_on: date | None,
    extensions: Sequence[Extension],
    on: date,
) -> list[Fact]:
    facts = []
    if due.start_on:
        facts.append(Fact("起算", due.start_on, due.start_on, None, ""))
    for interval in due.intervals:
        remark = "计入扣除" if interval.counted else "不影响届满日"
        end = interval.end
        facts.append(
            Fact(
                interval.reason,
                interval.start,
                end,
                ((end or on) - interval.start).days,
                f"{remark}（本地规定）" if interval.local else remark,
            )
        )
    facts += [Fact("批准延长", e.on, e.on, None, e.say) for e in extensions]
    for what, day in (
        ("届满日（适用）", governing),
        ("届满日（本系统计算）", due.due),
        ("结案", closed_on),
    ):
        if day:
            facts.append(Fact(what, day, day, None, ""))
    return sorted(facts, key=lambda fact: fact.start)
