"""The sheet: one line an indicator, grouped as the library groups them, with its guards beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from shenguan.base.org.scope import Scope
from shenguan.base.papers.sheets import Cell
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators.freshness import remembered
from shenguan.spine.indicators.services import Question, Values
from shenguan.spine.indicators.values import ValueRow

SCALE = {"percent": 100, "per_mille": 1000, "per_ten_thousand": 10_000, "money": 0.01}
POINTS = {
    "percent": "个百分点",
    "per_mille": "个千分点",
    "cases": "件",
    "days": "天",
    "money": "元",
}
TREND_MONTHS = 12
CLASSES = ("质量", "效率", "效果", "基础")
"""The order in which the national system names its classes."""
COLUMNS = {
    "类别": 8.0, "指标": 34.0, "值": 12.0, "分子": 10.0, "分母": 10.0, "同比": 16.0, "环比": 16.0,
    "参考区间": 12.0, "关联校验指标": 40.0, "说明": 30.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator on the sheet: the row with its changes in words."""

    row: ValueRow
    yoy: str
    mom: str
    guards: tuple[ValueRow, ...] = ()

    @property
    def symbol(self) -> str:
        """Return a symbol for the standing: colour never speaks alone."""
        return {"达标": "○", "优异": "◎", "未达标": "▲"}.get(self.row.standing, "·")


@dataclass(slots=True)
class Group:
    """A class of indicators (质量 效率 效果 基础) with its lines."""

    name: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet with what it rests on."""

    period: Period
    groups: list[Group]
    answer: Values


def cells(whole: Sheet) -> list[list[Cell]]:
    """Return the sheet as the rows of a workbook, under `COLUMNS`."""
    return [[group.name, *_cells(line)] for group in whole.groups for line in group.lines]


def _cells(line: Line) -> list[Cell]:
    row, figure = line.row, line.row.figure
    guards = "；".join(f"{guard.indicator.name} {guard.printed}" for guard in line.guards)
    parts = (_whole(figure.numerator), _whole(figure.denominator))
    return [
        row.indicator.name,
        row.printed,
        *parts,
        line.yoy,
        line.mom,
        row.standing,
        guards,
        row.note,
    ]


def _whole(number: object) -> str:
    return "" if number is None else str(number)


def month_to(on: date) -> Period:
    """Return the year so far, up to the last whole month before `on` (the month itself in January)."""
    last = on.replace(day=1) - timedelta(days=1)
    if last.year < on.year:
        return Period(on.replace(day=1), on)
    return Period(on.replace(month=1, day=1), last)


def sheet(scope: Scope, period: Period, *, where: Mapping[str, tuple[int, ...]]) -> Sheet:
    """Return every indicator over a period with 同比 and 环比."""
    answer = remembered(scope, Question(period, compare=("yoy", "mom"), where=where))
    by_code = {row.indicator.code: row for row in answer.rows}
    groups = {name: Group(name) for name in CLASSES}
    for row in answer.rows:
        group = groups.setdefault(row.indicator.group, Group(row.indicator.group))
        guards = tuple(by_code[code] for code in row.guards if code in by_code)
        group.lines.append(Line(row, change(row, "yoy"), change(row, "mom"), guards))
    return Sheet(period, [group for group in groups.values() if group.lines], answer)


def change(row: ValueRow, name: str) -> str:
    """Return the change to a compared period as people say it: `+1.20个百分点`, `—` without one."""
    moved = row.change(name)
    if moved is None:
        return "—"
    unit = row.indicator.unit
    size = moved * SCALE.get(unit, 1)
    digits = 0 if row.indicator.kind in {"count", "stock"} else row.indicator.decimals
    if round(size, digits) == 0:
        return "持平"
    return f"{size:+,.{digits}f}{POINTS.get(unit, '')}"


def trend(
    scope: Scope, code: str, period: Period, *, where: Mapping[str, tuple[int, ...]]
) -> list[ValueRow]:
    """Return the last twelve months up to the period's end, one row a month."""
    last = period.end.year * 12 + period.end.month - 1
    first = last - TREND_MONTHS + 1
    whole = Period.months(first, last)
    return remembered(scope, Question(whole, (code,), ("month",), where=where)).rows


def breakdown(
    scope: Scope, code: str, period: Period, by: str, *, where: Mapping[str, tuple[int, ...]]
) -> list[ValueRow]:
    """Return one indicator by court, division or judge, in 机构序."""
    question = Question(period, (code,), (by,), compare=("yoy",), where=where)
    return remembered(scope, question).rows


def chart_points(rows: Iterable[ValueRow]) -> dict[str, list[object]]:
    """Return months and values for a chart, in the unit people read."""
    kept = list(rows)
    scale = SCALE.get(kept[0].indicator.unit, 1) if kept else 1
    return {
        "months": [row.period.text for row in kept],
        "values": [
            None if row.figure.value is None else round(row.figure.value * scale, 4) for row in kept
        ],
    }
