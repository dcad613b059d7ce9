"""A comparison is honest: both sides in turn, medians, and a line of the agreed shape."""

from __future__ import annotations

from shenguan.lab.measure import Pair, alternate, line, rate_line


def test_both_sides_run_in_turn_after_one_unmeasured_run_each():
    seen: list[str] = []
    pair = alternate(lambda: seen.append("我"), lambda: seen.append("他"), runs=3)
    assert seen == ["我", "他"] * 4
    assert pair.ours >= 0
    assert pair.against is not None


def test_a_bench_without_another_way_has_no_ratio():
    pair = alternate(lambda: None, runs=2)
    assert pair.against is None
    assert line("独行", pair, n=1)["ratio"] is None


def test_a_line_has_the_agreed_keys_and_four_significant_digits():
    got = line("对比", Pair(1.23456, 2.46912), n=10)
    assert got == {
        "name": "对比",
        "ours": 1.235,
        "against": 2.469,
        "ratio": 0.5,
        "unit": "CPU-s",
        "n": 10,
    }


def test_a_rate_is_things_per_cpu_second():
    assert rate_line("速率", Pair(0.5, 1.0), n=100)["ours"] == 200.0
    assert rate_line("速率", Pair(0.5, 1.0), n=100)["ratio"] == 2.0
