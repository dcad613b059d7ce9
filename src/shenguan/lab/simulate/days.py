"""Days as whole numbers: workdays, months and dates by table, because a city asks millions of times.

A day is `date.toordinal()`. Beyond the published calendars (only days the simulation cuts off) a working
day is a weekday.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from shenguan.core.calendar import Calendar, CalendarNotPublished

AFTERMATH_DAYS = 4000


class Days:
    """Working days from `first` to some years after `last`."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.first = first.toordinal()
        span = last.toordinal() - self.first + AFTERMATH_DAYS
        self.dates = [first + timedelta(days=n) for n in range(span)]
        open_days = [_works(calendar, day, last) for day in self.dates]
        self._next = _nearest(open_days[::-1])[::-1]
        self._previous = _nearest(open_days)
        for n, far in enumerate(self._next):
            self._next[n] = n + far
        for n, far in enumerate(self._previous):
            self._previous[n] = n - far

    def date(self, day: int) -> date:
        """Return the date of a day."""
        n = day - self.first
        return self.dates[n] if 0 <= n < len(self.dates) else date.fromordinal(day)

    def next(self, day: int) -> int:
        """Return the first working day on or after `day`."""
        return self._next[min(day - self.first, len(self._next) - 1)] + self.first

    def previous(self, day: int) -> int:
        """Return the last working day on or before `day`."""
        return self._previous[min(day - self.first, len(self._previous) - 1)] + self.first

    def works(self, day: int) -> bool:
        """Return whether `day` is a working day."""
        return self.next(day) == day


def _works(calendar: Calendar, day: date, last: date) -> bool:
    try:
        return calendar.is_workday(day)
    except CalendarNotPublished:
        if day.year <= last.year:
            raise
        return day.weekday() < 5


def _nearest(open_days: list[bool]) -> list[int]:
    """Return for each day how far back (0 = itself) the latest open one lies."""
    far, result = 0, []
    for is_open in open_days:
        far = 0 if is_open else far + 1
        result.append(far)
    return result


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last of that month (民法典 第202条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
