"""Nonsense in every cell: nothing breaks, and every row is in, merged or rejected."""

from __future__ import annotations

import json
import random

import pytest

from shenguan.programs.intake.services import Importer, Options
from shenguan.programs.intake.tests.conftest import NOW, Answers
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

ODDITIES = [
    "",
    " ",
    "𠮷野家",
    "=cmd|'/c calc'!A0",
    "\ud800",
    "\x00\x07",
    "2024-02-30",
    "9999-12-31",
    "2024-01-05",
    "0000-00-00",
    "（2024）京0101民初1号",
    "（2024）京0101民初1号之一",
    "（2015）东民初字第00328号",
    "(20240)京号",
    "号" * 130,
    "法院" * 80,
    "'; DROP TABLE cases_case; --",
    "<script>alert(1)</script>",
    "1e400",
    "-0",
    "NaN",
    "{}",
    "甲：乙：丙；（原告）",
    "x" * 5000,
    None,
    True,
    3.5,
    10**30,
    [1, [2, {"name": None}]],
    {"a": {"b": "c"}},
]


@pytest.mark.parametrize("seed", range(4))
def test_nonsense_in_every_cell_breaks_nothing(tmp_path, db, seed):
    dice = random.Random(seed)
    headings = [spec.name for spec in load().intake.case] + ["原告", "怪栏：目", "𠮷"]
    rows = [{h: dice.choice(ODDITIES) for h in headings if dice.random() < 0.7} for _ in range(120)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    report = Importer(Options("测试", NOW, NOW.date()), Answers()).run([path])
    file = report.files[0]
    assert file.error == ""
    assert file.new + file.repeated + file.rejected == file.rows
    assert Case.objects.filter(visible=True).count() == file.new
    again = Importer(Options("测试", NOW, NOW.date()), Answers()).run([path]).files[0]
    assert (again.new, again.changed, again.unchanged) == (0, 0, file.new)


@pytest.mark.parametrize("seed", range(2))
def test_nonsense_in_an_event_table_breaks_nothing(tmp_path, db, seed):
    dice = random.Random(seed)
    headings = [spec.name for spec in load().intake.event]
    kinds = ["立案", "开庭", "延长审限批准", "报结", "登记", *ODDITIES]
    rows = [
        {h: dice.choice(kinds if h == "事件" else ODDITIES) for h in headings} for _ in range(150)
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for expected_new in (None, 0):
        file = Importer(Options("测试", NOW, NOW.date()), Answers()).run([path]).files[0]
        assert file.error == ""
        assert expected_new in (None, file.new + file.changed)
