from __future__ import annotations

from fractions import Fraction
from statistics import median, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.indicator import figure, printing
from shenguan.core.indicator.change import contributions, plain_contributions
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Reference
from shenguan.core.indicator.period import Period, add_months
from shenguan.core.indicator.terms import parse_term, refs_of, whole
from shenguan.core.indicator.tests.world import LIBRARY

PERIODS_IN_WORDS = (
    ("2026-10", "2026年10月"),
    ("2026-01..2026-10", "2026年1月至10月"),
    ("2026-07..2026-09", "2026年第三季度"),
    ("2026", "2026年"),
    ("2025-11..2026-02", "2025年11月至2026年2月"),
    ("2026-01-05..2026-02-04", "2026年1月5日至2026年2月4日"),
)
PERIODS_AS_COURTS_WRITE_THEM = (
    ("2026年1-10月", "2026-01..2026-10"),
    ("2026年1—10月", "2026-01..2026-10"),
    ("2026年上半年", "2026-01..2026-06"),
    ("2026年下半年", "2026-07..2026-12"),
    ("2026年3季度", "2026-07..2026-09"),
)
RATE = LIBRARY.indicators["timely_rate"]
pairs = st.tuples(st.integers(0, 50), st.integers(0, 50))
groups = st.dictionaries(st.tuples(st.integers(0, 6)), pairs, max_size=6)


def test_an_empty_base_is_empty_and_a_small_one_is_said_to_be_small():
    assert figure.quotient(RATE, 0, 0).state == figure.EMPTY
    assert figure.quotient(RATE, 0, 0).value is None
    assert figure.quotient(RATE, 1, 1).state == figure.FEW
    assert figure.quotient(RATE, 1, 2).state == figure.OK


@given(st.lists(st.integers(-50, 500), min_size=1, max_size=40))
def test_the_median_of_a_histogram_is_the_median_of_the_list(values: list[int]):
    found = figure.quantile(RATE, [(value, 1) for value in values], 500)
    assert found.exact == Fraction(median(values))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_evenness_is_one_minus_relative_spread(monthly: list[int]):
    found = figure.evenness(monthly)
    if sum(monthly) == 0 or len(monthly) == 1:
        assert found.state == figure.EMPTY
    else:
        mean = sum(monthly) / len(monthly)
        assert found.value == pytest.approx(1 - pstdev(monthly) / mean)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounding", "text"),
    [
        (548, 613, "half_up", "89.40%"),
        (548, 613, "truncate", "89.39%"),
        (585, 16328, "truncate", "3.58%"),
        (1, 1, "half_up", "100.00%"),
        (1, 800, "half_up", "0.13%"),
    ],
)
def test_a_share_is_printed_from_integers(
    numerator: int, denominator: int, rounding: str, text: str
):
    value = Figure(numerator, denominator, figure.OK).exact
    assert value is not None
    assert printing.digits(value * 100, 2, rounding) + "%" == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "published", "said"),
    [
        (93, 109, "85.32", "一致"),
        (548, 613, "89.39", "截断一致"),
        (140, 152, "92.12", "末位差一"),
        (140, 152, "93.12", "不一致"),
        (585, 16328, "3.5", "截断一致"),
    ],
)
def test_a_published_value_is_compared_and_the_difference_named(
    numerator: int, denominator: int, published: str, said: str
):
    assert (
        printing.agreement(Figure(numerator, denominator, figure.OK), "percent", published) == said
    )


@pytest.mark.parametrize(("numerator", "zone"), [(95, "达标"), (99, "优异"), (80, "未达标")])
def test_standing_is_against_the_interval_of_the_line(numerator: int, zone: str):
    from dataclasses import replace

    indicator = replace(RATE, unit="percent")
    reference = Reference("民事", low=90, high=98, excellent_low=98.5, source="本院")
    version = replace(RATE.versions[0], reference=(reference,))
    shown = Figure(numerator, 100, figure.OK)
    assert printing.standing(indicator, version, shown, "民事") == zone
    assert printing.standing(indicator, version, shown, "刑事") == "无参考值"
    assert printing.standing(replace(indicator, statistic=True), version, shown, "民事") == ""


@given(groups, groups)
def test_contributions_add_up_exactly(before: dict, after: dict):
    wholes = [
        [sum(pair[at] for pair in side.values()) for at in (0, 1)] for side in (before, after)
    ]
    if wholes[0][1] == 0 or wholes[1][1] == 0:
        return
    parts = contributions(before, after)
    change = Fraction(*wholes[1]) - Fraction(*wholes[0])
    assert sum((part.total for part in parts), Fraction(0)) == change


def test_a_change_of_mix_alone_is_all_mix():
    before, after = {(1,): (9, 10), (2,): (1, 10)}, {(1,): (18, 20), (2,): (1, 10)}
    parts = contributions(before, after)
    assert [part.within for part in parts] == [0, 0]
    mix = sum((part.mix for part in parts), Fraction(0))
    assert mix == Fraction(19, 30) - Fraction(1, 2)


def test_counts_split_plainly():
    parts = plain_contributions({(1,): 3}, {(1,): 5, (2,): 1})
    assert [(part.key, int(part.total)) for part in parts] == [((1,), 2), ((2,), 1)]


def test_formulas_read_and_refuse():
    term = parse_term("365*pending@end + (a - 2)*3")
    assert [ref.code for ref in refs_of(term)] == ["pending", "a"]
    assert whole(term, lambda ref: 2) == 730
    assert [ref.code for ref in refs_of(parse_term("period_days * a"))] == ["a"]
    for text in ("a / b", "a +", "a @ b", "a@middle", "(a", "a b", "结案", ""):
        with pytest.raises(IndicatorError, match="算式"):
            parse_term(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026Q3", "2026-07-01", "2026-09-30"),
        ("2026-01..2026-10", "2026-01-01", "2026-10-31"),
        ("2025-12-26..2026-01-25", "2025-12-26", "2026-01-25"),
    ],
)
def test_periods_are_read_and_written_back(text: str, start: str, end: str):
    period = Period.parse(text)
    assert (str(period.start), str(period.end)) == (start, end)
    assert Period.parse(period.text) == period


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-05..2026-01", "明年"])
def test_what_is_no_period_is_refused(text: str):
    with pytest.raises(IndicatorError, match="统计期"):
        Period.parse(text)


def test_same_period_last_year_and_the_one_before():
    period = Period.parse("2024-02..2024-03")
    assert period.last_year().text == "2023-02..2023-03"
    assert period.before().text == "2023-12..2024-01"
    leap = Period.parse("2024-02-29")
    assert leap.last_year().text == "2023-02-28..2023-02-28"
    assert str(add_months(leap.start, 12)) == "2025-02-28"


@pytest.mark.parametrize(("text", "words"), PERIODS_IN_WORDS)
def test_a_period_said_in_words_is_read_back(text: str, words: str):
    assert Period.parse(text).words == words
    assert Period.parse(words).text == text


@pytest.mark.parametrize(("written", "text"), PERIODS_AS_COURTS_WRITE_THEM)
def test_periods_are_read_as_courts_write_them(written: str, text: str):
    assert Period.parse(written).text == text
