"""The draw: every case's chance is its stratum's rate, every judge has the minimum, every draw repeats."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from math import inf, sqrt

import pytest

from shenguan.core.sampling import (
    Design,
    Frame,
    Unit,
    digest_of,
    naive_draw,
    share,
    simulate,
    spread,
)

DRAWS = 10_000
SIGMAS = 4.5
"""How far a case's share over the draws may lie from its chance: fewer than 1 in 100,000 goes beyond."""
JUDGES = {"甲一": (9, 3), "甲二": (4, 2), "甲三": (2, 0), "甲四": (1, 1), "甲五": (0, 1)}
"""Judge → cases of 普通程序 and of 简易程序."""
FEW = {"甲一": (5, 1), "甲二": (1, 1), "甲三": (0, 1)}
"""The same kinds of judges with fewer cases: ten thousand draws of these are quick."""
RATE, RATES = Fraction(1, 5), {"简易程序": Fraction(1, 7)}


def listed(judges=JUDGES) -> list[Unit]:
    return [
        Unit(f"（2026）示0101民初{judge}{cell}{n}号", cell, f"法官{judge}")
        for judge, counts in judges.items()
        for cell, count in zip(("普通程序", "简易程序"), counts, strict=True)
        for n in range(count)
    ]


def shares(draw) -> Counter[str]:
    return Counter(key for n in range(DRAWS) for key in draw(f"第{n}次"))


def astray(times: int, chance: Fraction) -> float:
    """Return how many standard deviations a count over the draws lies from its mean; a sure case, none or all."""
    if chance == 1:
        return 0.0 if times == DRAWS else inf
    p = float(chance)
    return abs(times - DRAWS * p) / sqrt(DRAWS * p * (1 - p))


CHANCES = {
    0: {"甲一": "1/5 1/7", "甲二": "1/5 1/7", "甲三": "1/5 1/7"},
    1: {"甲一": "1/5 1/7", "甲二": "15/29 14/29", "甲三": "1 1"},
    2: {"甲一": "29/85 5/17", "甲二": "1 1", "甲三": "1 1"},
}
"""Minimum per judge → judge → chance of a case of 普通程序 and of 简易程序, worked out by hand."""


def by_hand(minimum: int, unit: Unit) -> Fraction:
    chances = CHANCES[minimum][unit.judge.removeprefix("法官")].split()
    return Fraction(chances[unit.cell == "简易程序"])


@cache
def drawn(minimum: int) -> Counter[str]:
    return shares(Frame(listed(FEW), Design(RATE, minimum, RATES)).draw)


@pytest.mark.parametrize("minimum", CHANCES)
def test_a_minimum_raises_the_rates_of_judges_who_fall_short_and_nobody_else_s(minimum):
    frame = Frame(listed(FEW), Design(RATE, minimum, RATES))
    assert {u: frame.chance(u) for u in frame.units} == {
        u: by_hand(minimum, u) for u in frame.units
    }
    assert all(frame.chance(unit) >= frame.design.rate_of(unit.cell) for unit in frame.units)


@pytest.mark.parametrize("minimum", [0, 1])  # with 1 some judges' rates are raised, others stand
def test_over_ten_thousand_draws_every_case_s_chance_is_its_stratum_s_rate(minimum):
    for unit in listed(FEW):
        assert astray(drawn(minimum)[unit.key], by_hand(minimum, unit)) < SIGMAS, unit


def test_a_naive_draw_with_a_cap_misses_the_rate_for_every_case_of_the_same_list():
    units = listed(FEW)
    naive = shares(lambda seed: naive_draw(units, RATE, 1, seed))
    assert min(astray(naive[unit.key], RATE) for unit in units) > SIGMAS
    for unit in units:
        too_few = naive[unit.key] / DRAWS < RATE
        assert too_few == (unit.judge == "法官甲一")  # the busy judge's cases, by the cap
        if unit.cell == "普通程序":
            assert astray(drawn(0)[unit.key], RATE) < SIGMAS  # ours, at the very same rate


@pytest.mark.parametrize("minimum", [1, 2, 5])
def test_every_judge_has_the_minimum_or_all_of_the_cases_in_every_draw(minimum):
    frame = Frame(listed(), Design(RATE, minimum, RATES))
    sizes = Counter(unit.judge for unit in frame.units)
    of = {unit.key: unit.judge for unit in frame.units}
    for n in range(200):
        taken = Counter(of[key] for key in frame.draw(f"抽{n}"))
        assert all(taken[judge] >= min(minimum, size) for judge, size in sizes.items())


@pytest.mark.parametrize("minimum", [0, 2])
def test_every_stratum_takes_the_floor_or_ceiling_of_its_mean(minimum):
    frame = Frame(listed(), Design(RATE, minimum, RATES))
    of = {unit.key: unit for unit in frame.units}
    for n in range(200):
        drawn = frame.draw(f"抽{n}")
        assert abs(len(drawn) - frame.expected) < 1
        taken = Counter((of[k].cell, of[k].judge if minimum else "") for k in drawn)
        for stratum in frame.strata:
            least, most = stratum.bounds
            assert least <= taken[stratum.cell, stratum.judge] <= most


def test_the_same_seed_gives_the_same_list_bit_for_bit_whatever_order_it_came_in():
    units = listed()
    one = Frame(units, Design(RATE, 1))
    other = Frame(units[::-1], Design(RATE, 1))
    assert one.draw("20260618") == other.draw("20260618")
    assert one.digest == other.digest
    assert (
        digest_of(one.draw("20260618"))
        == "7dfa80fc67c39120f1af31ab13b27620e0ac3b4c5c570cc83578fa2287fa5b19"
    )
    assert one.draw("20260618") != one.draw("20260619")


def test_a_list_changed_by_one_case_has_another_digest():
    units = listed()
    assert Frame(units, Design(RATE)).digest != Frame(units[:-1], Design(RATE)).digest
    assert Frame(units, Design(RATE)).digest != Frame(units, Design(Fraction(1, 4))).digest


def test_all_and_none_are_drawn_at_the_ends():
    units = listed()
    assert len(Frame(units, Design(Fraction(1))).draw("x")) == len(units)
    assert Frame(units, Design(Fraction(0))).draw("x") == ()
    assert Frame([], Design(RATE)).draw("x") == ()


@pytest.mark.parametrize(
    ("units", "design", "said"),
    [
        ([Unit("a", "", ""), Unit("a", "", "")], Design(RATE), "a重复"),
        ([], Design(Fraction(3, 2)), "0到100%"),
        ([], Design(RATE, -1), "负数"),
    ],
)
def test_a_bad_list_or_plan_is_refused(units, design, said):
    with pytest.raises(ValueError, match=said):
        Frame(units, design)


def test_a_trial_tells_what_to_expect_and_nothing_of_the_draw():
    frame = Frame(listed(), Design(RATE, 1, RATES))
    cells, judges = simulate(frame, 100)
    assert [one.name for one in judges] == sorted(f"法官{judge}" for judge in JUDGES)
    assert all(one.least >= 1 for one in judges)
    assert sum(one.size for one in cells) == len(frame.units)


def test_reviewers_are_burdened_evenly_and_a_case_nobody_may_take_is_left_out():
    people = {f"案{n}": ["甲", "乙", "丙"] for n in range(9)} | {"案10": ["甲"], "案11": []}
    given = spread(people, people, "种子")
    assert given == spread(people, people, "种子")
    assert given["案10"] == "甲"
    assert "案11" not in given
    assert sorted(Counter(given.values()).values()) == [3, 3, 4]


def test_a_share_for_second_review_is_drawn_by_the_same_rule():
    keys = [f"案{n}" for n in range(10)]
    assert len(share(keys, Fraction(3, 10), "种子")) == 3
    assert share(keys, Fraction(3, 10), "种子") == share(keys, Fraction(3, 10), "种子")
