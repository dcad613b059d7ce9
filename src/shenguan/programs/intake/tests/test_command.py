"""`shenguan import` as people and programs meet it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click
import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from shenguan.base.ops import home
from shenguan.programs.intake import commands
from shenguan.programs.intake.sole import sole_import
from shenguan.programs.intake.tests.conftest import EAST, NOW, case
from shenguan.spine.cases.models import Case


@pytest.fixture
def run(tmp_path, db, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path / "home"))

    def invoke(*arguments):
        return CliRunner().invoke(commands.import_command, [str(a) for a in arguments])

    return invoke


def export(folder, rows, name="a.xlsx"):
    headings, path = list(rows[0]), folder / name
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sheet")
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(heading, "") for heading in headings])
    return path


def test_the_closing_words_count_what_went_in(run, tmp_path):
    result = run(export(tmp_path, [case(1), case(2, 标的额="-5"), case("")]))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "a.xlsx：新增 2，变更 0，未变 0，拒收 1，新记事件 10"
    assert "工作表“Sheet”第 4 行 案号：案号为空" in result.stdout
    assert "数据质量：标的额为负 1" in result.stdout


def test_the_first_import_ends_in_a_check_up_in_the_reports_folder(run, tmp_path):
    path = export(tmp_path, [case(1)])
    first = json.loads(run(path, "--format", "json").stdout)["checkup"]
    assert Path(first).parent == home.current() / "reports"
    assert Path(first).stat().st_size > 10_000
    assert Path(first).with_suffix(".xlsx").exists()
    assert "体检报告" not in run(path).stdout


def test_json_output_is_one_document_and_nothing_else(run, tmp_path):
    result = run(export(tmp_path, [case(1)]), "--format", "json")
    shown = json.loads(result.stdout)
    assert (shown["new"], shown["changed"], shown["unchanged"], shown["rejected"]) == (1, 0, 0, 0)


def test_the_rejects_file_has_place_field_reason_and_the_original(run, tmp_path):
    rejects = tmp_path / "rejects.csv"
    run(export(tmp_path, [case("", 案由="=cmd()"), case(2, 立案日期="不详")]), "--rejects", rejects)
    with rejects.open(encoding="utf-8-sig", newline="") as handle:
        first, second = csv.DictReader(handle)
    assert (first["栏目"], first["处理"], first["案由"]) == ("案号", "整行未导入", "'=cmd()")
    assert (second["栏目"], second["处理"]) == ("立案日期", "本栏置空，其余已导入")
    assert "原文“不详”" in second["原因"]
    assert second["案号"] == "（2026）京0101民初2号"


def test_the_report_has_its_sheets_and_no_formula(run, tmp_path):
    path, report = export(tmp_path, [case(1)]), tmp_path / "report.xlsx"
    run(path)
    run(export(tmp_path, [case(1, 承办人="=1+1", 审限届满日期="2026-09-02")]), "--report", report)
    book = openpyxl.load_workbook(report)
    names = ["汇总", "变更明细", "消失案件", "案号疑似变更", "数据质量", "届满日期对账", "拒收内容"]
    assert book.sheetnames == names
    changes = [[cell.value for cell in row] for row in book["变更明细"].iter_rows(min_row=2)]
    assert ["承办人", "甲某", "=1+1", "变更承办人"] in [row[4:] for row in changes]
    assert all(cell.data_type != "f" for row in book["变更明细"].iter_rows() for cell in row)
    assert book["届满日期对账"].max_row == 2


def test_a_mapping_file_names_the_columns(run, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text("案号: 编码\n立案日期: 登记日\n", encoding="utf-8")
    path = export(tmp_path, [{"编码": "（2026）京0101民初1号", "登记日": "2026-03-02"}])
    assert run(path, "--map", mapping).exit_code == 0
    assert Case.objects.get().filed_on.isoformat() == "2026-03-02"


def test_a_mapping_that_meets_no_heading_is_mentioned(run, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text("立案日期: 登记日\n", encoding="utf-8")
    result = run(export(tmp_path, [case(1)]), "--map", mapping)
    assert "提示：对照文件所列“登记日”不在本文件的表头中" in result.stdout


def test_at_a_terminal_unknown_headings_are_asked_for_once_and_remembered(
    run, tmp_path, monkeypatch
):
    asked = []

    def agree(text, **_):
        asked.append(text)
        return True

    monkeypatch.setattr(click, "confirm", agree)
    terminal = commands.Terminal(yes=False, now=NOW)
    terminal.asks = True
    monkeypatch.setattr(commands, "Terminal", lambda **_: terminal)
    row = {"承办的法官" if key == "承办人" else key: value for key, value in case(1).items()}
    path = export(tmp_path, [row])
    run(path)
    assert asked == ["a.xlsx：栏目“承办的法官”是不是“承办人”？"]
    assert Case.objects.get().undertaker_name == "甲某"
    run(path)
    assert len(asked) == 1


def test_one_import_at_a_time(run, tmp_path):
    path = export(tmp_path, [case(1)])
    with sole_import(home.current()):
        result = run(path)
    assert result.exit_code == 1
    assert "另一个导入正在进行" in result.stderr


def test_a_wrong_mapping_file_is_explained(run, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text("没有的栏目: 编码\n", encoding="utf-8")
    result = run(export(tmp_path, [case(1)]), "--map", mapping)
    assert result.exit_code == 1
    assert "“没有的栏目”" in result.stderr


def test_an_unreadable_file_is_explained_and_fails_the_command(run, tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"nonsense")
    result = run(bad, export(tmp_path, [case(1)]))
    assert result.exit_code == 1
    assert "文件“bad.xlsx”无法读取" in result.stdout
    assert Case.objects.count() == 1


def test_yes_accepts_likely_headings(run, tmp_path):
    row = {"承办的法官" if key == "承办人" else key: value for key, value in case(1).items()}
    run(export(tmp_path, [row]), "--yes")
    assert Case.objects.get().undertaker_name == "甲某"


def test_a_folder_stands_for_its_files(run, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    export(folder, [case(1)], "a.xlsx")
    export(folder, [case(2)], "b.xlsx")
    (folder / "~$a.xlsx").write_bytes(b"lock")
    result = run(folder)
    assert result.stdout.splitlines()[0].startswith("合计：新增 2")


def test_the_day_and_court_of_the_data_can_be_given(run, tmp_path):
    row = {key: value for key, value in case("2024-17").items() if key != "法院"}
    path = export(tmp_path, [row])
    assert run(path, "--court", EAST, "--on", "2026-01-31", "--snapshot").exit_code == 0
    assert Case.objects.get().court.name == EAST
    assert run(path, "--on", "不是日子").exit_code == 2
