"""统计期: what figures are counted over. Months are `year*12 + month - 1`, days are counted since 1970-01-01."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.indicator.facttable import IndicatorError

_EPOCH = date(1970, 1, 1).toordinal()
_PATTERN = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$")
_SPOKEN = re.compile(
    r"(\d{4})年(?:(\d{1,2})月?(?:[-~—–至](\d{1,2}))?月)?(?:第?([一二三四1-4])季度)?([上下]半年)?"
)
_SPOKEN_MONTHS = re.compile(r"(\d{4})年(\d{1,2})月至(\d{4})年(\d{1,2})月")
_SPOKEN_DAYS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:至(\d{4})年(\d{1,2})月(\d{1,2})日)?")
_QUARTERS = "一二三四"


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


def day_words(day: date) -> str:
    """Return 2026年10月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken(text: str) -> str:
    """Return `2026年1-10月` as `2026-01..2026-10`; anything else as it is."""
    if found := _SPOKEN_DAYS.fullmatch(text):
        year, month, day, *last = (int(part) if part else 0 for part in found.groups())
        first = f"{year:04d}-{month:02d}-{day:02d}"
        return f"{first}..{last[0]:04d}-{last[1]:02d}-{last[2]:02d}" if last[0] else first
    if found := _SPOKEN_MONTHS.fullmatch(text):
        year, month, *last = map(int, found.groups())
        return f"{year}-{month:02d}..{last[0]}-{last[1]:02d}"
    if found := _SPOKEN.fullmatch(text):
        return _spoken_in_a_year(*found.groups(""))
    return text


def _spoken_in_a_year(year: str, first: str, last: str, quarter: str, half: str) -> str:
    if half:
        return f"{year}-01..{year}-06" if half[0] == "上" else f"{year}-07..{year}-12"
    if quarter:
        return f"{year}Q{_QUARTERS.find(quarter) + 1 or quarter}"
    if not first:
        return year
    start = f"{year}-{int(first):02d}"
    return f"{start}..{year}-{int(last):02d}" if last else start


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both ends counted.

    `Period.parse` reads 2016, 2026-03, 2026Q1, A..B (also days), and the field's own words (`words`).
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise IndicatorError(f"统计期有误：起始日 {self.start} 晚于截止日 {self.end}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period a text names; raises `IndicatorError`."""
        left, dots, right = spoken(text.strip()).partition("..")
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
                f"统计期“{text}”读不懂；写法：2026年、2026年3月、2026年1月至10月、2026年第一季度、"
                "2026、2026-03、2026Q1、2026-01..2026-10、2026-01-05..2026-02-04"
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

    @property
    def words(self) -> str:
        """Return 2026年10月, 2026年1月至10月, 2026年第三季度, 2026年 or both days; `parse` reads it back."""
        if not self.whole_months:
            return f"{day_words(self.start)}至{day_words(self.end)}"
        first, last = self.start, self.end
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月"
        if first.year != last.year:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        if first.month == 1 and last.month == 12:
            return f"{first.year}年"
        if first.month % 3 == 1 and last.month == first.month + 2:
            return f"{first.year}年第{_QUARTERS[first.month // 3]}季度"
        return f"{first.year}年{first.month}月至{last.month}月"

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
