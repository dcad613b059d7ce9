"""示范市 day by day: so many cases are filed each working day, each is written, some lead to others.

`world()` is a stream: a million cases pass through without being kept. The same arguments give the same
cases, in the order they are filed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from shenguan.core.calendar import Calendar
from shenguan.lab.simulate import primaries
from shenguan.lab.simulate.cases import Filing, SimCase
from shenguan.lab.simulate.city import SimCourt, build_city
from shenguan.lab.simulate.days import Days
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.follow import REVIEWS, Follower
from shenguan.lab.simulate.manners import Manners
from shenguan.lab.simulate.parameters import BACKLOG_DAYS, MONTH_WEIGHTS
from shenguan.lab.simulate.writer import Writer

FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2026, 11, 20)
MANNERS_SEED = 104_729
"""Added to the seed: how courts go about things is drawn apart from what becomes of cases."""


def city_of(
    cases: int, courts: int, first: date = FIRST_DAY, last: date = LAST_DAY
) -> list[SimCourt]:
    """Return the courts `world` works with: same arguments, same people."""
    return build_city(cases, courts, max((last - first).days / 365.25, 0.1))


def world(
    seed: int,
    cases: int,
    courts: int,
    *,
    calendar: Calendar,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
) -> Iterator[SimCase]:
    """Yield `cases` cases of a city of `courts` courts, from those pending on `first` to those of `last`.

    A case whose appeal is filed later gets its 卷宗退回 when the appeal is written, after it was yielded.

    Raises `CalendarNotPublished` when a year from the one before `first` to that of `last` has no
    published calendar, `ValueError` when there are fewer than two courts or no days.
    """
    if courts < 2 or last <= first or cases < 1:
        raise ValueError("至少要两个法院、一件案件,且终止日期晚于起始日期")
    yield from _World(seed, cases, courts, calendar, first, last).run()


class _World:
    def __init__(
        self, seed: int, cases: int, courts: int, calendar: Calendar, first: date, last: date
    ) -> None:
        self._first, self._last = first.toordinal(), last.toordinal()
        self._opening = self._first - BACKLOG_DAYS
        self._days = Days(calendar, first - timedelta(days=BACKLOG_DAYS + 120), last)
        self._dice = Dice(seed)
        self._city = city_of(cases, courts, first, last)
        self._writer = Writer(self._dice, self._days, self._city, self._last)
        self._follower = Follower(self._writer)
        self._manners = Manners(Dice(seed + MANNERS_SEED), self._days)
        self._appealed: dict[tuple[int, str], SimCase] = {}
        self._primaries = primaries.Primaries(self._dice, self._city)
        self._cases = cases
        self._made = 0
        self._queue: list[tuple[int, int, Filing]] = []
        self._ticket = count()

    def run(self) -> Iterator[SimCase]:
        yield from self._backlog()
        carried = self._made
        weights = [self._weight(day) for day in range(self._first, self._last + 1)]
        total, passed = sum(weights), 0.0
        for day, weight in zip(range(self._first, self._last + 1), weights, strict=True):
            passed += weight
            target = carried + round((self._cases - carried) * passed / total)
            yield from self._followers(day)
            while self._made < target:
                yield from self._write(self._primaries.draw(day))
            if self._made >= self._cases:
                return

    def _backlog(self) -> Iterator[SimCase]:
        """The time before: only what is still pending on the first day is handed out."""
        span = range(self._first, self._last + 1)
        rate = self._cases / sum(self._weight(day) for day in span)
        owed = 0.0
        for day in range(self._opening, self._first):
            owed += rate * self._weight(day)
            before = self._written()
            yield from self._followers(day)
            owed -= self._written() - before
            while owed >= 1 and self._made < self._cases // 2:
                owed -= 1
                yield from self._write(self._primaries.draw(day))

    def _written(self) -> int:
        return self._writer.written

    def _weight(self, day: int) -> float:
        if not self._days.works(day):
            return 0.0
        return MONTH_WEIGHTS[self._days.date(day).month - 1]

    def _followers(self, day: int) -> Iterator[SimCase]:
        while self._queue and self._queue[0][0] <= day and self._made < self._cases:
            yield from self._write(heapq.heappop(self._queue)[2])

    def _write(self, filing: Filing) -> Iterator[SimCase]:
        draft = self._writer.write(filing)
        followers = self._follower.follow(draft)
        self._manners.dress(draft, followers)
        for follower in followers:
            if follower.day <= self._last:
                heapq.heappush(self._queue, (follower.day, next(self._ticket), follower))
        if filing.type_code in REVIEWS:
            below = self._appealed.pop((filing.origin, filing.prior_number), None)
            if below is not None:
                self._manners.send_back(below, draft, self._last)
        if draft.reported < self._first:
            return
        self._made += 1
        case = self._writer.finish(draft)
        if any(follower.type_code in REVIEWS for follower in followers):
            self._appealed[draft.court.index, draft.number] = case
        yield case
