"""Where integers come from: the stored cube, or a scan of the facts. Both answer the same question.

A request is an atom with a moment: a period for what happens, a day (its end) for what is in stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from shenguan.core.indicator.compile.cube import Pass, cube, passes_of
from shenguan.core.indicator.compile.hist import hist
from shenguan.core.indicator.compile.rollup import Cell, rollup
from shenguan.core.indicator.compile.sql import Filters, one_of
from shenguan.core.indicator.compile.stock import stock_at
from shenguan.core.indicator.grain import COURT, PILOT
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period, last_of, month_number
from shenguan.spine.indicators.engines import Engine

Key = tuple[int, ...]
MOST_TEXTS, MANY_CELLS, MOST_SLICES = 500, 4, 100
Histogram = list[tuple[int, int]]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Request:
    """One integer wanted for each key."""

    atom: Atom
    moment: Period | date


@dataclass(frozen=True, slots=True)
class Amounts:
    """`values[request, key]`, int64. A key missing in one part has 0 there."""

    keys: list[Key]
    values: Integers


class Source(Protocol):
    """Answers requests by key."""

    def amounts(
        self, requests: Sequence[Request], dimensions: Sequence[str], filters: Filters
    ) -> Amounts:
        """Return one row of integers a request, over all keys that have any."""

    def histograms(
        self, atom: Atom, periods: Sequence[Period], dimensions: Sequence[str], filters: Filters
    ) -> list[dict[Key, Histogram]]:
        """Return (value, count) pairs by key for each period."""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Scans the facts: any day, any dimension, as known at any time. `engine` knows `fact_*`."""

    engine: Engine

    def amounts(
        self, requests: Sequence[Request], dimensions: Sequence[str], filters: Filters
    ) -> Amounts:
        """One scan for each fact table, credit, axis and moment."""
        parts = []
        by_moment: dict[Period | date, list[int]] = {}
        for at, request in enumerate(requests):
            by_moment.setdefault(request.moment, []).append(at)
        for moment, places in by_moment.items():
            atoms = {requests[at].atom.code: at for at in places}
            for fused in passes_of(requests[at].atom for at in places):
                table = self.engine.run(_scan(fused, moment, dimensions, filters))
                parts.append((table, [atoms[code] for code in fused.codes]))
        return _joined(parts, dimensions, len(requests))

    def histograms(
        self, atom: Atom, periods: Sequence[Period], dimensions: Sequence[str], filters: Filters
    ) -> list[dict[Key, Histogram]]:
        """One scan for all periods."""
        table = self.engine.run(hist(atom, dimensions, periods, filters))
        return _histograms(table, dimensions, len(periods))


def _scan(
    fused: Pass, moment: Period | date, dimensions: Sequence[str], filters: Filters
) -> exp.Query:
    if isinstance(moment, Period):
        return cube(fused, dimensions, by_month=False, period=moment, filters=filters)
    return stock_at(fused.atoms, dimensions, moment, filters=filters)


@dataclass(frozen=True, slots=True)
class CubeSource:
    """Rolls the stored cube up; what the cube can't say it leaves to the facts."""

    engine: Engine
    passes: Mapping[str, tuple[str, ...]]
    facts: FactSource
    _pass_of: dict[str, str] = field(default_factory=dict, compare=False)
    _slices: set[str] = field(default_factory=set, compare=False)
    _texts: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False)

    def amounts(
        self, requests: Sequence[Request], dimensions: Sequence[str], filters: Filters
    ) -> Amounts:
        """One roll-up a pass, all periods in it; a scan for days and dimensions not in the cube."""
        grain = grain_for(dimensions, filters)
        cells: dict[str, list[tuple[int, Cell]]] = {}
        left: list[int] = []
        for at, request in enumerate(requests):
            cell, name = cell_of(request), self.pass_of(request.atom.code)
            if grain is None or cell is None or name is None:
                left.append(at)
            else:
                cells.setdefault(name, []).append((at, cell))
        parts = []
        for name, of_pass in cells.items():
            assert grain is not None
            for placed in _by_window(of_pass):
                asked = tuple(cell for _, cell in placed)
                relation = self._relation(grain, name, filters)
                text = self._text(relation, asked, tuple(dimensions), filters)
                parts.append((self.engine.fetch(text), [at for at, _ in placed]))
        if left:
            scanned = self.facts.amounts([requests[at] for at in left], dimensions, filters)
            return _merged(_joined(parts, dimensions, len(requests)), scanned, left)
        return _joined(parts, dimensions, len(requests))

    def _relation(self, grain: str, name: str, filters: Filters) -> str:
        """One court's part of the pilot grain is held in memory from the first page that asks for it."""
        courts = filters.every.get("court", ())
        if grain != "pilot" or len(courts) != 1:
            return f"{grain}_{name}"
        own = f"pilot_{name}_of_{courts[0]}"
        if own not in self._slices:
            if len(self._slices) >= MOST_SLICES:
                return f"pilot_{name}"
            rows = exp.select("*").from_(f"pilot_{name}").where(one_of("court", courts))
            self.engine.keep(rows, own)
            self._slices.add(own)
        return own

    def _text(
        self, relation: str, cells: tuple[Cell, ...], dimensions: tuple[str, ...], filters: Filters
    ) -> str:
        """Compile a roll-up once: pages ask the same again and again."""
        key = (relation, cells, dimensions, repr(filters))
        if key not in self._texts:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            self._texts[key] = self.engine.text(rollup(relation, cells, dimensions, filters))
        return self._texts[key]

    def pass_of(self, code: str) -> str | None:
        """Return the pass an atom is stored in."""
        if not self._pass_of:
            self._pass_of.update({c: name for name, codes in self.passes.items() for c in codes})
        return self._pass_of.get(code)

    def histograms(
        self, atom: Atom, periods: Sequence[Period], dimensions: Sequence[str], filters: Filters
    ) -> list[dict[Key, Histogram]]:
        """Histograms aren't stored: a scan."""
        return self.facts.histograms(atom, periods, dimensions, filters)


def _by_window(placed: list[tuple[int, Cell]]) -> list[list[tuple[int, Cell]]]:
    """Ask a window of months with many cells by itself: plain sums plan in a third of the time."""
    windows: dict[tuple[int | None, int], list[tuple[int, Cell]]] = {}
    for at, cell in placed:
        windows.setdefault((cell.first, cell.last), []).append((at, cell))
    own = [group for group in windows.values() if len(group) >= MANY_CELLS]
    rest = [pair for group in windows.values() if len(group) < MANY_CELLS for pair in group]
    return [*own, rest] if rest else own


def grain_for(dimensions: Iterable[str], filters: Filters) -> str | None:
    """Return the smallest stored grain that has all keys, None when none has."""
    wanted = {*dimensions, *filters.dimensions}
    if wanted <= set(COURT):
        return "court"
    return "pilot" if wanted <= set(PILOT) else None


def cell_of(request: Request) -> Cell | None:
    """Return the request in whole months, None when it isn't."""
    moment = request.moment
    if isinstance(moment, Period):
        if not moment.whole_months:
            return None
        return Cell(request.atom.code, moment.first_month, moment.last_month)
    month = month_number(moment)
    return Cell(request.atom.code, None, month) if moment == last_of(month) else None


def _joined(
    parts: Sequence[tuple[pa.Table, list[int]]], dimensions: Sequence[str], requests: int
) -> Amounts:
    """Put tables of keys and sums side by side; each lists the requests its sums answer."""
    width = len(dimensions)
    places: dict[Key, int] = {}
    positions = [
        [places.setdefault(key, len(places)) for key in _keys(table, width)] for table, _ in parts
    ]
    values = np.zeros((requests, len(places)), np.int64)
    for (table, answered), position in zip(parts, positions, strict=True):
        for column, at in zip(table.columns[width:], answered, strict=True):
            values[at, position] = column.to_numpy()
    return Amounts(list(places), values)


def _merged(amounts: Amounts, more: Amounts, at: list[int]) -> Amounts:
    places = {key: place for place, key in enumerate(amounts.keys)}
    position = [places.setdefault(key, len(places)) for key in more.keys]
    values = np.zeros((amounts.values.shape[0], len(places)), np.int64)
    values[:, : len(amounts.keys)] = amounts.values
    values[np.ix_(at, position)] = more.values
    return Amounts(list(places), values)


def _keys(table: pa.Table, width: int) -> list[Key]:
    if not width:
        return [()] * table.num_rows
    return list(zip(*(column.to_pylist() for column in table.columns[:width]), strict=True))


def _histograms(
    table: pa.Table, dimensions: Sequence[str], periods: int
) -> list[dict[Key, Histogram]]:
    width = table.num_columns - 1 - periods
    values = table.column(width).to_pylist()
    blank = (0,) * (len(dimensions) - width)
    keys = [(*key, *blank) for key in _keys(table, width)]
    found: list[dict[Key, Histogram]] = []
    for at in range(periods):
        counts = table.column(width + 1 + at).to_pylist()
        of_period: dict[Key, Histogram] = {}
        for key, value, count in zip(keys, values, counts, strict=True):
            if count:
                of_period.setdefault(key, []).append((value, count))
        found.append(of_period)
    return found
