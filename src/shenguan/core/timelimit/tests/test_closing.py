"""When a case is closed in law, and what that does to its clock."""

from __future__ import annotations

import pytest

from shenguan.core.timelimit import flags
from shenguan.core.timelimit.tests.build import d, due, ev

FILED = ev("2026-01-15", "立案")


@pytest.mark.parametrize(
    ("day", "in_time"), [("2026-07-14", True), ("2026-07-15", True), ("2026-07-16", False)]
)
def test_pronouncing_up_to_the_due_date_is_in_time(day, in_time):
    found = due(FILED, ev(day, "宣判"), as_of="2026-12-31")
    assert (found.state, found.in_time, found.due) == ("closed", in_time, d("2026-07-15"))
    assert found.days_left is None


def test_pronouncement_goes_before_service_and_report():
    found = due(FILED, ev("2026-05-01", "宣判"), ev("2026-05-10", "送达"), ev("2026-05-20", "结案"))
    assert (found.closed_on, found.flags) == (d("2026-05-01"), ())


def test_without_pronouncement_the_last_party_served_closes():
    found = due(FILED, ev("2026-05-01", "送达"), ev("2026-05-10", "送达"), ev("2026-05-08", "结案"))
    assert found.closed_on == d("2026-05-10")


@pytest.mark.parametrize("paper", ["起诉状副本", "起诉书副本", "上诉状副本", "开庭传票"])
def test_serving_papers_in_the_course_of_a_case_ends_nothing(paper):
    found = due(FILED, ev("2026-01-20", "送达", kind=paper), as_of="2026-02-01")
    assert (found.state, found.closed_on) == ("running", None)


def test_service_by_notice_closes_on_the_day_of_publication():
    found = due(FILED, ev("2026-05-01", "送达"), ev("2026-05-20", "公告送达"), as_of="2026-05-21")
    assert found.closed_on == d("2026-05-20")


@pytest.mark.parametrize("name", ["结案", "报结"])
def test_only_a_report_closes_and_is_flagged(name):
    found = due(FILED, ev("2026-05-01", name))
    assert (found.closed_on, found.flags) == (d("2026-05-01"), (flags.REPORTED_ONLY,))


@pytest.mark.parametrize("paper", ["起诉状副本", "开庭传票", "举证通知书"])
def test_serving_papers_in_the_course_of_a_case_does_not_close_it(paper):
    assert due(FILED, ev("2026-01-20", "送达", kind=paper)).state == "running"


def test_a_service_before_the_hearing_was_no_judgment():
    assert due(FILED, ev("2026-01-20", "送达"), ev("2026-03-01", "开庭")).state == "running"


def test_electronic_service_of_the_judgment_closes():
    found = due(FILED, ev("2026-05-01", "电子送达", kind="判决书"))
    assert found.closed_on == d("2026-05-01")


def test_a_closing_after_the_day_asked_has_not_happened():
    assert due(FILED, ev("2026-05-01", "宣判"), as_of="2026-04-30").state == "running"


def test_an_open_suspension_ends_at_the_closing():
    found = due(FILED, ev("2026-06-01", "中止"), ev("2026-06-11", "宣判"), as_of="2026-12-31")
    assert (found.due, found.excluded_days, found.state) == (d("2026-07-25"), 10, "closed")


def test_nothing_moves_the_date_after_the_closing():
    found = due(
        FILED,
        ev("2026-05-01", "宣判"),
        ev("2026-05-10", "中止"),
        ev("2026-06-10", "恢复审理"),
        ev("2026-06-20", "延长审限批准", months=6, approver="院长"),
    )
    assert (found.due, found.flags) == (d("2026-07-15"), ())


def test_withdrawing_the_report_reopens_the_case():
    found = due(FILED, ev("2026-05-01", "结案"), ev("2026-05-10", "撤销报结"))
    assert (found.state, found.closed_on) == ("running", None)


def test_a_reopened_case_closes_again():
    found = due(
        FILED, ev("2026-05-01", "结案"), ev("2026-05-10", "撤销报结"), ev("2026-08-01", "结案")
    )
    assert (found.closed_on, found.in_time) == (d("2026-08-01"), False)


def test_a_suspension_runs_on_through_a_closing_that_was_withdrawn():
    found = due(
        FILED,
        ev("2026-04-01", "中止"),
        ev("2026-05-01", "结案"),
        ev("2026-05-10", "撤销报结"),
        ev("2026-05-31", "恢复审理"),
    )
    assert found.excluded_days == 60


def test_ending_this_enforcement_closes_the_case():
    found = due(FILED, ev("2026-05-01", "终结本次执行"), ev("2026-05-09", "结案"))
    assert found.closed_on == d("2026-05-01")


def test_of_a_service_and_a_signature_on_one_day_the_service_stands():
    found = due(FILED, ev("2026-05-01", "送达"), ev("2026-05-01", "签发"))
    assert (found.state, found.closed_on) == ("closed", d("2026-05-01"))
