"""What an event does to a case's warnings at once, and what the nights then still have to do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shenguan.base.inbox.models import Transition, Watch
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.warnings.tests.build import ORDINARY, add_case, at, happen, night, staffed

pytestmark = pytest.mark.django_db
NUMBER = "（2026）示0101民初1号"
STIRRING = {"2026-01-15": "立案", "2026-06-15": "开庭", "2026-07-01": "合议"}
MOST_QUERIES = 60
EXTENDED = ("延长审限批准", {"months": 6, "approver": "本院院长"})


def moves() -> list[tuple[str, ...]]:
    rows = Transition.objects.order_by("on", "watch__kind", "pk")
    return [(str(on), *rest) for on, *rest in rows.values_list("on", "watch__kind", "level", "say")]


def lived(nights: list[str]) -> list[tuple[str, ...]]:
    """Live three weeks of a case in a transaction that is rolled back; return what moved."""
    with transaction.atomic():
        staffed()
        case = add_case(NUMBER, STIRRING, **ORDINARY)
        for day in range(4, 20):
            on = f"2026-07-{day:02d}"
            if on in nights:
                night(on)
            if day == 8:
                happen(case, on, "延长审限申请")
            if day == 13:
                happen(case, on, EXTENDED)
        found = moves()
        transaction.set_rollback(True)
    return found


def test_nights_made_up_after_an_event_bring_what_the_nights_themselves_would_have_brought():
    every = [f"2026-07-{day:02d}" for day in range(4, 20)]
    daily = lived(every)
    assert len(daily) > 4
    assert lived([day for day in every if day < "2026-07-06" or day > "2026-07-17"]) == daily


def test_before_the_first_night_nothing_is_watched():
    staffed()
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    happen(case, "2026-07-06", EXTENDED)
    assert not Watch.objects.exists()


def test_an_event_that_is_refused_moves_no_warning():
    staffed()
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    before = moves()
    with pytest.raises(ValueError, match="事件"):
        record(
            [NewEvent(case.pk, "没有这种事件", date(2026, 7, 6))], actor="甲", now=at("2026-07-06")
        )
    assert moves() == before


def test_one_event_asks_the_database_a_bounded_number_of_times():
    staffed()
    cases = [
        add_case(f"（2026）示0101民初{serial}号", STIRRING, **ORDINARY) for serial in range(1, 4)
    ]
    night("2026-07-05")
    with CaptureQueriesContext(connection) as asked:
        happen(cases[0], "2026-07-06", EXTENDED)
    assert len(asked) <= MOST_QUERIES
