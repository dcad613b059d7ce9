"""Stretches in which the clock stood still, as recorded, and the days they take off.

Half-open `[start, end)`, the union counts once (contracts §2). A stretch that is still open while the case
is open takes nothing off yet, so that a row doesn't change from day to day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from shenguan.core.caselog import LoggedEvent
from shenguan.core.facts.scan import by_day
from shenguan.core.timelimit import Due
from shenguan.core.timelimit.vocabulary import PAIRS

_LOCAL, _ADJOURNED = "其他扣除开始", "延期开庭"
_ENDS = {end: begin for begin, end in PAIRS.items()}
NONE: tuple[Interval, ...] = ()


class Interval(NamedTuple):
    """One recorded stretch; `counted` where the law let it stop the clock from `counted_from`."""

    kind: str
    start: date
    end: date | None
    counted: bool
    counted_from: date
    counted_to: date | None


def intervals_of(paired: Sequence[LoggedEvent], due: Due) -> tuple[Interval, ...]:
    """Return the stretches as recorded, in order, open ones without end; `due` says which counted."""
    pairs = _paired(paired) if paired else ()
    if not pairs:
        return NONE
    counting = _counting(due)
    found = (_interval(kind, start, end, counting) for kind, start, end in pairs)
    return tuple(i for i in found if i.counted or i.kind != _ADJOURNED)


def excluded_days(intervals: Iterable[Interval], start: date | None, end: date | None) -> int:
    """Return the days of the union within `[start, end)`; `end` None is a case still open."""
    stretches = sorted(
        (max(i.counted_from, start or i.counted_from), until)
        for i in intervals
        if i.counted and (until := _until(i.counted_to, end)) is not None
    )
    total, covered = 0, date.min
    for begin, until in stretches:
        if until > max(begin, covered):
            total += (until - max(begin, covered)).days
            covered = until
    return total


def _until(own: date | None, end: date | None) -> date | None:
    if own is None or end is None:
        return own or end
    return min(own, end)


def _paired(events: Sequence[LoggedEvent]) -> list[tuple[str, date, date | None]]:
    """Match beginnings and ends; an end without beginning is nothing."""
    found: list[tuple[str, date, date | None]] = []
    waiting: list[tuple[int, LoggedEvent]] = []
    for event in by_day(events):
        assert event.occurred_on is not None
        if event.kind in PAIRS:
            waiting.append((len(found), event))
            found.append((event.kind, event.occurred_on, None))
            continue
        place, begun = _begun(event, waiting)
        if begun is not None:
            waiting.remove((place, begun))
            found[place] = (*found[place][:2], event.occurred_on)
    return found


def _begun(
    event: LoggedEvent, waiting: Sequence[tuple[int, LoggedEvent]]
) -> tuple[int, LoggedEvent | None]:
    """Return the beginning that an end belongs to: of its own kind, else the one open longest."""
    begin, kind = _ENDS[event.kind], event.payload.get("kind")
    open_ones = [pair for pair in waiting if pair[1].kind == begin]
    same = [pair for pair in open_ones if kind and pair[1].payload.get("kind") == kind]
    return next(iter(same or open_ones), (-1, None))


class _Counting(NamedTuple):
    begin: date
    end: date | None


def _counting(due: Due) -> list[_Counting]:
    """Return the stretches that the statutory clock took into account."""
    return [_Counting(i.start, i.end) for i in due.intervals if i.counted and not i.local]


def _interval(kind: str, start: date, end: date | None, counting: list[_Counting]) -> Interval:
    """Find the recorded stretch among those the clock counted; each of those is found once.

    The clock may begin later (free days of mediation) or end earlier (a cap) than recorded.
    """
    if kind != _LOCAL:
        for stretch in counting:
            if start <= stretch.begin and (end is None or stretch.begin <= end):
                counting.remove(stretch)
                return Interval(kind, start, end, True, stretch.begin, stretch.end)
    return Interval(kind, start, end, False, start, end)
