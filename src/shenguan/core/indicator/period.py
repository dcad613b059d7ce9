"""统计期: what figures are counted over. Months are `year*12 + month - 1`, days are counted since 1970-01-01."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.indicator.facttable import IndicatorError

_EPOCH = date(1970, 1, 1).toordinal()
_PATTERN = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$")


def day_number(day: date) -> int:
    """Return the days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of_number(number: int) -> date:
    """Return the day of a day number."""
    return date.fromordinal(number + _EPOCH)


def month_number(day: date) -> int:
    """Return `year*12 + month - 1`."""
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """Return `2026-03`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def first_of(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_of(month: int) -> date:
    """Return the last day of a month."""
    return first_of(month + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both ends counted. `Period.parse` reads 2016, 2026-03, 2026Q1, A..B (also days)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise IndicatorError(f"统计期有误：起始日 {self.start} 晚于截止日 {self.end}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period a text names; raises `IndicatorError`."""
        left, dots, right = text.strip().partition("..")
        first = cls._one(left, text)
        return cls(first.start, cls._one(right, text).end) if dots else first

    @classmethod
    def _one(cls, part: str, text: str) -> Period:
        found = _PATTERN.match(part.strip())
        try:
            if not found:
                raise ValueError
            year, quarter, month, day = (int(group) if group else 0 for group in found.groups())
            if day:
                return cls(date(year, month, day), date(year, month, day))
            if month:
                first = month_number(date(year, month, 1))
                return cls.months(first, first)
            first = year * 12 + (quarter - 1) * 3 if quarter else year * 12
            return cls.months(first, first + (2 if quarter else 11))
        except ValueError as error:
            if isinstance(error, IndicatorError):
                raise
            raise IndicatorError(
                f"统计期“{text}”读不懂；写法：2026、2026-03、2026Q1、2026-01..2026-10、2026-01-05..2026-02-04"
            ) from None

    @classmethod
    def months(cls, first: int, last: int) -> Period:
        """Return whole months, both ends counted."""
        return cls(first_of(first), last_of(last))

    @property
    def first_month(self) -> int:
        """Month of the first day."""
        return month_number(self.start)

    @property
    def last_month(self) -> int:
        """Month of the last day."""
        return month_number(self.end)

    @property
    def whole_months(self) -> bool:
        """Whether it starts on the first of a month and ends on the last of one."""
        return self.start.day == 1 and self.end == last_of(self.last_month)

    @property
    def days(self) -> int:
        """Days counted."""
        return (self.end - self.start).days + 1

    @property
    def text(self) -> str:
        """Return the shortest writing that parses back."""
        if not self.whole_months:
            return f"{self.start}..{self.end}"
        first, last = self.first_month, self.last_month
        if first % 12 == 0 and last == first + 11:
            return f"{first // 12}"
        return month_text(first) if first == last else f"{month_text(first)}..{month_text(last)}"

    def last_year(self) -> Period:
        """Return the same period a year before (同期)."""
        if self.whole_months:
            return Period.months(self.first_month - 12, self.last_month - 12)
        return Period(_shift_year(self.start, -1), _shift_year(self.end, -1))

    def before(self) -> Period:
        """Return the period of the same length just before (环比)."""
        if self.whole_months:
            length = self.last_month - self.first_month + 1
            return Period.months(self.first_month - length, self.first_month - 1)
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def year_to_date(self) -> Period:
        """Return 1 January of the last day's year to the last day."""
        return Period(date(self.end.year, 1, 1), self.end)

    def previous_calendar_year(self) -> Period:
        """Return the whole calendar year before the last day's year (上年度)."""
        return Period.months((self.end.year - 1) * 12, (self.end.year - 1) * 12 + 11)

    def by_month(self) -> list[Period]:
        """Return its months, the first and last cut to the period."""
        months = range(self.first_month, self.last_month + 1)
        return [Period(max(first_of(m), self.start), min(last_of(m), self.end)) for m in months]


def _shift_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def add_months(day: date, months: int) -> date:
    """Return the day `months` later; no such day: the last of the month (民法典 第202条)."""
    month = month_number(day) + months
    return min(last_of(month), first_of(month) + timedelta(days=day.day - 1))
