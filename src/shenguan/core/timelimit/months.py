"""Adding months and days to a filing day, as civil and as criminal procedure count them.

The filing day itself doesn't count and is the day tested for month-end, so a term of n months ends
on the corresponding day n months later (民法典第201、202条).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

# How 刑诉解释第202条 reads "起算日为月末": the day of filing (default), the day after it, or not at all.
FILING_DAY = "filing_day"
DAY_AFTER = "day_after"
CORRESPONDING = "corresponding"
READINGS = (FILING_DAY, DAY_AFTER, CORRESPONDING)

_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def last_day(year: int, month: int) -> int:
    """Return the number of the last day of a month, 28–31."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LAST[month - 1]


def _target(day: date, months: int) -> tuple[int, int, int]:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return year, month, last_day(year, month)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day, or the month's last day where there is none (民法典第202条)."""
    year, month, last = _target(day, months)
    return date(year, month, min(day.day, last))


def add_months_criminal(day: date, months: int, reading: str = FILING_DAY) -> date:
    """Return the day `months` later under 刑诉解释第202条: a last day of a month meets a last day."""
    tested = day + timedelta(days=1) if reading == DAY_AFTER else day
    if reading != CORRESPONDING and tested.day == last_day(tested.year, tested.month):
        year, month, last = _target(tested, months)
        return date(year, month, last)
    return add_months(day, months)


@lru_cache(maxsize=1 << 16)
def term_end(start: date, months: int, days: int, reading: str | None) -> date:
    """Return the last day of a term of `months` and then `days`, `start` itself not counted.

    `reading` is None for civil arithmetic, else one of READINGS. Half a month is 15 `days`.
    """
    end = start
    if months:
        end = (
            add_months(start, months)
            if reading is None
            else add_months_criminal(start, months, reading)
        )
    return end + timedelta(days=days) if days else end
