"""程序转换 and counter-applications."""

from __future__ import annotations

import pytest

from shenguan.core.timelimit import flags
from shenguan.core.timelimit.tests.build import d, due, ev

FILED = ev("2026-01-15", "立案")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-04-14", "2026-07-15"), ("2026-04-15", "2026-07-15"), ("2026-04-16", "2026-04-15")],
)
def test_a_civil_conversion_runs_on_from_filing_unless_the_term_is_over(day, wanted):
    found = due(FILED, ev(day, "转为普通程序"), procedure="简易程序")
    assert found.due == d(wanted)
    assert (flags.CONVERTED_LATE in found.flags) is (wanted == "2026-04-15")


@pytest.mark.parametrize(
    ("event", "wanted"), [("转为简易程序", "2026-04-15"), ("转为普通程序", "2026-07-15")]
)
def test_small_claims_turn_summary_or_ordinary_from_the_original_filing(event, wanted):
    assert due(FILED, ev("2026-03-01", event), procedure="小额诉讼程序").due == d(wanted)


def test_an_extension_lapses_with_its_procedure():
    found = due(
        FILED,
        ev("2026-04-01", "延长审限批准", months=1, approver="院长"),
        ev("2026-05-01", "转为普通程序"),
        procedure="简易程序",
    )
    assert found.due == d("2026-07-15")


def test_the_new_procedure_has_its_own_extension():
    found = due(
        FILED,
        ev("2026-04-01", "延长审限批准", months=1, approver="院长"),
        ev("2026-05-01", "转为普通程序"),
        ev("2026-07-01", "延长审限批准", months=6, approver="院长"),
        procedure="简易程序",
    )
    assert found.due == d("2027-01-15")


def test_what_was_excluded_stays_excluded_in_a_civil_conversion():
    found = due(
        FILED,
        ev("2026-02-01", "送鉴定"),
        ev("2026-02-11", "鉴定结束"),
        ev("2026-04-20", "转为普通程序"),
        procedure="简易程序",
    )
    assert (found.due, found.excluded_days) == (d("2026-07-25"), 10)


def test_a_suspension_may_stand_over_a_conversion():
    found = due(
        FILED,
        ev("2026-04-10", "中止"),
        ev("2026-05-01", "转为普通程序"),
        ev("2026-05-10", "恢复审理"),
        procedure="简易程序",
    )
    assert (found.due, found.excluded_days) == (d("2026-08-14"), 30)


def test_an_ordinary_case_converted_to_ordinary_is_unchanged():
    assert due(FILED, ev("2026-03-01", "转为普通程序")).due == d("2026-07-15")


def test_ordinary_may_turn_summary_before_the_hearing_only():
    before = due(FILED, ev("2026-02-01", "转为简易程序"), ev("2026-03-01", "开庭"))
    after = due(FILED, ev("2026-02-01", "开庭"), ev("2026-03-01", "转为简易程序"))
    assert (before.due, after.due) == (d("2026-04-15"), d("2026-07-15"))
    assert flags.CONVERSION_BARRED in after.flags


def test_a_criminal_conversion_starts_anew_on_the_decision():
    found = due(
        ev("2026-02-20", "立案"),
        ev("2026-02-28", "转为普通程序"),
        case_type="刑初",
        procedure="简易程序",
    )
    assert (found.due, found.start_on) == (d("2026-04-30"), d("2026-02-28"))


def test_a_criminal_conversion_after_expiry_cures_nothing():
    found = due(
        ev("2026-02-20", "立案"),
        ev("2026-03-13", "转为普通程序"),
        case_type="刑初",
        procedure="简易程序",
    )
    assert (found.due, flags.CONVERTED_LATE in found.flags) == (d("2026-03-12"), True)


def test_what_was_excluded_before_a_criminal_conversion_belongs_to_the_old_term():
    found = due(
        ev("2026-02-20", "立案"),
        ev("2026-02-21", "中止"),
        ev("2026-03-01", "转为普通程序"),
        ev("2026-03-06", "恢复审理"),
        case_type="刑初",
        procedure="简易程序",
    )
    assert (found.due, found.excluded_days) == (d("2026-05-06"), 5)


def test_a_conversion_where_the_type_fixes_the_rule_changes_nothing():
    found = due(FILED, ev("2026-02-01", "转为简易程序"), case_type="民终", against="判决")
    assert (found.due, found.flags) == (d("2026-04-15"), ())


def test_a_conversion_for_which_there_is_no_rule_is_flagged_and_ignored():
    barred = due(FILED, ev("2026-02-01", "转为简易程序"), case_type="破申", rule="ordinary")
    assert (barred.due, flags.CONVERSION_BARRED in barred.flags) == (d("2026-07-15"), True)


def test_a_foreign_related_summary_case_loses_its_limit_on_conversion():
    foreign = {"procedure": "简易程序", "foreign_related": True}
    assert due(FILED, **foreign).state == "running"
    assert due(FILED, ev("2026-03-01", "转为普通程序"), **foreign).state == "no_limit"


def test_a_counter_application_starts_the_review_anew():
    found = due(ev("2026-01-10", "立案"), ev("2026-02-01", "申诉申请再审"), case_type="民申")
    assert (found.due, found.start_on) == (d("2026-05-01"), d("2026-02-01"))


def test_the_application_itself_does_not():
    found = due(ev("2026-01-05", "申诉申请再审"), ev("2026-01-10", "立案"), case_type="民申")
    assert found.due == d("2026-04-10")


def test_an_application_in_an_ordinary_case_changes_nothing():
    assert due(FILED, ev("2026-02-01", "申诉申请再审")).due == d("2026-07-15")


def test_a_counter_application_after_expiry_starts_nothing():
    found = due(ev("2026-01-10", "立案"), ev("2026-04-11", "申诉申请再审"), case_type="民申")
    assert (found.due, found.flags) == (d("2026-04-10"), (flags.RESTARTED_LATE,))
