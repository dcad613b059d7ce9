"""The Chinese sentence of a definition, made from the same tree as the SQL."""

from __future__ import annotations

from collections.abc import Mapping

from shenguan.core.indicator.expr import (
    EVERYTHING,
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
    columns_of,
)
from shenguan.core.indicator.model import Atom, Indicator, Library, Version
from shenguan.core.indicator.terms import RESERVED, Number, Ref, Term

_NUMBERS = {"=": "等于", "<>": "不等于", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于"}
_DAYS = {"=": "与", "<>": "不是", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ARITHMETIC = {"+": "加", "-": "减", "*": "乘以"}
_MOMENTS = {"start": "期初", "end": "期末", "last_year": "上年度"}
_LONG_LIST = 12


def condition(expr: Expr) -> str:
    """Return a condition in words."""
    match expr:
        case All(parts):
            return "，且".join(_inner(part) for part in parts) if parts else "全部"
        case Any(parts):
            return "，或".join(_inner(part) for part in parts)
        case Not(item):
            return _negated(item)
        case Compare(op, left, right):
            return _compare(op, left, right)
        case In(item, values):
            return f"{value(item)}为{_listed(values)}"
    return _plain(expr)


def _plain(expr: Expr) -> str:
    match expr:
        case IsNull(item):
            return f"没有{value(item)}"
        case Col(column):
            return f"“{column.name}”"
    return value(expr)


def value(expr: Expr) -> str:
    """Return a number in words."""
    match expr:
        case Int(number, label):
            return label or str(number)
        case Col(column):
            return column.name
        case Arith("-", Int(0), right):
            return f"负{value(right)}"
        case Arith(op, left, right):
            return f"{value(left)}{_ARITHMETIC[op]}{value(right)}"
    raise TypeError(expr)


def _inner(expr: Expr) -> str:
    return f"（{condition(expr)}）" if isinstance(expr, Any | All) else condition(expr)


def _negated(item: Expr) -> str:
    match item:
        case Col(column):
            return f"不是“{column.name}”"
        case IsNull(inner):
            return f"有{value(inner)}"
        case In(inner, values):
            return f"{value(inner)}不为{_listed(values)}"
        case Compare(op, left, right):
            return _compare(_OPPOSITE[op], left, right)
    return f"不符合（{condition(item)}）"


def _compare(op: str, left: Expr, right: Expr) -> str:
    if isinstance(left, Col) and left.column.type in {"day", "month"} and isinstance(right, Col):
        same = "为同一天" if op == "=" else ""
        return f"{value(left)}{_DAYS[op]}{value(right)}{same}"
    if isinstance(right, Int) and right.label:
        return f"{value(left)}{'为' if op == '=' else '不为'}{right.label}"
    return f"{value(left)}{_NUMBERS[op]}{value(right)}"


def _listed(values: tuple[Int, ...]) -> str:
    shown = [item.label or str(item.value) for item in values]
    if len(shown) > _LONG_LIST:
        return f"{'、'.join(shown[:_LONG_LIST])}等 {len(shown)} 种之一"
    return "、".join(shown[:-1]) + ("或" if len(shown) > 1 else "") + shown[-1]


def atom(found: Atom) -> str:
    """Return what an atom counts, in one sentence."""
    if found.given:
        return f"法院填报的{found.given}"
    assert found.table is not None
    what = f"{value(found.value)}之和" if found.value is not None else "件数"
    if found.table.name != "case":
        what = what.replace("件数", f"{found.table.label}次数")
    whose = "" if found.credit == "承办法官" else f"，记到{found.credit}"
    return f"{_when(found)}{_which(found)}的{found.table.label}{what}{whose}"


def _which(found: Atom) -> str:
    own = found.where
    if found.scope:
        own = All(own.parts[1:]) if isinstance(own, All) else EVERYTHING
    said = [f"案件范围“{found.scope}”"] if found.scope else []
    if columns_of(own):
        said.append(condition(own))
    return "，" + "，且".join(said) if said else ""


def _when(found: Atom) -> str:
    if found.month:
        return f"{found.month.name.removesuffix('月')}在统计期内"
    assert found.stock is not None
    start, end = found.stock.start.name, found.stock.end.name
    length = f"{found.stock.months}个月" if found.stock.months else ""
    length += f"{found.stock.days}日" if found.stock.days else ""
    if found.stock.beyond:
        start = f"{start}后{length}" if length else start
        return f"{start}早于所统计之日、且到该日仍没有{end}"
    return f"{start}不晚于所统计之日、且到该日仍没有{end}"


def term(found: Term, names: Mapping[str, str]) -> str:
    """Return a formula with the names of its atoms."""
    match found:
        case Number(number):
            return str(number)
        case Ref(code, moment):
            return RESERVED.get(code) or f"{_MOMENTS.get(moment, '')}{names.get(code, code)}"
    left, right = (term(side, names) for side in (found.left, found.right))
    sign = {"*": "×", "/": "÷"}.get(found.op, found.op)
    return f"({left} {sign} {right})" if found.op in "+-" else f"{left} {sign} {right}"


def formula(indicator: Indicator, version: Version, library: Library) -> str:
    """Return the arithmetic of a version in words."""
    names = {code: found.name for code, found in library.atoms.items()}
    names |= {code: found.name for code, found in library.indicators.items()}
    if indicator.kind == "quantile":
        which = "中位数" if version.q == 500 else f"第 {version.q / 10:g} 百分位数"
        return f"{names.get(version.of, version.of)}的{which}（线性插值）"
    if indicator.kind == "evenness":
        return f"1 − {names.get(version.of, version.of)}各月数的标准差 ÷ 月均数"
    if version.formula is not None:
        return term(version.formula, names)
    assert version.numerator is not None
    top = term(version.numerator, names)
    return top if version.denominator is None else f"{top} ÷ {term(version.denominator, names)}"
