"""The monthly bulletin: figures, indicators, causes, lists, units side by side, remarks and rules."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Heading, Paper, Paragraph
from shenguan.programs.reports import followup, narrative, remarks, tables
from shenguan.programs.reports.contents import STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.traced import say

MASTHEAD = "审判执行运行情况通报"


def bulletin(edition: Edition) -> Paper:
    """Return the paper of an edition whose period is a month."""
    edition.prime()
    tell, court = edition.tell, edition.label("court", edition.court.pk)
    month = tell("period", period=edition.span)
    issued = tell("day", day=edition.book.now.date().isoformat())
    return Paper(
        title=(court, say(month, "审判执行运行情况通报")),
        masthead=MASTHEAD,
        number=say(tell("stated", what="文号", text=edition.number)) if edition.number else (),
        issued=say(*court, "审判管理办公室　", issued),
        blocks=tuple(_blocks(edition)),
        sign=(court, say(issued)),
    )


def _blocks(edition: Edition) -> list[Block]:
    return [
        Heading(say("一、收结存情况")),
        *narrative.intake(edition),
        tables.flow_table(edition),
        *tables.flow_chart(edition),
        Heading(say("二、主要质效指标")),
        *narrative.standing(edition),
        *tables.indicator_tables(edition),
        *narrative.statistics_note(edition),
        tables.statistics_table(edition, STATISTICS),
        Heading(say("三、需要关注的指标及变化原因")),
        *narrative.causes(edition),
        Heading(say("四、审限管理和长期未结")),
        *narrative.lists(edition),
        tables.list_table(edition),
        Heading(say("五、", tables.unit_word(edition), "运行情况")),
        tables.unit_table(edition),
        Heading(say("六、会议议定事项落实情况")),
        *followup.standing(edition),
        Heading(say("七、数据质量提示")),
        *remarks.quality(edition),
        Heading(say("八、口径说明")),
        *remarks.rules(edition),
        Paragraph(say("附件另行分送：案件清单、数字出处（", edition.circulation, "）。"), "note"),
    ]
