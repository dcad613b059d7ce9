"""发改分析 of a period: per court, cause and reason, every number with its cases; and the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.base.papers.model import Block, Column, Heading, Paper, Paragraph, Table, line
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load

MARK = "内部工作资料"
COLUMNS: dict[str, float] = {
    "原审案号": 28, "原审法院": 24, "承办部门": 18, "承办人": 10, "案由": 20, "上级案号": 28,
    "处理结果": 12, "上级报结日期": 12, "改变原因": 24, "发回理由": 28, "状态": 12, "反馈日期": 12,
    "答复": 8, "答复日期": 12, "认定": 14, "免责事由": 24, "认定日期": 12,
}  # fmt: skip
UNFILLED = "未填写"
NOT_FOUND = "尚未认定"


NONE = "none"
"""Stands in an address for what hasn't been filled in or found."""
Named = tuple[str, Mapping[str, str | int]]
"""The name of a row, and the conditions of the list of its cases."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the analysis: its name, the conditions of the list behind it, the cases' numbers."""

    name: str
    asks: Mapping[str, str | int]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysed:
    """One table of the analysis."""

    title: str
    rows: tuple[Row, ...]


def analysed(rows: Sequence[Feedback]) -> list[Analysed]:
    """Return the tables by court (机构序), cause, result, reason and outcome of the feedback."""
    courts = sorted(rows, key=lambda one: (one.lower.court.order, one.lower.court.code))
    return [
        _table("按原审法院", courts, _court, by_count=False),
        _table("按案由", rows, _cause),
        _table("按处理结果", rows, lambda one: [(one.result, {"result": one.result})]),
        _table("按改变原因", rows, _reasons),
        _table("按反馈情况", rows, lambda one: [(one.state, {"state": one.state})]),
        _table("按责任认定", rows, _finding),
    ]


def _court(one: Feedback) -> list[Named]:
    return [(one.lower.court.name, {"court": one.lower.court_id})]


def _cause(one: Feedback) -> list[Named]:
    return [(one.lower.cause or "未登记案由", {"cause": one.lower.cause or NONE})]


def _reasons(one: Feedback) -> list[Named]:
    codes = one.reasons or [NONE]
    return [(name, {"reason": code}) for name, code in zip(reasons_of(one), codes, strict=True)]


def _finding(one: Feedback) -> list[Named]:
    asks = {"found": one.conclusion or NONE} | ({"excuse": one.excuse} if one.excuse else {})
    return [(found_of(one), asks)]


def reasons_of(one: Feedback) -> list[str]:
    """Return the names of the reasons of a change."""
    return [load().appeals.name("reasons", code) for code in one.reasons] or [UNFILLED]


def grounds_of(one: Feedback) -> list[str]:
    """Return the names of the grounds of a remand."""
    return [load().appeals.name("grounds", code) for code in one.grounds]


def found_of(one: Feedback) -> str:
    """Return what was found, in one word of the analysis."""
    if not one.conclusion:
        return NOT_FOUND
    excuse = load().appeals.name("excuses", one.excuse) if one.excuse else ""
    return f"{one.conclusion}：{excuse}" if excuse else one.conclusion


def _table(
    title: str,
    rows: Iterable[Feedback],
    named: Callable[[Feedback], Iterable[Named]],
    *,
    by_count: bool = True,
) -> Analysed:
    cases: dict[str, list[str]] = {}
    asks: dict[str, Mapping[str, str | int]] = {}
    for one in rows:
        for name, conditions in named(one):
            cases.setdefault(name, []).append(one.lower.number)
            asks[name] = conditions
    made = [Row(name, asks[name], tuple(numbers)) for name, numbers in cases.items()]
    if by_count:
        made.sort(key=lambda row: -len(row.cases))
    return Analysed(title, tuple(made))


def bulletin(rows: Sequence[Feedback], *, court: str, first: date, last: date, on: date) -> Paper:
    """Return the analysis as a paper: what was changed, by what, what the findings were, which cases."""
    blocks: list[Block] = [Paragraph(line(opening(rows, first, last)))]
    for number, table in enumerate(analysed(rows)):
        blocks.append(Heading(line(f"{'一二三四五六'[number]}、{table.title}")))
        blocks.append(_drawn(table))
    blocks += [
        Heading(line("七、案件")),
        _cases(rows),
        Paragraph(line(NOTE), "note"),
    ]
    return Paper(
        title=(line(f"{court}发改案件分析通报"), line(f"（{first}至{last}）")),
        blocks=tuple(blocks), issued=line(str(on)), mark=MARK,
        sign=(line(court), line(f"{on.year}年{on.month}月{on.day}日")),
    )  # fmt: skip


NOTE = (
    "说明：被改判、发回不当然属于差错；责任只依认定结论，六种不承担责任的情形见法发〔2010〕1号第10条。"
    "法院按机构序排列，不作排名；认定结果不影响裁判的效力。一案有几项原因的分别计入。"
)


def opening(rows: Sequence[Feedback], first: date, last: date) -> str:
    """Return the sentence that opens an analysis: what was changed, answered, found."""
    results = "、".join(f"{name}{n}件" for name, n in Counter(o.result for o in rows).most_common())
    disputed = sum(one.choice == Feedback.Choice.DISPUTES for one in rows)
    answered = sum(bool(one.choice) for one in rows)
    found = [one for one in rows if one.conclusion]
    excused = sum(one.conclusion == Feedback.Conclusion.NONE for one in found)
    return (
        f"{first}至{last}，上级法院（本院再审）改变原裁判{len(rows)}件"
        f"{f'，其中{results}' if results else ''}。已答复{answered}件，提出异议{disputed}件；"
        f"已认定{len(found)}件，其中不承担责任{excused}件。"
    )


def _drawn(table: Analysed) -> Block:
    if not table.rows:
        return Paragraph(line("本期没有案件。"))
    heads = (
        Column(line("项目"), 3.0),
        Column(line("件数"), 0.8, "right"),
        Column(line("案号"), 5.0),
    )
    cells = tuple(
        (line(row.name), line(str(len(row.cases))), line("、".join(row.cases)))
        for row in table.rows
    )
    return Table(heads, cells)


def _cases(rows: Sequence[Feedback]) -> Block:
    if not rows:
        return Paragraph(line("本期没有案件。"))
    heads = tuple(Column(line(name), width) for name, width in (
        ("原审案号", 3.0), ("处理结果", 1.4), ("改变原因", 2.2), ("说明", 4.0), ("认定", 2.0)))  # fmt: skip
    cells = tuple(
        (line(one.lower.number), line(one.result), line("、".join(reasons_of(one))),
         line(one.text or UNFILLED), line(found_of(one)))
        for one in rows
    )  # fmt: skip
    return Table(heads, cells)


def cells(one: Feedback) -> list[Cell]:
    """Return one row of the list."""
    lower, upper = one.lower, one.upper
    excuse = load().appeals.name("excuses", one.excuse) if one.excuse else ""
    return [
        lower.number, lower.court.name, lower.division.name if lower.division else "",
        lower.undertaker_name, lower.cause, upper.number, one.result, one.changed_on,
        "、".join(reasons_of(one)), "、".join(grounds_of(one)), one.state, one.sent_on, one.choice,
        one.answered_on, one.conclusion, excuse, one.found_on,
    ]  # fmt: skip


def sheets(rows: Sequence[Feedback]) -> list[Sheet]:
    """Return the analysis and its cases as sheets."""
    made = [
        Sheet(table.title, (("项目", 36.0), ("件数", 8.0), ("案号", 80.0)),
              [[row.name, len(row.cases), "、".join(row.cases)] for row in table.rows])
        for table in analysed(rows)
    ]  # fmt: skip
    return [*made, Sheet("案件", tuple(COLUMNS.items()), [cells(one) for one in rows])]
