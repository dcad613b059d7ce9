"""What must hold for every timeline (style.md, properties of the clock).

The timelines are drawn once, the simplest first, so that the first to break a property is nearly the smallest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from shenguan.core.timelimit import CaseHistory, TimelineEvent, compute
from shenguan.core.timelimit.tests.build import CALENDAR, RULES

FAR = date(2030, 1, 1)
REASONS = {"委托鉴定": "鉴定结束", "公告开始": "公告结束", "中止审理": "恢复审理"}
PROCEDURES = ("普通程序", "简易程序", "小额诉讼程序")
FIRST, DAYS = date(2022, 1, 1), 4 * 365
MONTH_ENDS = [
    date(year, month, 1) - timedelta(days=1) for year in (2023, 2024) for month in (2, 3, 5)
]
EDGES = (0, 0, 1, 59, 60, 89, 90, 91, 92, 180, 181, 182, 183, 184)
"""Days after the filing at which something is about to end: half of all stretches touch one."""
DRAWN = 600


@dataclass(frozen=True)
class Timeline:
    """A filing and stretches of suspension: (what begins, days after the filing, days it lasts)."""

    filed: date
    procedure: str
    stretches: tuple[tuple[str, int, int], ...]
    more: tuple[tuple[str, int, int], ...]
    later: int

    def events(self, *, more: bool = False) -> list[TimelineEvent]:
        events = [TimelineEvent(self.filed, "立案")]
        for name, after, length in self.stretches + (self.more if more else ()):
            begin = self.filed + timedelta(days=after)
            events += [
                TimelineEvent(begin, name),
                TimelineEvent(begin + timedelta(days=length), REASONS[name]),
            ]
        return events

    @property
    def day(self) -> date:
        """Some day on which the case is looked at."""
        return self.filed + timedelta(days=self.later)

    def due(self, events: list[TimelineEvent] | None = None, as_of: date = FAR):
        given = tuple(self.events() if events is None else events)
        return compute(CaseHistory("一", "民初", self.procedure, given, as_of), RULES, CALENDAR)


def _stretches(random: Random) -> tuple[tuple[str, int, int], ...]:
    def one() -> tuple[str, int, int]:
        after = random.choice((random.choice(EDGES), random.randint(0, 260)))
        return random.choice(tuple(REASONS)), after, random.choice((0, 1, random.randint(0, 60)))

    return tuple(one() for _ in range(random.randint(0, 5)))


def _timeline(random: Random) -> Timeline:
    filed = random.choice((random.choice(MONTH_ENDS), FIRST + timedelta(random.randint(0, DAYS))))
    later = random.choice((random.choice(EDGES), random.randint(0, 500)))
    return Timeline(filed, random.choice(PROCEDURES), _stretches(random), _stretches(random), later)


_RANDOM = Random(20260101)
TIMELINES = sorted(
    (_timeline(_RANDOM) for _ in range(DRAWN)), key=lambda one: len(one.stretches + one.more)
)


def test_the_term_that_elapses_is_its_length_and_the_excluded_days():
    for case in TIMELINES:
        found = case.due()
        assert found.due is not None, case
        assert (found.due - case.filed).days == found.limit_days + found.excluded_days, case


def test_more_suspension_never_gives_an_earlier_date():
    for case in TIMELINES:
        assert case.due(case.events(more=True)).due >= case.due().due, case


def test_a_suspension_recorded_twice_counts_once():
    for case in TIMELINES:
        filing, *spans = case.events()
        assert case.due([filing, *spans, *spans]).due == case.due().due, case


def test_the_order_in_which_events_of_different_days_are_given_does_not_matter():
    random, tried = Random(1), 0
    for case in TIMELINES:
        events = case.events()
        if len({event.on for event in events}) == len(events):
            tried += 1
            jumbled = random.sample(events, len(events))
            assert case.due(jumbled).due == case.due(events).due, case
    assert tried > DRAWN / 4


def test_the_steps_replay_the_date():
    for case in TIMELINES:
        found = case.due(as_of=case.day)
        assert found.steps[-1].on == found.due, case
        assert all(step.law for step in found.steps), case


def test_a_date_known_early_is_not_moved_by_what_has_not_happened():
    for case in TIMELINES:
        events = case.events()
        past = [event for event in events if event.on <= case.day]
        assert case.due(events, case.day) == case.due(past, case.day), case


def test_after_the_closing_nothing_changes_any_more():
    for case in TIMELINES:
        closed = TimelineEvent(case.day, "宣判")
        before = [event for event in case.events() if event.on <= closed.on]
        every = case.due([*case.events(), closed])
        assert every == case.due([*before, closed]), case
        assert every.state == "closed", case
