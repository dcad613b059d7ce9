"""Nights that were skipped are made up: the facts are the same, only the times of sending differ."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction

from shenguan.base.inbox.models import Digest, Run, Transition
from shenguan.spine.warnings import services
from tests.simulation.world import FIRST
from tests.simulation.year import at, days, facts_of_the_year, make_year, orders_of_the_year

CASES, LAST = 240, FIRST + timedelta(days=50)
pytestmark = pytest.mark.django_db


def lived(nights: list[date]) -> tuple[list, list]:
    year = make_year(CASES, last=LAST)
    year.live(nights)
    return facts_of_the_year(), orders_of_the_year()


def lived_and_forgotten(nights: list[date]) -> tuple[list, list]:
    """Live the days in a transaction that is rolled back."""
    with transaction.atomic():
        found = lived(nights)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("skipped", [range(31, 41), range(3, 49)], ids=["ten nights", "46 nights"])
def test_skipping_nights_and_then_running_is_running_daily_but_for_send_times(skipped):
    daily = lived_and_forgotten(days(FIRST, LAST))
    nights = [day for n, day in enumerate(days(FIRST, LAST)) if n not in skipped]
    assert lived(nights) == daily
    assert len(daily[0]) > 150
    assert Run.objects.filter(missed=len(skipped)).count() == 1


def test_running_the_same_night_twice_changes_nothing():
    lived(days(FIRST, LAST))
    services.tick(on=LAST, now=at(LAST, 22))  # takes in what was recorded by day
    before = facts_of_the_year(), orders_of_the_year(), Digest.objects.count()
    again = services.tick(on=LAST, now=at(LAST, 23))
    assert (again.transitions, again.digests) == (0, 0)
    assert (facts_of_the_year(), orders_of_the_year(), Digest.objects.count()) == before


def test_a_person_never_gets_two_digests_on_one_day():
    lived(days(FIRST, LAST))
    counts = Counter(Digest.objects.values_list("person", "on"))
    assert set(counts.values()) == {1}
    assert not Transition.objects.filter(state=Transition.State.WAITING).exists()


def test_a_day_that_has_passed_cannot_be_run_again():
    services.tick(on=LAST, now=at(LAST, 5))
    with pytest.raises(ValueError, match="不能再为更早的"):
        services.tick(on=FIRST, now=at(LAST, 6))
