from dataclasses import replace

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Person
from shenguan.base.papers import pdf
from shenguan.base.papers.look import SHEET
from shenguan.base.papers.model import Paragraph, Table, plain
from shenguan.base.papers.tests.test_wordtemplate import template
from shenguan.programs.reports import numbering
from shenguan.programs.reports.commands_papers import analysis, bulletin, weekly
from shenguan.programs.reports.models import WordTemplate
from shenguan.programs.reports.tests.papers.city import TODAY, book, fresh_book
from shenguan.programs.reports.weekly.reminder import Item, reminders
from shenguan.programs.reports.weekly.sheet import gateway, packet
from shenguan.spine.tests.registry import NOW


@pytest.fixture
def city(world, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(world.home))
    return world


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_bulletin_comes_as_docx_pdf_and_an_annex_of_its_own(city, tmp_path):
    target = tmp_path / "通报.docx"
    done = run(bulletin, "--court", "示范市中级人民法院", "--month", "2026-10", "-o", target)
    assert done.exit_code == 0, done.output
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"通报.docx", "通报.pdf", "通报-附件.docx", "通报-附件.pdf", "通报-附件.xlsx"}
    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert AuditRow.objects.filter(action="生成月通报").exists()
    sheets = openpyxl.load_workbook(tmp_path / "通报-附件.xlsx").sheetnames
    assert sheets[-1] == "数字出处"
    checked = run(bulletin, "--verify", target)
    assert checked.exit_code == 0
    assert "不同0处，没有出处0段" in checked.output


def test_an_analysis_takes_its_name_from_court_and_quarter_in_a_folder(city, tmp_path):
    done = run(analysis, "--court", "示0101", "--quarter", "2026Q3", "-o", tmp_path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "示范市甲区人民法院2026年第三季度态势分析.docx").exists()


def test_a_bulletin_stands_in_the_courts_own_template_and_bears_a_number_by_its_rule(
    city, tmp_path
):
    person = Person.objects.get(name="主任甲", court=city.upper)
    framed = template("本院版头　{{ 文号 }}", "{{ 正文 }}")
    WordTemplate.objects.create(
        court=city.upper, kind="月通报", name="本院.docx", data=framed, digest="x",
        uploaded_by=person, uploaded_at=NOW,
    )  # fmt: skip
    numbering.set_rule(
        court=city.upper, word="示中法审管", by_kind={}, first=1, basis="", actor=person, now=NOW
    )
    asked = ("--court", "示01", "--month", "2026-10", "-o", tmp_path)
    refused = run(bulletin, *asked, "--number", "示中法〔2026〕7号")
    assert refused.exit_code != 0
    assert "应如示中法审管〔2026〕1号" in refused.output
    done = run(bulletin, *asked, "--number", "示中法审管〔2026〕7号")
    assert done.exit_code == 0, done.output
    made = docx.Document(str(tmp_path / "示范市中级人民法院2026年10月通报.docx"))
    said = [paragraph.text for paragraph in made.paragraphs]
    assert said[0] == "本院版头　示中法审管〔2026〕7号"
    assert any("全辖区法院新收案件" in text for text in said)


def test_weekly_sheets_come_by_division_with_one_list_for_the_gateway(city, tmp_path):
    done = run(weekly, "--court", "示0101", "--on", TODAY, "-o", tmp_path)
    assert done.exit_code == 0, done.output
    packets = sorted(path.name for path in tmp_path.glob("*.docx"))
    assert [name.partition("2026")[0] for name in packets] == [
        "示范市甲区人民法院民事审判第一庭",
        "示范市甲区人民法院民事审判第二庭",
    ]
    book_ = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")))
    assert book_.sheetnames == ["消息", "事项", "指标案件"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--court", "无此法院", "--month", "2026-10", "-o", "x.docx"], "没有名为“无此法院”的法院"),
        (["--court", "甲区", "--month", "2026-10", "-o", "x.docx"], "是否指：示范市甲区人民法院"),
        (["--court", "示0101", "--month", "2026", "-o", "x.docx"], "不是一个月份"),
        (["--court", "示0101", "--month", "十月", "-o", "x.docx"], "读不懂"),
        (["--court", "示0101", "--month", "2036-01", "-o", "x.docx"], "还没有开始"),
        (["--court", "示0101", "--month", "2026-10", "-o", "无此文件夹/x.docx"], "没有文件夹"),
        (["--court", "示0101", "--month", "2026-10"], "需要 --court、--month 和 -o"),
    ],
)
def test_a_bulletin_asked_wrongly_is_refused_with_the_reason(city, arguments, reason):
    done = run(bulletin, *arguments)
    assert done.exit_code != 0
    assert reason in done.output


def test_each_judge_has_one_sheet_and_one_page(world):
    found = reminders(book(world.home), world.lower, TODAY)
    assert [one.name for one in found] == ["法官甲一", "法官甲二"]
    assert pdf.pages(packet(found), SHEET) == len(found)


def test_a_crowded_week_is_cut_to_one_page_and_says_how_much_is_left(world):
    (one, _) = reminders(book(world.home), world.lower, TODAY)
    row = replace(one.items[0].row, kind="time_limit", say="须办理的事项" * 12)
    rows = [replace(row, case_id=row.case_id) for _ in range(40)]
    asked = fresh_book(world.home)
    asked._warnings[TODAY] = rows
    items = tuple(Item(f"{at}-time_limit-20261001", row, TODAY) for at, row in enumerate(rows))
    crowded = replace(one, book=asked, items=items)
    sheet = packet([crowded])
    assert pdf.pages(sheet, SHEET) == 1
    shown = len(next(block for block in sheet.blocks if isinstance(block, Table)).rows)
    assert any(
        f"另有{40 - shown}项" in plain(b.line) for b in sheet.blocks if isinstance(b, Paragraph)
    )


def test_a_reminder_holds_the_own_cases_alone(world):
    asked = book(world.home)
    for one in reminders(asked, world.lower, TODAY):
        assert one.items
        assert {asked.place(item.row.case_id).judge for item in one.items} == {one.judge}


def test_an_open_appraisal_stands_on_its_judges_sheet(world):
    asked = book(world.home)
    pauses = [asked.pauses(TODAY, one.where) for one in reminders(asked, world.lower, TODAY)]
    assert [[pause.reason for pause in found] for found in pauses] == [["鉴定"], []]


def test_gateway_items_keep_their_number_from_week_to_week(world):
    first, second = (
        {row[0] for row in gateway(reminders(book(world.home), world.lower, TODAY))[1].rows}
        for _ in range(2)
    )
    assert first == second
    assert len(first) == sum(
        len(one.items) for one in reminders(book(world.home), world.lower, TODAY)
    )


def test_a_message_tells_numbers_but_no_case(world):
    messages = gateway(reminders(book(world.home), world.lower, TODAY))[0].rows
    assert all("民初" not in str(row[-1]) and "【周提醒】" in str(row[-1]) for row in messages)
