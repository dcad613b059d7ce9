"""What leaves the warnings centre on paper: the 督办单, the lists as xlsx."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shenguan.base.inbox.models import Order, Watch
from shenguan.base.papers.model import Column, Line, Paper, Paragraph, Table, line
from shenguan.base.papers.sheets import Sheet

MARK = "内部工作资料"
_HEADS = (
    ("级别", 8.0), ("种类", 18.0), ("内容", 70.0), ("法院", 24.0), ("部门", 18.0), ("承办人", 10.0), ("起", 12.0),
    ("关乎", 12.0), ("答复期限", 12.0), ("答复日", 12.0), ("数据存疑", 12.0),
)  # fmt: skip
_ORDER_HEADS = (
    ("编号", 22.0), ("法院", 24.0), ("督办事项", 70.0), ("承办人", 10.0), ("交办人", 10.0), ("立单日期", 12.0),
    ("办结期限", 12.0), ("办理结果", 50.0), ("报结果日期", 12.0), ("销号人", 10.0), ("销号日期", 12.0),
)  # fmt: skip


def warning_sheet(rows: Iterable[Watch], names: dict[str, str]) -> Sheet:
    """Return the warnings as a list."""
    cells = [
        [
            w.level, names.get(w.kind, w.kind), w.say, w.court.name, w.unit.name if w.unit else "",
            w.owner.name if w.owner else "", w.since, w.about, w.answer_by, w.answered_on,
            w.held_since,
        ]
        for w in rows
    ]  # fmt: skip
    return Sheet("预警", _HEADS, cells)


def order_sheet(rows: Iterable[Order]) -> Sheet:
    """Return the 督办单 as a list."""
    cells = [
        [
            o.number, o.court.name, o.say, o.owner.name if o.owner else "", _raiser(o), o.raised_on,
            o.due_on, o.result, o.reported_on, o.closed_by.name if o.closed_by else "", o.closed_on,
        ]
        for o in rows
    ]  # fmt: skip
    return Sheet("督办单", _ORDER_HEADS, cells)


def order_paper(order: Order, kind: str) -> Paper:
    """Return a 督办单 as it is handed over: what is asked, by when, and room for what has not come yet."""
    rows = (
        ("督办事项", order.say),
        ("事项种类", kind),
        ("承办人", f"{_unit(order)}{order.owner.name if order.owner else ''}"),
        ("交办", f"{_raiser(order)}　{_day(order.raised_on)}"),
        ("办结期限", _day(order.due_on)),
        ("办理结果", order.result or "　"),
        ("报结果", _signed(order.reported_by, order.reported_on)),
        ("销号", _signed(order.closed_by, order.closed_on)),
    )
    columns = (Column(line("栏目"), 1.4, "center"), Column(line("内容"), 7.0))
    cells: tuple[tuple[Line, ...], ...] = tuple((line(name), line(text)) for name, text in rows)
    return Paper(
        title=(line(order.court.name), line("督办单")),
        number=line(order.number),
        blocks=(
            Table(columns, cells),
            Paragraph(line("办理结果由承办人填报，由承办人、报结果人以外的人核实后销号。"), "note"),
        ),
        mark=MARK,
    )


def _raiser(order: Order) -> str:
    return order.directed_by.name if order.directed_by else "预警规则"


def _unit(order: Order) -> str:
    return f"{order.watch.unit.name}　" if order.watch.unit else ""


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _signed(person: object, day: date | None) -> str:
    return f"{person}　{_day(day)}" if person else _day(day) or "　"
