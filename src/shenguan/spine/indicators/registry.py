"""The atoms over the registry's own rows, for what must be exact this minute and for any scope.

The cube and the facts serve every other figure; here the same definitions become conditions on cases, so that a
number and the list behind it are one condition, and are cut to units, own cases, seats and grants as lists are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q

from shenguan.core.indicator.expr import (
    EVERYTHING,
    All,
    Col,
    Compare,
    Expr,
    IsNull,
    Not,
)
from shenguan.core.indicator.expr import Any as Either
from shenguan.core.indicator.facttable import Column, IndicatorError
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period

FIELDS: Mapping[str, str] = {
    "立案日": "filed_on",
    "报结日": "closed_on",
    "结案日": "end_on",
    "审限届满日": "clock__governing_due",
}
"""Day columns of the facts, and where the registry has them; `end_on` is made by `cases_in`."""
TRUTHS: Mapping[str, Q] = {
    "有审限": Q(clock__governing_due__isnull=False),
    "审限内": Q(clock__governing_due__gte=F("end_on")),
}
_LOOKUPS = {"=": "", "<": "__lt", "<=": "__lte", ">": "__gt", ">=": "__gte"}


def counted(atom: Atom, moment: Period | date) -> Q:
    """Return the condition under which a case counts; its 案件范围 is the caller's. Raises `IndicatorError`."""
    if isinstance(moment, date):
        when = _in_stock(atom, moment)
    else:
        assert atom.table is not None
        assert atom.month is not None
        day = _field(atom.table.day_of(atom.month))
        when = Q(**{f"{day}__gte": moment.start, f"{day}__lte": moment.end})
    return when & condition(unscoped(atom))


def unscoped(atom: Atom) -> Expr:
    """Return the condition of an atom without its 案件范围."""
    if not atom.scope:
        return atom.where
    return All(atom.where.parts[1:]) if isinstance(atom.where, All) else EVERYTHING


def _in_stock(atom: Atom, on: date) -> Q:
    stock = atom.stock
    if stock is None or stock.beyond:
        raise IndicatorError(f"{atom.name} 不能由登记簿直接统计")
    start, end = _field(stock.start), _field(stock.end)
    still = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on})
    return Q(**{f"{start}__lte": on}) & still


def condition(expr: Expr) -> Q:
    """Return a condition of facts as one of cases; raises `IndicatorError` for what the registry hasn't."""
    match expr:
        case All(parts):
            return _joined(Q.AND, parts)
        case Either(parts):
            return _joined(Q.OR, parts)
        case Not(item):
            return ~condition(item)
        case Col(column) if column.name in TRUTHS:
            return TRUTHS[column.name]
        case IsNull(Col(column)):
            return Q(**{f"{_field(column)}__isnull": True})
        case Compare(op, Col(left), Col(right)) if op in _LOOKUPS:
            return Q(**{f"{_field(left)}{_LOOKUPS[op]}": F(_field(right))})
    raise IndicatorError("这一条件不能由登记簿直接统计")


def _joined(how: str, parts: tuple[Expr, ...]) -> Q:
    return Q(*(condition(part) for part in parts), _connector=how)


def _field(column: Column) -> str:
    if column.name not in FIELDS:
        raise IndicatorError(f"登记簿没有“{column.name}”")
    return FIELDS[column.name]
