"""The log as the time limit reads it: what an event says arrives, what it doesn't say is left open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from shenguan.core.caselog import LoggedEvent, timeline
from shenguan.core.timelimit import TimelineEvent

DAY = date(2026, 3, 20)
TEN = datetime(2026, 3, 20, 10, tzinfo=timezone(timedelta(hours=8)))


def test_an_event_that_says_nothing_has_its_day_and_kind_alone():
    assert timeline([LoggedEvent(1, "开庭", DAY)]) == (TimelineEvent(DAY, "开庭"),)


def test_the_hour_is_read_of_an_event_without_payload():
    assert timeline([LoggedEvent(1, "立案", DAY, {}, None, TEN)])[0].at == time(10)


@pytest.mark.parametrize(
    ("written", "months"), [(3, 3), ("3", 3), (" 6 ", 6), ("三", None), (None, None)]
)
def test_the_length_of_an_extension_is_read_however_a_source_wrote_it(written, months):
    granted = LoggedEvent(1, "延长审限批准", DAY, {"months": written, "approver": "本院院长"})
    (found,) = timeline([granted])
    assert (found.months, found.approver) == (months, "本院院长")


def test_a_paper_served_is_named_to_the_time_limit():
    (found,) = timeline([LoggedEvent(1, "送达", DAY, {"document": "起诉书副本"})])
    assert found.kind == "起诉书副本"
