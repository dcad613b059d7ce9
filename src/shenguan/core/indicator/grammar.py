"""Reads the closed condition language into our own tree.

sqlglot parses; the tree is walked against a whitelist, so that nothing but columns, integers, quoted code
names, comparisons, `in`, `between`, `is null`, `and or not` and `+ - *` can get in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any as Any_

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from shenguan.core.indicator.expr import (
    All,
    Any,
    Arith,
    Col,
    Compare,
    Expr,
    In,
    Int,
    IsNull,
    Not,
)
from shenguan.core.indicator.facttable import CodeTables, Column, FactTable, IndicatorError

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_SUGGESTED = {"（": "(", "）": ")", "，": ",", "‘": "'", "’": "'", "“": "'", "”": "'"}
_LARGEST = 2**53
_LONGEST = 2000


def parse_condition(text: str, table: FactTable, codes: CodeTables) -> Expr:
    """Return the tree of a condition; raises `IndicatorError` saying what and where."""
    return _Reader(text, table, codes).condition(_parse(text))


def parse_value(text: str | int, table: FactTable, codes: CodeTables) -> Expr:
    """Return the tree of an integer value (`净天数`, `自然天数 - 30`); raises `IndicatorError`."""
    return _Reader(str(text), table, codes).number(_parse(str(text)))


def _parse(text: str) -> exp.Expr:
    if len(text) > _LONGEST:
        raise IndicatorError(f"条件过长（{len(text)} 字），请拆成几个原子")
    for wide, narrow in _SUGGESTED.items():
        if wide in text:
            at = text.index(wide) + 1
            raise IndicatorError(f"条件“{text}”第 {at} 字：请用半角“{narrow}”代替“{wide}”")
    try:
        trees = sqlglot.parse(text)
    except (SqlglotError, RecursionError) as error:
        raise IndicatorError(f"条件“{text}”读不懂{_where(error, text)}") from None
    if len(trees) != 1 or trees[0] is None:
        raise IndicatorError(f"条件“{text}”应当恰好是一个条件")
    return trees[0]


def _where(error: Exception, text: str) -> str:
    details = getattr(error, "errors", None) or [{}]
    at = details[0].get("col")
    return f"：第 {min(int(at), len(text))} 字附近有误" if at else ""


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    table: FactTable
    codes: CodeTables

    def fail(self, reason: str, node: exp.Expr | None = None) -> IndicatorError:
        at = ""
        name = node.find(exp.Identifier) if node is not None else None
        if name is not None and "start" in name.meta:
            at = f"第 {name.meta['start'] + 1} 字："
        return IndicatorError(f"条件“{self.text}”{at}{reason}")

    # conditions ------------------------------------------------------------------------------
    def condition(self, node: exp.Expr) -> Expr:
        """A node that is true, false or unknown."""
        if type(node) in _COMPARISONS:
            return self._compare(node)
        reader = _CONDITIONS.get(type(node))
        if reader is None:
            raise self.fail(f"不能用“{node.sql()}”作条件", node)
        return reader(self, node)

    def _flat(self, node: exp.Expr, kind: type[exp.Expr]) -> tuple[Expr, ...]:
        parts: list[Expr] = []
        for side in (node.this, node.expression):
            if isinstance(side, kind):
                parts.extend(self._flat(side, kind))
            else:
                parts.append(self.condition(side))
        return tuple(parts)

    def _flag(self, node: exp.Column) -> Expr:
        found = self.column(node)
        if found.column.type != "bool":
            raise self.fail(f"“{found.column.name}”不是真假列，要写明比较", node)
        return found

    def _compare(self, node: exp.Expr) -> Expr:
        op = _COMPARISONS[type(node)]
        table = self._code_table(node.this, node.expression)
        left, right = (self.operand(side, table) for side in (node.this, node.expression))
        if table and op not in {"=", "<>"}:
            raise self.fail("代码只能用 =、<>、in 比较，不能比大小", node)
        self._same_kind(left, right, node)
        return Compare(op, left, right)

    def _between(self, node: exp.Between) -> Expr:
        if self._code_table(node.this):
            raise self.fail("代码只能用 =、<>、in 比较，不能比大小", node)
        item, low, high = (self.number(node.args[key]) for key in ("this", "low", "high"))
        self._same_kind(item, low, node)
        self._same_kind(item, high, node)
        return All((Compare(">=", item, low), Compare("<=", item, high)))

    def _in(self, node: exp.In) -> Expr:
        options = node.args.get("expressions") or []
        if not options or node.args.get("query") or node.args.get("unnest"):
            raise self.fail("in 后面要有一列值，不能用子查询", node)
        table = self._code_table(node.this)
        item = self.operand(node.this, table)
        values = tuple(self.operand(option, table) for option in options)
        literal = tuple(value for value in values if isinstance(value, Int))
        if len(literal) != len(values):
            raise self.fail("in 的括号里只能写整数或代码名", node)
        self._same_kind(item, literal[0], node)
        return In(item, literal)

    def _is_null(self, node: exp.Is) -> Expr:
        if not isinstance(node.expression, exp.Null):
            raise self.fail("is 后面只能是 null 或 not null", node)
        item = self.column(node.this)
        if not item.column.nullable:
            raise self.fail(f"“{item.column.name}”没有空值，不能写 is null", node)
        return IsNull(item)

    def _same_kind(self, left: Expr, right: Expr, node: exp.Expr) -> None:
        """A day compares with a day, never with a bare integer: dates have no constants."""
        kinds = {_kind(left), _kind(right)}
        if "bool" in kinds:
            raise self.fail("真假列直接写名字，不比较大小", node)
        if "day" in kinds and kinds != {"day"}:
            raise self.fail("日期只能同日期比较；两个日期相减才是天数", node)
        if "month" in kinds and kinds != {"month"}:
            raise self.fail("月份只能同月份比较", node)

    # numbers ---------------------------------------------------------------------------------
    def operand(self, node: exp.Expr, table: str) -> Expr:
        """A number, or a quoted code name of `table`."""
        if isinstance(node, exp.Paren):
            return self.operand(node.this, table)
        if isinstance(node, exp.Literal) and node.is_string:
            if not table:
                raise self.fail(f"“{node.this}”两边没有代码列，不知道查哪个代码表", node)
            try:
                return Int(self.codes.code(table, node.this), node.this or "无")
            except IndicatorError as error:
                raise self.fail(str(error), node) from None
        if table and not isinstance(node, exp.Column | exp.Literal):
            raise self.fail("代码不能做加减乘", node)
        return self.number(node)

    def number(self, node: exp.Expr) -> Expr:
        """An integer, a column that isn't a flag, or `+ - *` of those."""
        match node:
            case exp.Paren():
                return self.number(node.this)
            case exp.Literal():
                return self._integer(node)
            case exp.Neg():
                return Arith("-", Int(0), self.number(node.this))
            case exp.Column():
                return self.column(node)
        if type(node) in _ARITHMETIC:
            return self._arithmetic(node)
        raise self.fail(f"不能用“{node.sql()}”：只有列名、整数和 + - *", node)

    def _arithmetic(self, node: exp.Expr) -> Expr:
        left, right = self.number(node.this), self.number(node.expression)
        op = _ARITHMETIC[type(node)]
        for side in (left, right):
            if isinstance(side, Col) and side.column.type in {"bool", "code", "id"}:
                raise self.fail(f"“{side.column.name}”不是数，不能做加减乘", node)
        if op == "*" and "day" in {_kind(left), _kind(right)}:
            raise self.fail("日期不能相乘", node)
        return Arith(op, left, right)

    def _integer(self, node: exp.Literal) -> Int:
        if node.is_string or not node.this.isdigit():
            raise self.fail(f"“{node.this}”不是整数；钱以分、比以千分计", node)
        value = int(node.this)
        if value >= _LARGEST:
            raise self.fail(f"“{node.this}”太大", node)
        return Int(value)

    def column(self, node: exp.Expr) -> Col:
        """A bare column name of the fact table."""
        if (
            not isinstance(node, exp.Column)
            or node.table
            or not isinstance(node.this, exp.Identifier)
        ):
            raise self.fail(f"“{node.sql()}”不是列名", node)
        try:
            return Col(self.table.column(node.name))
        except IndicatorError as error:
            raise self.fail(str(error), node) from None

    def _code_table(self, *sides: exp.Expr) -> str:
        for side in sides:
            if isinstance(side, exp.Column):
                column: Column = self.column(side).column
                if column.code_table:
                    return column.code_table
        return ""


def _kind(expr: Expr) -> str:
    """`day`, `month`, `bool` or `number`: the difference of two days is a number."""
    match expr:
        case Col(column) if column.type in {"day", "month", "bool"}:
            return column.type
        case Arith("-", left, right) if _kind(left) == _kind(right):
            return "number"
        case Arith(_, left, right):
            return next((k for k in (_kind(left), _kind(right)) if k != "number"), "number")
    return "number"


_CONDITIONS: dict[type[exp.Expr], Callable[[_Reader, Any_], Expr]] = {
    exp.Paren: lambda reader, node: reader.condition(node.this),
    exp.And: lambda reader, node: All(reader._flat(node, exp.And)),
    exp.Or: lambda reader, node: Any(reader._flat(node, exp.Or)),
    exp.Not: lambda reader, node: Not(reader.condition(node.this)),
    exp.Between: _Reader._between,
    exp.In: _Reader._in,
    exp.Is: _Reader._is_null,
    exp.Column: _Reader._flag,
}
