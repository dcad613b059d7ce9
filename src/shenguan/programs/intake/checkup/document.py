"""Writing the check-up: two A4 pages in docx, the lists in an xlsx beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import xlsxwriter
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from shenguan.programs.intake.checkup.findings import Report, Section

_EXAMPLES = 2


def write(report: Report, target: Path, *, now: datetime) -> Path:
    """Write the docx to `target` and its lists to an xlsx of the same name; return the latter."""
    annex = target.with_suffix(".xlsx")
    _write_docx(report, target, annex.name, now)
    _write_lists(report, annex)
    return annex


def _write_docx(report: Report, target: Path, annex: str, now: datetime) -> None:
    document = docx.Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, "审判数据体检报告", size=20, font="方正小标宋简体", bold=True)
    subtitle = document.add_paragraph()
    subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(
        subtitle,
        f"{report.title}　截至{report.on:%Y年%m月%d日}　{now:%Y-%m-%d %H:%M}取数",
        size=10.5,
    )
    lead = document.add_paragraph()
    _run(
        lead,
        f"本次共核对案件{report.total}件，其中未结{report.pending}件，已结{report.closed}件"
        + (f",缺少立案日期{report.undated}件" if report.undated else "")
        + f"。下列每个数字都对应《{annex}》中同名工作表的全部案件。案件范围：全部;"
        "已结按报结日期，长期未结按自然月。",
    )
    _summary_table(document, report)
    for number, section in enumerate(report.sections, 1):
        _section(document, number, section)
    note = document.add_paragraph()
    _run(
        note,
        "说明：本报告只列出数据疑点，不评价案件和人员，不作排名；是否更正由承办部门核实后决定。",
        size=9,
    )
    document.save(str(target))


def _page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin = page.right_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    style.paragraph_format.space_after = Pt(3)


def _run(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 11,
    font: str = "仿宋_GB2312",
    bold: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), font, bold
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)


def _summary_table(document: Document, report: Report) -> None:
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("体检项目", "件数", "需要做什么"), strict=True):
        _run(cell.paragraphs[0], text, size=10, font="黑体")
    for section in report.sections:
        cells = table.add_row().cells
        count = "—" if section.unknown else str(len(section.rows))
        for cell, text in zip(cells, (section.title, count, section.needs), strict=True):
            _run(cell.paragraphs[0], text, size=9.5)
    for row in table.rows:
        for cell, width in zip(row.cells, (Cm(5.2), Cm(1.8), Cm(9.6)), strict=True):
            cell.width = width


def _section(document: Document, number: int, section: Section) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.space_before = Pt(6)
    count = "暂无数据来源" if section.unknown else f"{len(section.rows)}件"
    _run(heading, f"{number}. {section.title}({count})", size=11.5, font="黑体")
    body = document.add_paragraph()
    _run(body, section.unknown or section.meaning + "。", size=10)
    if section.breakdown:
        kinds = "；".join(f"{name}{count}件" for name, count in section.breakdown.items())
        _run(document.add_paragraph(), f"其中：{_short(kinds, 220)}", size=10)
    for row in section.rows[:_EXAMPLES]:
        example = document.add_paragraph()
        example.paragraph_format.left_indent = Cm(0.8)
        _run(example, f"例：{row.number}　{_short(row.found)}", size=9.5)


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _write_lists(report: Report, annex: Path) -> None:
    book = xlsxwriter.Workbook(str(annex), {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#EEF1F5"})
    for section in report.sections:
        sheet = book.add_worksheet(section.title.replace("/", "、")[:31])
        sheet.write_row(0, 0, ["序号", "案号", "法院", "承办人", "情况", "核实结果"], bold)
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 2, 28)
        sheet.set_column(4, 4, 70)
        for index, row in enumerate(section.rows, 1):
            sheet.write_row(index, 0, [index, row.number, row.court, row.undertaker, row.found])
        if section.unknown:
            sheet.write(1, 1, section.unknown)
    book.close()
