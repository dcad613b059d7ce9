"""The city meets the published figures, and its clerks agree with the time-limit engine."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shenguan import rulebook
from shenguan.core.timelimit import compute
from shenguan.lab.simulate.dice import Dice, Quota
from shenguan.lab.simulate.report import FAR, NEAR, NOT, calibration, compare
from shenguan.lab.simulate.seen import history_of
from shenguan.lab.simulate.world import FIRST_DAY, LAST_DAY, city_of, world

BOOK = rulebook.load()
SIZE = 8_000


@pytest.fixture(scope="module")
def rows():
    made = world(2024, SIZE, 10, calendar=BOOK.calendar)
    return compare(made, city_of(SIZE, 10), SIZE, (FIRST_DAY, LAST_DAY))


def test_every_applicable_published_figure_is_met(rows):
    assert [row for row in rows if row.verdict == FAR] == []
    assert sum(row.verdict == NEAR for row in rows) > 35


def test_a_figure_that_is_not_compared_says_why(rows):
    assert all(row.remark for row in rows if row.verdict == NOT)


def test_every_published_figure_has_a_source():
    assert all(row["source"] and (row["measure"] or row["why_not"]) for row in calibration())
    assert len([row for row in calibration() if row["table"] == "T11"]) == 40


def test_the_clerks_due_dates_agree_with_the_engine():
    differing = compared = 0
    for case in world(3, 2500, 10, calendar=BOOK.calendar):
        due = compute(history_of(case, LAST_DAY), BOOK.timelimits, BOOK.calendar)
        if case.closed_on and case.due and due.due:
            compared += 1
            differing += due.due != case.due
    assert compared > 1500
    assert differing < 0.01 * compared


def test_even_draws_fill_the_whole_evenly():
    dice = Dice(1)
    points = sorted(dice.even("甲") for _ in range(200))
    assert max(b - a for a, b in pairwise(points)) < 0.02
    assert abs(sum(points) / 200 - 0.5) < 0.01


def test_a_quota_keeps_its_rate():
    dice, quota, given = Dice(2), Quota(0.1), 0
    for _ in range(1000):
        quota.saw()
        given += quota.grants(dice.u())
    assert abs(given - 100) <= 1
