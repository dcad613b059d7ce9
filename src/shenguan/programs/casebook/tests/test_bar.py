"""The drawing of a clock: everything within its frame, nothing on top of another label."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shenguan.core.timelimit import Due, Interval
from shenguan.programs.casebook.bar import WIDTH, Extension, clock_bar

START = date(2026, 1, 15)


def due_of(due: date | None, *intervals: Interval) -> Due:
    return Due(
        id="一",
        due=due,
        due_local=None,
        state="running",
        days_left=None,
        excluded_days=0,
        in_time=None,
        flags=(),
        start_on=START,
        trace=lambda: ((), intervals),
    )


def bar_of(due, *, on, closed_on=None, governing=None, extensions=()):
    return clock_bar(
        due,
        governing=governing or due.due,
        filed_on=START,
        closed_on=closed_on,
        extensions=extensions,
        on=on,
    )


def test_time_used_left_and_over_the_limit_are_told_apart():
    due = due_of(date(2026, 7, 15))
    before = bar_of(due, on=date(2026, 3, 1))
    after = bar_of(due, on=date(2026, 8, 1))
    assert [piece.kind for piece in before.stretches] == ["used", "left"]
    assert [piece.kind for piece in after.stretches] == ["used", "over"]


def test_a_closed_case_has_no_today():
    bar = bar_of(due_of(date(2026, 7, 15)), on=date(2026, 9, 1), closed_on=date(2026, 5, 1))
    assert {flag.kind for flag in bar.flags} == {"start", "closed", "due"}


def test_an_open_suspension_reaches_to_today():
    pause = Interval("中止审理", date(2026, 3, 1), None, counted=True)
    bar = bar_of(due_of(None, pause), on=date(2026, 6, 1))
    (fact,) = [fact for fact in bar.facts if fact.what == "中止审理"]
    assert (fact.end, fact.days) == (None, 92)


def test_a_pause_that_moves_nothing_looks_different_and_says_so():
    pause = Interval("庭外和解开始", date(2026, 3, 1), date(2026, 3, 20), counted=False)
    bar = bar_of(due_of(date(2026, 7, 15), pause), on=date(2026, 6, 1))
    assert "uncounted" in {piece.kind for piece in bar.stretches}
    assert "不影响届满日" in {fact.remark for fact in bar.facts}


def test_without_a_beginning_nothing_is_drawn():
    due = Due("一", None, None, "no_rule", None, 0, None, ())
    nothing = clock_bar(due, governing=None, filed_on=None, closed_on=None, extensions=(), on=START)
    assert nothing is None


days = st.integers(-40, 2000).map(lambda n: START + timedelta(days=n))


@settings(max_examples=60, deadline=None)
@given(days, days, st.none() | days, st.lists(st.tuples(days, st.none() | days), max_size=5))
def test_every_drawing_stays_within_its_frame(on, due, closed, pauses):
    intervals = [Interval("委托鉴定", a, b, counted=True) for a, b in pauses if b is None or b >= a]
    extensions = [Extension(a, "延长3个月") for a, _ in pauses]
    bar = bar_of(due_of(due, *intervals), on=on, closed_on=closed, extensions=extensions)
    for piece in bar.stretches:
        assert 0 <= piece.x <= WIDTH
        assert piece.width > 0
    assert all(0 <= flag.x <= WIDTH for flag in bar.flags)
    assert len(bar.ticks) <= 40
    assert bar.height > 0
