"""A court loads its own indicator workbook: definitions, errors by cell, what is lacking, what is read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import xlsxwriter

from shenguan import rulebook
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.checks import RULES
from shenguan.core.indicator.period import Period
from shenguan.programs.library import services
from shenguan.programs.library.workbook import WorkbookError
from shenguan.spine.facts.services import rebuild
from shenguan.spine.indicators.services import Question, values
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
HEADINGS = (
    "依据",
    "指标名称",
    "分母",
    "分子",
    "统计口径",
    "案件范围",
    "方向",
    "合理区间",
    "权重",
    "起止日期",
)
ALL = Scope.everything("测试")
YEAR = Period.parse("2026")
FIRST = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    for serial, way in enumerate(("调解", "判决", "判决"), 1):
        closed = {"2026-02-01": "立案", "2026-03-10": ("报结", {"disposition": way})}
        add_case(f"（2026）示0101民初{serial}号", closed, **FIRST)
    rebuild(tmp_path, now=NOW)
    rulebook.stand_on(lambda: tmp_path / "overlay" if (tmp_path / "overlay").is_dir() else None)
    yield tmp_path
    rulebook.stand_on(None)


def row(name: str, top: str, base: str = "", **more: str) -> dict[str, str]:
    return {"指标名称": name, "分子": top, "分母": base, **more}


def load(home: Path, rows: Sequence[dict[str, str]], *, file: str = "省库.xlsx", **options: Any):
    path = home / file
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("指标库")
        sheet.write(0, 0, "示范省指标库")
        sheet.write_row(1, 0, HEADINGS)
        for number, cells in enumerate(rows, 2):
            sheet.write_row(number, 0, [cells.get(heading, "") for heading in HEADINGS])
    return services.load(ALL, path, now=NOW, period=YEAR, **options)


MEDIATED = row(
    "本院民事一审调解率",
    "结案：结案方式 = '调解'",
    "结案数",
    案件范围="民事一审",
    合理区间="30%-60%；优异≥50%",
    方向="越高越好",
    依据="示范高院通知",
    权重="12%",
    起止日期="2026年1月1日至2026年12月31日",
)


def test_a_definition_counts_and_is_read_back_with_cases_in_and_out(home):
    (found,) = load(home, [MEDIATED]).rows
    assert found["state"] == services.COMPUTED
    assert "结案方式为调解" in found["says"]
    assert "2026-01-01至2026-12-31适用，越高越好；合理区间30至60，优异不低于50" in found["says"]
    assert found["inside"] == ["（2026）示0101民初1号"]
    assert found["outside"] == ["（2026）示0101民初2号", "（2026）示0101民初3号"]
    (value,) = values(ALL, Question(YEAR, (found["code"],)), home=home).rows
    assert (value.figure.numerator, value.figure.denominator) == (1, 3)
    assert value.version.source.startswith("示范高院通知（省库.xlsx 指标库 第 3 行")


def test_a_name_of_the_shipped_library_becomes_a_version_beside_the_others(home):
    before = rulebook.load().library.indicators["timely_closing_rate"]
    (found,) = load(
        home, [row("审限内结案率", "审限内结案数", "有审限的结案数", 案件范围="民事")]
    ).rows
    assert found["code"] == "timely_closing_rate"
    library = rulebook.load().library
    indicator = library.indicators["timely_closing_rate"]
    assert indicator.versions[:-1] == before.versions
    assert indicator.version(NOW.date()).regime == "本院"
    facts = rulebook.load().facts
    assert not [f for f in RULES["examples_pass"](library, facts) if "timely_closing_rate" in f]


@pytest.mark.parametrize(
    ("cells", "place", "reason"),
    [
        (
            row("甲", "结案：结案方试 = '调解'", "结案"),
            "D3（分子）",
            "没有列“结案方试”，是否为：结案方式",
        ),
        (row("甲", "结案：结案方式 = '调姐'", "结案"), "D3（分子）", "没有“调姐”，是否为：调解"),
        (row("甲", "办结：审限内", "结案"), "D3（分子）", "“办结：”不是归期"),
        (row("甲", "结案", "新收 +"), "C3（分母）", "读不懂"),
        (row("甲", "结案", "新收", 合理区间="八成"), "H3（合理区间）", "区间“八成”读不懂"),
        (row("甲", "结案", "新收", 案件范围="民时"), "F3（案件范围）", "“民时”不认识"),
        (row("甲", "结案", "新收", 方向="往上"), "G3（方向）", "方向“往上”不认识"),
        (row("甲", "结案", "新收", 起止日期="2026-02-30"), "J3（起止日期）", "不存在的日子"),
        (row("甲", "结案", "新收", 权重="很重"), "I3（权重）", "应为数字"),
        (row("甲", ""), "B3（指标名称）", "没有分子"),
    ],
)
def test_an_error_names_line_and_cell(home, cells, place, reason):
    found = load(home, [cells, MEDIATED])
    (error, *_rest) = found.rows[0]["errors"]
    assert "第 3 行" in error
    assert place in error
    assert reason in error
    assert found.rows[1]["state"] == services.COMPUTED


def test_a_row_that_can_t_be_computed_is_kept_with_the_fact_it_lacks(home):
    found = load(home, [row("平安建设满意度", "满意户数", "调查户数")]).rows[0]
    assert found["state"] == services.LACKING
    assert found["lacking"] == ["满意户数", "调查户数"]
    (value,) = values(ALL, Question(YEAR, (found["code"],)), home=home).rows
    assert value.printed == "暂无数据来源"


def test_a_statistic_takes_neither_interval_nor_direction(home):
    cells = row("年度收结比", "结案", "新收", 合理区间="90-110", 方向="越高越好")
    found = load(home, [cells]).rows[0]
    assert any("没有采用" in remark for remark in found["remarks"])
    indicator = rulebook.load().library.indicators[found["code"]]
    assert indicator.statistic
    assert indicator.direction == "none"
    assert not indicator.versions[-1].reference


def test_loading_again_replaces_and_a_row_gone_wrong_keeps_its_last_definition(home):
    load(home, [MEDIATED, row("乙", "结案", "新收")])
    again = load(home, [{**MEDIATED, "分子": "结案：结案方试 = '调解'"}])
    assert again.carried == ["本院民事一审调解率"]
    names = {i.name for i in rulebook.load().library.indicators.values()}
    assert "本院民事一审调解率" in names
    assert "乙" not in names


def test_a_dry_run_writes_nothing_and_removal_takes_everything_back(home):
    load(home, [MEDIATED], dry_run=True)
    assert not (home / "overlay").exists()
    load(home, [MEDIATED])
    assert services.remove("省库", actor="测试", now=NOW, home=home)
    assert "本院民事一审调解率" not in {i.name for i in rulebook.load().library.indicators.values()}


def test_one_name_over_two_periods_is_one_indicator_with_two_versions(home):
    first = row("丙", "结案", "新收", 起止日期="2025-01-01至2025-12-31")
    second = row("丙", "结案", "受理", 起止日期="2026-01-01起")
    code = load(home, [first, second]).rows[0]["code"]
    indicator = rulebook.load().library.indicators[code]
    assert len(indicator.versions) == 2
    overlapping = load(home, [first, {**second, "起止日期": "2025-06-01起"}])
    assert "重叠" in "".join(error for r in overlapping.rows for error in r["errors"])


def test_a_file_without_headings_is_refused_with_words(home):
    path = home / "空.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "没有表头")
    with pytest.raises(WorkbookError, match="没有找到含“名称”“分子”的表头行"):
        services.load(ALL, path, now=NOW, period=YEAR)


def test_a_whole_provincial_library_loads_in_seconds(home):
    atoms = [a.name for a in rulebook.load().library.atoms.values() if a.month]
    rows = [
        row(f"省库指标{at}", atoms[at % len(atoms)], atoms[(7 * at + 3) % len(atoms)])
        for at in range(194)
    ]
    began = process_time()
    found = load(home, rows)
    assert process_time() - began < 20
    assert (found.count(services.COMPUTED), found.count(services.WRONG)) == (
        194 - found.count(services.LACKING),
        0,
    )
    assert len(rulebook.load().library.indicators) >= 194
