"""Rows as people write them in worked examples: ISO days, code names, only the columns that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shenguan.core.indicator.facttable import CodeTables, Column, Facts, FactTable, IndicatorError
from shenguan.core.indicator.model import Example
from shenguan.core.indicator.naive import Rows
from shenguan.core.indicator.period import day_number, day_of_number, month_number
from shenguan.core.indicator.row import Row

_Draft = dict[str, int | bool | None]


def rows_of(example: Example, facts: Facts) -> Rows:
    """Return the rows of an example, complete; raises `IndicatorError` naming row and column."""
    return {
        name: [
            complete_row(written, facts.table(name), facts.codes, number)
            for number, written in enumerate(listed, 1)
        ]
        for name, listed in example.rows.items()
    }


def complete_row(
    written: Mapping[str, Any], table: FactTable, codes: CodeTables, number: int = 1
) -> Row:
    """Return every column of the table: as written, else derived, else empty, 0 or false."""
    try:
        given = {name: _value(table.column(name), value, codes) for name, value in written.items()}
    except (IndicatorError, ValueError, TypeError) as error:
        raise IndicatorError(f"例中第 {number} 行：{error}") from None
    row: _Draft = {column.name: _nothing(column) for column in table.columns.values()}
    row |= given
    if table.name == "case":
        for name, derive in _DERIVED.items():
            if name not in given and name in table.columns:
                row[name] = derive(row)
    if "案件" in table.columns and "案件" not in given:
        row["案件"] = number
    for column in table.columns.values():
        if column.axis and column.name not in given:
            row[column.name] = _month(row[table.day_of(column).name])
    return row


def _nothing(column: Column) -> int | bool | None:
    if column.nullable:
        return None
    return False if column.type == "bool" else 0


def _value(column: Column, value: object, codes: CodeTables) -> int | bool | None:
    match column.type:
        case "day":
            return None if value is None else day_number(_date(value, column))
        case "month":
            return None if value is None else month_number(date.fromisoformat(f"{value}-01"))
        case "bool":
            if not isinstance(value, bool):
                raise IndicatorError(f"“{column.name}”要写 true 或 false，不是“{value}”")
            return value
        case "code" if isinstance(value, str):
            return codes.code(column.code_table, value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise IndicatorError(f"“{column.name}”要写整数，不是“{value}”")
    return value


def _date(value: object, column: Column) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise IndicatorError(f"“{column.name}”要写日期(2025-03-01)，不是“{value}”") from None


def _month(day: int | None) -> int | None:
    return None if day is None else month_number(day_of_number(day))


def _between(row: _Draft, start: str, end: str, less: str = "") -> int:
    first, last = row.get(start), row.get(end)
    if first is None or last is None:
        return 0
    return last - first - (row.get(less) or 0)


def _in_time(row: _Draft) -> bool:
    end, due = row.get("结案日"), row.get("审限届满日")
    return row.get("报结日") is not None and None not in (end, due) and (end or 0) <= (due or 0)


_DERIVED: Mapping[str, Callable[[_Draft], int | bool | None]] = {
    "结案日": lambda row: row["报结日"],
    "已结": lambda row: row["报结日"] is not None,
    "有审限": lambda row: row["审限届满日"] is not None,
    "审限内": _in_time,
    "自然天数": lambda row: _between(row, "立案日", "报结日"),
    "净天数": lambda row: _between(row, "立案日", "结案日", "扣除天数"),
}
"""Columns of `case` that follow from others, in this order."""
