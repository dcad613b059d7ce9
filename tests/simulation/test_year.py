"""Three courts, sixty judges, 2,000 cases, 365 nights."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db.models import Q

from shenguan.base.inbox.models import Digest, Run, Transition
from shenguan.base.org.models import Appointment
from shenguan.core.warning.rule import DURING
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.models import CaseCheck
from tests.simulation.world import FIRST, LAST
from tests.simulation.year import days, digest, facts_of_the_year, make_year

CASES = 2000
JUDGES = ("法官", "庭长", "执行局局长")
GOLDEN = (9900, "4cca7eee0b689a07")
"""How many changes of level the year brings, and their digest: a change of rules changes both."""


pytestmark = pytest.mark.django_db


def test_a_year_is_lived_in_seconds_and_keeps_its_promises_each_night(capsys):
    year = make_year(CASES)
    judges = Appointment.objects.filter(post__in=JUDGES).values("person").distinct()
    assert judges.count() == 60
    assert Case.objects.count() == CASES
    begun = time.process_time()
    nights = days(FIRST, LAST)
    year.live(nights, each=night_keeps_its_promises)
    spent = time.process_time() - begun
    assert Run.objects.filter(finished_at__isnull=False).count() == len(nights)
    after_closing_nothing_moves()
    found = facts_of_the_year()
    assert (len(found), digest(found)) == GOLDEN
    with capsys.disabled():
        print(
            f"\nyear: {year.spent:.1f} CPU-s of nights, {spent:.1f} with the recording of the days"
        )


def night_keeps_its_promises(day: date) -> None:
    """What must hold after each night, as cheaply as a query can tell."""
    assert not CaseCheck.objects.filter(next_on__lte=day).exists()
    unsent = Q(state=Transition.State.WAITING)
    assert not Transition.objects.filter(unsent | Q(on__gt=day)).exists()
    assert not Digest.objects.filter(on__gt=day).exists()


def after_closing_nothing_moves() -> None:
    """No transition of a pending case's warnings lies after the day it closed."""
    during = {rule.id for rule in load().warnings if rule.stage == DURING}
    ends = {
        f"case:{pk}": min(end for end in (closed, legal) if end)
        for pk, closed, legal in Case.objects.filter(closed_on__isnull=False).values_list(
            "pk", "closed_on", "legal_end_on"
        )
    }
    late = [
        (subject, kind, on)
        for subject, kind, on in Transition.objects.filter(watch__kind__in=during).values_list(
            "watch__subject", "watch__kind", "on"
        )
        if subject in ends and on > ends[subject]
    ]
    assert late == []
