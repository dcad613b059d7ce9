"""The load as xlsx, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.programs.load.pending import InHand, Week
from shenguan.programs.load.ready import Ready
from shenguan.programs.load.tables import Group

_PEOPLE = (("庭室", 20), ("团队", 18), ("承办人", 12))
_LOAD = ("pending", "overdue", "soon", "paused", "long", "open_ended")
_HEADINGS = ("在手", "已超审限", "15日内届满", "扣除、中止中", "超12个月", "无届满日")


def load(groups: Sequence[Group]) -> Sheet:
    """Return what each judge has in hand."""
    rows: list[list[Cell]] = [
        [
            group.unit,
            row.judge.team,
            row.judge.name,
            *(row.has[key] for key in _LOAD),
            row.past.filed,
            row.past.closed,
            row.past.evenness,
        ]
        for group in groups
        for row in group.rows
    ]
    columns = (
        *_PEOPLE,
        *((name, 12) for name in _HEADINGS),
        ("近12月新收", 12),
        ("近12月结案", 12),
        ("结案均衡度", 12),
    )
    return Sheet("在手案件与均衡", columns, rows, note="按机构序和名册顺序，不排名")


def plan(groups: Sequence[Group], weeks: Sequence[Week]) -> Sheet:
    """Return what falls due week by week."""
    rows: list[list[Cell]] = [
        [
            group.unit,
            row.judge.team,
            row.judge.name,
            row.has["overdue"],
            *(cell.count for cell in row.cells),
            row.has["later"],
            round(row.past.weekly, 1),
        ]
        for group in groups
        for row in group.rows
    ]
    names = [(f"{week.start:%m-%d}至{week.end:%m-%d}", 13) for week in weeks]
    columns = (*_PEOPLE, ("已超审限", 10), *names, ("以后", 8), ("周均结案", 10))
    note = "供提前排期；本表不预定结案时间。按机构序和名册顺序，不排名"
    return Sheet("未来八周届满案件量", columns, rows, note=note)


def ready(found: Sequence[Ready]) -> Sheet:
    """Return the cases that are ready and not closed."""
    rows: list[list[Cell]] = [
        [
            one.case.number,
            one.case.cause,
            one.case.judge,
            one.stage,
            one.since,
            one.days,
            one.case.due,
        ]
        for one in found
    ]
    columns = (
        ("案号", 26),
        ("案由", 24),
        ("承办人", 12),
        ("已到阶段", 18),
        ("自", 12),
        ("天数", 8),
        ("审限届满日期", 14),
    )
    return Sheet("已具备结案条件未结", columns, rows, note="仅列事实，不建议结案日期")


def cases(found: Sequence[InHand], name: str, on: date) -> Sheet:
    """Return the cases behind a number."""
    rows: list[list[Cell]] = [
        [
            case.number,
            case.cause,
            case.judge,
            case.filed_on,
            case.due,
            (case.due - on).days if case.due else None,
            case.paused_by,
        ]
        for case in found
    ]
    columns = (
        ("案号", 26),
        ("案由", 24),
        ("承办人", 12),
        ("立案日期", 12),
        ("审限届满日期", 14),
        ("剩余天数", 10),
        ("扣除、中止事由", 16),
    )
    return Sheet(name, columns, rows)
