"""A plan: which integers a set of indicators over some periods needs, and the figures made of them.

Divides last: figures come as whole columns of numerators and denominators, one per key, and only then become
values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

import numpy as np

from shenguan.core.indicator import figure
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import RESERVED, Number, Ref, Term, of_period
from shenguan.spine.indicators.sources import Amounts, Histogram, Integers, Key, Request, Source


class Given(Protocol):
    """Numbers courts enter, by group; None where one is missing."""

    def number(
        self, code: str, period: Period, dimensions: Sequence[str], key: Key, filters: Filters
    ) -> int | None:
        """Return the number of a group."""

    def keys(
        self, codes: Iterable[str], periods: Iterable[Period], dims: Sequence[str], filters: Filters
    ) -> list[Key]:
        """Return the groups that have any."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator under one version over one period."""

    indicator: Indicator
    version: Version
    period: Period


class _NotEnteredError(LookupError):
    """A number that a court has to enter isn't there."""


def _days(ref: Ref, period: Period) -> Period:
    return period.previous_calendar_year() if ref.moment == "last_year" else period


def moment_of(library: Library, ref: Ref, period: Period) -> Period | date:
    """Return what a reference means in a period: a stock's day, last year, or the period itself."""
    if library.atoms[ref.code].stock:
        return period.start - timedelta(days=1) if ref.moment == "start" else period.end
    return period.previous_calendar_year() if ref.moment == "last_year" else period


@dataclass
class Plan:
    """Collects requests for `wanted`, asks a source once, and makes figures."""

    library: Library
    wanted: Sequence[Wanted]
    requests: dict[Request, int] = field(default_factory=dict)
    histograms: dict[tuple[str, Period], dict[Key, Histogram]] = field(default_factory=dict)
    amounts: Amounts = field(default_factory=lambda: Amounts([], np.zeros((0, 0), np.int64)))
    given: Given | None = None
    _numbers: dict[tuple[str, Period], list[int | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for want in self.wanted:
            self._collect(want.indicator, want.version, want.period)

    def _collect(self, indicator: Indicator, version: Version, period: Period) -> None:
        if self.library.needs(version):
            return
        if indicator.kind == "quantile":
            self.histograms[(version.of, period)] = {}
        elif indicator.kind == "evenness":
            for month in period.by_month():
                self._request(Ref(version.of), month)
        else:
            for ref in version.refs:
                self._collect_ref(ref, period)

    def _collect_ref(self, ref: Ref, period: Period) -> None:
        atom = self.library.atoms.get(ref.code)
        if atom and atom.given:
            self._numbers[(ref.code, _days(ref, period))] = []
        elif atom:
            self._request(ref, period)
        else:
            part, version = self._part(ref, period)
            self._collect(part, version, period)

    def _part(self, ref: Ref, period: Period) -> tuple[Indicator, Version]:
        part = self.library.indicators[ref.code]
        return part, part.version(period.end) or part.versions[-1]

    def _request(self, ref: Ref, period: Period) -> None:
        request = self._asked(ref, period)
        self.requests.setdefault(request, len(self.requests))

    def _asked(self, ref: Ref, period: Period) -> Request:
        return Request(self.library.atoms[ref.code], moment_of(self.library, ref, period))

    def ask(self, source: Source, dimensions: Sequence[str], filters: Filters) -> list[Key]:
        """Ask for everything at once; return the keys that have any figure."""
        keys: dict[Key, None] = {}
        if self.requests:
            self.amounts = source.amounts(list(self.requests), dimensions, filters)
            keys |= dict.fromkeys(self.amounts.keys)
        for code in dict.fromkeys(code for code, _period in self.histograms):
            spans = [period for of, period in self.histograms if of == code]
            spread = source.histograms(self.library.atoms[code], spans, dimensions, filters)
            for period, found in zip(spans, spread, strict=True):
                self.histograms[(code, period)] = found
                keys |= dict.fromkeys(found)
        if self.given and self._numbers:
            codes, periods = zip(*self._numbers, strict=True)
            keys |= dict.fromkeys(self.given.keys(codes, periods, dimensions, filters))
        if not dimensions:
            keys.setdefault(())  # the whole has a figure even where nothing matched
        self._spread(list(keys))
        for code, period in self._numbers if self.given else ():
            asked = (self.given.number(code, period, dimensions, key, filters) for key in keys)  # type: ignore[union-attr]
            self._numbers[(code, period)] = list(asked)
        return list(keys)

    def regroup(self, keys: Sequence[Key], upper: Sequence[Sequence[Key]]) -> list[Key]:
        """Add keys up to the keys above them (all of `upper[i]` are above `keys[i]`): courts to cities."""
        places: dict[Key, int] = {}
        pairs = [
            (at, places.setdefault(key, len(places)))
            for at, above in enumerate(upper)
            for key in above
        ]
        own, position = np.array(pairs, np.intp).reshape(-1, 2).T
        values = np.zeros((self.amounts.values.shape[0], len(places)), np.int64)
        np.add.at(values.T, position, self.amounts.values.T[own])
        self.amounts = Amounts(list(places), values)
        above_of = dict(zip(keys, upper, strict=True))
        for name, found in self.histograms.items():
            merged: dict[Key, Histogram] = {}
            for key, spread in found.items():
                for above in above_of[key]:
                    merged.setdefault(above, []).extend(spread)
            self.histograms[name] = merged
        return list(places)

    def _spread(self, keys: list[Key]) -> None:
        missing = len(keys) - len(self.amounts.keys)
        if missing:
            empty = np.zeros((self.amounts.values.shape[0], missing), np.int64)
            self.amounts = Amounts(keys, np.hstack([self.amounts.values, empty]))

    def columns(self, want: Wanted) -> tuple[Integers, Integers] | None:
        """Return numerators and denominators of all keys; None for kinds that aren't plain sums."""
        version, period = want.version, want.period
        if version.numerator is None or self.library.needs(version) or self.entered(version):
            return None
        numerators = self._column(version.numerator, period)
        if version.denominator is None:
            return numerators, np.ones_like(numerators)
        return numerators, self._column(version.denominator, period)

    def _column(self, term: Term, period: Period) -> Integers:
        if isinstance(term, Number):
            return np.full(len(self.amounts.keys), term.value, np.int64)
        if isinstance(term, Ref):
            if term.code in RESERVED:
                return np.full(len(self.amounts.keys), of_period(term.code, period), np.int64)
            column: Integers = self.amounts.values[self.requests[self._asked(term, period)]]
            return column
        left, right = self._column(term.left, period), self._column(term.right, period)
        if term.op == "*":
            return left * right
        return left + right if term.op == "+" else left - right

    def entered(self, version: Version) -> tuple[str, ...]:
        """Return the names of the entered numbers a version reads, through derived indicators too."""
        found: list[str] = []
        for ref in version.refs:
            atom = self.library.atoms.get(ref.code)
            if atom and atom.given:
                found.append(atom.given)
            elif atom is None:
                found += self.entered(self.library.indicators[ref.code].versions[-1])
        return tuple(dict.fromkeys(found))

    def figures(self, want: Wanted) -> list[Figure]:
        """Return the figure of each key."""
        lacking = self.library.needs(want.version)
        if lacking:
            return [figure.no_source(lacking)] * max(len(self.amounts.keys), 1)
        columns = self.columns(want)
        if columns is None:
            return [self.figure(want, at) for at in range(len(self.amounts.keys))]
        indicator = want.indicator
        pairs = zip(columns[0].tolist(), columns[1].tolist(), strict=True)
        if indicator.kind in figure.PLAIN_KINDS:
            return [Figure(numerator, 1, figure.OK) for numerator, _ in pairs]
        return [figure.quotient(indicator, *pair) for pair in pairs]

    def figure(self, want: Wanted, at: int) -> Figure:
        """Return the figure of one key, whatever its kind."""
        try:
            return self._figure(want, at)
        except _NotEnteredError as error:
            return figure.no_source([f"填报的{error}"])

    def _figure(self, want: Wanted, at: int) -> Figure:
        indicator, version, period = want.indicator, want.version, want.period
        if indicator.kind == "quantile":
            found = self.histograms[(version.of, period)].get(self.amounts.keys[at], [])
            return figure.quantile(indicator, found, version.q)
        if indicator.kind == "evenness":
            months = period.by_month()
            return figure.evenness([self._amount(Ref(version.of), m, at) for m in months])
        if indicator.kind == "derived":
            return figure.derived(version, lambda ref: self._exact(ref, period, at), period)
        return figure.linear(indicator, version, lambda r: self._amount(r, period, at), period)

    def _amount(self, ref: Ref, period: Period, at: int) -> int:
        atom = self.library.atoms[ref.code]
        if atom.given:
            numbers = self._numbers.get((ref.code, _days(ref, period)), [])
            number = numbers[at] if at < len(numbers) else None
            if number is None:
                raise _NotEnteredError(atom.given)
            return number
        return int(self.amounts.values[self.requests[self._asked(ref, period)], at])

    def _exact(self, ref: Ref, period: Period, at: int) -> Fraction | None:
        if ref.code in self.library.atoms:
            return Fraction(self._amount(ref, period, at))
        part, version = self._part(ref, period)
        return self.figure(Wanted(part, version, period), at).exact
