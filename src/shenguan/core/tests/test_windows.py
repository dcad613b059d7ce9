"""Boundary days of applying and deciding."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.core.windows import AFTER_DUE, APPLIED_LATE, DECIDED_LATE, SAME_DAY, Windows

CIVIL = Windows(date(2026, 7, 15), 15, 5)


@pytest.mark.parametrize(
    ("on", "flags"),
    [
        (date(2026, 6, 29), []),
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), [APPLIED_LATE]),
    ],
)
def test_applying_fifteen_days_before_is_in_time_fourteen_is_not(on, flags):
    assert CIVIL.on_applying(on) == flags


@pytest.mark.parametrize(
    ("on", "flags"),
    [
        (date(2026, 7, 10), []),
        (date(2026, 7, 11), [DECIDED_LATE]),
        (date(2026, 7, 15), [DECIDED_LATE]),
        (date(2026, 7, 16), [DECIDED_LATE, AFTER_DUE]),
    ],
)
def test_deciding_five_days_before_is_in_time_four_is_not(on, flags):
    assert CIVIL.on_deciding(date(2026, 6, 1), on) == flags


def test_asked_and_decided_on_one_day_is_pointed_out():
    assert CIVIL.on_deciding(date(2026, 6, 1), date(2026, 6, 1)) == [SAME_DAY]


def test_without_a_due_date_or_a_rule_nothing_is_late():
    for windows in (Windows(None, 15, 5), Windows(date(2026, 7, 15))):
        assert windows.on_applying(date(2027, 1, 1)) == []
        assert windows.on_deciding(date(2027, 1, 1), date(2027, 1, 1)) == []
