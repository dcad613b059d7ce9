"""The draw: the same again from the same seed, even over many cases, the busy drawn less where balanced."""

from __future__ import annotations

from collections import Counter

import pytest

from shenguan.programs.assignment.drawing import BALANCED, EVEN, Ticket, pick, weighted

THREE = [Ticket(1, "甲"), Ticket(2, "乙"), Ticket(3, "丙")]


def test_a_draw_replays_whatever_the_order_of_the_candidates():
    first = pick("s", "（2026）示0101民初1号", THREE)
    assert pick("s", "（2026）示0101民初1号", list(reversed(THREE))) == first


def test_another_seed_or_another_case_draws_anew():
    drawn = {pick(str(n), "（2026）示0101民初1号", THREE).person_id for n in range(40)}
    assert drawn == {1, 2, 3}
    assert {pick("s", f"（2026）示0101民初{n}号", THREE).person_id for n in range(40)} == {1, 2, 3}


def test_over_many_cases_everyone_gets_about_a_third():
    shares = Counter(pick("s", str(n), THREE).person_id for n in range(3000))
    assert all(900 < count < 1100 for count in shares.values())


def test_where_the_court_balances_the_busy_are_drawn_less():
    loads = [(1, "甲", 30), (2, "乙", 10), (3, "丙", 0)]
    assert [ticket.weight for ticket in weighted(loads, BALANCED)] == [1, 21, 31]
    assert [ticket.weight for ticket in weighted(loads, EVEN)] == [1, 1, 1]


def test_nobody_to_draw_is_an_error():
    with pytest.raises(ValueError, match="没有可以参加随机分案"):
        pick("s", "1", [])
