"""Working days as the State Council's notices set them."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.calendar import CalendarNotPublished
from shenguan.rulebook import load

CALENDAR = load().calendar
PUBLISHED = st.dates(date(2019, 2, 1), date(2026, 11, 30))


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_day_of_the_year_agrees_with_chinesecalendar(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_holidays_and_makeup_days_agree_with_chinesecalendar(year):
    days = [date(year, 1, 1) + timedelta(days=i) for i in range(365)]
    ours_off = {d for d in days if CALENDAR.is_legal_holiday(d) and d.weekday() < 5}
    assert ours_off == {d for d in days if chinese_calendar.is_holiday(d) and d.weekday() < 5}
    ours_makeup = {d for d in days if CALENDAR.is_makeup_workday(d)}
    assert ours_makeup == {d for d in days if chinese_calendar.is_workday(d) and d.weekday() > 4}


def test_makeup_days_of_2026_are_those_of_the_notice():
    days = [date(2026, 1, 1) + timedelta(days=i) for i in range(365)]
    assert [d.strftime("%m-%d") for d in days if CALENDAR.is_makeup_workday(d)] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10",
    ]  # fmt: skip


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2027, 1, 1)])
def test_a_year_without_published_calendar_is_refused_in_chinese(day):
    asks = (CALENDAR.is_workday, CALENDAR.is_legal_holiday, CALENDAR.is_makeup_workday)
    for ask in (*asks, CALENDAR.roll, CALENDAR.festival):
        with pytest.raises(CalendarNotPublished, match=f"{day.year}年放假调休安排未公布") as caught:
            ask(day)
        assert caught.value.year == day.year


def test_counting_across_the_last_published_day_is_refused():
    assert CALENDAR.is_workday(date(2026, 12, 31))
    assert CALENDAR.roll(date(2026, 12, 31)) == date(2026, 12, 31)
    assert CALENDAR.add_workdays(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(CalendarNotPublished, match="2027年"):
        CALENDAR.add_workdays(date(2026, 12, 31), 1)
    with pytest.raises(CalendarNotPublished, match="2018年"):
        CALENDAR.add_workdays(date(2019, 1, 2), -1)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 10, 7), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10)),  # a make-up Saturday is a working day
        (date(2026, 10, 11), date(2026, 10, 12)),
        (date(2022, 12, 31), date(2023, 1, 3)),  # off by the notice for 2023
    ],
)
def test_a_period_ending_on_a_day_off_rolls_to_the_next_working_day(day, rolled):
    assert CALENDAR.roll(day) == rolled


def test_new_year_holiday_that_begins_in_december_is_a_legal_holiday():
    assert CALENDAR.is_legal_holiday(date(2022, 12, 31))
    assert not CALENDAR.is_legal_holiday(date(2022, 12, 30))
    assert CALENDAR.festival(date(2022, 12, 31)) == "元旦"


def test_spring_festival_2020_was_prolonged_to_the_second_of_february():
    assert not CALENDAR.is_workday(date(2020, 2, 2))
    assert CALENDAR.is_workday(date(2020, 2, 3))
    assert not CALENDAR.is_makeup_workday(date(2020, 2, 3))  # an ordinary Monday


def test_an_ordinary_weekend_is_off_but_no_legal_holiday():
    assert not CALENDAR.is_workday(date(2026, 3, 7))
    assert not CALENDAR.is_legal_holiday(date(2026, 3, 7))


def test_five_working_days_over_a_makeup_sunday():
    assert CALENDAR.add_workdays(date(2026, 9, 18), 5) == date(2026, 9, 24)
    assert CALENDAR.workdays_between(date(2026, 9, 18), date(2026, 9, 24)) == 5
    assert CALENDAR.add_workdays(date(2026, 9, 18), 0) == date(2026, 9, 18)


@given(PUBLISHED, st.integers(1, 15))
def test_the_nth_working_day_is_n_working_days_away(day, n):
    end = CALENDAR.add_workdays(day, n)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(day, end) == n
    assert CALENDAR.workdays_between(end, day) == -n


@given(PUBLISHED)
def test_rolling_twice_is_rolling_once(day):
    rolled = CALENDAR.roll(day)
    assert rolled >= day
    assert CALENDAR.roll(rolled) == rolled
    assert rolled == day or not CALENDAR.is_workday(rolled - timedelta(days=1))
