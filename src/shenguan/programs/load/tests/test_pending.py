"""What a case in hand counts as, week by week, at the edges of each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shenguan.programs.load.pending import WEEKS, InHand, counts, kinds_of, weeks_from
from shenguan.programs.load.ready import stage_of
from shenguan.programs.load.tables import evenness, level

WEDNESDAY = date(2026, 7, 8)
SCHEDULE = {"overdue", "later", "open_ended", "paused", *(f"week{n}" for n in range(1, WEEKS + 1))}


def case(
    due: date | None = None, *, paused: date | None = None, filed: date = date(2026, 1, 15)
) -> InHand:
    return InHand(
        1, "（2026）示0101民初1号", "合同纠纷", 1, 1, None, 1, "法官甲一", filed, due, paused, ""
    )


def test_the_first_week_begins_with_the_day_and_ends_on_sunday():
    first, second, *_rest, last = weeks_from(WEDNESDAY)
    assert (first.start, first.end) == (WEDNESDAY, date(2026, 7, 12))
    assert (second.start, second.end) == (date(2026, 7, 13), date(2026, 7, 19))
    assert (last.number, last.end) == (8, date(2026, 8, 30))


@pytest.mark.parametrize(
    ("due", "kind"),
    [
        (date(2026, 7, 7), "overdue"),
        (date(2026, 7, 8), "week1"),
        (date(2026, 7, 12), "week1"),
        (date(2026, 7, 13), "week2"),
        (date(2026, 8, 30), "week8"),
        (date(2026, 8, 31), "later"),
        (None, "open_ended"),
    ],
)
def test_a_due_day_falls_into_one_week(due, kind):
    assert kinds_of(case(due), WEDNESDAY) & SCHEDULE == {kind}


def test_a_suspended_case_has_no_week_until_it_goes_on():
    paused = case(date(2026, 7, 10), paused=date(2026, 6, 1))
    assert kinds_of(paused, WEDNESDAY) & SCHEDULE == {"paused"}


@pytest.mark.parametrize(("left", "is_soon"), [(-1, False), (0, True), (15, True), (16, False)])
def test_soon_is_today_up_to_fifteen_days(left, is_soon):
    assert ("soon" in kinds_of(case(WEDNESDAY + timedelta(days=left)), WEDNESDAY)) == is_soon


@pytest.mark.parametrize(
    ("filed", "is_long"), [(date(2025, 7, 7), True), (date(2025, 7, 8), False)]
)
def test_twelve_months_are_exceeded_on_the_day_after(filed, is_long):
    assert ("long" in kinds_of(case(None, filed=filed), WEDNESDAY)) == is_long


def test_every_case_in_hand_stands_in_exactly_one_place_of_the_plan():
    days = [WEDNESDAY + timedelta(days=n) for n in range(-5, 90)]
    found = counts([case(day) for day in days], WEDNESDAY)
    assert found["pending"] == len(days) == sum(found[key] for key in SCHEDULE)


def test_evenness_is_one_when_all_have_the_same_and_said_of_two_or_more():
    assert evenness([10, 10, 10]) == "1.00"
    assert evenness([0, 20]) == "0.00"
    assert evenness([7]) == "—"
    assert evenness([0, 0]) == "—"


@pytest.mark.parametrize(
    ("due", "weekly", "expected"),
    [(0, 3.0, 0), (3, 3.0, 1), (4, 3.0, 2), (6, 3.0, 3), (1, 0.1, 1), (2, 0.1, 3)],
)
def test_a_week_is_measured_by_the_judges_own_pace(due, weekly, expected):
    assert level(due, weekly) == expected


HEARD = ("开庭", date(2026, 6, 1), {})
DELIBERATED = ("合议", date(2026, 6, 10), {})


def stage(*events, single=False):
    return stage_of(events, single=single, on=WEDNESDAY)


def test_heard_and_deliberated_is_ready_since_the_deliberation():
    assert stage(HEARD, DELIBERATED) == ("已合议未签发", date(2026, 6, 10))


def test_a_bench_that_has_not_deliberated_is_not_ready():
    assert stage(HEARD) is None
    assert stage(DELIBERATED) is None


def test_a_single_judge_is_ready_after_the_hearing():
    assert stage(HEARD, single=True) == ("独任庭审后未裁判", date(2026, 6, 1))


def test_heard_again_after_deliberation_is_not_ready():
    assert stage(HEARD, DELIBERATED, ("开庭", date(2026, 6, 20), {})) is None


def test_signed_or_served_and_not_reported_is_said():
    assert stage(HEARD, DELIBERATED, ("签发", date(2026, 6, 15), {})) == (
        "已签发未报结",
        date(2026, 6, 15),
    )


@pytest.mark.parametrize(("day", "is_ready"), [("2026-07-07", True), ("2026-07-08", False)])
def test_a_hearing_still_to_come_means_not_ready(day, is_ready):
    again = ("排期", date(2026, 6, 12), {"hearing_on": day})
    assert (stage(HEARD, DELIBERATED, again) is not None) == is_ready
