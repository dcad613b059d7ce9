"""The one page and the meeting list as papers for docx and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shenguan.base.papers.look import SHEET, Look
from shenguan.base.papers.model import (
    Block,
    Column,
    Heading,
    Line,
    Paper,
    Paragraph,
    Source,
    Span,
    Table,
    line,
)
from shenguan.base.papers.pdf import pages
from shenguan.programs.desk.meeting import Meeting, Section
from shenguan.programs.desk.onepage import Change, Grave, OnePage

TIGHT: Look = replace(
    SHEET, margins=(1.2, 1.5, 1.1, 1.5), title=15, body=9.5, heading=10.5, note=8, table=8.5
)
MARK = "内部使用，不作排名"
_LENGTHS = (400, 120, 70, 40)
"""How much of a text a page holds, tried in this order until everything stands on one A4."""


def _lacking(behind: int) -> str:
    """Say what figures don't hold yet: a paper outlives the page that would say it."""
    return f"；指标数字未含最近登记的{behind}个事件" if behind else ""


def one_page(page: OnePage, *, behind: int = 0) -> Paper:
    """Return the president's page, cut so that it is one A4."""
    paper = _one_page(page, behind, _LENGTHS[0])
    for most in _LENGTHS:
        paper = _one_page(page, behind, most)
        if pages(paper, TIGHT) == 1:
            break
    return paper


def _one_page(page: OnePage, behind: int, most: int) -> Paper:
    levels = "，".join(f"{name}{count}条" for name, count in page.levels)
    source = {"page": "onepage", "on": page.on.isoformat(), "court": page.court.code}
    head = f"统计期{page.period.start}至{page.period.end}，与上年同期比{_lacking(behind)}；现有预警：{levels}"
    blocks: list[Block] = [
        Paragraph(line(Span(head, source)), "note"),
        Heading(line("一、五项变化及其原因")),
        *_changes(page.changes),
        Heading(line("二、五件需要过问进度的案件")),
        *_cases(page.cases, most, source),
        Heading(line("三、我的批示及落实")),
        *_instructions(page, most, source),
        Heading(line(Span(f"四、待我审批（{page.waiting_count}件）", source))),
        *_waiting(page, most, source),
    ]
    title = (line(Span(f"{page.court.name}院长一页纸　{page.on}", source)),)
    return Paper(title=title, blocks=tuple(blocks), mark=MARK)


def _table(names: Sequence[tuple[str, float]], rows: Sequence[Sequence[Line | str]]) -> Table:
    columns = tuple(Column(line(name), width) for name, width in names)
    made = tuple(tuple(line(c) if isinstance(c, str) else c for c in row) for row in rows)
    return Table(columns, made)


def _none(text: str) -> list[Block]:
    return [Paragraph(line(text), "plain")]


def _changes(changes: Sequence[Change]) -> list[Block]:
    if not changes:
        return _none("与上年同期相比没有件数足够的变化。")
    names = (
        ("指标", 2.2),
        ("本年", 1.2),
        ("上年同期", 1.2),
        ("变化", 2),
        ("主要原因（庭室；案由）", 4.4),
    )
    rows = [_changed(change) for change in changes]
    return [_table(names, rows)]


def _changed(change: Change) -> list[Line | str]:
    row = change.row
    source: Source = {"code": row.indicator.code, "period": row.period.text}
    return [
        row.indicator.name,
        line(Span(row.printed, source)),
        line(Span(change.before, {**source, "period": row.period.last_year().text})),
        line(Span(f"{change.change}（{change.verdict}）", source)),
        line(Span("；".join(change.causes) or "—", source)),
    ]


def _cases(cases: Sequence[Grave], most: int, source: Source) -> list[Block]:
    if not cases:
        return _none("没有督办、催办级预警的案件。")
    names = (("案号", 2.6), ("案由", 1.8), ("庭室、承办人", 2.2), ("级别", 0.8), ("情况", 4.6))
    rows: list[list[Line | str]] = [
        [
            line(Span(one.case.number, {"case": one.case.pk})),
            one.case.cause,
            f"{one.case.division.name if one.case.division else ''} {one.case.undertaker_name}",
            one.level,
            line(Span(_cut("；".join(one.says), most), {**source, "case": one.case.pk})),
        ]
        for one in cases
    ]
    return [_table(names, rows)]


def _instructions(page: OnePage, most: int, source: Source) -> list[Block]:
    if not page.instructions:
        return _none("还没有批示。")
    names = (("编号", 2.2), ("批示内容", 4), ("承办人", 1.2), ("期限", 1.3), ("结果", 3.3))
    rows: list[list[Line | str]] = [
        [
            line(Span(one.number, {**source, "instruction": one.pk})),
            line(Span(_cut(one.text, most), source)),
            one.owner.name,
            line(Span(one.due_on.isoformat(), source)),
            line(Span(f"{one.state_word}　{_cut(one.result, most)}", source)),
        ]
        for one in page.instructions
    ]
    return [_table(names, rows)]


def _waiting(page: OnePage, most: int, source: Source) -> list[Block]:
    if not page.waiting:
        return _none("没有等待审批的申请。")
    names = (("案号", 2.6), ("事项", 5), ("申请人", 1.2), ("最迟决定", 1.6))
    rows: list[list[Line | str]] = [
        [
            line(Span(one.subject_name, {**source, "request": one.pk})),
            line(Span(_cut(f"{one.name}：{one.summary}", most), source)),
            one.applicant.name,
            line(Span(one.decide_by.isoformat() if one.decide_by else "—", source)),
        ]
        for one in page.waiting
    ]
    return [_table(names, rows)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def meeting(made: Meeting, *, behind: int = 0) -> Paper:
    """Return a division's list for its meeting."""
    source = {"page": "meeting", "on": made.on.isoformat(), "unit": made.unit.pk}
    figures = "；".join(f"{name}{value}（同比{yoy}）" for name, value, yoy in made.figures)
    head = f"本年至今：{figures}{_lacking(behind)}"
    blocks: list[Block] = [Paragraph(line(Span(head, source)), "plain")]
    for number, section in enumerate(made.sections, 1):
        blocks.extend(_section(number, section, source))
    blocks.append(Paragraph(line("会议决定："), "plain"))
    title = (line(Span(f"{made.unit.court.name}{made.unit.name}庭务会清单　{made.on}", source)),)
    return Paper(title=title, blocks=tuple(blocks), mark=MARK)


def _section(number: int, section: Section, source: Source) -> list[Block]:
    heading = Heading(line(Span(f"{number}. {section.title}（{len(section.rows)}）", source)))
    if not section.rows:
        return _none(f"{number}. {section.title}：无")
    names = (
        ("案号、编号", 2.6),
        ("承办人", 1.2),
        (section.day_name, 1.3),
        ("情况", 5),
        ("会上意见", 2),
    )
    rows: list[list[Line | str]] = [
        [
            line(Span(row.what, {**source, "case": row.case_id})),
            row.who,
            line(Span(row.day.isoformat() if row.day else "", source)),
            line(Span(row.says, source)),
            "",
        ]
        for row in section.rows
    ]
    return [heading, _table(names, rows)]
