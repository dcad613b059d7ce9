from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.facts import day_of
from shenguan.core.facts.case import Reading, case_facts
from shenguan.core.facts.intervals import Interval, excluded_days
from shenguan.core.facts.narrow import Narrow
from shenguan.core.facts.tests.making import CONTEXT, NAMES, case, due, told

START = ("登记", None, {"case_type": "民初", "procedure": "普通程序"}), ("立案", "2026-01-05")


def rows_of(*events, clock=None):
    reading = Reading(case(told(*START, *events), clock))
    return Narrow(reading, case_facts(reading, CONTEXT), CONTEXT)


def stretch(begin: int, end: int | None, *, counted: bool = True) -> Interval:
    start = date.fromordinal(739000 + begin)
    until = None if end is None else date.fromordinal(739000 + end)
    return Interval("委托鉴定", start, until, counted, start, until)


def test_overlapping_stretches_count_once():
    assert excluded_days([stretch(0, 10), stretch(5, 15), stretch(15, 16)], None, None) == 16


def test_a_stretch_open_at_closing_ends_there_and_takes_nothing_off_an_open_case():
    end = date.fromordinal(739020)
    assert excluded_days([stretch(0, None)], None, end) == 20
    assert excluded_days([stretch(0, None)], None, None) == 0


def test_what_the_law_does_not_count_takes_nothing_off():
    assert excluded_days([stretch(0, 10, counted=False)], None, None) == 0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=6))
def test_the_union_is_the_number_of_days_in_any_stretch(pairs):
    stretches = [stretch(begin, begin + length) for begin, length in pairs]
    days = {day for begin, length in pairs for day in range(begin, begin + length)}
    assert excluded_days(stretches, None, None) == len(days)


def test_a_stretch_has_its_reason_its_days_and_the_judge_of_its_beginning():
    (row,) = rows_of(
        ("分案", "2026-01-06", {"undertaker": "甲", "division": "一庭"}),
        ("委托鉴定", "2026-02-01"),
        ("变更承办人", "2026-02-05", {"undertaker": "乙乙"}),
        ("鉴定结束", "2026-02-11"),
        clock=due("2026-07-05", ("2026-02-01", "2026-02-11")),
    ).intervals()
    assert (row["reason"], row["days"], row["judge"]) == (NAMES["事件"]["委托鉴定"], 10, 7001)
    assert (row["counted"], row["statutory"]) == (True, True)


def test_local_stretches_are_recorded_and_marked():
    (row,) = rows_of(
        ("其他扣除开始", "2026-02-01"), ("其他扣除结束", "2026-02-11"), clock=due()
    ).intervals()
    assert (row["counted"], row["statutory"]) == (False, False)


def test_an_end_finds_the_beginning_of_its_own_kind():
    first, second = rows_of(
        ("委托鉴定", "2026-02-01", {"kind": "造价"}),
        ("委托鉴定", "2026-02-03", {"kind": "伤残"}),
        ("鉴定结束", "2026-02-13", {"kind": "伤残"}),
    ).intervals()
    assert (first["end_on"], second["days"]) == (None, 10)


def test_an_adjournment_is_a_stretch_only_where_it_stopped_the_clock():
    events = ("延期开庭", "2026-02-01"), ("开庭", "2026-02-11")
    assert rows_of(*events).intervals() == []
    assert len(rows_of(*events, clock=due(None, ("2026-02-01", "2026-02-11"))).intervals()) == 1


def test_hearings_and_steps_are_rows_by_day():
    narrow = rows_of(
        ("开庭", "2026-03-05"),
        ("开庭", "2026-02-05", {"broadcast": True, "closed": False}),
        ("信访", "2026-03-01", {"kind": "来访", "result": "办结"}),
    )
    assert [row["broadcast"] for row in narrow.hearings()] == [True, False]
    (step,) = narrow.steps()
    assert (step["kind"], step["settled"]) == (NAMES["事件"]["信访"], True)


def test_a_stretch_never_runs_on_beyond_the_closing():
    still_open, too_long = rows_of(
        ("委托鉴定", "2026-02-01"),
        ("公告开始", "2026-02-03"),
        ("公告结束", "2026-06-01"),
        ("报结", "2026-03-01", {"disposition": "判决"}),
    ).intervals()
    assert still_open["end_on"] == too_long["end_on"] == day_of(date(2026, 3, 1))
    assert (still_open["days"], too_long["days"]) == (28, 26)
