"""What must stand beside figures: doubts about the data, sources not there yet, counting rules."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Column, Line, Paragraph, Table
from shenguan.programs.reports.contents import FLOW, STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.traced import join, say
from shenguan.spine.indicators.scoping import remark


def quality(edition: Edition) -> list[Block]:
    """数据质量提示."""
    where = edition.where
    undated = edition.tell("quality", what="undated", where=where)
    differing = edition.tell("quality", what="differing", where=where)
    made: list[Block] = [
        Paragraph(say(
            "没有立案日期、未计入收结存的案件", undated, "；未结案件中登记的审限届满日与本系统计算不一致的",
            differing, "，以法院登记的届满日为准；无法计算届满日的", edition.count("unclocked"), "。",
        ))
    ]  # fmt: skip
    lacking = [
        code
        for code in (*edition.codes, *STATISTICS)
        if (row := edition.book.row(code, edition.year, where)) and row.figure.state == "no_source"
    ]
    if lacking:
        said = join([
            say(edition.name(c), "（缺", edition.tell("rule", code=c, period=edition.year, part="needs"), "）")
            for c in lacking
        ])  # fmt: skip
        made.append(Paragraph(say("暂无数据来源、未列数值的指标：", said, "。")))
    left_out = remark(edition.book.scope)
    if left_out:
        made.append(Paragraph(say("本材料", left_out, "。")))
    if edition.period.end > edition.today:
        made.append(
            Paragraph(say("统计期尚未结束，数字截至", edition.tell("day", day=edition.day), "。"))
        )
    return made


def rules(edition: Edition) -> list[Block]:
    """口径说明: general notes, then how each reported indicator is counted."""
    tell = edition.tell
    made: list[Block] = [
        Paragraph(say(
            "一、案件范围：", edition.book.case_scope,
            "；新收以立案日归期，已结以报结日归期，审限内以法定结案日和适用的届满日判断。",
        ), "note"),
        Paragraph(say(
            "二、同比为与上年同一期间比较，环比为与紧邻的上一等长期间比较；增减幅均由未四舍五入的分子、分母计算。"
        ), "note"),
        Paragraph(say(
            "三、向好、走弱：比率变动达", tell("threshold", of="points"), "、其他指标变动达上年同期数的",
            tell("threshold", of="relative"), "方作判断，为本系统设定；分母少于指标规定件数（一般为",
            tell("minimum", code="timely_closing_rate"), "）的标“＊”，不作判断；分母为零的以“—”表示。"
        ), "note"),
        Paragraph(say(
            "四、区间型指标在未设置参考区间时只列升降，不评强弱。", *_order(edition),
        ), "note"),
        Paragraph(say(
            "五、升降因素按“自身水平”（本组比率变化）与“案件结构”（本组占比变化）分解，各组之和等于总变动。"
        ), "note"),
        Paragraph(say(
            "六、清单“已超审限”不含正在扣除、中止的案件；指标“超审限未结比”按适用的届满日计，含届满日已过而仍在扣除、中止的案件。"
        ), "note"),
        Paragraph(say(
            "七、取数时间", tell("moment", at=edition.book.now.isoformat()), "，日志位置", tell("position"),
            "；每个数字的取数方式随文件保存，并列于附件“数字出处”。"
        ), "note"),
    ]  # fmt: skip
    made.append(_rule_table(edition))
    return made


def _order(edition: Edition) -> Line:
    if not edition.is_ordered:
        return say("本通报不作排名，单位按机构序排列。")
    basis = edition.tell("stated", what="排序依据", text=edition.basis)
    return say("各法院运行情况表按", basis, "的要求排列，其余单位按机构序排列，不对法官排序。")


def _rule_table(edition: Edition) -> Table:
    columns = (
        Column(say("指标"), 2.0),
        Column(say("算式"), 3.2),
        Column(say("口径"), 4.6),
        Column(say("版本"), 1.4),
    )
    codes = [
        c for c in (*FLOW, *edition.codes, *STATISTICS) if c in edition.book.library.indicators
    ]
    rows = tuple(
        (
            say(edition.name(code)),
            *(
                say(edition.tell("rule", code=code, period=edition.year, part=part))
                for part in ("formula", "rule", "regime")
            ),
        )
        for code in codes
    )
    return Table(columns, rows, say("表：指标口径"))
