"""Start, months, half months, hours and election days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from shenguan.core.timelimit import Settings, TimeLimitError, flags
from shenguan.core.timelimit.months import add_months, add_months_criminal, term_end
from shenguan.core.timelimit.tests.build import case, d, due, ev


@pytest.mark.parametrize(
    ("filed", "months", "civil", "criminal"),
    [
        ("2026-01-15", 6, "2026-07-15", "2026-07-15"),
        ("2025-08-31", 6, "2026-02-28", "2026-02-28"),
        ("2025-08-30", 6, "2026-02-28", "2026-02-28"),
        ("2025-08-28", 6, "2026-02-28", "2026-02-28"),
        ("2025-08-27", 6, "2026-02-27", "2026-02-27"),
        ("2026-02-28", 2, "2026-04-28", "2026-04-30"),
        ("2026-02-27", 2, "2026-04-27", "2026-04-27"),
        ("2026-04-30", 1, "2026-05-30", "2026-05-31"),
        ("2024-02-28", 1, "2024-03-28", "2024-03-28"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28", "2024-02-29"),
        ("2026-12-31", 2, "2027-02-28", "2027-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(filed, months, civil, criminal):
    assert add_months(d(filed), months) == d(civil)
    assert add_months_criminal(d(filed), months) == d(criminal)


def test_months_can_be_counted_back():
    assert add_months(d("2026-03-31"), -1) == d("2026-02-28")


def test_half_a_month_is_fifteen_days_after_the_whole_months():
    assert term_end(d("2026-01-31"), 1, 15, "filing_day") == d("2026-03-15")


@pytest.mark.parametrize(
    ("reading", "filed", "wanted"),
    [
        ("filing_day", "2026-02-28", "2026-04-30"),
        ("corresponding", "2026-02-28", "2026-04-28"),
        ("day_after", "2026-02-28", "2026-04-28"),
        ("day_after", "2026-02-27", "2026-04-30"),
    ],
)
def test_a_court_chooses_how_it_reads_the_last_day_rule(reading, filed, wanted):
    settings = Settings(criminal_month_end=reading)
    found = due(ev(filed, "立案"), case_type="刑初", settings=settings)
    assert found.due == d(wanted)


def test_an_unknown_reading_is_refused_in_chinese():
    with pytest.raises(TimeLimitError, match=r"criminal_month_end.*“随便”无效"):
        Settings(criminal_month_end="随便")


def test_the_filing_day_itself_does_not_count():
    assert due(ev("2026-01-15", "立案")).due == d("2026-07-15")


def test_a_court_may_count_the_filing_day():
    found = due(ev("2026-01-15", "立案"), settings=Settings(start_counts=True))
    assert found.due == d("2026-07-14")


def test_appeal_runs_from_filing_above_even_where_an_earlier_filing_is_on_record():
    found = due(ev("2026-01-05", "立案"), ev("2026-01-15", "二审立案"), case_type="民终")
    assert found.due == d("2026-04-15")


def test_hours_run_from_the_minute():
    found = due(ev("2026-03-02", "立案", at=time(10, 30)), case_type="民保令")
    assert (found.due, found.due_at.isoformat()) == (d("2026-03-05"), "2026-03-05T10:30:00")


@pytest.mark.parametrize(("at", "in_time"), [(time(10, 30), True), (time(10, 31), False)])
def test_an_order_a_minute_late_is_late(at, in_time):
    found = due(
        ev("2026-03-02", "立案", at=time(10, 30)),
        ev("2026-03-05", "送达", at=at),
        case_type="民保令",
    )
    assert found.in_time is in_time


def test_hours_without_a_time_of_day_are_counted_in_days_and_flagged():
    found = due(ev("2026-03-02", "立案"), case_type="民保令")
    assert found.due == d("2026-03-05")
    assert flags.NO_TIME_OF_DAY in found.flags


def test_a_voter_case_ends_the_day_before_the_election():
    found = due(ev("2026-05-20", "立案"), case_type="民特", election_on=d("2026-06-10"))
    assert found.due == d("2026-06-09")


def test_days_left_turn_negative_the_day_after_the_due_date():
    filed = ev("2026-01-15", "立案")
    left = [due(filed, as_of=day).days_left for day in ("2026-07-14", "2026-07-15", "2026-07-16")]
    assert left == [1, 0, -1]


def test_a_limit_of_the_court_is_not_rolled_over_unless_it_chose_so():
    filed = ev("2026-04-01", "立案")  # 2026-10-01 is a holiday
    assert due(filed).due == d("2026-10-01")
    assert due(filed, settings=Settings(roll_over=True)).due == d("2026-10-08")


def test_a_detained_defendants_limit_is_never_rolled_over():
    found = due(
        ev("2026-08-01", "立案"), case_type="刑初", detained=True, settings=Settings(roll_over=True)
    )
    assert found.due == d("2026-10-01")


def test_where_the_calendar_is_unpublished_the_date_stays_and_says_so():
    found = due(ev("2026-08-01", "立案"), settings=Settings(roll_over=True))
    assert found.due == d("2027-02-01")
    assert flags.CALENDAR_UNPUBLISHED in found.flags


def test_a_case_no_event_of_which_starts_the_clock_is_refused():
    with pytest.raises(TimeLimitError, match="缺少起算事件：需要 立案"):
        due(ev("2026-01-15", "收件"))


def test_a_filing_after_the_day_asked_has_not_started_the_clock():
    found = due(ev("2026-01-15", "立案"), as_of="2026-01-14")
    assert (found.state, found.flags) == ("no_rule", (flags.NOT_STARTED,))


def test_events_after_the_day_asked_are_ignored():
    later = ev("2026-03-01", "中止审理")
    assert due(ev("2026-01-15", "立案"), later, as_of="2026-02-28").due == d("2026-07-15")


def test_events_may_come_in_any_order():
    shuffled = ev("2026-03-31", "鉴定结束"), ev("2026-01-15", "立案"), ev("2026-03-01", "送鉴定")
    assert due(*shuffled).due == d("2026-08-14")


def test_limit_days_leave_exclusions_out():
    found = due(ev("2026-01-15", "立案"), ev("2026-03-01", "中止"), ev("2026-03-11", "恢复审理"))
    assert found.limit_days == (date(2026, 7, 15) - date(2026, 1, 15)) / timedelta(days=1)


def test_a_history_is_not_changed_by_computing():
    history = case(ev("2026-03-01", "中止"), ev("2026-01-15", "立案"))
    before = history.events
    assert due(*history.events).state == "paused"
    assert history.events == before
