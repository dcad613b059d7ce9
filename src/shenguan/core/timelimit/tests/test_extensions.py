"""延长审限: who, how often, how far, and what the file must show."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.core.timelimit import Settings, flags
from shenguan.core.timelimit.tests.build import d, due, ev

FILED = ev("2026-01-15", "立案")


def grant(on: str, months: int | None = 6, approver: str | None = "本院院长", **more):
    return ev(on, "延长审限批准", months=months, approver=approver, **more)


def test_the_president_adds_six_months_counted_from_the_filing():
    found = due(ev("2025-08-31", "立案"), grant("2026-02-10"))
    assert found.due == d("2026-08-31")  # not 2026-08-28, six months after the old due date


@pytest.mark.parametrize("name", ["院长", "本院院长", "法院院长"])
def test_the_presidents_names_are_one(name):
    assert due(FILED, grant("2026-06-01", approver=name)).due == d("2027-01-15")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-07-14", "2027-01-15"), ("2026-07-15", "2027-01-15"), ("2026-07-16", "2026-07-15")],
)
def test_an_approval_counts_up_to_the_due_date_in_force(day, wanted):
    found = due(FILED, grant(day))
    assert found.due == d(wanted)
    assert (flags.TOO_LATE in found.flags) is (wanted == "2026-07-15")


def test_a_suspension_keeps_the_term_open_for_an_approval():
    found = due(FILED, ev("2026-07-15", "中止"), grant("2026-08-01"), ev("2026-08-14", "恢复审理"))
    assert found.due == d("2027-02-14")


def test_a_second_approval_by_the_president_is_once_too_often():
    found = due(FILED, grant("2026-06-01"), grant("2026-12-01"))
    assert (found.due, flags.TOO_OFTEN in found.flags) == (d("2027-01-15"), True)


def test_the_court_above_may_approve_again_and_the_law_gives_no_length():
    above = [grant(day, 3, "上级人民法院") for day in ("2026-12-01", "2027-03-01")]
    found = due(FILED, grant("2026-06-01"), *above)
    assert (found.due, flags.LENGTH_OPEN in found.flags) == (d("2027-07-15"), True)


@pytest.mark.parametrize("approver", ["高级人民法院", "最高人民法院", "庭长"])
def test_a_wrong_approver_moves_nothing(approver):
    found = due(FILED, grant("2026-06-01", approver=approver))
    assert (found.due, flags.APPROVER_WRONG in found.flags) == (d("2026-07-15"), True)


def test_for_an_intermediate_court_the_high_court_is_the_court_above():
    found = due(FILED, grant("2026-06-01", 3, "高级人民法院"), court_level="中级")
    assert found.due == d("2026-10-15")


def test_more_than_the_rule_allows_counts_up_to_the_rule():
    found = due(FILED, grant("2026-06-01", 9))
    assert (found.due, flags.TOO_LONG in found.flags) == (d("2027-01-15"), True)


def test_less_than_the_rule_allows_counts_as_approved():
    assert due(FILED, grant("2026-06-01", 2)).due == d("2026-09-15")


def test_without_a_recorded_length_the_articles_own_counts():
    found = due(FILED, grant("2026-06-01", None))
    assert (found.due, flags.NO_LENGTH in found.flags) == (d("2027-01-15"), True)


def test_without_any_length_nothing_can_be_counted():
    found = due(FILED, grant("2026-06-01", None, "上级法院"))
    assert (found.due, flags.NO_LENGTH in found.flags) == (d("2026-07-15"), True)


def test_a_term_that_cannot_be_extended_is_not():
    found = due(FILED, grant("2026-03-01", 1), procedure="小额诉讼程序")
    assert (found.due, flags.NOT_EXTENDABLE in found.flags) == (d("2026-03-15"), True)


def test_a_missing_approver_is_a_flag_and_the_extension_counts():
    found = due(FILED, grant("2026-06-01", approver=None))
    assert (found.due, flags.NO_APPROVER in found.flags) == (d("2027-01-15"), True)


def test_what_the_file_lacks_is_flagged():
    found = due(FILED, grant("2026-06-01"))
    assert set(found.flags) == {flags.NO_APPLICATION, flags.NO_GROUND, flags.NO_PAPER}


def test_a_complete_file_has_no_flags():
    found = due(
        FILED, ev("2026-06-01", "延长审限申请"), grant("2026-06-10", reason="疑难", paper="审批表")
    )
    assert found.flags == ()


@pytest.mark.parametrize(
    ("applied", "late"), [("2026-06-29", False), ("2026-06-30", False), ("2026-07-01", True)]
)
def test_an_application_is_due_fifteen_days_before(applied, late):
    found = due(FILED, ev(applied, "延长审限申请"), grant("2026-07-05"))
    assert (flags.APPLIED_LATE in found.flags) is late


@pytest.mark.parametrize(
    ("decided", "late"), [("2026-07-09", False), ("2026-07-10", False), ("2026-07-11", True)]
)
def test_a_decision_is_due_five_days_before(decided, late):
    assert (flags.DECIDED_LATE in due(FILED, grant(decided)).flags) is late


def test_a_refusal_leaves_the_date_and_is_a_step():
    found = due(FILED, ev("2026-06-01", "延长审限不批准", approver="本院院长"))
    assert (found.due, found.flags) == (d("2026-07-15"), (flags.REFUSED,))
    assert "不予批准延长" in found.steps[1].say


def test_an_unnamed_power_in_the_article_admits_anyone_and_says_so():
    found = due(FILED, grant("2026-03-01", 1, "庭长"), case_type="刑初")
    assert (found.due, flags.APPROVER_OPEN in found.flags) == (d("2026-04-15"), True)


def test_the_court_above_in_a_criminal_case_counts_once():
    grants = [grant(day, 3, "上一级法院") for day in ("2026-03-01", "2026-06-01")]
    found = due(FILED, *grants, case_type="刑初")
    assert (found.due, flags.TOO_OFTEN in found.flags) == (d("2026-06-15"), True)


def test_the_supreme_court_gives_three_months_at_most_each_time():
    grants = [grant("2026-03-01", 5, "最高法"), grant("2026-06-01", 2, "最高法")]
    assert due(FILED, *grants, case_type="刑初").due == d("2026-08-15")


def test_up_to_a_month_and_a_half_in_all():
    found = due(
        ev("2026-01-10", "立案"), grant("2026-01-25", 2), case_type="刑初", procedure="简易程序"
    )
    assert (found.due, flags.TOO_LONG in found.flags) == (d("2026-02-25"), True)


def test_days_may_be_added_to_months():
    found = due(FILED, ev("2026-06-01", "延长审限批准", days=15, approver="上级法院"))
    assert found.due == d("2026-07-30")


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_vice_president_counts_while_the_power_is_delegated(day, counts):
    settings = Settings(delegation=((date(2026, 6, 1), date(2026, 6, 30)),))
    found = due(FILED, grant(day, approver="分管副院长"), settings=settings)
    assert (found.due == d("2027-01-15")) is counts
    assert (flags.APPROVER_DELEGATED in found.flags) is counts
