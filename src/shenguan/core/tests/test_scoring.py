"""Score sheets: deductions within their item, bars, grades by the court's own set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shenguan.core.scoring import (
    Deduction,
    Found,
    GradeSet,
    Item,
    agreed,
    mean,
    score,
    sheet_faults,
)

GRADES = GradeSet(
    "四等",
    (("优秀", Decimal(90)), ("合格", Decimal(70)), ("瑕疵", Decimal(60)), ("不合格", Decimal(0))),
)
ITEMS = {
    "procedure": Item(
        "procedure", "程序", Decimal(60),
        {"service": Deduction("service", "送达不当", Decimal(5)),
         "bench": Deduction("bench", "审判组织违法", Decimal(60), bars="不合格")},
    ),
    "document": Item(
        "document", "文书", Decimal(40), {"slip": Deduction("slip", "错漏", Decimal(3), Decimal(15))}
    ),
}  # fmt: skip


def scored(*found: Found):
    return score(ITEMS, GRADES, found)


def test_a_case_without_findings_has_all_points():
    assert (scored().points, scored().grade) == (Decimal(100), "优秀")


def test_each_place_is_deducted_up_to_the_most():
    assert scored(Found("document", "slip", 2)).by_item["document"] == Decimal(34)
    assert scored(Found("document", "slip", 9)).by_item["document"] == Decimal(25)
    assert scored(Found("document", "slip", 4), Found("document", "slip", 5)).points == Decimal(85)


def test_an_item_never_falls_below_nothing():
    assert scored(Found("procedure", "service", 20)).by_item["procedure"] == Decimal(0)


def test_a_bar_fixes_the_highest_grade_whatever_the_points():
    assert scored(Found("procedure", "bench")).grade == "不合格"
    assert GRADES.of(Decimal(95), ["瑕疵"]) == "瑕疵"
    assert GRADES.of(Decimal(10), ["瑕疵"]) == "不合格"


@pytest.mark.parametrize(
    ("points", "grade"), [("90", "优秀"), ("89.9", "合格"), ("60", "瑕疵"), ("59.9", "不合格")]
)
def test_a_grade_begins_at_its_lowest_points(points, grade):
    assert GRADES.of(Decimal(points)) == grade


@pytest.mark.parametrize("found", [Found("无", "slip"), Found("document", "无")])
def test_what_is_not_on_the_sheet_is_refused(found):
    with pytest.raises(ValueError, match="没有"):
        scored(found)
    with pytest.raises(ValueError, match="正数"):
        scored(Found("document", "slip", 0))


def test_two_blind_reviewers_agree_within_the_tolerance():
    assert agreed([Decimal(90), Decimal(86)], Decimal(5))
    assert not agreed([Decimal(90), Decimal(80)], Decimal(5))
    assert mean([Decimal(90), Decimal(85)]) == Decimal("87.5")


def test_a_sheet_that_does_not_add_up_is_named():
    assert sheet_faults(ITEMS, GRADES) == []
    wrong = {
        "a": Item("a", "某项", Decimal(5), {"x": Deduction("x", "某", Decimal(9), bars="丁等")})
    }
    assert len(sheet_faults(wrong, GRADES)) == 3
