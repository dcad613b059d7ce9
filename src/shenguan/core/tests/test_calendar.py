"""Working days of an invented year: what a calendar does with whatever notice it is given."""

from datetime import date

import pytest

from shenguan.core.calendar import Calendar, CalendarNotPublished, YearDays

# Invented: Friday 3 May 2030 off, Sunday 5 May worked in its stead.
NOTICE = YearDays(2030, {date(2030, 5, 3): "劳动节"}, {date(2030, 5, 5): "劳动节"}, ("示范通知",))
CALENDAR = Calendar({2030: NOTICE})


@pytest.mark.parametrize(
    ("day", "worked", "holiday", "makeup"),
    [
        (date(2030, 5, 2), True, False, False),
        (date(2030, 5, 3), False, True, False),
        (date(2030, 5, 4), False, False, False),
        (date(2030, 5, 5), True, False, True),
        (date(2030, 5, 6), True, False, False),
    ],
)
def test_the_notice_moves_days_off_and_days_worked(day, worked, holiday, makeup):
    assert CALENDAR.is_workday(day) is worked
    assert CALENDAR.is_legal_holiday(day) is holiday
    assert CALENDAR.is_makeup_workday(day) is makeup


def test_a_period_rolls_to_the_makeup_sunday():
    assert CALENDAR.roll(date(2030, 5, 3)) == date(2030, 5, 5)


def test_working_days_are_counted_after_the_first_day():
    assert CALENDAR.workdays_between(date(2030, 5, 2), date(2030, 5, 6)) == 2
    assert CALENDAR.workdays_between(date(2030, 5, 6), date(2030, 5, 2)) == -2
    assert CALENDAR.add_workdays(date(2030, 5, 2), 2) == date(2030, 5, 6)
    assert CALENDAR.add_workdays(date(2030, 5, 6), -2) == date(2030, 5, 2)


def test_another_year_is_refused_not_guessed():
    with pytest.raises(CalendarNotPublished, match="2031年放假调休安排未公布或未载入"):
        CALENDAR.is_workday(date(2031, 1, 1))
    with pytest.raises(CalendarNotPublished, match="2029年"):
        CALENDAR.roll(date(2029, 12, 31))


def test_a_notice_that_calls_a_day_both_off_and_worked_is_refused():
    day = date(2030, 1, 1)
    with pytest.raises(ValueError, match="既列为放假又列为补班"):
        YearDays(2030, {day: "元旦"}, {day: "元旦"})


def test_a_day_of_the_december_before_counts_when_that_year_is_held():
    later = YearDays(2031, {date(2030, 12, 31): "元旦"}, {})
    assert CALENDAR.is_workday(date(2030, 12, 31))
    assert not Calendar({2030: NOTICE, 2031: later}).is_workday(date(2030, 12, 31))
