"""The quarterly analysis: trends, structure, strong and weak, causes, stages, long pending, remarks."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Heading, Paper, Paragraph
from shenguan.programs.reports import followup, narrative, remarks, tables
from shenguan.programs.reports.contents import STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.quarterly import structure
from shenguan.programs.reports.traced import say

_TREND = ("timely_closing_rate", "appeal_rate", "settlement_rate", "first_overturned_rate")


def analysis(edition: Edition) -> Paper:
    """Return the paper of an edition whose period is a quarter."""
    edition.prime()
    tell, court = edition.tell, edition.label("court", edition.court.pk)
    issued = tell("day", day=edition.book.now.date().isoformat())
    return Paper(
        title=(court, say(tell("period", period=edition.span), "审判执行态势分析")),
        number=say(tell("stated", what="文号", text=edition.number)) if edition.number else (),
        issued=say("审判管理办公室　", issued),
        blocks=tuple(_blocks(edition)),
        sign=(court, say(issued)),
    )


def _blocks(edition: Edition) -> list[Block]:
    return [
        Heading(say("一、总体态势")),
        *narrative.intake(edition),
        tables.flow_table(edition),
        *tables.flow_chart(edition),
        Heading(say("二、案件结构")),
        *structure.lines(edition),
        *structure.leading_causes(edition),
        Heading(say("三、质效运行")),
        *narrative.standing(edition),
        tables.rate_chart(edition, _TREND, "图：主要比率各季走势（百分比）"),
        Paragraph(say("图中断开处，为该季度没有可计算的案件。"), "note"),
        *tables.indicator_tables(edition),
        *narrative.statistics_note(edition),
        tables.statistics_table(edition, STATISTICS),
        Heading(say("四、升降因素")),
        *narrative.causes(edition),
        Heading(say("五、办案环节用时")),
        *structure.stages(edition),
        Heading(say("六、审限管理和长期未结")),
        *narrative.lists(edition),
        tables.list_table(edition),
        *structure.long_pending_causes(edition),
        Heading(say("七、", tables.unit_word(edition), "运行情况")),
        tables.unit_table(edition),
        Heading(say("八、会议议定事项落实情况")),
        *followup.standing(edition),
        Heading(say("九、数据质量提示")),
        *remarks.quality(edition),
        Heading(say("十、口径说明")),
        *remarks.rules(edition),
        Paragraph(say("附件另行分送：案件清单、数字出处（", edition.circulation, "）。"), "note"),
    ]
