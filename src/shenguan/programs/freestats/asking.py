"""What a table asks: rows, columns, measures, period, 案件范围 and filters, read from an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.grain import DIMENSIONS
from shenguan.core.indicator.period import Period, month_text
from shenguan.rulebook import load

MEASURE = "measure"
SPANS: Mapping[str, str] = {"month": "月份", "quarter": "季度", "year": "年份"}
AXES: Mapping[str, str] = {
    "court": "法院",
    "division": "部门",
    "judge": "法官",
    "case_class": "条线",
    "instance": "审判程序",
    "procedure": "适用程序",
    "cause": "案由",
    "disposition": "结案方式",
    "case_type": "类型代字",
    **SPANS,
}
FILTERS = ("court", "division", "case_class", "instance", "procedure", "disposition")
OWN_SCOPE = ""
"""The 案件范围 that each indicator's rule names itself."""
MOST_MEASURES = 6
DEFAULT = ("filed_cases", "closed_cases", "pending_at_end")


class AskError(ValueError):
    """A table that can't be asked for; the message says what and why (Chinese)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One table. `columns`: an axis, or `measure` for the measures side by side; `only`: filters by key."""

    rows: str
    columns: str
    codes: tuple[str, ...]
    period: Period
    case_scope: str = OWN_SCOPE
    only: tuple[tuple[str, int], ...] = ()

    @property
    def axes(self) -> tuple[str, ...]:
        """Return the axes that are asked of the figures."""
        return tuple(axis for axis in (self.rows, self.columns) if axis != MEASURE)

    @property
    def names_judges(self) -> bool:
        """Whether judges stand in the table."""
        return "judge" in self.axes

    @property
    def where(self) -> dict[str, tuple[int, ...]]:
        """Return the filters as figures take them, 案件范围 as case types."""
        found: dict[str, tuple[int, ...]] = {name: (key,) for name, key in self.only}
        if self.case_scope != OWN_SCOPE:
            found["case_type"] = case_types(self.case_scope)
        return found

    @property
    def query(self) -> str:
        """Return the part of an address that asks the same again."""
        pairs: list[tuple[str, object]] = [("rows", self.rows), ("columns", self.columns)]
        pairs += [(MEASURE, code) for code in self.codes]
        pairs += [("period", self.period.text), ("scope", self.case_scope)]
        return urlencode([*pairs, *self.only])

    def with_filter(self, axis: str, key: int) -> Ask:
        """Return it narrowed to one key of an axis."""
        return replace(self, only=(*(pair for pair in self.only if pair[0] != axis), (axis, key)))


def case_types(name: str) -> tuple[int, ...]:
    """Return the integer codes of a 案件范围; an open one takes types the table doesn't know."""
    scope, table = load().scopes.scope(name), load().facts.codes.tables["类型代字"]
    known = tuple(sorted({code for text, code in table.items() if scope.contains(text)}))
    return (0, *known) if scope.open else known


def read(values: Mapping[str, str], codes: Sequence[str], today: date) -> Ask:
    """Read a table from an address; raises `AskError` for what can't be asked."""
    rows, columns = values.get("rows", "division"), values.get("columns", MEASURE)
    for axis in (rows, columns):
        if axis not in AXES and axis != MEASURE:
            raise AskError(f"不能按“{axis}”分组，可用：{'、'.join(AXES.values())}")
    if rows == MEASURE:
        raise AskError("指标放在列上，请选择行")
    if rows == columns:
        raise AskError("行和列不能相同")
    if rows in SPANS and columns in SPANS:
        raise AskError("行和列不能都是时间")
    return Ask(
        rows, columns, _codes(codes, columns), _period(values.get("period", ""), today),
        _scope(values.get("scope", OWN_SCOPE)), _only(values, (rows, columns)),
    )  # fmt: skip


def _codes(codes: Sequence[str], columns: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(codes)) or DEFAULT
    unknown = [code for code in chosen if code not in load().library.indicators]
    if unknown:
        raise AskError(f"没有指标“{'、'.join(unknown)}”")
    if columns != MEASURE:
        return chosen[:1]
    if len(chosen) > MOST_MEASURES:
        raise AskError(f"一张表最多并列{MOST_MEASURES}个指标")
    return chosen


def _period(text: str, today: date) -> Period:
    if not text:
        return Period.parse(f"{today.year}-01..{month_text(today.year * 12 + today.month - 1)}")
    try:
        return Period.parse(text)
    except IndicatorError as error:
        raise AskError(str(error)) from None


def _scope(name: str) -> str:
    if name != OWN_SCOPE and name not in load().scopes.names:
        raise AskError(f"没有案件范围“{name}”")
    return name


def _only(values: Mapping[str, str], axes: Sequence[str]) -> tuple[tuple[str, int], ...]:
    names = dict.fromkeys((*FILTERS, *(axis for axis in axes if axis in DIMENSIONS)))
    return tuple((name, int(text)) for name in names if (text := values.get(name, "")).isdigit())
