from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from shenguan.spine.indicators.commands import COMMANDS
from shenguan.spine.indicators.tests.city import fill

pytestmark = pytest.mark.django_db
(INDICATORS,) = COMMANDS


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill()
    return tmp_path


def run(home: Path, *args: str):
    return CliRunner().invoke(INDICATORS, args, env={"SHENGUAN_HOME": str(home)})


def test_json_is_one_document_of_figures(home: Path):
    done = run(
        home, "--code", "closed_cases,timely_closing_rate", "--period", "2026", "--by", "court",
        "--format", "json",
    )  # fmt: skip
    rows = json.loads(done.stdout)
    assert [(row["code"], row["court"], row["numerator"]) for row in rows] == [
        ("closed_cases", "示范市甲区人民法院", 3),
        ("closed_cases", "示范市乙区人民法院", 1),
        ("timely_closing_rate", "示范市甲区人民法院", 2),
        ("timely_closing_rate", "示范市乙区人民法院", 1),
    ]
    assert rows[2]["value"] == pytest.approx(2 / 3)


def test_one_court_and_line_alone(home: Path):
    done = run(
        home, "--code", "closed_cases", "--period", "2026", "--court", "示0102", "--line", "民事",
        "--format", "json",
    )  # fmt: skip
    assert [row["numerator"] for row in json.loads(done.stdout)] == [1]


def test_table_csv_and_workbook_say_the_same(home: Path):
    args = ("--code", "closed_cases", "--period", "2026", "--by", "court")
    assert "示范市甲区人民法院" in run(home, *args).stdout
    rows = list(csv.DictReader(io.StringIO(run(home, *args, "--format", "csv").stdout)))
    assert next((row["法院"], row["分子"]) for row in rows) == ("示范市甲区人民法院", "3")
    path = home / "指标.xlsx"
    run(home, *args, "--format", "xlsx", "-o", str(path))
    book = load_workbook(path)
    assert [cell.value for cell in book["指标"][1]][:4] == ["编码", "指标", "统计期", "法院"]
    assert book["说明"]["A1"].value.startswith("事件日志位置")


def test_the_list_of_indicators_and_the_list_of_cases(home: Path):
    listed = json.loads(run(home, "--list", "--format", "json").stdout)
    notes = {row["code"]: row["note"] for row in listed}
    assert notes["closing_rate"] == "统计项,不作考核指标"
    cases = json.loads(
        run(
            home, "--code", "closed_cases", "--period", "2026-03", "--list", "--format", "json"
        ).stdout
    )
    assert cases["total"] == 2
    assert [row["案号"] for row in cases["cases"]] == [
        "（2026）示0101民初1号",
        "（2026）示0101民初2号",
    ]


def test_coverage_counts_what_has_a_value(home: Path):
    told = json.loads(run(home, "--coverage", "--period", "2026", "--format", "json").stdout)
    assert "closed_cases" in told["value"]
    assert "closed_per_judge" in told["no_source"]
    assert told["value_count"] == len(told["value"])


def test_explain_tells_formula_source_and_events(home: Path):
    told = run(home, "explain", "timely_closing_rate").stdout
    for part in ("审限内结案数 ÷ 有审限的结案数", "关联校验指标", "依据", "由这些事件得来"):
        assert part in told


def test_why_adds_up(home: Path):
    done = run(
        home,
        "why",
        "closed_cases",
        "--period",
        "2026-04",
        "--against",
        "2026-03",
        "--format",
        "json",
    )
    told = json.loads(done.stdout)
    assert told["change"] == -1
    for parts in told["by"].values():
        assert sum(part["total"] for part in parts) == told["change"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--period", "明年"), "统计期“明年”读不懂"),
        (("--code", "no_such"), "没有指标 no_such"),
        (("--by", "village"), "不能按“village”分组"),
        (("--court", "示9999"), "没有法院“示9999”"),
        (("--line", "民诉"), "没有“民诉”"),
        (("explain", "no_such"), "没有指标 no_such"),
    ],
)
def test_wrong_questions_are_refused_in_chinese(home: Path, args: tuple[str, ...], said: str):
    done = run(home, *args)
    assert done.exit_code != 0
    assert said in done.stderr
