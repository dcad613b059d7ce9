"""From events to hearings, and which of them stand in one another's way."""

from __future__ import annotations

from datetime import date, time

from shenguan.core.caselog import LoggedEvent
from shenguan.programs.hearings.clashing import (
    AGENT,
    CLASH,
    JUDGE,
    ROOM,
    UNKNOWN,
    Slot,
    clashes,
    overlap,
)
from shenguan.programs.hearings.diary import HELD, OFF, SET, sittings

DAY = date(2026, 12, 3)


def told(position: int, kind: str, on: str, **payload) -> LoggedEvent:
    return LoggedEvent(position, kind, date.fromisoformat(on), payload)


def scheduled(position: int = 1, **more) -> LoggedEvent:
    return told(position, "排期", "2026-11-20", hearing_on="2026-12-03", **more)


def slot(key: int, start: str | None, end: str | None = None, **more) -> Slot:
    given = {"court_id": 1, "room": "", "people": frozenset(), "agents": frozenset(), **more}
    hours = [time.fromisoformat(text) if text else None for text in (start, end)]
    return Slot(key=key, case_id=key, on=DAY, starts=hours[0], ends=hours[1], **given)


def test_a_scheduled_hearing_has_its_day_hours_and_room():
    (one,) = sittings([scheduled(start="09:30", end="11:00", room="第3法庭")])
    assert (one.on, one.starts, one.ends, one.room, one.state) == (
        DAY,
        time(9, 30),
        time(11),
        "第3法庭",
        SET,
    )


def test_a_hearing_held_on_its_day_is_the_one_that_was_scheduled():
    (one,) = sittings([scheduled(start="09:30"), told(2, "开庭", "2026-12-03", place="第5法庭")])
    assert (one.position, one.state, one.starts, one.room) == (1, HELD, time(9, 30), "第5法庭")


def test_a_hearing_nobody_scheduled_stands_without_hours():
    (one,) = sittings([told(2, "开庭", "2026-12-03")])
    assert (one.on, one.starts, one.state) == (DAY, None, HELD)


def test_an_adjournment_takes_the_coming_hearing_and_sets_the_next():
    events = [
        scheduled(start="09:30"),
        told(2, "延期开庭", "2026-12-01", to="2026-12-20", start="14:00"),
    ]
    first, second = sittings(events)
    assert (first.state, second.on, second.state, second.starts) == (
        OFF,
        date(2026, 12, 20),
        SET,
        time(14),
    )


def test_a_scheduling_without_a_day_shows_nothing():
    assert sittings([told(1, "排期", "2026-11-20", hearing_on="待定")]) == []


def test_hours_meet_or_do_not_or_cannot_be_told():
    morning = slot(1, "09:00", "10:30")
    assert overlap(morning, slot(2, "10:00", "11:00")) == CLASH
    assert overlap(morning, slot(2, "10:30", "11:00")) == ""  # the one begins when the other ends
    assert overlap(morning, slot(2, "10:00")) == CLASH
    assert overlap(morning, slot(2, "09:00")) == CLASH
    assert overlap(slot(1, "09:00"), slot(2, "10:00")) == UNKNOWN  # no end, so nobody knows
    assert overlap(slot(1, "14:00"), slot(2, "09:00", "11:00")) == ""
    assert overlap(morning, slot(2, None)) == UNKNOWN


def test_judge_room_and_agent_each_clash():
    a = slot(
        1, "09:00", "10:00", people=frozenset({"甲"}), room="第1法庭", agents=frozenset({"律师甲"})
    )
    b = slot(
        2, "09:30", "10:30", people=frozenset({"甲"}), room="第1法庭", agents=frozenset({"律师甲"})
    )
    found = clashes([a, b])
    assert {clash.kind for clash in found[1]} == {JUDGE, ROOM, AGENT}
    assert {clash.other.key for clash in found[2]} == {1}


def test_rooms_and_judges_of_two_courts_are_not_the_same_but_an_agent_is():
    shared = {"people": frozenset({"甲"}), "room": "第1法庭", "agents": frozenset({"律师甲"})}
    found = clashes([slot(1, "09:00", **shared), slot(2, "09:00", **{**shared, "court_id": 2})])
    assert [clash.kind for clash in found[1]] == [AGENT]


def test_two_hearings_of_one_case_do_not_clash():
    one = slot(1, "09:00", people=frozenset({"甲"}))
    again = Slot(3, 1, 1, DAY, time(9), None, "", frozenset({"甲"}), frozenset())
    assert clashes([one, again]) == {}
