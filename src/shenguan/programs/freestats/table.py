"""The table: cells, totals, what must be said of them, and whether the cells add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.figure import EMPTY, FEW, NO_SOURCE, PLAIN_KINDS
from shenguan.core.indicator.model import Indicator
from shenguan.programs.freestats.asking import AXES, MEASURE, SPANS, Ask, AskError
from shenguan.programs.freestats.seeing import roster
from shenguan.rulebook import load
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.services import Question, values
from shenguan.spine.indicators.values import ValueRow

MOST_ROWS, MOST_COLUMNS = 300, 60
Key = int | str
"""A key of an axis: an id or code, of time the period's text, of measures the indicator's code."""
TOTAL = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with the address of its cases, "" where there are none to list."""

    printed: str
    state: str
    numerator: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Check:
    """Whether the cells of a measure add up to its total. `adds` None: a measure that isn't a sum."""

    name: str
    adds: bool | None
    said: str


class Table:
    """A table for a scope. `lines` end with the total line; `columns` with the total column."""

    def __init__(self, scope: Scope, ask: Ask) -> None:
        self.scope, self.ask = scope, ask
        self.indicators = [load().library.indicators[code] for code in ask.codes]
        self.labels = Labels(load().facts.codes)
        self.remark, self.position = "", 0
        self._cells: dict[tuple[Key, Key], ValueRow] = {}
        self._fill()

    def _fill(self) -> None:
        ask = self.ask
        self._take((ask.rows, ask.columns))
        self._take((ask.rows, TOTAL if ask.columns != MEASURE else MEASURE))
        self._take((TOTAL, ask.columns))
        if ask.columns != MEASURE:
            self._take((TOTAL, TOTAL))
        if len(self.row_keys) > MOST_ROWS or len(self.column_keys) > MOST_COLUMNS:
            raise AskError(
                f"表太大：{len(self.row_keys)}行、{len(self.column_keys)}列，最多{MOST_ROWS}行、{MOST_COLUMNS}列，请加筛选或者换行列"
            )

    def _take(self, axes: tuple[str, str]) -> None:
        """Ask once for a crossing of axes; TOTAL leaves an axis out."""
        by = tuple(axis for axis in axes if axis not in {TOTAL, MEASURE})
        question = Question(self.ask.period, self.ask.codes, by=by, where=self.ask.where)
        answer = values(self.scope, question)
        self.remark, self.position = answer.remark, answer.position
        for row in answer.rows:
            self._cells[self._key(axes[0], row), self._key(axes[1], row)] = row

    def _key(self, axis: str, row: ValueRow) -> Key:
        if axis == MEASURE:
            return row.indicator.code
        if axis in SPANS:
            return row.period.text
        return TOTAL if axis == TOTAL else row.keys[axis]

    @cached_property
    def row_keys(self) -> list[Key]:
        """Keys of the rows in 机构序, roster order, code order or time; rows without any case left out."""
        return self._ordered(self.ask.rows, {row for row, _ in self._used() if row != TOTAL})

    @cached_property
    def column_keys(self) -> list[Key]:
        """Keys of the columns, without the total."""
        if self.ask.columns == MEASURE:
            return list(self.ask.codes)
        return self._ordered(self.ask.columns, {key for _, key in self._used() if key != TOTAL})

    def _used(self) -> Iterator[tuple[Key, Key]]:
        for key, row in self._cells.items():
            if (
                row.figure.numerator
                or row.figure.state in {FEW, NO_SOURCE}
                or row.figure.denominator
            ):
                yield key

    def _ordered(self, axis: str, keys: set[Key]) -> list[Key]:
        if axis in SPANS:
            return sorted(keys, key=str)
        numbers = [key for key in keys if isinstance(key, int)]
        if axis == "judge":
            place = roster(self.ask.period.end)
            last = (10**9, 0, 0)
            return [*sorted(numbers, key=lambda key: (place.get(key, last), key))]
        if axis == "division":
            return [*sorted(numbers, key=lambda key: (self._units.get(key, (10**9, ""))[0], key))]
        return [*sorted(numbers, key=lambda key: self.labels.order(axis, key))]

    @cached_property
    def _units(self) -> dict[int, tuple[int, str]]:
        """Units in 机构序, named with their court where several courts stand in the table."""
        rows = Unit.objects.select_related("court").order_by("court__order", "order", "pk")
        several = not any(name == "court" for name, _ in self.ask.only) and self._several
        return {
            unit.pk: (at, f"{unit.court.name}{unit.name}" if several else unit.name)
            for at, unit in enumerate(rows)
        }

    @property
    def _several(self) -> bool:
        scope = self.scope
        if scope.court_ids is None:
            return Court.objects.count() > 1
        return len(scope.court_ids | scope.figure_court_ids) > 1

    def label(self, axis: str, key: Key) -> str:
        """Return what people read for a key."""
        if axis == MEASURE:
            return load().library.indicators[str(key)].name
        if isinstance(key, str):
            return key
        if axis == "division" and key in self._units:
            return self._units[key][1]
        if axis in {"case_class", "instance", "procedure", "cause", "disposition"} and key == 0:
            return "（未登记）"
        return self.labels.name(axis, key)

    @property
    def row_title(self) -> str:
        """What the rows are."""
        return AXES[self.ask.rows]

    @property
    def headings(self) -> list[str]:
        """Headings of the value columns."""
        found = [self.label(self.ask.columns, key) for key in self.column_keys]
        return found if self.ask.columns == MEASURE else [*found, "合计"]

    @cached_property
    def lines(self) -> list[Line]:
        """All rows, the total last."""
        made = [Line(self.label(self.ask.rows, key), self._line(key)) for key in self.row_keys]
        return [*made, Line("合计", self._line(TOTAL))]

    def _line(self, row: Key) -> list[Cell]:
        columns: Sequence[Key] = self.column_keys
        if self.ask.columns != MEASURE:
            columns = [*columns, TOTAL]
        return [self._cell(row, column) for column in columns]

    def _cell(self, row: Key, column: Key) -> Cell:
        found = self._cells.get((row, column))
        if found is None:
            whole = self._indicator(column).kind in PLAIN_KINDS
            return Cell("0" if whole else "—", "" if whole else EMPTY, 0, "")
        figure = found.figure
        printed = found.printed
        if found.indicator.kind in PLAIN_KINDS and figure.state != NO_SOURCE:
            printed = printed.removesuffix("件")
        star = "＊" if figure.state == FEW else ""
        address = self._address(row, column) if figure.numerator else ""
        return Cell(printed + star, figure.state, figure.numerator, address)

    def _indicator(self, column: Key) -> Indicator:
        code = str(column) if self.ask.columns == MEASURE else self.ask.codes[0]
        return load().library.indicators[code]

    def _address(self, row: Key, column: Key) -> str:
        """Return the address that lists the cases of a cell."""
        pairs: dict[str, object] = {"period": self.ask.period.text, "scope": self.ask.case_scope}
        pairs |= dict(self.ask.only)
        for axis, key in ((self.ask.rows, row), (self.ask.columns, column)):
            if key == TOTAL or axis == MEASURE:
                continue
            pairs["period" if axis in SPANS else axis] = key
        return urlencode([*pairs.items(), (MEASURE, self._indicator(column).code)])

    @cached_property
    def checks(self) -> list[Check]:
        """Whether the cells add up, measure by measure."""
        if self.ask.columns == MEASURE:
            return [self._check(indicator, indicator.code) for indicator in self.indicators]
        return [self._check(self.indicators[0], None)]

    def _check(self, indicator: Indicator, code: str | None) -> Check:
        name = indicator.name
        if indicator.kind not in PLAIN_KINDS:
            return Check(name, None, f"{name}的合计由全部案件重新计算，不是各格之和")
        if indicator.kind == "stock" and set(self.ask.axes) & set(SPANS):
            return Check(name, None, f"{name}是时点数，各期之和没有意义；合计为期末数")
        column = code if code is not None else TOTAL
        total = self._number(TOTAL, column)
        if code is not None:
            added = sum(self._number(row, code) for row in self.row_keys)
        else:
            added = sum(self._number(r, c) for r in self.row_keys for c in self.column_keys)
        said = (
            f"{name}：各格之和{added}，合计{total}，{'核对相符' if added == total else '核对不符'}"
        )
        return Check(name, added == total, said)

    def _number(self, row: Key, column: Key) -> int:
        found = self._cells.get((row, column))
        return (found.figure.numerator or 0) if found else 0

    @property
    def notes(self) -> list[str]:
        """What must be said beside the figures."""
        states = {cell.state for line in self.lines for cell in line.cells}
        said = []
        if FEW in states:
            said.append("标“＊”的分母少于该指标规定的件数，件数过少，不作比较")
        if EMPTY in states:
            said.append("“—”为分母为零")
        if NO_SOURCE in states:
            said.append("暂无数据来源的不显示数值")
        if any(indicator.statistic for indicator in self.indicators):
            said.append("统计项，不作考核指标")
        return [*said, *([self.remark] if self.remark else [])]
