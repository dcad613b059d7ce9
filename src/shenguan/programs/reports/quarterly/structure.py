"""What the cases are: by line, by cause; how long each stage takes; why cases drag on."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Column, Line, Paragraph, Table
from shenguan.programs.reports.contents import STAGES
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.tables import first, heading
from shenguan.programs.reports.traced import join, say

_FLOW = ("filed_cases", "closed_cases", "pending_at_end")
_MOST = 10


def lines(edition: Edition) -> list[Block]:
    """收结存 by line (刑民行执赔), with the change of filings."""
    edition.book.prime(_FLOW, edition.year, edition.where, "case_class")
    return [
        _table(
            edition,
            "case_class",
            _keys(edition, "case_class"),
            "条线",
            "表：各条线收结情况（本年累计）",
        )
    ]


def leading_causes(edition: Edition) -> list[Block]:
    """The causes most filed this year; causes aren't courts: ordering them by number ranks no one."""
    rows = edition.book.groups("filed_cases", edition.year, edition.where, "cause")
    rows = [row for row in rows if row.keys["cause"] and row.figure.numerator]
    rows.sort(key=lambda row: (-(row.figure.numerator or 0), row.keys["cause"]))
    keys = [row.keys["cause"] for row in rows[:_MOST]]
    if not keys:
        return []
    edition.book.prime(_FLOW, edition.year, edition.where, "cause")
    named = join([
        say(*edition.label("cause", key), edition.value_of("filed_cases", edition.year, "printed", {"cause": key}))
        for key in keys[:5]
    ])  # fmt: skip
    return [
        Paragraph(say("本年新收较多的案由依次为：", named, "。")),
        _table(edition, "cause", keys, "案由", "表：新收较多的案由（本年累计）"),
    ]


def _keys(edition: Edition, by: str) -> list[int]:
    rows = edition.book.groups("handled_cases", edition.year, edition.where, by)
    return [row.keys[by] for row in rows if row.figure.numerator]


def _table(edition: Edition, by: str, keys: list[int], what: str, caption: str) -> Table:
    columns = (
        first(what, 2.4),
        *(heading(text) for text in ("新收", "同比", "已结", "同比", "未结", "同比")),
    )
    rows = tuple((edition.label(by, key), *_cells(edition, {by: key})) for key in keys)
    return Table(columns, rows, say(caption))


def _cells(edition: Edition, group: dict[str, int]) -> list[Line]:
    return [
        say(edition.value_of(code, edition.year, form, group))
        for code in _FLOW
        for form in ("numerator", "yoy_growth")
    ]


def stages(edition: Edition) -> list[Block]:
    """Median and P90 of each stage; a stage the data don't hold says so."""
    codes = [(f"median_{stage}", f"p90_{stage}") for stage in STAGES]
    known = [
        pair for pair in codes if all(code in edition.book.library.indicators for code in pair)
    ]
    columns = (
        first("环节", 2.8),
        *(heading(text, 1.2) for text in ("本年中位", "上年同期", "本年九成位", "上年同期")),
    )
    rows = tuple(
        (
            say(edition.book.library.indicators[median].name.removesuffix("中位天数")),
            *(
                say(edition.value(code, edition.year, form))
                for code in (median, ninetieth)
                for form in ("marked", "yoy_before")
            ),
        )
        for median, ninetieth in known
    )
    said = Paragraph(
        say(
            "各环节用时以本年办结该环节的案件计，“—”为数据中没有该环节的登记。本院未设定环节时限的，只与上年同期比较。"
        )
    )
    return [said, Table(columns, rows, say("表：办案环节用时"))]


def long_pending_causes(edition: Edition) -> list[Block]:
    """Coded causes of the 一案一策 ledger, summed."""
    found = edition.book.plan_causes(edition.on, edition.where)
    if not found:
        return [Paragraph(say("一案一策台账尚无登记的成因。"))]
    columns = (Column(say("列入原因"), 1.2), Column(say("成因"), 3.0), heading("件数", 0.8))
    rows = tuple(
        (
            say(why),
            say(cause or "（未填）"),
            say(
                edition.tell(
                    "plan_cause", on=edition.day, why=why, cause=cause, where=edition.where
                )
            ),
        )
        for why, cause, _ in found
    )
    return [Table(columns, rows, say("表：长期未结和程序空转案件成因（一案一策台账）"))]
