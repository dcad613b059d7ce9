"""Working days, public holidays and make-up working days, as the State Council publishes them.

A `Calendar` knows only the years it was given. Every question that touches another year is refused
with `CalendarNotPublished`: a due date resting on a guessed holiday is worse than none.
The last days of a December can still be moved by the notice for the following year (31 December
2018 and 2022 were); load that notice as soon as it is out.
Days are calendar days of Asia/Shanghai; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarNotPublished(ValueError):  # noqa: N818 - it names the state of the world, not a bug
    """The State Council has not published (or we do not hold) the calendar of `year`."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"{year}年放假调休安排未公布或未载入，不推算该年的工作日；"
            "请将国务院办公厅通知载入规则库 calendars 后重试"
        )


@dataclass(frozen=True, slots=True)
class YearDays:
    """What one yearly notice says: days off and days worked, each with its festival.

    A notice may name days of the December before (31 December 2022 stands in the notice for 2023).
    """

    year: int
    off: Mapping[date, str]
    makeup: Mapping[date, str]
    source: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        both = sorted(self.off.keys() & self.makeup.keys())
        if both:
            raise ValueError(f"{self.year}年放假安排有误：{both[0]} 既列为放假又列为补班")


@dataclass(frozen=True)
class Calendar:
    """Working days of the published years; raises `CalendarNotPublished` for any other year."""

    years: Mapping[int, YearDays]
    _off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _makeup: Mapping[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = [self.years[year] for year in sorted(self.years)]
        object.__setattr__(self, "_off", _merge(y.off for y in ordered))
        object.__setattr__(self, "_makeup", _merge(y.makeup for y in ordered))

    def is_workday(self, d: date) -> bool:
        """Monday to Friday unless off by the notice, and make-up Saturdays and Sundays."""
        self._require(d)
        return d in self._makeup or (d.weekday() < _SATURDAY and d not in self._off)

    def is_legal_holiday(self, d: date) -> bool:
        """Off by the notice, be it a weekday or a weekend day within the holiday."""
        self._require(d)
        return d in self._off

    def is_makeup_workday(self, d: date) -> bool:
        """Worked by the notice although it is a Saturday or Sunday."""
        self._require(d)
        return d in self._makeup and d.weekday() >= _SATURDAY

    def festival(self, d: date) -> str | None:
        """Name of the festival for which `d` is off or worked, None for an ordinary day."""
        self._require(d)
        return self._off.get(d) or self._makeup.get(d)

    def roll(self, d: date) -> date:
        """First working day on or after `d` (民事诉讼法第85条)."""
        while not self.is_workday(d):
            d += _DAY
        return d

    def add_workdays(self, d: date, n: int) -> date:
        """The `n`-th working day after `d`, which itself does not count; backwards for `n` < 0."""
        step = _DAY if n >= 0 else -_DAY
        left = abs(n)
        while left:
            d += step
            left -= self.is_workday(d)
        return d

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and with `b`; negative when `b` lies before `a`."""
        if b < a:
            return -self.workdays_between(b, a)
        return sum(self.is_workday(a + timedelta(days=i)) for i in range(1, (b - a).days + 1))

    def _require(self, d: date) -> None:
        if d.year not in self.years:
            raise CalendarNotPublished(d.year)


def _merge(parts: Iterable[Mapping[date, str]]) -> dict[date, str]:
    return {day: name for part in parts for day, name in part.items()}
