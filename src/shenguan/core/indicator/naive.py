"""The oracle: one row at a time, no SQL, no cube, no month arithmetic on integers.

It shares the parsed tree with the compiler and nothing else: dates are dates here, stocks are looked at day by
day, quantiles are read off the sorted list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from shenguan.core.indicator import figure
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Atom, Indicator, Library, Version
from shenguan.core.indicator.period import Period, add_months, day_of_number
from shenguan.core.indicator.row import Row, counts, number
from shenguan.core.indicator.terms import Ref

Rows = Mapping[str, Sequence[Row]]
"""Fact table → its rows, by Chinese column name."""


def evaluate(
    indicator: Indicator,
    version: Version,
    rows: Rows,
    period: Period,
    library: Library,
    given: Mapping[str, int] | None = None,
) -> Figure:
    """Return the figure of one indicator over all rows given; empty where the base is 0."""
    oracle = _Oracle(rows, period, library, given or {})
    return oracle.figure(indicator, version)


class _Oracle:
    def __init__(
        self, rows: Rows, period: Period, library: Library, given: Mapping[str, int]
    ) -> None:
        self.rows, self.period, self.library, self.given = rows, period, library, given

    def figure(self, indicator: Indicator, version: Version) -> Figure:
        if indicator.kind == "quantile":
            return self._quantile(indicator, version)
        if indicator.kind == "evenness":
            months = self.period.by_month()
            return figure.evenness([self.amount(Ref(version.of), month) for month in months])
        if indicator.kind == "derived":
            return figure.derived(version, self._part, self.period)
        return figure.linear(
            indicator, version, lambda ref: self.amount(ref, self.period), self.period
        )

    def amount(self, ref: Ref, period: Period) -> int:
        atom = self.library.atoms[ref.code]
        if atom.given:
            return self.given[atom.given]
        if atom.stock:
            on = period.start - timedelta(days=1) if ref.moment == "start" else period.end
            return sum(_amount(atom, row) for row in self._counted(atom) if in_stock(atom, row, on))
        if ref.moment == "last_year":
            period = period.previous_calendar_year()
        return sum(
            _amount(atom, row) for row in self._counted(atom) if happened_in(atom, row, period)
        )

    def _counted(self, atom: Atom) -> list[Row]:
        assert atom.table is not None
        return [row for row in self.rows.get(atom.table.name, ()) if counts(atom.where, row)]

    def _part(self, ref: Ref) -> Fraction | None:
        if ref.code in self.library.atoms:
            return Fraction(self.amount(ref, self.period))
        indicator = self.library.indicators[ref.code]
        version = indicator.version(self.period.end) or indicator.versions[-1]
        return self.figure(indicator, version).exact

    def _quantile(self, indicator: Indicator, version: Version) -> Figure:
        atom = self.library.atoms[version.of]
        assert atom.value is not None
        happened = (r for r in self._counted(atom) if happened_in(atom, r, self.period))
        values = (number(atom.value, row) for row in happened)
        found = sorted(value for value in values if value is not None)
        if not found:
            return Figure(state=figure.EMPTY)
        value = Fraction(median(found)) if version.q == 500 else _interpolated(found, version.q)
        state = figure.FEW if len(found) < indicator.minimum else figure.OK
        return Figure(int(value * 1000), 1000, state)


def happened_in(atom: Atom, row: Row, period: Period) -> bool:
    """Whether the row falls into the period by the day its axis month is made from."""
    assert atom.month is not None
    assert atom.table is not None
    day = row[atom.table.day_of(atom.month).name]
    return day is not None and period.start <= day_of_number(day) <= period.end


def in_stock(atom: Atom, row: Row, on: date) -> bool:
    """Whether the row is in stock at the end of the day `on`."""
    assert atom.stock is not None
    start, end = row[atom.stock.start.name], row[atom.stock.end.name]
    if start is None or (end is not None and day_of_number(end) <= on):
        return False
    since = day_of_number(start)
    if not atom.stock.beyond:
        return since <= on
    return add_months(since, atom.stock.months) + timedelta(days=atom.stock.days) < on


def _amount(atom: Atom, row: Row) -> int:
    if atom.value is None:
        return 1
    return number(atom.value, row) or 0


def _interpolated(values: Sequence[int], q: int) -> Fraction:
    place = Fraction((len(values) - 1) * q, 1000)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])
