"""节点期限: deadlines between two events of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shenguan.core.timelimit import Node, due_from, flags, node_dues
from shenguan.core.timelimit.nodes import DUE_DATE, PARTY, Moment
from shenguan.core.timelimit.tests.build import CALENDAR, case, d, ev


def node(**more: Any) -> Node:
    settings: dict[str, Any] = {
        "id": "n",
        "name": "节点",
        "law": "法条",
        "status": "official",
        "valid_from": date(2000, 1, 1),
        "trigger": Moment(frozenset({"收件"})),
        "done": Moment(frozenset({"立案"})),
    }
    return Node(**(settings | more))


FILING = node(days=7)


@pytest.mark.parametrize(
    ("filed", "state"), [("2026-03-08", "done"), ("2026-03-09", "done"), ("2026-03-10", "late")]
)
def test_filing_within_seven_days_of_receipt(filed, state):
    found = node_dues(case(ev("2026-03-02", "收件"), ev(filed, "立案")), [FILING], CALENDAR)
    assert (found[0].due, found[0].done_on, found[0].state) == (d("2026-03-09"), d(filed), state)


@pytest.mark.parametrize(("as_of", "state"), [("2026-03-09", "open"), ("2026-03-10", "overdue")])
def test_not_filed_is_open_till_the_last_day_and_then_overdue(as_of, state):
    found = node_dues(case(ev("2026-03-02", "收件"), as_of=as_of), [FILING], CALENDAR)
    assert found[0].state == state


def test_a_courts_own_limit_is_not_rolled_over_a_partys_period_is():
    thirtieth = d("2026-09-16")  # 2026-10-01 is a holiday
    assert due_from(node(days=15), thirtieth, CALENDAR)[0] == d("2026-10-01")
    assert due_from(node(days=15, whose=PARTY), thirtieth, CALENDAR)[0] == d("2026-10-08")


def test_working_days_skip_holidays_and_count_make_up_days():
    assert due_from(node(workdays=3), d("2026-09-30"), CALENDAR)[0] == d("2026-10-10")


@pytest.mark.parametrize("more", [{"workdays": 5}, {"days": 8, "whose": PARTY}])
def test_an_unpublished_year_gives_a_flagged_date(more):
    found, marks = due_from(node(**more), d("2027-03-11"), CALENDAR)
    assert (found, marks) == (
        {5: d("2027-03-18"), 8: d("2027-03-19")}[max(more.get("workdays", 0), more.get("days", 0))],
        (flags.CALENDAR_UNPUBLISHED,),
    )


def test_without_any_calendar_the_date_is_flagged_too():
    assert due_from(node(workdays=1), d("2026-03-06"), None)[1] == (flags.CALENDAR_UNPUBLISHED,)


def test_a_node_may_count_back_from_its_trigger():
    notice = node(
        days=3, before=True, trigger=Moment(frozenset({"开庭"})),
        done=Moment(frozenset({"送达"}), frozenset({"传票"})),
    )  # fmt: skip
    history = case(ev("2026-03-09", "送达", kind="传票"), ev("2026-03-12", "开庭"))
    assert node_dues(history, [notice], CALENDAR)[0].state == "done"


def test_a_node_may_count_back_from_the_due_date_of_the_case():
    apply = node(days=15, before=True, trigger=Moment(frozenset({DUE_DATE})))
    history = case(ev("2026-01-15", "立案"))
    assert node_dues(history, [apply], CALENDAR) == ()
    assert node_dues(history, [apply], CALENDAR, d("2026-07-15"))[0].due == d("2026-06-30")


def test_the_paper_served_decides_which_node_is_meant():
    copy = node(days=5, trigger=Moment(frozenset({"送达"}), frozenset({"判决书"})))
    history = case(ev("2026-03-02", "送达", kind="传票"))
    assert node_dues(history, [copy], CALENDAR) == ()


def test_too_many_adjournments_are_shown_from_the_first_too_many():
    limit = node(at_most=1, trigger=Moment(frozenset({"延期开庭"})))
    days = ("2026-02-01", "2026-03-01", "2026-04-01")
    found = node_dues(case(*(ev(day, "延期开庭") for day in days)), [limit], CALENDAR)
    assert [(item.triggered_on, item.state) for item in found] == [
        (d("2026-03-01"), "exceeded"),
        (d("2026-04-01"), "exceeded"),
    ]


@pytest.mark.parametrize(
    ("more", "applies"),
    [
        ({"types": ("民*",)}, True),
        ({"types": ("刑初",)}, False),
        ({"marks": frozenset({"自诉"})}, False),
        ({"without": frozenset({"系列案"})}, False),
        ({"procedures": ("简易程序",)}, False),
        ({"foreign": True}, False),
        ({"against": "裁定"}, False),
    ],
)
def test_a_node_concerns_only_its_own_cases(more, applies):
    history = case(ev("2026-03-02", "收件"), marks=frozenset({"系列案"}))
    assert bool(node_dues(history, [node(days=7, **more)], CALENDAR)) is applies


def test_before_its_text_came_into_force_a_node_is_silent():
    late = node(days=7, valid_from=date(2026, 3, 3))
    assert node_dues(case(ev("2026-03-02", "收件")), [late], CALENDAR) == ()
