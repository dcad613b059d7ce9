from __future__ import annotations

from datetime import date

import pytest

from shenguan.core.facts import Row, day_of, month_of
from shenguan.core.facts.case import Reading, case_facts
from shenguan.core.facts.tests.making import CONTEXT, NAMES, case, due, told
from shenguan.core.timelimit import Due

CIVIL = {"case_type": "民初", "procedure": "普通程序", "cause": "离婚纠纷", "amount": 12_300}


def row_of(*events, clock: Due | None = None, **more) -> Row:
    first = ("登记", None, {**CIVIL, **more})
    return case_facts(Reading(case(told(first, *events), clock)), CONTEXT)


def test_a_case_that_was_only_filed_has_no_closing_and_counts_of_nothing():
    row = row_of(("立案", "2026-01-05"))
    assert row["filed_on"] == (date(2026, 1, 5) - date(1970, 1, 1)).days
    assert row["filed_month"] == 2026 * 12
    assert row["closed_on"] is None
    assert (row["is_closed"], row["in_time"], row["gross_days"], row["net_days"]) == (
        False,
        False,
        0,
        0,
    )


def test_only_days_and_months_are_ever_null():
    row = row_of(("立案", "2026-01-05"))
    nulls = {column for column, value in row.items() if value is None}
    assert all(column.endswith(("_on", "_month")) for column in nulls)


def test_days_run_from_filing_to_closing_gross_and_to_the_legal_end_net_of_exclusions():
    clock = due("2026-07-05", ("2026-02-01", "2026-02-11"))
    row = row_of(
        ("立案", "2026-01-05"),
        ("委托鉴定", "2026-02-01"),
        ("鉴定结束", "2026-02-11"),
        ("宣判", "2026-03-01", {"in_court": True}),
        ("报结", "2026-03-06", {"disposition": "判决"}),
        clock=clock,
    )
    assert (row["gross_days"], row["net_days"], row["excluded_days"]) == (60, 45, 10)
    assert row["legal_end_on"] == day_of(date(2026, 3, 1))
    assert (row["announced_in_court"], row["was_excluded"]) == (True, True)


@pytest.mark.parametrize(
    ("ended", "in_time"), [("2026-07-04", True), ("2026-07-05", True), ("2026-07-06", False)]
)
def test_a_closing_on_the_due_day_is_in_time_and_one_day_later_is_not(ended: str, in_time: bool):
    row = row_of(
        ("立案", "2026-01-05"), ("报结", ended, {"disposition": "判决"}), clock=due("2026-07-05")
    )
    assert row["in_time"] is in_time


def test_a_closing_without_a_due_date_is_neither_in_time_nor_has_one():
    row = row_of(("立案", "2026-01-05"), ("报结", "2026-03-01", {"disposition": "判决"}))
    assert (row["has_due"], row["in_time"], row["due_on"]) == (False, False, None)


def test_a_withdrawn_closing_leaves_the_case_open_and_a_trace():
    row = row_of(
        ("立案", "2026-01-05"),
        ("报结", "2026-03-01", {"disposition": "判决"}),
        ("撤销报结", "2026-03-10"),
    )
    assert (row["is_closed"], row["closing_withdrawn"], row["disposition"]) == (False, True, 0)


def test_keys_are_those_of_the_first_assignment_and_of_the_closing():
    row = row_of(
        ("立案", "2026-01-05"),
        ("分案", "2026-01-06", {"undertaker": "甲", "division": "一庭"}),
        ("变更承办人", "2026-02-01", {"undertaker": "乙乙", "division": "第二庭"}),
        ("报结", "2026-03-01", {"disposition": "判决"}),
        ("变更承办人", "2026-04-01", {"undertaker": "丙丙丙", "division": "第三审庭"}),
    )
    assert (row["filed_judge"], row["judge"]) == (7001, 7002)
    assert (row["filed_division"], row["division"]) == (702, 703)
    assert row["reassignments"] == 2


def test_a_judge_who_leads_on_the_day_of_closing_makes_it_a_leaders_case():
    def by_leader(closed: str) -> object:
        return row_of(
            ("立案", "2025-01-05"),
            ("分案", "2025-01-06", {"undertaker": "甲长", "division": "一庭"}),
            ("报结", closed, {"disposition": "判决"}),
        )["by_leader"]

    assert by_leader("2025-12-31") is False
    assert by_leader("2026-01-01") is True


@pytest.mark.parametrize(
    ("closed", "late"),
    [
        ("2026-01-26", False),
        ("2026-01-27", True),  # Saturday the 31st is worked: five days back is Tuesday the 27th
        ("2026-01-31", True),
        ("2026-02-01", False),
    ],
)
def test_the_last_five_workdays_of_a_month_go_by_the_published_calendar(closed: str, late: bool):
    row = row_of(("立案", "2026-01-05"), ("报结", closed, {"disposition": "判决"}))
    assert row["closed_month_end"] is late


def test_without_a_published_calendar_nothing_is_taken_for_a_month_end():
    row = row_of(("立案", "2024-01-05"), ("报结", "2024-01-31", {"disposition": "判决"}))
    assert row["closed_month_end"] is False


def test_course_papers_are_the_first_service_and_never_the_decisions():
    row = row_of(
        ("立案", "2026-01-05"),
        ("送达", "2026-01-10", {"document": "起诉状副本"}),
        ("送达", "2026-03-02", {"document": "判决书"}),
        ("公告送达", "2026-03-05", {"document": "判决书"}),
    )
    assert row["first_served_on"] == day_of(date(2026, 1, 10))
    assert row["decision_served_on"] == day_of(date(2026, 3, 5))
    assert row["served_by_notice"] is True


def test_codes_come_from_free_text_and_unknown_text_is_other():
    row = row_of(("立案", "2026-01-05"), ("报结", "2026-03-01", {"disposition": "裁定准予撤诉"}))
    assert row["disposition"] == NAMES["结案方式"]["准许撤诉"]
    odd = row_of(("立案", "2026-01-05"), ("报结", "2026-03-01", {"disposition": "另案"}))
    assert odd["disposition"] == 99
    assert odd["cause"] == CONTEXT.cause("离婚纠纷", "民事") > 0


def test_the_first_appeal_gives_day_and_month():
    row = row_of(("立案", "2026-01-05"), ("上诉", "2026-04-20"), ("上诉", "2026-04-18"))
    assert row["appealed_on"] == day_of(date(2026, 4, 18))
    assert row["appealed_month"] == month_of(date(2026, 4, 18))
    assert row["was_appealed"] is True


def test_an_appeal_knows_the_printed_court_below_even_where_its_case_is_not_here():
    below = row_of(("立案", "2026-01-05"), prior_court="示范市甲区人民法院")
    assert below["prior_court"] == 0  # a first instance judges nobody
    appeal = row_of(("立案", "2026-01-05"), case_type="民终", prior_court="示范市甲区人民法院")
    assert appeal["prior_court"] == 8
