"""The examples of the quality checks are their tests."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from shenguan.core.quality import CHECKS, CaseRecord, Tables, inspect
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders import quality
from shenguan.rulebook.loaders.causes import load as load_causes
from shenguan.rulebook.loaders.codes import load as load_codes

TODAY = date(2026, 6, 30)
QUALITY = quality.load(DATA)
TYPES = load_codes(DATA).case_types.values()
TABLES = Tables(
    instances={kind.code: kind.instance for kind in TYPES},
    classes={kind.code: kind.case_class for kind in TYPES},
    causes=load_causes(DATA),
)


@pytest.mark.parametrize("example", QUALITY.examples, ids=lambda e: f"{e.check}-{e.say}")
def test_every_example_of_a_check_holds(example):
    record = CaseRecord(**example.case)
    found = inspect(record, [QUALITY.named(example.check)], TABLES, TODAY)
    assert [problem.message for problem in found] == ([example.expect] if example.expect else [])


def test_every_check_has_a_hit_and_a_miss_among_its_examples():
    for check in QUALITY.checks:
        expected = {e.expect is None for e in QUALITY.examples if e.check == check.id}
        assert expected == {True, False}, check.id


def test_every_check_function_is_used_by_the_rulebook():
    assert {check.function for check in QUALITY.checks} == set(CHECKS)


def test_examples_speak_of_fields_that_exist():
    names = {field.name for field in fields(CaseRecord)}
    assert all(set(example.case) <= names for example in QUALITY.examples)


def test_an_entry_without_function_is_refused_with_its_place(tmp_path):
    folder = tmp_path / "quality"
    folder.mkdir()
    (folder / "own.yaml").write_text(
        "- {id: a, name: 甲, function: none, severity: 提示, message: x, basis: x, status: local,"
        " examples: []}",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"quality/own\.yaml 条目“a”.*none"):
        quality.load(DATA, tmp_path)


def test_a_court_may_switch_a_check_off(tmp_path):
    folder = tmp_path / "quality"
    folder.mkdir()
    (folder / "own.yaml").write_text(
        "- {id: missing_cause, name: 案由缺失, function: missing_cause, severity: 提示, message: x,"
        " basis: x, status: local, disabled: true, examples: []}",
        encoding="utf-8",
    )
    assert "missing_cause" not in {check.id for check in quality.load(DATA, tmp_path).checks}
