"""Writing the check-up: two A4 pages in docx, the lists in an xlsx beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shenguan.base.papers.look import SHEET
from shenguan.base.papers.model import Block, Column, Heading, Paper, Paragraph, Table, line
from shenguan.base.papers.sheets import Cell, Sheet, write_xlsx
from shenguan.base.papers.word import write_docx
from shenguan.programs.intake.checkup.findings import Report, Section

_EXAMPLES = 2
_LOOK = replace(SHEET, title=20, body=10, note=9, table=9.5)
_COLUMNS = (
    ("序号", 6.0),
    ("案号", 28.0),
    ("法院", 28.0),
    ("承办人", 12.0),
    ("情况", 70.0),
    ("核实结果", 20.0),
)


def write(report: Report, target: Path, *, now: datetime) -> Path:
    """Write the docx to `target` and its lists to an xlsx of the same name; return the latter."""
    annex = target.with_suffix(".xlsx")
    write_docx(_paper(report, annex.name, now), target, _LOOK)
    write_xlsx([_sheet(section) for section in report.sections], annex)
    return annex


def _paper(report: Report, annex: str, now: datetime) -> Paper:
    undated = f"，缺少立案日期{report.undated}件" if report.undated else ""
    lead = (
        f"本次共核对案件{report.total}件，其中未结{report.pending}件，已结{report.closed}件{undated}。"
        f"下列每个数字都对应《{annex}》中同名工作表的全部案件。案件范围：全部；"
        "已结按报结日期，长期未结按自然月。"
    )
    end = "说明：本报告只列出数据疑点，不评价案件和人员，不作排名；是否更正由承办部门核实后决定。"
    sections = [block for at, one in enumerate(report.sections, 1) for block in _section(at, one)]
    return Paper(
        title=(line("审判数据体检报告"),),
        issued=line(f"{report.title}　截至{report.on:%Y年%m月%d日}　{now:%Y-%m-%d %H:%M}取数"),
        blocks=(
            Paragraph(line(lead), "plain"),
            _summary(report),
            *sections,
            Paragraph(line(end), "note"),
        ),
    )


def _summary(report: Report) -> Table:
    columns = (
        Column(line("体检项目"), 5.2),
        Column(line("件数"), 1.8, "center"),
        Column(line("需要做什么"), 9.6),
    )
    rows = tuple(
        (line(one.title), line("—" if one.unknown else str(len(one.rows))), line(one.needs))
        for one in report.sections
    )
    return Table(columns, rows)


def _section(number: int, section: Section) -> list[Block]:
    count = "暂无数据来源" if section.unknown else f"{len(section.rows)}件"
    made: list[Block] = [
        Heading(line(f"{number}. {section.title}（{count}）")),
        Paragraph(line(section.unknown or section.meaning + "。"), "plain"),
    ]
    if section.breakdown:
        kinds = "；".join(f"{name}{count}件" for name, count in section.breakdown.items())
        made.append(Paragraph(line(f"其中：{_short(kinds, 220)}"), "plain"))
    made += [
        Paragraph(line(f"例：{row.number}　{_short(row.found)}"), "item")
        for row in section.rows[:_EXAMPLES]
    ]
    return made


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _sheet(section: Section) -> Sheet:
    rows: list[list[Cell]] = [
        [at, row.number, row.court, row.undertaker, row.found, ""]
        for at, row in enumerate(section.rows, 1)
    ]
    if section.unknown:
        rows.append([None, section.unknown, "", "", "", ""])
    return Sheet(section.title, _COLUMNS, rows)
