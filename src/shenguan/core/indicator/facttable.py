"""Fact tables as declared in `facts.yaml`: their columns, types, lineage, and the code tables they use.

Facts hold small integers and booleans only: a day is the count since 1970-01-01, a month `year*12 + month - 1`,
money is in 分, a code an integer of its table (0: none or unknown). Only days may be null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

TYPES = frozenset({"day", "month", "days", "count", "money", "bool", "code", "id"})
NONE_CODE = ""


class IndicatorError(ValueError):
    """A definition can't be read; the message says where and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is used in conditions, `column` in Parquet and SQL; `needs` names a missing source."""

    name: str
    column: str
    type: str
    code_table: str = ""
    events: tuple[str, ...] = ()
    needs: str = ""
    axis: bool = False
    meaning: str = ""
    optional: bool = False
    """Fed by a column that not every court's system has: true nowhere means that there is no source, not none."""

    @property
    def nullable(self) -> bool:
        """Whether a row may have no value: only a day that never came."""
        return self.type in {"day", "month"}


@dataclass(frozen=True, eq=False)
class FactTable:
    """One fact table; `columns` by Chinese name, in the order of the declaration."""

    name: str
    label: str
    columns: Mapping[str, Column]
    grain: str = ""

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises `IndicatorError` with the nearest names."""
        if name in self.columns:
            return self.columns[name]
        near = get_close_matches(name, self.columns, n=3, cutoff=0.4)
        hint = f"，是否为：{'、'.join(near)}" if near else ""
        raise IndicatorError(f"事实表“{self.label}”没有列“{name}”{hint}")

    def by_column(self, column: str) -> Column | None:
        """Return the column with the English name `column`, if there is one."""
        return next((found for found in self.columns.values() if found.column == column), None)

    def day_of(self, month: Column) -> Column:
        """Return the day column a month axis is made from (`closed_month` from `closed_on`)."""
        day = self.by_column(month.column.removesuffix("_month") + "_on")
        if day is None:
            raise IndicatorError(f"事实表“{self.label}”的月份列“{month.name}”没有对应的日期列")
        return day


@dataclass(frozen=True)
class CodeTables:
    """Integer code tables by name: {类别: {刑事: 1, …}}."""

    tables: Mapping[str, Mapping[str, int]]
    _names: dict[str, dict[int, str]] = field(default_factory=dict, repr=False, compare=False)

    def code(self, table: str, name: str) -> int:
        """Return the integer of `name`; `''` is 0. Raises `IndicatorError` with the nearest names."""
        if name == NONE_CODE:
            return 0
        entries = self.tables.get(table)
        if entries is None:
            raise IndicatorError(f"没有代码表“{table}”")
        if name in entries:
            return entries[name]
        near = get_close_matches(name, entries, n=3, cutoff=0.3)
        hint = f"，是否为：{'、'.join(near)}" if near else ""
        raise IndicatorError(f"代码表“{table}”没有“{name}”{hint}")

    def name(self, table: str, code: int) -> str:
        """Return the first name of `code`, "" for 0 and for a code of no name."""
        if table not in self._names:
            reverse: dict[int, str] = {}
            for name, number in self.tables.get(table, {}).items():
                reverse.setdefault(number, name)
            self._names[table] = reverse
        return self._names[table].get(code, "")


@dataclass(frozen=True)
class Facts:
    """All fact tables by name, with the code tables."""

    tables: Mapping[str, FactTable]
    codes: CodeTables

    def table(self, name: str) -> FactTable:
        """Return the table called `name`; raises `IndicatorError`."""
        if name not in self.tables:
            raise IndicatorError(f"没有事实表“{name}”，可用：{'、'.join(self.tables)}")
        return self.tables[name]


def fact_table(name: str, entry: Mapping[str, Any]) -> FactTable:
    """Make a table of its entry in `facts.yaml`; raises `IndicatorError`."""
    columns = {label: _column(name, label, spec) for label, spec in entry["columns"].items()}
    return FactTable(name, entry.get("name", name), columns, entry.get("grain", ""))


def _column(table: str, label: str, spec: Mapping[str, Any]) -> Column:
    kind, _, code_table = str(spec.get("type", "")).partition(":")
    if kind not in TYPES or (kind == "code") != bool(code_table):
        raise IndicatorError(f"facts.yaml：{table}.{label} 的类型“{spec.get('type')}”不可用")
    return Column(
        name=label,
        column=spec["column"],
        type=kind,
        code_table=code_table,
        events=tuple(spec.get("events", ())),
        needs=spec.get("needs", ""),
        axis=bool(spec.get("axis", False)),
        meaning=spec.get("meaning", ""),
        optional=bool(spec.get("optional", False)),
    )
