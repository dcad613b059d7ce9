"""Files: whole, odd, broken and hostile."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from shenguan.programs.intake.layout import BadMappingError, find_layout, guess
from shenguan.programs.intake.material import open_material
from shenguan.programs.intake.sheets import Sheet, UnreadableFileError, read_sheets
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders.intake import load

WORDS = load(DATA)


def csv_file(folder, text, encoding="utf-8", name="a.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def layout_of(path, mapping=None):
    (sheet,) = read_sheets(path)
    return find_layout(sheet, WORDS, mapping or {})


def fields(layout):
    return {column.heading: column.spec.field for column in layout.columns}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_every_encoding_and_delimiter_is_told_by_itself(tmp_path, encoding, mark):
    text = f"案号{mark}案由{mark}当事人\n（2024）京0101民初1号{mark}合同{mark}张𠮷某\n"
    (sheet,) = read_sheets(csv_file(tmp_path, text, encoding))
    assert sheet.lines[1].cells == ("（2024）京0101民初1号", "合同", "张𠮷某")


def test_a_few_spoilt_bytes_stay_visible_and_are_reported(tmp_path):
    path = tmp_path / "a.csv"
    good = "案号,案由\n" + "（2024）京0101民初1号,民间借贷纠纷\n" * 20
    path.write_bytes(good.encode() + b"x,\xe6\x88\n")
    (sheet,) = read_sheets(path)
    assert sheet.lines[-1].cells == ("x", "\\xe6\\x88")
    assert "第 22 行起有 1 处编码损坏" in sheet.notes[0]


def test_titles_above_the_headings_are_passed_over(tmp_path):
    layout = layout_of(csv_file(tmp_path, "某院台账\n统计时间：2024\n\n序号,案号,案由\n1,x,y\n"))
    assert layout.heading_line == 3
    assert layout.unmapped == ("序号",)


def test_synonyms_remarks_and_marks_in_headings_are_understood(tmp_path):
    text = "*案 号,受理法院,诉讼标的金额(万元),承办法官：,原告姓名,被告,第一次开庭时间,第二次开庭时间\n"
    layout = layout_of(csv_file(tmp_path, text))
    assert [c.spec.field for c in layout.columns] == [
        "number",
        "court",
        "amount",
        "undertaker",
        "parties",
        "parties",
        "hearings",
        "hearings",
    ]
    assert layout.columns[2].unit == "万元"
    assert [c.role for c in layout.columns[4:6]] == ["原告", "被告"]


def test_the_closing_date_is_the_reported_one_unless_both_stand_there(tmp_path):
    alone = layout_of(csv_file(tmp_path, "案号,结案日期\n"))
    both = layout_of(csv_file(tmp_path, "案号,报结日期,法定结案日期\n"))
    assert fields(alone)["结案日期"] == "closed_on"
    assert fields(both) == {"案号": "number", "报结日期": "closed_on", "法定结案日期": "ended_on"}


def test_a_second_row_of_headings_under_merged_ones_is_joined(tmp_path):
    layout = layout_of(
        csv_file(tmp_path, "案号,办案人员,,日期,\n,承办人,承办部门,立案日期,结案日期\nx,,,,\n")
    )
    assert layout.heading_line == 1
    assert set(fields(layout).values()) == {
        "number",
        "undertaker",
        "division",
        "filed_on",
        "closed_on",
    }


def test_a_mapping_goes_before_the_synonyms(tmp_path):
    path = csv_file(tmp_path, "编码,立案日期,登记日\n")
    layout = layout_of(path, {"案号": "编码", "立案日期": "登记日"})
    assert fields(layout)["登记日"] == "filed_on"
    assert fields(layout)["编码"] == "number"


def test_a_mapping_of_an_unknown_field_is_refused(tmp_path):
    with pytest.raises(BadMappingError, match="“没有的栏目”"):
        layout_of(csv_file(tmp_path, "案号\n"), {"没有的栏目": "x"})


def test_unknown_headings_get_a_likely_guess_or_none():
    found = guess("承办的法官", WORDS.case)
    assert found is not None
    assert found[0].field == "undertaker"
    assert guess("完全无关的一栏内容", WORDS.case) is None


def test_an_event_table_is_told_from_a_case_table(tmp_path):
    assert layout_of(csv_file(tmp_path, "案号,事件,日期,备注\n")).table == "event"
    assert layout_of(csv_file(tmp_path, "案号,立案日期,备注\n")).table == "case"


def test_json_lines_are_a_table_of_their_keys(tmp_path):
    text = '{"案号":"a","当事人":[{"role":"原告","name":"甲某"}]}\n坏行\n{"案号":"b","案由":null}\n'
    material = open_material(csv_file(tmp_path, text, name="a.jsonl"), WORDS, {})
    ((sheet, layout),) = material.tables
    assert layout.table == "case"
    assert sheet.lines[1].cells == ("a", "原告：甲某", None)
    assert "JSON" in sheet.lines[2].fault


def test_every_sheet_with_a_case_number_counts_and_others_are_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "民事"
    book.active.append(["案号"])
    book.create_sheet("说明").append(["本表由某系统导出"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    material = open_material(path, WORDS, {})
    assert [sheet.name for sheet, _ in material.tables] == ["民事"]
    assert material.notes == ["工作表“说明”前 40 行中没有含“案号”的表头，未导入"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsx", b"PK\x03\x04garbage", "不是完好的电子表格"),
        ("a.xls", b"\xd0\xcf\x11\xe0garbage", "不是完好的电子表格"),
        ("a.csv", bytes(range(128, 256)) * 50, "既不是 UTF-8 也不是 GB18030"),
        ("a.csv", b"a\x00b,c\n", "空字节"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "没有找到含“案号”一栏的表头"),
        ("a.pdf", b"%PDF", "不支持的文件类型"),
        ("a.jsonl.xz", b"notxz", "压缩数据已损坏"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        open_material(path, WORDS, {})
    assert name in str(caught.value)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableFileError, match="文件不存在"):
        open_material(tmp_path / "a.xlsx", WORDS, {})


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (120 << 20))
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        read_sheets(path)


def test_random_bytes_in_any_disguise_never_do_more_than_be_refused(tmp_path):
    dice = random.Random(7)
    for round_ in range(60):
        suffix = dice.choice([".xlsx", ".xls", ".ods", ".csv", ".tsv", ".jsonl", ".txt"])
        path = tmp_path / f"{round_}{suffix}"
        path.write_bytes(
            dice.choice([b"", b"PK\x03\x04", "案号,案由\n".encode()]) + dice.randbytes(400)
        )
        with suppress(UnreadableFileError):
            open_material(path, WORDS, {})


def test_a_spreadsheet_damaged_anywhere_is_read_or_refused(tmp_path):
    book = openpyxl.Workbook()
    for row in (["案号", "案由"], ["（2024）京0101民初1号", "合同纠纷"]):
        book.active.append(row)
    whole = tmp_path / "whole.xlsx"
    book.save(whole)
    data, dice = whole.read_bytes(), random.Random(11)
    for _ in range(80):
        spoilt = bytearray(data)
        for _ in range(dice.randrange(1, 8)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        path = tmp_path / "spoilt.xlsx"
        path.write_bytes(bytes(spoilt))
        with suppress(UnreadableFileError):
            assert all(isinstance(sheet, Sheet) for sheet in read_sheets(path))


def test_a_web_page_called_xls_is_read_as_the_table_it_holds(tmp_path):
    page = "<html><table><tr><td colspan=2>台账</td></tr><tr><th>案号</th><th>案由</th></tr>"
    page += "<tr><td>（2024）京0101民初1号</td><td>张𠮷某</td></tr></table></html>"
    (sheet,) = read_sheets(csv_file(tmp_path, page, "gb18030", "a.xls"))
    assert [line.cells for line in sheet.lines] == [
        ("台账", ""),
        ("案号", "案由"),
        ("（2024）京0101民初1号", "张𠮷某"),
    ]


def test_an_xml_2003_workbook_called_xls_keeps_its_gaps(tmp_path):
    book = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="民事"><Table>
<Row><Cell><Data>案号</Data></Cell><Cell ss:Index="3"><Data>案由</Data></Cell></Row></Table></Worksheet>
</Workbook>"""
    (sheet,) = read_sheets(csv_file(tmp_path, book, name="a.xls"))
    assert (sheet.name, sheet.lines[0].cells) == ("民事", ("案号", "", "案由"))


def test_tabbed_text_called_xls_is_read_as_text(tmp_path):
    (sheet,) = read_sheets(csv_file(tmp_path, "案号\t案由\nx\ty\n", "gb18030", "a.xls"))
    assert sheet.lines[1].cells == ("x", "y")


def test_a_cell_merged_over_rows_speaks_for_each_of_them(tmp_path):
    book = openpyxl.Workbook()
    for row in (["案号", "法院"], ["a", "甲法院"], ["b", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert sheet.lines[2].cells == ("b", "甲法院")
