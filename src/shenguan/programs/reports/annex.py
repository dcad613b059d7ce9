"""The annex: case lists with their own circulation mark, and where every number of the paper comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from shenguan.base.papers.model import (
    Block,
    Column,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
    plain,
)
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.programs.reports.contents import LISTS
from shenguan.programs.reports.describing import describe
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.judging import selected
from shenguan.programs.reports.traced import say
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.selectors import case_rows
from shenguan.spine.warnings.worklists import WorkItem

PRINTED_ROWS = 200
"""A printed list ends here; the xlsx holds all of it."""
_FIELDS = ("number", "cause", "filed", "due", "why")
_COLUMNS = (
    ("案号", 3.3),
    ("单位", 2.5),
    ("承办人", 1.2),
    ("案由", 2.0),
    ("立案日期", 1.5),
    ("届满日", 1.5),
    ("情况", 2.2),
)


def annex(edition: Edition, title: Line) -> Paper:
    """Return the annex as a paper of its own."""
    blocks: list[Block] = [
        Paragraph(
            say(
                "本附件列出通报数字背后的案件，仅供核查，不得转发、不作评价依据。分送范围：",
                edition.tell("stated", what="分送范围", text=edition.circulation),
                "。",
            ),
            "note",
        )
    ]
    for name, table in (*lists(edition), *weak_cases(edition)):
        blocks += [Heading(say(*name)), _cut(table)]
    if len(blocks) == 1:
        blocks.append(Paragraph(say("没有需要列出的案件。")))
    return Paper(
        title=(title, say("附件：案件清单")),
        blocks=tuple(blocks),
        mark=f"{edition.circulation}　注意保管",
    )


def _cut(table: Table) -> Table:
    return Table(table.columns, table.rows[:PRINTED_ROWS], table.caption)


def sheets(edition: Edition, paper: Paper) -> list[Sheet]:
    """Return the lists whole and the sources of the paper's numbers as sheets."""
    made = [_sheet(plain(name), table) for name, table in (*lists(edition), *weak_cases(edition))]
    return [*made, sources_sheet(edition, paper)]


def lists(edition: Edition) -> Iterator[tuple[Line, Table]]:
    """Yield every work list that isn't empty, named with its length."""
    for list_id in LISTS:
        items = edition.book.items(list_id, edition.on, edition.where)
        if items:
            name = edition.tell("list_name", list=list_id, on=edition.day)
            rows = tuple(_item_row(edition, list_id, item) for item in items)
            columns = tuple(Column(say(text), width) for text, width in _COLUMNS)
            yield say(name, edition.count(list_id)), Table(columns, rows)


def _item_row(edition: Edition, list_id: str, item: WorkItem) -> tuple[Line, ...]:
    told = {
        field: edition.tell("item", list=list_id, on=edition.day, case=item.case_id, field=field)
        for field in _FIELDS
    }
    place = edition.book.place(item.case_id)
    unit = (
        edition.label("court", place.court)
        if edition.many
        else edition.label("division", place.division)
    )
    judge = edition.label("judge", place.judge)
    return (
        say(told["number"]), unit, judge, say(told["cause"]), say(told["filed"]), say(told["due"]), say(told["why"]),
    )  # fmt: skip


def weak_cases(edition: Edition) -> Iterator[tuple[Line, Table]]:
    """Yield the cases that weigh most in the change of each weak indicator."""
    columns = tuple(
        Column(say(text), width)
        for text, width in (("案号", 2.6), ("案由", 2.4), ("立案日期", 1.3), ("结案日期", 1.3))
    )
    by = "court" if edition.many else "division"
    for one in selected(edition.book, "weak", edition.codes, edition.year, edition.where):
        found = edition.book.why(one.code, edition.year, edition.where, by)
        cases = (
            case_rows(edition.book.scope, [weight.case_id for weight in found.cases])
            if found
            else []
        )
        if cases:
            rows = tuple(_case_row(edition, case) for case in cases)
            yield say(edition.name(one.code), "：影响较大的案件"), Table(columns, rows)


def _case_row(edition: Edition, case: Case) -> tuple[Line, ...]:
    return tuple(
        say(edition.tell("case", case=case.pk, field=field))
        for field in ("number", "cause", "filed", "closed")
    )


def _sheet(name: str, table: Table) -> Sheet:
    columns = tuple((plain(column.heading), column.width * 10) for column in table.columns)
    return Sheet(name, columns, [[plain(cell) for cell in row] for row in table.rows])


def sources_sheet(edition: Edition, paper: Paper) -> Sheet:
    """Return every number of a paper with how it is found again, in the order of the paper."""
    rows: list[list[Cell]] = [
        [at, span.text, describe(edition.book, span.source or {}), _compact(span.source or {})]
        for at, span in enumerate(spans_of(paper), 1)
    ]
    columns = (("序号", 6.0), ("数字", 26.0), ("出处", 70.0), ("查询", 60.0))
    note = "核对：shenguan bulletin --verify 文件名.docx，逐个重新取数并比较"
    return Sheet("数字出处", columns, rows, note=note)


def _compact(query: Mapping[str, Any]) -> str:
    return json.dumps(query, ensure_ascii=False, separators=(",", ":"))


def spans_of(paper: Paper) -> Iterator[Span]:
    """Yield the sourced spans of a paper."""
    lines = [*paper.title, paper.number, paper.issued]
    for block in paper.blocks:
        lines += _lines(block)
    for one in (*lines, *paper.sign):
        yield from (span for span in one if span.source is not None)


def _lines(block: Block) -> list[Line]:
    match block:
        case Heading() | Paragraph():
            return [block.line]
        case Table():
            heads = [column.heading for column in block.columns]
            return [block.caption, *heads, *(cell for row in block.rows for cell in row)]
        case Picture():
            return [block.caption]
    return []
