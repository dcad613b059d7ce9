"""数据会商材料: data first, last meeting's decisions, what is abnormal, why by division, what to decide.

Causes are told by court or division, by 案由 and by procedure, never by judge.
"""

from __future__ import annotations

from shenguan.base.papers.model import Block, Column, Heading, Line, Paper, Paragraph, Span, Table
from shenguan.programs.reports import followup, narrative, remarks, tables
from shenguan.programs.reports.contents import STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.judging import Judged, selected
from shenguan.programs.reports.quarterly import structure
from shenguan.programs.reports.traced import say

_MOST = 10
_BLANK_ROWS = 6


def pack(edition: Edition) -> Paper:
    """Return the paper laid before a consultation meeting."""
    edition.prime()
    tell, court = edition.tell, edition.label("court", edition.court.pk)
    issued = tell("day", day=edition.book.now.date().isoformat())
    return Paper(
        title=(court, say(tell("period", period=edition.span), "审判数据会商材料")),
        number=say(tell("stated", what="文号", text=edition.number)) if edition.number else (),
        issued=say("审判管理办公室　", issued, "　供会商使用，会后收回"),
        blocks=tuple(_blocks(edition)),
        sign=(court, say(issued)),
    )


def _blocks(edition: Edition) -> list[Block]:
    return [
        Heading(say("一、数据质量")),
        *remarks.quality(edition),
        Heading(say("二、上次会商议定事项落实情况")),
        *followup.standing(edition),
        Heading(say("三、总体运行")),
        *narrative.intake(edition),
        tables.flow_table(edition),
        *tables.indicator_tables(edition),
        tables.statistics_table(edition, STATISTICS),
        Heading(say("四、异常指标")),
        *abnormal(edition),
        Heading(say("五、分", _unit(edition), "原因分析")),
        *causes(edition),
        Heading(say("六、审限管理和长期未结")),
        *narrative.lists(edition),
        tables.list_table(edition),
        *structure.long_pending_causes(edition),
        Heading(say("七、议定事项（会上填写）")),
        _blank(),
        Heading(say("八、口径说明")),
        *remarks.rules(edition),
        Paragraph(say("附件另行分送：案件清单、数字出处（", edition.circulation, "）。"), "note"),
    ]


def _unit(edition: Edition) -> str:
    return "法院" if edition.many else "部门"


def _weak(edition: Edition) -> list[Judged]:
    found = selected(edition.book, "weak", edition.codes, edition.year, edition.where)
    return found[:_MOST]


def abnormal(edition: Edition) -> list[Block]:
    """What is outside its interval or weaker than a year before, and rates near full with their guards."""
    weak = _weak(edition)
    if not weak:
        return [Paragraph(say("没有未达到参考区间或较上年同期走弱的指标。"))]
    count: Span = edition.tell(
        "selected", kind="weak", codes=list(edition.codes), period=edition.year, where=edition.where
    )
    columns = (
        tables.first("指标", 2.4),
        *(tables.heading(text, 1.2) for text in ("分子/分母", "本年累计", "上年同期", "参考区间")),
        tables.heading("列入原因", 2.0),
    )
    rows = tuple(
        (say(edition.name(one.code)), *_cells(edition, one.code), say(*tables.verdict(one)))
        for one in weak
    )
    return [
        Paragraph(say("需要会商的指标", count, "，与参考区间和本院上年同期比较，不与他院比较。")),
        Table(columns, rows, say("表：异常指标（本年累计）")),
    ]


def _cells(edition: Edition, code: str) -> list[Line]:
    forms = ("parts", "marked", "yoy_before", "interval")
    return [say(edition.value(code, edition.year, form)) for form in forms]


def causes(edition: Edition) -> list[Block]:
    """Each abnormal indicator by court or division, all of them in 机构序, then 案由 and procedure."""
    made: list[Block] = []
    by = tables.dimension_of(edition)
    for at, one in enumerate(_weak(edition)):
        made.append(Heading(say(f"（{narrative.ORDINALS[at]}）", edition.name(one.code)), 2))
        made.append(Paragraph(narrative.change(edition, one)))
        found = _effects(edition, one, by)
        made += [found] if found else [Paragraph(say("该指标不能按组分解，案件见附件。"))]
        for other in ("cause", "procedure"):
            line = narrative.moved_by(edition, one, other)
            made += [Paragraph(line)] if line else []
    return made or [Paragraph(say("没有需要分析的指标。"))]


def _effects(edition: Edition, one: Judged, by: str) -> Table | None:
    effects = edition.book.effects(one.code, edition.year, edition.where, by)
    if not effects:
        return None
    split = one.row.indicator.kind in {"ratio", "mean"}
    parts = ("within", "mix", "total") if split else ("total",)
    heads = ("自身水平", "案件结构", "合计影响") if split else ("合计影响",)
    columns = (
        tables.first(_unit(edition), 2.6),
        *(tables.heading(text, 1.9 if text == "合计影响" else 1.2) for text in heads),
        Column(say("原因和措施（会上填写）"), 3.2),
    )
    rows = tuple(
        (
            edition.label(by, effect.key[0]),
            *(say(_told(edition, one, by, effect.key[0], part)) for part in parts),
            (),
        )
        for effect in effects
    )
    caption = say("表：", edition.name(one.code), "与上年同期相比的升降因素（机构序）")
    return Table(columns, rows, caption)


def _told(edition: Edition, one: Judged, by: str, key: int, part: str) -> Span:
    return edition.tell(
        "effect",
        code=one.code,
        period=edition.year,
        where=edition.where,
        by=by,
        key=key,
        part=part,
    )


def _blank() -> Table:
    heads = (
        ("议定事项", 3.6),
        ("责任部门", 1.6),
        ("责任人", 1.2),
        ("完成时限", 1.4),
        ("目标", 2.0),
    )
    columns = tuple(Column(say(text), width) for text, width in heads)
    empty: tuple[Line, ...] = ((),) * len(heads)
    return Table(columns, (empty,) * _BLANK_ROWS, say("表：议定事项"), roomy=True)
