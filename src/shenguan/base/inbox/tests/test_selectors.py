"""Who sees which warning: by court, unit, own matter, or because they were told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shenguan.base.inbox import heartbeat, selectors
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.scope import Scope
from shenguan.base.org.tests.factories import make_court, make_person, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 5, tzinfo=COURT_ZONE)


@pytest.fixture
def world():
    court = make_court()
    unit, judge, chief = make_unit(court=court), make_person(court=court), make_person(court=court)
    posting = Posting(
        kind="time_limit", key="", court_id=court.pk, level="督办", rung="after:1", since=DAY,
        about=DAY, say="审限已届满", unit_id=unit.pk, owner_id=judge.pk, told=lambda: ([chief.pk], []),
        order_due=DAY,
    )  # fmt: skip
    secret = Posting(
        kind="time_limit", key="", court_id=court.pk, level="提示", rung="before:30", since=DAY,
        about=DAY, say="保密案件", confidentiality=1,
    )  # fmt: skip
    subjects = [
        Subject("case:1", [posting], {"time_limit"}),
        Subject("case:2", [secret], {"time_limit"}),
    ]
    post(subjects, on=DAY, now=NOW)
    return {"court": court, "unit": unit, "judge": judge, "chief": chief}


def seen(scope: Scope) -> set[str]:
    return set(selectors.standing(scope).values_list("say", flat=True))


def test_everyone_sees_what_their_posts_show_and_no_more(world):
    both = {"审限已届满", "保密案件"}
    court = frozenset({world["court"].pk})
    assert seen(Scope.everything("系统")) == both
    assert seen(Scope("院长", court_ids=court, clearance=1)) == both
    assert seen(Scope("审管办", court_ids=court)) == {"审限已届满"}
    assert seen(Scope("庭长", unit_ids=frozenset({world["unit"].pk}))) == {"审限已届满"}
    assert seen(Scope("本人", person_ids=frozenset({world["judge"].pk}))) == {"审限已届满"}
    assert seen(Scope("抄送", person_ids=frozenset({world["chief"].pk}))) == {"审限已届满"}
    assert seen(Scope("外院", court_ids=frozenset({make_court().pk}))) == set()
    assert seen(Scope.nothing("无职务")) == set()


def test_notices_digests_and_orders_are_ones_own(world):
    own = Scope("本人", person_ids=frozenset({world["judge"].pk}))
    told = Scope("抄送", person_ids=frozenset({world["chief"].pk}))
    assert selectors.notices(told).count() == 1
    assert selectors.notices(own).count() == 0
    assert selectors.orders(own).count() == 1
    assert selectors.orders(Scope.nothing("无")).count() == 0
    assert selectors.digests(told, DAY).count() == 0


def test_transitions_are_listed_by_days(world):
    everything = Scope.everything("系统")
    tomorrow = DAY + timedelta(days=1)
    assert selectors.transitions(everything, DAY, tomorrow).count() == 2
    assert selectors.transitions(everything, tomorrow, tomorrow + timedelta(days=9)).count() == 0


def test_the_heartbeat_knows_only_finished_runs():
    run = heartbeat.begin("预警", on=DAY, now=NOW, missed=0)
    assert heartbeat.last_run("预警") is None
    heartbeat.finish(run, position=7, detail={}, now=NOW)
    assert heartbeat.last_run("预警").position == 7
    assert heartbeat.silence("预警", DAY + timedelta(days=1)) == ""
    assert "已2日未运行" in heartbeat.silence("预警", DAY + timedelta(days=2))
