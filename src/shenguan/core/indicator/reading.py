"""Makes atoms and indicators of their entries as written; each error names its code and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shenguan.core.indicator.expr import EVERYTHING, Col, Expr, In, Int, Not, both
from shenguan.core.indicator.facttable import Facts, FactTable, IndicatorError
from shenguan.core.indicator.grammar import parse_condition, parse_value
from shenguan.core.indicator.keys import ATOM_KEYS, EXAMPLE_KEYS, INDICATOR_KEYS, VERSION_KEYS
from shenguan.core.indicator.model import Atom, Example, Indicator, Reference, Stock, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Term, parse_term

CaseScopes = Callable[[str], tuple[frozenset[str] | None, frozenset[str]]]
"""案件范围 name → (type codes, or None for all; type codes left out). Raises `KeyError`."""


def read_atom(
    code: str, entry: Mapping[str, Any], facts: Facts, scopes: CaseScopes, source: str = ""
) -> Atom:
    """Return one atom; raises `IndicatorError` naming file, code and key."""
    place = f"{source}：原子 {code}"
    _known_keys(entry, ATOM_KEYS, place)
    _required(entry, ("name", "meaning"), place)
    if "given" in entry:
        return _given(code, entry, source)
    try:
        return _counted(code, entry, facts, scopes, source)
    except IndicatorError as error:
        raise IndicatorError(f"{place}：{error}") from None


def _given(code: str, entry: Mapping[str, Any], source: str) -> Atom:
    return Atom(
        code,
        entry["name"],
        entry["meaning"],
        given=entry["given"],
        own_needs=entry.get("needs", ""),
        source=source,
    )


def _counted(
    code: str, entry: Mapping[str, Any], facts: Facts, scopes: CaseScopes, source: str
) -> Atom:
    table = facts.table(entry.get("fact", "case"))
    where = (
        parse_condition(entry["where"], table, facts.codes) if entry.get("where") else EVERYTHING
    )
    stock = _stock(entry["stock"], table) if entry.get("stock") else None
    month = table.column(entry["month"]) if entry.get("month") else None
    if (stock is None) == (month is None):
        raise IndicatorError("month 和 stock 必须而且只能写一个")
    if month and not month.axis:
        raise IndicatorError(f"month 要写 axis 列，“{month.name}”不是")
    scope = str(entry.get("scope", ""))
    return Atom(
        code=code,
        name=entry["name"],
        meaning=entry["meaning"],
        table=table,
        month=month,
        credit=entry.get("credit", "承办法官"),
        scope=scope,
        where=both(_scope(scope, table, facts, scopes), where),
        value=parse_value(entry["value"], table, facts.codes) if "value" in entry else None,
        stock=stock,
        own_needs=entry.get("needs", ""),
        source=source,
        written=str(entry.get("where", "")),
    )


def _scope(name: str, table: FactTable, facts: Facts, scopes: CaseScopes) -> Expr:
    if not name:
        return EVERYTHING
    try:
        wanted, left_out = scopes(name)
    except KeyError as error:
        raise IndicatorError(str(error.args[0])) from None
    type_column = Col(table.column("类型"))
    names = left_out if wanted is None else wanted
    if not names:
        return EVERYTHING
    listed = In(type_column, _type_codes(names, facts))
    return Not(listed) if wanted is None else listed


def _type_codes(names: frozenset[str], facts: Facts) -> tuple[Int, ...]:
    codes = {name: facts.codes.code("类型代字", name) for name in names}
    return tuple(Int(code, name) for name, code in sorted(codes.items(), key=lambda pair: pair[1]))


def _stock(entry: Mapping[str, Any], table: FactTable) -> Stock:
    _known_keys(entry, frozenset({"from", "to", "after"}), "stock")
    _required(entry, ("from", "to"), "stock")
    after = entry.get("after")
    _known_keys(after or {}, frozenset({"months", "days"}), "stock.after")
    start, end = table.column(entry["from"]), table.column(entry["to"])
    if start.type != "day" or end.type != "day":
        raise IndicatorError("stock 的 from、to 要写日期列")
    months, days = int((after or {}).get("months", 0)), int((after or {}).get("days", 0))
    if months and days:
        raise IndicatorError("stock.after 的 months 和 days 只能写一个")
    if months < 0 or days < 0:
        raise IndicatorError("stock.after 不能为负")
    return Stock(start, end, months, days, after is not None)


def read_indicator(code: str, entry: Mapping[str, Any], source: str = "") -> Indicator:
    """Return one indicator; raises `IndicatorError` naming file, code and key."""
    place = f"{source}：指标 {code}"
    _known_keys(entry, INDICATOR_KEYS, place)
    _required(entry, ("name", "meaning", "class", "kind", "unit", "versions"), place)
    try:
        return Indicator(
            code=code,
            name=entry["name"],
            meaning=entry["meaning"],
            kind=entry["kind"],
            unit=entry["unit"],
            group=entry["class"],
            direction=entry.get("direction", "none"),
            versions=tuple(_version(version) for version in entry["versions"]),
            examples=tuple(_example(example) for example in entry.get("examples", ())),
            lines=tuple(entry.get("lines", ())),
            instance=entry.get("instance") or "",
            guard=tuple(entry.get("guard", ())),
            zero_denominator=entry.get("zero_denominator", "empty"),
            decimals=int(entry.get("decimals", 2)),
            minimum=int(entry.get("minimum", 10)),
            statistic=bool(entry.get("statistic", False)),
            source=source,
        )
    except (IndicatorError, TypeError, ValueError, AttributeError) as error:
        raise IndicatorError(f"{place}：{error}") from None


def _version(entry: Mapping[str, Any]) -> Version:
    _known_keys(entry, VERSION_KEYS, "versions")
    _required(entry, ("regime", "valid_from", "say", "official"), "versions")
    return Version(
        regime=entry["regime"],
        valid_from=_day(entry["valid_from"]),
        valid_to=_day(entry["valid_to"]) if entry.get("valid_to") else None,
        numerator=_term(entry, "numerator"),
        denominator=_term(entry, "denominator"),
        of=entry.get("of", ""),
        q=int(entry.get("q", 0)),
        formula=parse_term(entry["formula"], division=True) if "formula" in entry else None,
        say=dict(entry["say"]),
        source=str(entry["official"].get("source") or ""),
        status=str(entry["official"].get("status") or ""),
        law=tuple(entry.get("law") or ()),
        rounding=entry.get("rounding", "half_up"),
        reference=tuple(Reference(**reference) for reference in entry.get("reference") or ()),
        area=bool(entry.get("area", False)),
    )


def _term(entry: Mapping[str, Any], key: str) -> Term | None:
    return parse_term(entry[key]) if entry.get(key) is not None else None


def _example(entry: Mapping[str, Any]) -> Example:
    _known_keys(entry, EXAMPLE_KEYS, "examples")
    _required(entry, ("say", "period", "expect"), "examples")
    tables = {"cases": "case", **{name: name for name in ("hearing", "interval", "step", "link")}}
    return Example(
        say=entry["say"],
        period=Period.parse(str(entry["period"])),
        rows={tables[key]: tuple(entry[key] or ()) for key in tables if key in entry},
        expect=str(entry["expect"]),
        regime=entry.get("regime", ""),
        given=dict(entry.get("given") or {}),
    )


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _known_keys(entry: Mapping[str, Any], known: frozenset[str], place: str) -> None:
    if not isinstance(entry, Mapping):
        raise IndicatorError(f"{place}：这里要写成“键: 值”")
    unknown = [str(key) for key in entry if key not in known]
    if unknown:
        raise IndicatorError(
            f"{place}：不认识的键 {'、'.join(unknown)}；可用：{'、'.join(sorted(known))}"
        )


def _required(entry: Mapping[str, Any], keys: tuple[str, ...], place: str) -> None:
    missing = [key for key in keys if entry.get(key) in (None, "", [], {})]
    if missing:
        raise IndicatorError(f"{place}：缺 {'、'.join(missing)}")
