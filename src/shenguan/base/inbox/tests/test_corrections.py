"""更正任务 stand on the ladder: first for the office to decide, then for the one in charge to correct."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shenguan.base.inbox import corrections, services
from shenguan.base.inbox.models import Correction, Notice, Order, Watch
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment
from shenguan.base.org.tests.factories import make_court, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), COURT_ZONE).replace(hour=9)


@pytest.fixture
def people():
    court = make_court(code="示0101")
    judge, office = (
        make_person(court=court, name="法官甲一"),
        make_person(court=court, name="审管甲一"),
    )
    Appointment.objects.create(person=judge, court=court, post="法官")
    Appointment.objects.create(person=office, court=court, post="审管办主任")
    stands = Posting(
        kind="time_limit", key="", court_id=court.pk, level="催办", rung="before:7", since=DAY,
        about=DAY, say="（2026）示0101民初1号今日届满", owner_id=judge.pk,
    )  # fmt: skip
    post([Subject("case:1", [stands], {"time_limit"})], on=DAY, now=at(DAY))
    return judge, office


@pytest.fixture
def answer(people):
    watch = Watch.objects.get(kind="time_limit")
    return services.answer(
        watch=watch, choice="数据有误", text="漏登中止", actor=people[0], on=DAY, now=at(DAY)
    )


def standing(day: date) -> dict[str, str]:
    corrections.run(day, at(day))
    rows = Watch.objects.filter(kind__in=corrections.KINDS).exclude(level="")
    return dict(rows.values_list("kind", "level"))


def decide(answer, people, day: date, *, upheld: bool):
    return services.decide(answer=answer, upheld=upheld, actor=people[1], on=day, now=at(day))


def test_the_office_is_reminded_urged_and_supervised_until_it_decides(answer, people):
    assert standing(DAY) == {"存疑待认定": "提示"}
    assert Notice.objects.get(transition__watch__kind="存疑待认定").person == people[1]
    assert standing(date(2026, 3, 5)) == {"存疑待认定": "提示"}
    assert standing(date(2026, 3, 6)) == {"存疑待认定": "催办"}
    assert standing(date(2026, 3, 13)) == {"存疑待认定": "督办"}
    assert Order.objects.count() == 1
    assert Watch.objects.get(kind="time_limit").held_since == DAY
    decide(answer, people, date(2026, 3, 13), upheld=False)
    assert standing(date(2026, 3, 13)) == {}
    assert Watch.objects.get(kind="time_limit").held_since is None


def test_the_time_to_correct_runs_from_the_decision_and_ends_with_the_correction(answer, people):
    decided = DAY + timedelta(days=2)
    decide(answer, people, decided, upheld=True)
    task = Correction.objects.get()
    assert task.due_on == date(2026, 3, 11)
    assert standing(task.due_on) == {"更正待办": "提示"}
    assert Notice.objects.filter(transition__watch__kind="更正待办").get().person == people[0]
    assert standing(date(2026, 3, 12)) == {"更正待办": "催办"}
    done = date(2026, 3, 12)
    corrections.finish(task, note="已补录", actor=people[0], on=done, now=at(done))
    assert standing(done) == {}


def test_an_urging_to_correct_that_nobody_answers_becomes_an_order(answer, people):
    decide(answer, people, DAY, upheld=True)
    assert standing(date(2026, 3, 10)) == {"更正待办": "催办"}
    assert standing(date(2026, 3, 14)) == {"更正待办": "督办"}
