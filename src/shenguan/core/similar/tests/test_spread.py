import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.similar.spread import LEAST, departure, rarity, share, spread


def test_wilson_interval_of_a_known_share():
    # 10 of 20: 0.2993 … 0.7007 (Wilson 1927 with z = 1.96)
    found = share(10, 20)
    assert found.value == 0.5
    assert (found.low, found.high) == pytest.approx((0.2993, 0.7007), abs=1e-4)


def test_nothing_is_known_of_no_cases():
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)
    assert spread([]) is None


def test_the_interval_of_the_median_is_that_of_the_tables():
    # n = 20: ranks 6 and 15 hold the median with 95.9 %
    found = spread([float(n) for n in range(1, 21)])
    assert found is not None
    assert (found.median, found.median_low, found.median_high) == (10.5, 6.0, 15.0)


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_fewer_than_twenty_close_cases_say_nothing(n):
    assert departure("刑期", "个月", 36, [12.0] * n) is None
    assert rarity("支持", ["支持"] * n) is None


def test_a_term_outside_the_inner_range_departs_and_says_how_many_go_as_far():
    close = [float(n) for n in range(6, 46)]  # 40 cases, 6 to 45 months
    found = departure("刑期", "个月", 44, close)
    assert found is not None
    assert found.departs
    assert (found.beyond.count, found.beyond.of) == (2, 40)
    inside = departure("刑期", "个月", 30, close)
    assert inside is not None
    assert not inside.departs


def test_a_rare_outcome_departs_only_when_it_is_surely_rare():
    usual = ["部分支持"] * 38
    rare = rarity("驳回诉讼请求", [*usual, "驳回诉讼请求", "支持"])
    assert rare is not None
    assert rare.departs
    assert rare.usual == "部分支持"
    unsure = rarity("驳回诉讼请求", ["部分支持"] * 18 + ["驳回诉讼请求"] * 2)
    assert unsure is not None
    assert not unsure.departs  # 2 of 20: up to 30 % is possible


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_the_parts_stand_in_order(numbers):
    found = spread(numbers)
    assert found is not None
    assert min(numbers) <= found.low <= found.median <= found.high <= max(numbers)
    assert found.median_low <= found.median <= found.median_high
