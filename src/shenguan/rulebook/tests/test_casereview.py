"""评查 rules: examples hold, sheets add up, every class of cases has its sheet."""

from __future__ import annotations

import pytest

from shenguan.rulebook import DATA, load, reviewing
from shenguan.rulebook.checking import check
from shenguan.rulebook.loaders import casereview

EXAMPLES = list(casereview.examples(DATA))


@pytest.mark.parametrize(("part", "entry", "example"), EXAMPLES, ids=lambda one: str(one)[:40])
def test_the_examples_of_an_entry_hold(part, entry, example):
    assert reviewing.mistake(load(), part, entry, example) == ""


def test_sheets_grades_and_codes_fit_together():
    assert casereview.faults(load().casereview) == []
    (report,) = check(kinds=["casereview"])
    assert report.mistakes == ()
    assert report.examples == len(EXAMPLES)


@pytest.mark.parametrize("case_class", ["民事", "刑事", "行政", "执行"])
def test_every_class_of_cases_has_a_sheet(case_class):
    assert load().casereview.sheet_for(case_class).topic == "全案"


def test_reasoning_and_hearings_have_sheets_of_their_own():
    rules = load().casereview
    assert rules.sheet_for("民事", "裁判说理").id == "reasoning"
    assert rules.sheet_for("刑事", "庭审规范").id == "hearing"
    assert rules.sheet_for("执行", "庭审规范") is None


def test_a_court_s_own_sheet_replaces_one_of_the_same_id(tmp_path):
    folder = tmp_path / "casereview"
    folder.mkdir()
    (folder / "grades.yaml").write_text(
        "[{id: four, name: 两等, grades: [[通过, 60], [不通过, 0]], law: [{cite: 本院}], status: local}]",
        "utf-8",
    )
    assert [name for name, _ in load(tmp_path).casereview.grades["four"].set.grades] == [
        "通过",
        "不通过",
    ]
