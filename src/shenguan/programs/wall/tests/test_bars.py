"""Bars share one scale that begins at nought."""

from __future__ import annotations

from shenguan.programs.wall.bars import FOOT, HEIGHT, bars


def test_the_highest_bar_fills_the_room_and_nought_has_no_height():
    first, second = bars(["01月", "02月"], [10, 0], [5, 10])
    assert first.filed_height == second.closed_height == HEIGHT - FOOT - 30
    assert second.filed_height == 0
    assert first.closed_height * 2 == first.filed_height


def test_a_year_without_cases_draws_nothing_wrong():
    assert all(bar.filed_height == 0 for bar in bars(["01月"], [0], [0]))
