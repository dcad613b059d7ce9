from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.calendar import Calendar, YearDays
from shenguan.core.ladder import (
    AFTER,
    BEFORE,
    MONTHS,
    NOTICE,
    NOWHERE,
    SHARE,
    SINCE,
    SUPERVISE,
    UNANSWERED,
    URGE,
    WORKDAYS_BEFORE,
    Asked,
    Ladder,
    Rung,
    Span,
    answer_by,
    next_change,
    reached,
    rungs_from,
    schedule,
)

CALENDAR = Calendar({2026: YearDays(2026, {date(2026, 6, 19): "端午"}, {})})
LIMITS = Ladder(
    rungs=(
        Rung(NOTICE, SHARE, Fraction(2, 3)),
        Rung(URGE, BEFORE, 10),
        Rung(SUPERVISE, BEFORE, 3),
        Rung(SUPERVISE, AFTER, 1),
    ),
    short=(Rung(NOTICE, SHARE, Fraction(1, 2)), Rung(URGE, SHARE, Fraction(5, 6))),
    short_below=89,
    answer_workdays=3,
)
FILED, DUE = date(2026, 1, 15), date(2026, 7, 15)
SPAN = Span(FILED, DUE, 181)


def level_on(day: date, span: Span = SPAN, ladder: Ladder = LIMITS, asked: Asked | None = None):
    return reached(ladder, schedule(ladder, span, CALENDAR), day, asked).level


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2026-05-15", ""),
        ("2026-05-16", NOTICE),
        ("2026-07-04", NOTICE),
        ("2026-07-05", URGE),
        ("2026-07-11", URGE),
        ("2026-07-12", SUPERVISE),
        ("2026-07-15", SUPERVISE),
        ("2026-07-16", SUPERVISE),
    ],
)
def test_each_rung_begins_on_its_day(day, level):
    assert level_on(date.fromisoformat(day)) == level


@pytest.mark.parametrize(("used", "level"), [(14, ""), (15, NOTICE), (24, NOTICE), (25, URGE)])
def test_a_short_limit_is_watched_by_shares(used, level):
    span = Span(FILED, FILED + timedelta(days=30), 30)
    assert level_on(FILED + timedelta(days=used), span) == level


def test_days_that_do_not_count_put_every_rung_off():
    later = Span(FILED, DUE + timedelta(days=30), 181)
    assert level_on(date(2026, 6, 14), later) == ""
    assert level_on(date(2026, 6, 15), later) == NOTICE


def test_unanswered_urging_becomes_supervision_the_day_after():
    asked = Asked(date(2026, 7, 5), date(2026, 7, 8))
    assert level_on(date(2026, 7, 8), asked=asked) == URGE
    now = reached(LIMITS, schedule(LIMITS, SPAN, CALENDAR), date(2026, 7, 9), asked)
    assert (now.level, now.since) == (SUPERVISE, date(2026, 7, 9))
    assert UNANSWERED in now.rung


def test_an_answer_and_a_dispute_about_the_data_hold_the_escalation():
    days = schedule(LIMITS, SPAN, CALENDAR)
    answered = Asked(date(2026, 7, 5), date(2026, 7, 8), answered=True)
    assert reached(LIMITS, days, date(2026, 7, 9), answered).level == URGE
    open_ask = Asked(date(2026, 7, 5), date(2026, 7, 8))
    assert reached(LIMITS, days, date(2026, 7, 9), open_ask, held=True).level == URGE


def test_an_answer_is_owed_after_working_days():
    assert answer_by(LIMITS, date(2026, 6, 17), CALENDAR) == date(2026, 6, 23)  # 19th is a holiday
    assert answer_by(Ladder(()), date(2026, 6, 17), CALENDAR) is None


def test_without_a_published_calendar_counting_back_keeps_room():
    ladder = Ladder((Rung(NOTICE, WORKDAYS_BEFORE, 5),))
    (only,) = schedule(ladder, Span(due=date(2027, 6, 30)), CALENDAR)
    assert only[0] == date(2027, 6, 15)


def test_more_than_twelve_months_begin_the_day_after_the_corresponding_day():
    ladder = Ladder((Rung(NOTICE, MONTHS, 12), Rung("", SINCE, 400)))
    span = Span(date(2024, 2, 29))
    assert level_on(date(2025, 2, 28), span, ladder) == ""
    assert level_on(date(2025, 3, 1), span, ladder) == NOTICE
    assert level_on(date(2025, 4, 4), span, ladder) == ""


def test_a_span_without_the_anchor_reaches_nothing():
    assert reached(LIMITS, schedule(LIMITS, Span(FILED), CALENDAR), DUE) == NOWHERE


@given(st.integers(0, 400), st.integers(20, 400), st.integers(0, 90))
def test_the_level_changes_on_no_day_but_the_next_change(start, limit, excluded):
    due = FILED + timedelta(days=limit + excluded)
    days = schedule(LIMITS, Span(FILED, due, limit), None)
    today = FILED + timedelta(days=start)
    then = next_change(days, today)
    until = then or today + timedelta(days=500)
    for day in (today + timedelta(days=1), until - timedelta(days=1)):
        if today < day < until:
            assert reached(LIMITS, days, day) == reached(LIMITS, days, today)
    if then is not None:
        assert reached(LIMITS, days, then) != reached(LIMITS, days, today)


@given(st.integers(20, 400), st.integers(0, 90), st.integers(0, 500))
def test_more_suspension_never_warns_earlier(limit, more, after):
    today = FILED + timedelta(days=after)
    levels = ["", NOTICE, URGE, SUPERVISE]
    due = FILED + timedelta(days=limit)
    now = level_on(today, Span(FILED, due, limit))
    later = level_on(today, Span(FILED, due + timedelta(days=more), limit))
    assert levels.index(later) <= levels.index(now)


@pytest.mark.parametrize(
    "entry",
    [{"level": NOTICE}, {"before": 1, "after": 1}, {"before": 1, "level": "警告"}, {"x": 1}],
)
def test_an_unreadable_rung_is_refused_with_its_text(entry):
    with pytest.raises(ValueError, match="梯级"):
        rungs_from([entry])
