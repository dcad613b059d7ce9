"""What must hold for every timeline (style.md, properties of the clock)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shenguan.core.timelimit import CaseHistory, TimelineEvent, compute
from shenguan.core.timelimit.tests.build import CALENDAR, RULES

FAR = date(2030, 1, 1)
REASONS = {"委托鉴定": "鉴定结束", "公告开始": "公告结束", "中止审理": "恢复审理"}

filing_days = st.dates(date(2022, 1, 1), date(2026, 1, 1))
stretches = st.lists(
    st.tuples(st.sampled_from(sorted(REASONS)), st.integers(0, 260), st.integers(0, 60)), max_size=5
)
procedures = st.sampled_from(["普通程序", "简易程序", "小额诉讼程序"])


def _events(filed: date, spans: list[tuple[str, int, int]]) -> list[TimelineEvent]:
    events = [TimelineEvent(filed, "立案")]
    for name, after, length in spans:
        begin = filed + timedelta(days=after)
        events += [
            TimelineEvent(begin, name),
            TimelineEvent(begin + timedelta(days=length), REASONS[name]),
        ]
    return events


def _due(procedure: str, events: list[TimelineEvent], as_of: date = FAR):
    return compute(CaseHistory("一", "民初", procedure, tuple(events), as_of), RULES, CALENDAR)


@settings(max_examples=300, deadline=None)
@given(filing_days, procedures, stretches)
def test_the_term_that_elapses_is_its_length_and_the_excluded_days(filed, procedure, spans):
    found = _due(procedure, _events(filed, spans))
    assert found.due is not None
    assert (found.due - filed).days == found.limit_days + found.excluded_days


@settings(max_examples=300, deadline=None)
@given(filing_days, procedures, stretches, stretches)
def test_more_suspension_never_gives_an_earlier_date(filed, procedure, spans, more):
    fewer = _due(procedure, _events(filed, spans)).due
    assert _due(procedure, _events(filed, spans + more)).due >= fewer


@settings(max_examples=200, deadline=None)
@given(filing_days, procedures, stretches)
def test_a_suspension_recorded_twice_counts_once(filed, procedure, spans):
    once = _due(procedure, _events(filed, spans))
    assert _due(procedure, _events(filed, spans + spans)).due == once.due


@settings(max_examples=200, deadline=None)
@given(filing_days, procedures, stretches, st.randoms())
def test_the_order_in_which_events_of_different_days_are_given_does_not_matter(
    filed, procedure, spans, rng
):
    events = _events(filed, spans)
    shuffled = sorted(events, key=lambda event: rng.random())
    shuffled.sort(key=lambda event: (event.on, events.index(event)))
    jumbled = shuffled[1::2] + shuffled[::2]
    same_days = len({event.on for event in events}) < len(events)
    if not same_days:
        assert _due(procedure, jumbled).due == _due(procedure, events).due


@settings(max_examples=200, deadline=None)
@given(filing_days, procedures, stretches, st.integers(0, 500))
def test_the_steps_replay_the_date(filed, procedure, spans, days):
    found = _due(procedure, _events(filed, spans), filed + timedelta(days=days))
    assert found.steps[-1].on == found.due
    assert all(step.law for step in found.steps)


@settings(max_examples=200, deadline=None)
@given(filing_days, procedures, stretches, st.integers(0, 500))
def test_a_date_known_early_is_not_moved_by_what_has_not_happened(filed, procedure, spans, days):
    as_of = filed + timedelta(days=days)
    events = _events(filed, spans)
    past = [event for event in events if event.on <= as_of]
    assert _due(procedure, events, as_of) == _due(procedure, past, as_of)


@settings(max_examples=200, deadline=None)
@given(filing_days, procedures, stretches, st.integers(0, 400))
def test_after_the_closing_nothing_changes_any_more(filed, procedure, spans, days):
    closed = TimelineEvent(filed + timedelta(days=days), "宣判")
    before = [event for event in _events(filed, spans) if event.on <= closed.on]
    every = _due(procedure, [*_events(filed, spans), closed])
    assert every == _due(procedure, [*before, closed])
    assert every.state == "closed"
