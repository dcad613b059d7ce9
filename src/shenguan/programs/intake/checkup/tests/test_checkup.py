from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.checkup import document
from shenguan.programs.intake.checkup.findings import examine
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db

ALL = Scope.everything("测试")
ON = date(2026, 11, 20)
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
PARTIES = [{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "乙某"}]


def section(key: str, scope: Scope = ALL):
    return next(one for one in examine(scope, on=ON).sections if one.key == key)


def paper(case, **fields):
    event = NewEvent(case.pk, "文书登记", date(2026, 5, 8), fields)
    record([event], actor="测试", now=NOW)


def test_a_recorded_due_date_that_differs_is_listed_with_both_derivations():
    case = add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, **ORDINARY)
    assert section("due_differs").rows == []
    record([NewEvent(case.pk, "届满日登记", None, {"due": "2026-08-15"})], actor="测试", now=NOW)
    (row,) = section("due_differs").rows
    assert "登记2026-08-15 计算2026-07-15" in row.found


def test_an_exclusion_never_ended_is_listed():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-02-01": "中止审理"}, **ORDINARY)
    (row,) = section("open_pause").rows
    assert "未恢复" in row.found


def test_without_any_paper_the_question_is_unknown_not_zero():
    events = {"2026-01-15": "立案", "2026-05-08": ("报结", {"disposition": "判决"})}
    add_case("（2026）示0101民初1号", events, **ORDINARY)
    found = section("without_paper")
    assert found.unknown
    assert examine(ALL, on=ON).counts()["without_paper"] is None


def test_a_case_closed_by_judgment_without_its_paper_is_listed():
    closed = {"2026-01-15": "立案", "2026-05-08": ("报结", {"disposition": "判决"})}
    add_case("（2026）示0101民初1号", closed, **ORDINARY)
    paper(add_case("（2026）示0101民初2号", closed, **ORDINARY), cause="合同纠纷")
    (row,) = section("without_paper").rows
    assert row.number == "（2026）示0101民初1号"


def test_an_appeal_is_waited_for_thirty_days():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-10-21": "上诉"}, **ORDINARY)
    assert section("appeal_unfiled").rows == []
    add_case("（2026）示0101民初2号", {"2026-01-15": "立案", "2026-10-20": "上诉"}, **ORDINARY)
    (row,) = section("appeal_unfiled").rows
    assert "已31日" in row.found


def test_an_appeal_filed_above_is_no_longer_waited_for():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-05-20": "上诉"}, **ORDINARY)
    above = demo_court("示01", "示范市中级人民法院")
    add_case(
        "（2026）示01民终1号",
        {"2026-06-01": "立案"},
        court=above,
        case_type="民终",
        instance="二审",
        prior_number="（2026）示0101民初1号",
        prior_court="示范市甲区人民法院",
    )
    assert section("appeal_unfiled").rows == []


def test_the_same_parties_and_cause_within_a_year_are_one_dispute_perhaps():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, parties=PARTIES, **ORDINARY)
    add_case("（2026）示0101民初2号", {"2026-03-15": "立案"}, parties=PARTIES, **ORDINARY)
    other = [PARTIES[0], {"role": "被告", "name": "丙某"}]
    add_case("（2026）示0101民初3号", {"2026-03-15": "立案"}, parties=other, **ORDINARY)
    (row,) = section("same_dispute").rows
    assert row.number == "（2026）示0101民初2号"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cause": "借款合同纠纷", "judged_on": "2026-05-01"}, []),
        ({"cause": "侵权责任纠纷"}, ["案由"]),
        ({"judged_on": "2026-05-09"}, ["裁判日期"]),
        ({"undertaker": "法官乙一"}, ["承办人"]),
        ({"undertaker": ["法官乙一", "法官甲一"]}, []),
        ({"disposition": "部分支持"}, []),
        ({"disposition": "维持"}, []),
        ({"disposition": "调解"}, ["结案方式"]),
        ({"filed_on": "2026-01-16"}, ["立案日期"]),
    ],
)
def test_what_the_paper_says_is_compared_with_the_register(fields, expected):
    closed = {"2026-01-15": "立案", "2026-05-08": ("报结", {"disposition": "判决"})}
    paper(add_case("（2026）示0101民初1号", closed, **ORDINARY), **fields)
    rows = section("paper_differs").rows
    found = [part.split("：")[0].split(":")[0] for row in rows for part in row.found.split("；")]
    assert found == expected


def test_one_court_is_examined_alone_and_an_unknown_one_refused():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, **ORDINARY)
    assert examine(ALL, on=ON, court="示0101").total == 1
    demo_court("示0102", "示范市乙区人民法院")
    assert examine(ALL, on=ON, court="示范市乙区人民法院").total == 0
    with pytest.raises(ValueError, match="没有法院"):
        examine(ALL, on=ON, court="无此法院")


def test_the_report_is_a_docx_whose_numbers_are_the_lengths_of_its_lists(tmp_path):
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-02-01": "中止审理"}, **ORDINARY)
    report = examine(ALL, on=ON)
    annex = document.write(report, tmp_path / "体检.docx", now=NOW)
    table = docx.Document(str(tmp_path / "体检.docx")).tables[0]
    printed = {row.cells[0].text: row.cells[1].text for row in table.rows[1:]}
    book = load_workbook(annex, read_only=True)
    for one in report.sections:
        sheet = book[one.title.replace("/", "、")[:31]]
        listed = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
        assert printed[one.title] == ("—" if one.unknown else str(len(listed)))
