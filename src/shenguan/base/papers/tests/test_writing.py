"""Papers as people open them: the look, the sources behind the numbers, charts that read without colour."""

import re
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from shenguan.base.papers import pdf
from shenguan.base.papers.charts import Series, chart
from shenguan.base.papers.look import OFFICIAL, SHEET
from shenguan.base.papers.model import (
    Break,
    Column,
    Heading,
    Paper,
    Paragraph,
    Span,
    Table,
    line,
)
from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.base.papers.sources import read_sources
from shenguan.base.papers.word import write_docx

SOURCE = {"ask": "value", "code": "filed_cases"}
CHART = chart(
    ["26.1", "26.2", "26.3"],
    [
        Series("新收", (4, 7, 5), bars=True),
        Series("已结", (3, 6, 8), bars=True),
        Series("未结", (9, None, 7)),
    ],
    caption=line("图：各月收结存"),
)


def paper(*blocks, **more) -> Paper:
    return Paper((line("关于审判运行情况的通报"),), blocks, **more)


def written(tmp_path, made: Paper, look=OFFICIAL):
    write_docx(made, tmp_path / "paper.docx", look)
    return tmp_path / "paper.docx"


def test_sources_are_read_back_in_the_order_of_the_paper(tmp_path):
    cells = (line("新收"), line(Span("45件", SOURCE)))
    path = written(
        tmp_path,
        paper(
            Paragraph(line("本期新收", Span("38件", SOURCE), "。")),
            Table((Column(line("项目")), Column(line("件数"))), (cells,)),
        ),
    )
    reading = read_sources(path)
    assert [(one.printed, one.source) for one in reading.sourced] == [
        ("38件", SOURCE),
        ("45件", SOURCE),
    ]
    assert reading.loose == ()


def test_a_digit_without_a_source_is_found_in_text_tables_and_titles(tmp_path):
    path = written(
        tmp_path,
        Paper(
            (line("２０２６年通报"),),
            (Paragraph(line("新收12件")), Table((Column(line("件数")),), ((line("7"),),))),
        ),
    )
    assert read_sources(path).loose == ("２０２６年通报", "新收12件", "7")


def test_sources_ride_in_a_part_that_word_keeps(tmp_path):
    path = written(tmp_path, paper(Paragraph(line(Span("38件", SOURCE)))))
    with zipfile.ZipFile(path) as package:
        assert "customXml/item8.xml" in package.namelist()
        assert "customXml/item8.xml" in package.read("word/_rels/document.xml.rels").decode()


def test_the_page_follows_the_format_of_official_papers(tmp_path):
    path = written(tmp_path, paper(Heading(line("一、总体情况")), Paragraph(line("平稳。"))))
    document = docx.Document(str(path))
    section = document.sections[0]
    assert (round(section.top_margin.cm, 1), round(section.left_margin.cm, 1)) == (3.7, 2.8)
    fonts = {node.get(qn("w:eastAsia")) for node in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"方正小标宋简体", "黑体", "仿宋_GB2312"}


def test_fonts_that_may_be_missing_have_substitutes(tmp_path):
    path = written(tmp_path, paper())
    with zipfile.ZipFile(path) as package:
        table = package.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_the_heading_row_repeats_and_rows_stay_whole(tmp_path):
    rows = tuple((line("甲"),) for _ in range(9))
    document = docx.Document(str(written(tmp_path, paper(Table((Column(line("单位")),), rows)))))
    body = document.element.body
    assert len(list(body.iter(qn("w:tblHeader")))) == 1
    assert len(list(body.iter(qn("w:cantSplit")))) == 10


def test_who_may_have_a_paper_stands_on_every_page(tmp_path):
    document = docx.Document(str(written(tmp_path, paper(mark="内部使用"))))
    footer = "".join(p.text for p in document.sections[0].footer.paragraphs)
    assert "内部使用" in footer
    assert document.paragraphs[0].text == "内部使用"


def test_a_chart_goes_in_as_a_picture_with_its_words(tmp_path):
    document = docx.Document(str(written(tmp_path, paper(CHART))))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "新收、已结、未结，自26.1至26.3，数据见所附表格"
    assert read_sources(tmp_path / "paper.docx").loose == ()


def test_series_of_a_chart_differ_without_colour():
    assert "url(#hatch1)" in CHART.svg
    assert CHART.svg.count("<circle") + CHART.svg.count("<polygon") > 0


def test_a_gap_is_left_where_a_value_is_missing():
    points = re.search(r'polyline points="([^"]*)"', CHART.svg)
    assert points is not None
    assert len(points[1].split()) == 2


@pytest.mark.parametrize("values", [(), (None, None), (5, 5), (0, 0), (-3, 4), (0.5, 100000)])
def test_charts_of_odd_values_are_drawn(values):
    made = chart(["甲"] * len(values), [Series("某率", tuple(values))])
    assert "nan" not in made.svg
    assert pdf.png(made.svg, ppi=40).startswith(b"\x89PNG")


def test_markup_in_names_does_no_harm(tmp_path):
    made = paper(Paragraph(line("#read(“a”) <b>&$*_`\\ 甲")), chart(["<&>"], [Series("a&b", (1,))]))
    write_docx(made, tmp_path / "a.docx", OFFICIAL)
    pdf.write_pdf(made, tmp_path / "a.pdf", OFFICIAL)
    assert (tmp_path / "a.pdf").stat().st_size > 1000


def test_a_pdf_embeds_its_chinese_font(tmp_path):
    pdf.write_pdf(paper(Paragraph(line("平稳。"))), tmp_path / "a.pdf", OFFICIAL)
    assert b"FontFile" in (tmp_path / "a.pdf").read_bytes()


def test_a_break_starts_a_page():
    sheet = Paragraph(line("甲"))
    assert pdf.pages(paper(sheet), SHEET) == 1
    assert pdf.pages(paper(sheet, Break(), sheet), SHEET) == 2


def test_a_list_keeps_text_as_text_and_days_as_days(tmp_path):
    columns = (("案号", 20.0), ("日期", 12.0), ("件数", 8.0))
    rows = [["=1+1", date(2026, 10, 31), 3], ["（2026）示0101民初1号", None, 0]]
    write_xlsx([Sheet("已超审限3件", columns, rows)], tmp_path / "a.xlsx", mark="内部使用")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["已超审限3件"]
    assert sheet["A1"].value == "内部使用"
    assert [cell.value for cell in sheet[2]] == ["案号", "日期", "件数"]
    assert sheet["A3"].value == "=1+1"
    assert sheet["B3"].value.date() == date(2026, 10, 31)


def test_names_of_sheets_are_cut_cleaned_and_kept_apart(tmp_path):
    long = "影响较大的案件" * 6
    sheets = [Sheet(name, (("案号", 9.0),), []) for name in (long, long, "扣除/中止过久")]
    write_xlsx(sheets, tmp_path / "a.xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert len(set(names)) == 3
    assert names[2] == "扣除、中止过久"
