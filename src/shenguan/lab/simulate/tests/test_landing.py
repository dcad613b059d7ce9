"""The years as they were recorded: a few days late, in order, a batch a month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from shenguan import rulebook
from shenguan.base.ops.clock import COURT_ZONE, day_of
from shenguan.core.facts import Row
from shenguan.lab.simulate import land
from shenguan.lab.simulate.organise import organise
from shenguan.lab.simulate.world import city_of, world
from shenguan.spine.cases.models import Batch, Case, Event
from shenguan.spine.facts.knowing import facts_of

BOOK = rulebook.load()
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=COURT_ZONE)


def put_in(cases=260, courts=3, now=NOW):
    made = list(world(7, cases, courts, calendar=BOOK.calendar))
    rows = organise(city_of(cases, courts))
    return made, land.put_in(made, rows, now=now, title="试")


@pytest.fixture
def city(db):
    return put_in()


def logged():
    return Event.objects.filter(case__isnull=False).order_by("position")


def test_events_stand_in_the_log_in_the_order_they_were_recorded(city):
    recorded = list(Event.objects.order_by("position").values_list("recorded_at", flat=True))
    assert all(a <= b for a, b in pairwise(recorded))
    assert recorded[-1] <= NOW


def test_what_happens_is_recorded_a_few_days_later_and_never_before(city):
    lags = [
        day_of(at) - on
        for at, on in logged()
        .filter(occurred_on__isnull=False)
        .values_list("recorded_at", "occurred_on")
    ]
    assert min(lags) >= timedelta(0)
    closings = logged().filter(kind="报结").values_list("recorded_at", "occurred_on")
    late = [(day_of(at) - on).days for at, on in closings]
    assert max(late) <= 9
    assert 0.5 < sum(late) / len(late) < 4


def test_a_batch_a_month_lands_at_the_months_end(city):
    _made, done = city
    batches = list(Batch.objects.order_by("pk"))
    assert done.batches == len(batches) > 30
    months = [day_of(batch.landed_at).replace(day=1) for batch in batches]
    assert months == sorted(set(months))
    for batch in batches[:-1]:
        landed = day_of(batch.landed_at)
        assert (landed + timedelta(days=1)).day == 1
        held = batch.events.values_list("recorded_at", flat=True)
        assert {(day_of(at).year, day_of(at).month) for at in held} == {(landed.year, landed.month)}


def test_nothing_is_lost_and_every_case_keeps_the_order_of_its_life(city):
    made, done = city
    assert done.cases == len(made) == Case.objects.filter(visible=True).count()
    assert done.events == sum(len(case.events) for case in made) == logged().count()
    for case in made[::20]:
        kinds = logged().filter(case__number=case.number, case__court__code=case.court_code)
        assert list(kinds.values_list("kind", flat=True)) == [event.kind for event in case.events]


def test_a_closing_of_december_recorded_in_january_was_not_known_on_the_fifth(city):
    closed = Case.objects.filter(closed_on__range=(date(2025, 12, 1), date(2025, 12, 31)))
    ids = list(closed.values_list("pk", flat=True))
    late = set(
        logged()
        .filter(kind="报结", case__in=ids, recorded_at__gte=datetime(2026, 1, 1, tzinfo=COURT_ZONE))
        .values_list("case_id", flat=True)
    )
    known: list[Row] = facts_of(ids, date(2026, 1, 5))["case"]
    assert {row["案件"] for row in known if not row["已结"]} == late
    assert ids


def test_nothing_is_recorded_in_the_future(db):
    early = datetime(2025, 3, 14, 12, 0, tzinfo=COURT_ZONE)
    put_in(120, 2, now=early)
    assert Event.objects.filter(recorded_at__gt=early).count() == 0
    assert Batch.objects.filter(landed_at__gt=early).count() == 0
