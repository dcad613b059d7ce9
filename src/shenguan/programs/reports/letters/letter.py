"""The letter: which of the lower court's figures are weak, what moved them, by when to reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shenguan.base.org.models import Court
from shenguan.base.papers.model import Block, Heading, Paper, Paragraph, Table
from shenguan.programs.reports import narrative, tables
from shenguan.programs.reports.edition import Edition, PaperError
from shenguan.programs.reports.judging import Judged, judged, selected
from shenguan.programs.reports.traced import say

_COLUMNS = ("分子/分母", "本年累计", "上年同期", "同比", "参考区间")
_FORMS = ("parts", "marked", "yoy_before", "yoy_signed", "interval")


def items(edition: Edition) -> list[Judged]:
    """Return the indicators a letter may speak of: those that are weak, 统计项 never."""
    return selected(edition.book, "weak", edition.codes, edition.year, edition.where)


def letter(edition: Edition, sender: Court, reply_by: date, codes: Sequence[str] = ()) -> Paper:
    """Return the letter from `sender` on `codes`, else on all weak indicators of the edition's court.

    Raises `PaperError` where there is nothing to write about.
    """
    chosen = _chosen(edition, codes)
    if not chosen:
        raise PaperError(f"{edition.court.name}本期没有需要反馈的指标")
    tell, day = edition.tell, edition.book.now.date().isoformat()
    court, upper = (edition.label("court", pk) for pk in (edition.court.pk, sender.pk))
    issued = tell("day", day=day)
    return Paper(
        title=(say("关于", *court), say("审判质效有关情况的反馈函")),
        masthead=sender.name,
        number=say(tell("stated", what="文号", text=edition.number)) if edition.number else (),
        issued=say(issued),
        blocks=tuple(_blocks(edition, chosen, reply_by)),
        sign=(say(*upper, "审判管理办公室"), say(issued)),
    )


def _chosen(edition: Edition, codes: Sequence[str]) -> list[Judged]:
    if not codes:
        return items(edition)
    found = judged(edition.book, codes, edition.year, edition.where)
    return [one for one in found if not one.row.indicator.statistic]


def _blocks(edition: Edition, chosen: list[Judged], reply_by: date) -> list[Block]:
    period = edition.tell("period", period=edition.year)
    until = edition.tell("day", day=reply_by.isoformat())
    return [
        Paragraph(say(*edition.label("court", edition.court.pk), "："), "plain"),
        Paragraph(say(
            "现将你院", period, "审判质效中需要关注的指标反馈如下。各项均与参考区间和你院上年同期比较，",
            "不与其他法院比较，供分析研究使用。",
        )),
        Heading(say("一、需要关注的指标")),
        _table(edition, chosen),
        *(block for at, one in enumerate(chosen[: len(narrative.ORDINALS)]) for block in _item(edition, at, one)),
        Heading(say("二、需要反馈的事项")),
        Paragraph(say(
            "请你院对照附件逐案核查，分析原因，于", until,
            "前书面反馈原因分析、改进措施和责任人；登记有误的案件请先行更正并在反馈中注明。",
        )),
        Paragraph(say("附件另行分送：案件清单、数字出处（", edition.circulation, "）。"), "note"),
    ]  # fmt: skip


def _table(edition: Edition, chosen: list[Judged]) -> Table:
    columns = (
        tables.first("指标", 2.2),
        *(tables.heading(text, 1.2) for text in _COLUMNS),
        tables.heading("说明", 1.9),
    )
    rows = tuple(
        (
            say(edition.name(one.code)),
            *(say(edition.value(one.code, edition.year, form)) for form in _FORMS),
            say(*tables.verdict(one)),
        )
        for one in chosen
    )
    return Table(columns, rows, say("表：需要关注的指标（本年累计）"))


def _item(edition: Edition, at: int, one: Judged) -> list[Block]:
    lines = [narrative.moved_by(edition, one, by) for by in ("division", "cause", "procedure")]
    return [
        Heading(say(f"（{narrative.ORDINALS[at]}）", edition.name(one.code)), 2),
        Paragraph(narrative.change(edition, one)),
        *(Paragraph(line) for line in lines if line),
    ]
