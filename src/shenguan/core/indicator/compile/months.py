"""Months of days by integer arithmetic, so that no engine's date functions are needed.

Good from 1900-03-01 to 2100-02-28, where every fourth year is a leap year; facts hold no day outside it.
Counting years from March puts the leap day last (the method of Neri and Schneider, 2021, in its plain form).
"""

from __future__ import annotations

from sqlglot import exp

from shenguan.core.indicator.compile.sql import integer

FIRST_DAY = -25_508
"""1900-03-01 as days since 1970-01-01."""
FIRST_MONTH = 1900 * 12 + 2


def month_of(day: exp.Expr) -> exp.Expr:
    """Return the month number (`year*12 + month - 1`) of a day number."""
    since = _plus(day, -FIRST_DAY)
    year = _divided(_plus(_times(since, 4), 3), 1461)
    day_of_year = _minus(since, _divided(_times(year, 1461), 4))
    month = _divided(_plus(_times(day_of_year, 5), 2), 153)
    return _plus(_added(_times(year, 12), month), FIRST_MONTH)


def first_day_of(month: exp.Expr) -> exp.Expr:
    """Return the day number of the first day of a month number."""
    since = _plus(month, -FIRST_MONTH)
    year = _divided(since, 12)
    month_of_year = _minus(since, _times(year, 12))
    days = _divided(_plus(_times(month_of_year, 153), 2), 5)
    return _plus(_added(_divided(_times(year, 1461), 4), days), FIRST_DAY)


def exceeded_in(day: exp.Expr, month: exp.Expr, months: int, days: int) -> exp.Expr:
    """Return the first month at whose last day `day` + `months` + `days` lies strictly behind.

    Without months that is the month of `day` + `days` + 1. With months it is `month` + `months`, or the next one
    when the day falls on, or by clamping onto, the last of that month (民法典 第202条).
    """
    if not months:
        return month_of(_plus(day, days + 1))
    if days:
        raise ValueError("a stock is late by months or by days, never by both")
    later = _plus(month, months)
    day_in_month = _minus(day, first_day_of(month))
    last_in_month = _minus(first_day_of(_plus(month, months + 1)), first_day_of(later))
    reaches_end = exp.GTE(this=_plus(day_in_month, 1), expression=last_in_month)
    step = exp.Case(ifs=[exp.If(this=reaches_end, true=integer(1))], default=integer(0))
    return _added(later, step)


def _added(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Add(this=left.copy(), expression=right.copy()))


def _minus(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Sub(this=left.copy(), expression=right.copy()))


def _plus(left: exp.Expr, number: int) -> exp.Expr:
    if number < 0:
        return _minus(left, exp.Literal.number(-number))
    return _added(left, exp.Literal.number(number)) if number else left.copy()


def _times(left: exp.Expr, number: int) -> exp.Expr:
    return exp.Mul(this=left.copy(), expression=exp.Literal.number(number))


def _divided(left: exp.Expr, number: int) -> exp.Expr:
    return exp.Paren(
        this=exp.IntDiv(this=exp.Paren(this=left.copy()), expression=exp.Literal.number(number))
    )
