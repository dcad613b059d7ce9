"""扣除、中止、补充侦查: what stops the clock and what doesn't."""

from __future__ import annotations

import pytest

from shenguan.core.timelimit import Settings, flags
from shenguan.core.timelimit.tests.build import d, due, ev

FILED = ev("2026-01-15", "立案")  # ordinary: due 2026-07-15


def test_an_appraisal_of_thirty_days_moves_the_date_thirty_days():
    found = due(FILED, ev("2026-03-01", "送鉴定"), ev("2026-03-31", "鉴定结束"))
    assert (found.due, found.excluded_days) == (d("2026-08-14"), 30)


def test_a_suspension_that_ends_on_its_first_day_excludes_nothing():
    found = due(FILED, ev("2026-03-01", "中止"), ev("2026-03-01", "恢复审理"))
    assert (found.due, found.excluded_days, found.state) == (d("2026-07-15"), 0, "running")


def test_overlapping_suspensions_count_once():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定"),
        ev("2026-03-11", "公告开始"),
        ev("2026-03-21", "鉴定结束"),
        ev("2026-03-31", "公告结束"),
    )
    assert found.excluded_days == 30


def test_a_suspension_inside_another_adds_nothing():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定"),
        ev("2026-03-05", "中止"),
        ev("2026-03-10", "恢复审理"),
        ev("2026-03-31", "鉴定结束"),
    )
    assert found.excluded_days == 30


def test_two_appraisals_at_once_last_until_the_second_report():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定"),
        ev("2026-03-02", "送鉴定"),
        ev("2026-03-11", "鉴定结束"),
        ev("2026-03-21", "鉴定结束"),
    )
    assert found.excluded_days == 20


def test_an_appraisal_report_closes_the_appraisal_of_its_kind():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定", kind="笔迹"),
        ev("2026-03-02", "送鉴定", kind="伤残"),
        ev("2026-03-11", "鉴定结束", kind="伤残"),
        as_of="2026-03-21",
    )
    assert (found.state, found.paused_since) == ("paused", d("2026-03-01"))


def test_adjacent_suspensions_add_up_without_a_gap():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定"),
        ev("2026-03-11", "鉴定结束"),
        ev("2026-03-11", "公告开始"),
        ev("2026-03-21", "公告结束"),
    )
    assert found.excluded_days == 20


def test_an_open_suspension_pauses_the_case_and_there_is_no_due_date():
    found = due(FILED, ev("2026-03-01", "中止"), as_of="2026-04-01")
    assert (found.state, found.due, found.days_left) == ("paused", None, None)
    assert (found.excluded_days, found.paused_by) == (31, "中止审理")
    assert flags.STILL_OPEN in found.flags


@pytest.mark.parametrize(
    ("begins", "wanted"),
    [("2026-07-14", "2026-07-25"), ("2026-07-15", "2026-07-25"), ("2026-07-16", "2026-07-15")],
)
def test_a_suspension_counts_on_the_due_date_and_cures_nothing_after_it(begins, wanted):
    ends = d(begins).replace(day=d(begins).day + 10).isoformat()
    found = due(FILED, ev(begins, "中止"), ev(ends, "恢复审理"))
    assert found.due == d(wanted)
    assert (flags.EXCLUSION_LATE in found.flags) is (wanted == "2026-07-15")


def test_an_open_suspension_that_came_too_late_does_not_pause():
    found = due(FILED, ev("2026-07-16", "中止"), as_of="2026-08-01")
    assert (found.state, found.days_left) == ("running", -17)


def test_what_was_excluded_before_keeps_a_later_suspension_in_time():
    found = due(
        FILED,
        ev("2026-03-01", "送鉴定"),
        ev("2026-03-11", "鉴定结束"),  # due 2026-07-25
        ev("2026-07-20", "中止"),
        ev("2026-07-30", "恢复审理"),
    )
    assert found.due == d("2026-08-04")


def test_only_the_part_after_filing_is_excluded():
    found = due(ev("2026-01-10", "送鉴定"), FILED, ev("2026-01-20", "鉴定结束"))
    assert found.excluded_days == 5


def test_mediation_counts_unless_the_parties_agreed():
    found = due(FILED, ev("2026-03-01", "调解开始"), ev("2026-04-01", "调解结束"))
    assert (found.excluded_days, flags.NOT_AGREED in found.flags) == (0, True)


@pytest.mark.parametrize(("procedure", "days"), [("普通程序", 16), ("简易程序", 24)])
def test_agreed_mediation_is_excluded_beyond_its_free_days(procedure, days):
    found = due(
        ev("2026-02-15", "立案"),
        ev("2026-03-01", "调解开始", agreed=True),
        ev("2026-04-01", "调解结束"),
        procedure=procedure,
    )
    assert found.excluded_days == days


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-03-15", "running"), ("2026-03-16", "paused"), ("2026-03-17", "paused")],
)
def test_agreed_mediation_pauses_from_the_sixteenth_day(as_of, state):
    found = due(FILED, ev("2026-03-01", "调解开始", agreed=True), as_of=as_of)
    assert found.state == state


def test_a_criminal_case_excludes_psychiatric_appraisal_only():
    events = ev("2026-01-15", "立案"), ev("2026-02-01", "送鉴定"), ev("2026-02-11", "鉴定结束")
    injury = due(*events, case_type="刑初")
    assert (injury.due, flags.NOT_EXCLUDED in injury.flags) == (d("2026-03-15"), True)
    events = events[0], ev("2026-02-01", "送鉴定", kind="精神病鉴定"), events[2]
    assert due(*events, case_type="刑初").due == d("2026-03-25")


def test_a_new_defender_gets_ten_days_and_no_more():
    events = FILED, ev("2026-02-01", "另行委托辩护人")
    waiting = due(*events, case_type="刑初", as_of="2026-02-10")
    later = due(*events, case_type="刑初", as_of="2026-02-11")
    assert (waiting.state, later.state) == ("paused", "running")
    assert (later.due, later.excluded_days) == (d("2026-03-25"), 10)
    assert flags.EXCLUSION_CAPPED in later.flags


def test_a_hearing_put_off_for_a_new_witness_is_excluded_for_a_month_at_most():
    events = FILED, ev("2026-02-02", "延期开庭", kind="新证人"), ev("2026-03-10", "开庭")
    assert due(*events, case_type="刑初").excluded_days == 28


def test_an_everyday_adjournment_changes_nothing_and_is_not_flagged():
    found = due(FILED, ev("2026-02-02", "延期开庭"), ev("2026-03-10", "开庭"))
    assert (found.due, found.flags) == (d("2026-07-15"), ())


def test_supplementary_investigation_pauses_and_then_starts_the_clock_anew():
    begun = FILED, ev("2026-02-10", "补充侦查")
    assert due(*begun, case_type="刑初", as_of="2026-02-20").state == "paused"
    found = due(*begun, ev("2026-03-05", "补充侦查结束"), case_type="刑初")
    assert (found.due, found.start_on, found.excluded_days) == (d("2026-05-05"), d("2026-03-05"), 0)


def test_supplementary_investigation_after_expiry_does_not_restart():
    found = due(
        FILED, ev("2026-03-16", "补充侦查"), ev("2026-04-01", "补充侦查结束"), case_type="刑初"
    )
    assert found.due == d("2026-03-15")


def test_an_end_without_a_beginning_is_ignored_and_flagged():
    found = due(FILED, ev("2026-03-01", "恢复审理"))
    assert (found.due, found.flags) == (d("2026-07-15"), (flags.END_WITHOUT_BEGIN,))


def test_local_policy_moves_only_the_local_due_date():
    found = due(
        FILED, ev("2026-03-01", "其他扣除开始", kind="请示"), ev("2026-03-11", "其他扣除结束")
    )
    assert (found.due, found.due_local) == (d("2026-07-15"), d("2026-07-25"))
    assert found.excluded_days == 0


@pytest.mark.parametrize(("kind", "moved"), [("请示", True), ("征求意见", False)])
def test_a_court_names_the_local_reasons_it_recognises(kind, moved):
    found = due(
        FILED,
        ev("2026-03-01", "其他扣除开始", kind=kind),
        ev("2026-03-11", "其他扣除结束"),
        settings=Settings(local_reasons=("请示",)),
    )
    assert (found.due_local is not None) is moved


def test_local_policy_inside_a_statutory_suspension_changes_nothing():
    found = due(
        FILED,
        ev("2026-03-01", "中止"),
        ev("2026-03-02", "其他扣除开始", kind="请示"),
        ev("2026-03-09", "其他扣除结束"),
        ev("2026-03-11", "恢复审理"),
    )
    assert (found.due, found.due_local) == (d("2026-07-25"), None)


def test_an_open_local_suspension_leaves_the_statutory_clock_running():
    found = due(FILED, ev("2026-03-01", "其他扣除开始", kind="请示"), as_of="2026-04-01")
    assert (found.state, found.due, found.due_local) == ("running", d("2026-07-15"), None)
    assert flags.LOCAL_OPEN in found.flags


def test_an_unknown_event_is_ignored_and_flagged():
    found = due(FILED, ev("2026-03-01", "喝茶"))
    assert (found.due, found.flags) == (d("2026-07-15"), (flags.UNKNOWN_EVENT,))
