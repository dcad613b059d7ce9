"""Whatever a court's rows say one day and the next: said once, a row says nothing new."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from shenguan.programs.intake.diff import Differ
from shenguan.programs.intake.events import event_drafts
from shenguan.programs.intake.identity import CourtFinder
from shenguan.programs.intake.known import after, known
from shenguan.programs.intake.periods import add_periods
from shenguan.programs.intake.rows import Row
from shenguan.rulebook import DATA
from shenguan.rulebook import load as load_rulebook
from shenguan.rulebook.loaders.intake import load

EXCLUSIONS = load(DATA).exclusion_events
NOSHRINK = (Phase.generate,)
DAY = st.integers(0, 40).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
MAYBE_DAY = st.none() | DAY
PEOPLE = st.none() | st.lists(
    st.sampled_from([{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "𠮷某"}]),
    min_size=1,
)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "cause": st.sampled_from([None, "合同纠纷", "离婚纠纷"]),
        "procedure": st.sampled_from([None, "简易程序", "普通程序", "小额诉讼程序", "简易转普通"]),
        "filed_on": MAYBE_DAY,
        "assigned_on": MAYBE_DAY,
        "clock_start_on": MAYBE_DAY,
        "recorded_due_on": MAYBE_DAY,
        "undertaker": st.sampled_from([None, "甲某", "乙某"]),
        "division": st.sampled_from([None, "民一庭", "民二庭"]),
        "presiding": st.sampled_from([None, "丙某"]),
        "hearings": st.none() | st.lists(DAY, min_size=1, max_size=3, unique=True).map(sorted),
        "pronounced_on": MAYBE_DAY,
        "served_on": MAYBE_DAY,
        "closed_on": MAYBE_DAY,
        "ended_on": MAYBE_DAY,
        "disposition": st.sampled_from([None, "判决", "调解"]),
        "converted_on": MAYBE_DAY,
        "parties": PEOPLE,
        "amount": st.none() | st.integers(-5, 5),
        "detained": st.none() | st.booleans(),
        "extension_months": st.none() | st.integers(1, 6),
        "extended_on": MAYBE_DAY,
        "exclusion_kind": st.sampled_from([None, "鉴定", "公告", "其他事由"]),
        "exclusion_from": MAYBE_DAY,
        "exclusion_to": MAYBE_DAY,
        "suspended_on": MAYBE_DAY,
        "resumed_on": MAYBE_DAY,
    },
)


def taken_in(before, row, day):
    """Return the case after a row, everything in it written by case tables."""
    differ = Differ(values=row, known=before, snapshot_on=day).run()
    add_periods(differ, EXCLUSIONS)
    landed = after(before, differ.drafts)
    return known(landed.events, [event.position for event in landed.events]), differ.drafts


@settings(max_examples=300, deadline=None, phases=NOSHRINK)
@given(st.lists(st.tuples(ROWS, DAY), min_size=1, max_size=4), DAY)
def test_a_row_taken_in_twice_adds_nothing_the_second_time(days, again):
    case = known([])
    for row, day in days:
        case, _ = taken_in(case, row, day)
    _, drafts = taken_in(case, days[-1][0], again)
    assert drafts == []


EVENTS = st.lists(
    st.builds(
        lambda kind, day, note, months: {
            "event": kind,
            "occurred_on": day,
            "note": note,
            "months": months,
        },
        st.sampled_from(["立案", "开庭", "中止审理", "延长审限批准"]),
        MAYBE_DAY,
        st.sampled_from([None, "上午", "下午"]),
        st.none() | st.integers(1, 2),
    ),
    max_size=6,
)
IDENTITY = CourtFinder(load_rulebook().codes).identify("（2026）京0101民初1号", "")


@settings(max_examples=300, deadline=None, phases=NOSHRINK)
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_an_event_table_taken_in_twice_adds_nothing_the_second_time(tables):
    case = known([])
    for table in tables:
        rows = [Row("", IDENTITY, dict(values)) for values in table]
        case = after(case, event_drafts(rows, case)[0])
    again = [Row("", IDENTITY, dict(values)) for values in tables[-1]]
    assert event_drafts(again, case)[0] == []


@settings(max_examples=200, deadline=None, phases=NOSHRINK)
@given(st.lists(st.tuples(ROWS, DAY), min_size=1, max_size=3))
def test_the_case_says_what_the_last_row_said(days):
    case = known([])
    for row, day in days:
        case, _ = taken_in(case, row, day)
    row, state = days[-1][0], case.state
    for name in ("cause", "amount", "filed_on", "undertaker", "division", "closed_on"):
        if row.get(name) is not None:
            assert getattr(state, name) == row[name], name
    if row.get("recorded_due_on"):
        assert state.recorded_due == row["recorded_due_on"]
    if row.get("hearings"):
        held = [event.occurred_on for event in case.of("开庭") if event.occurred_on]
        assert sorted(held) == row["hearings"]
