"""一案一策 on paper: the ledger as xlsx, one entry as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from shenguan.base.org.models import Court
from shenguan.base.papers.model import Column, Heading, Line, Paper, Paragraph, Table, line
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.spine.warnings.models import Plan, Progress

MARK = "内部工作资料"
_HEADS = (
    ("案号", 28.0), ("法院", 24.0), ("部门", 18.0), ("承办人", 10.0), ("案由", 20.0),
    ("立案日期", 12.0), ("列入原因", 12.0), ("列入日期", 12.0), ("成因", 22.0), ("化解方案", 50.0),
    ("责任人", 10.0), ("包案领导", 10.0), ("下一步", 36.0), ("下一步日期", 12.0), ("最近进展", 12.0),
    ("结果", 36.0), ("销号人", 10.0), ("销号日期", 12.0),
)  # fmt: skip


def ledger_sheet(plans: Iterable[Plan]) -> Sheet:
    """Return the entries as a list."""
    return Sheet("一案一策", _HEADS, [_row(plan) for plan in plans])


def cause_sheet(rows: Sequence[tuple[Court, dict[str, int]]], causes: Sequence[str]) -> Sheet:
    """Return the causes by court."""
    heads = (("法院", 26.0), *((cause or "未填", 14.0) for cause in causes), ("合计", 8.0))
    cells: list[list[Cell]] = [
        [court.name, *(sums.get(cause, 0) for cause in causes), sum(sums.values())]
        for court, sums in rows
    ]
    return Sheet("成因汇总", heads, cells)


def plan_paper(plan: Plan, progress: Sequence[Progress]) -> Paper:
    """Return one entry with its progress."""
    case = plan.case
    rows = (
        ("案号", case.number),
        ("法院　部门", f"{case.court.name}　{case.division.name if case.division else ''}"),
        ("案由　立案日期", f"{case.cause}　{_day(case.filed_on)}"),
        ("列入", f"{plan.why}　{_day(plan.opened_on)}"),
        ("成因", plan.cause or "未填"),
        ("化解方案", plan.plan or "未填"),
        ("责任人", _name(plan.owner)),
        ("包案领导", _name(plan.leader)),
        ("下一步", f"{plan.next_step}　{_day(plan.next_on)}"),
        ("结果", plan.result or "　"),
        ("销号", f"{_name(plan.closed_by)}　{_day(plan.closed_on)}"),
    )
    done = tuple((line(_day(p.on)), line(p.text), line(_name(p.person))) for p in progress)
    heads = (
        Column(line("日期"), 1.3, "center"),
        Column(line("进展"), 6.0),
        Column(line("记录人"), 1.2),
    )
    tail = Table(heads, done) if done else Paragraph(line("尚无进展记录。"), "plain")
    return Paper(
        title=(line("一案一策台账"),),
        blocks=(_table(rows), Heading(line("进展")), tail),
        mark=MARK,
    )


def _table(rows: Sequence[tuple[str, str]]) -> Table:
    columns = (Column(line("栏目"), 1.6, "center"), Column(line("内容"), 7.0))
    cells: tuple[tuple[Line, ...], ...] = tuple((line(name), line(text)) for name, text in rows)
    return Table(columns, cells)


def _row(plan: Plan) -> list[Cell]:
    case = plan.case
    return [
        case.number, case.court.name, case.division.name if case.division else "",
        case.undertaker_name, case.cause, case.filed_on, plan.why, plan.opened_on, plan.cause,
        plan.plan, _name(plan.owner), _name(plan.leader), plan.next_step, plan.next_on,
        plan.progress_on, plan.result, _name(plan.closed_by), plan.closed_on,
    ]  # fmt: skip


def _name(person: object) -> str:
    return str(person) if person else ""


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
