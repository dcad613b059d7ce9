"""Cases watched night by night: what changes, whom it reaches, when it stops."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.inbox.models import Digest, Notice, Order, Run, Transition, Watch
from shenguan.base.inbox.services import answer
from shenguan.base.org.services import set_setting
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import demo_court
from shenguan.spine.warnings.models import CaseCheck
from shenguan.spine.warnings.tests.build import (
    ORDINARY,
    add_case,
    at,
    day_of,
    levels,
    listed,
    night,
    staffed,
)

pytestmark = pytest.mark.django_db
NUMBER = "（2026）示0101民初1号"
STIRRING = {"2026-01-15": "立案", "2026-06-15": "开庭", "2026-07-01": "合议"}


def told(level: str) -> set[tuple[str, bool]]:
    rows = Notice.objects.filter(transition__level=level, transition__watch__kind="time_limit")
    return set(rows.values_list("person__name", "copy"))


def test_a_case_climbs_the_ladder_and_each_level_reaches_its_posts():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    for day in ("2026-06-20", "2026-07-05", "2026-07-12", "2026-07-16"):
        night(day)
    assert levels("time_limit")[0] == ("2026-06-20", "提示")
    assert ("2026-07-05", "催办") in levels("time_limit")
    assert told("提示") >= {("法官甲一", False)}
    assert told("催办") == {("法官甲一", False), ("庭长甲一", True)}
    assert ("副院长甲一", True) in told("督办")


def test_an_unanswered_urging_becomes_a_numbered_order_and_an_answer_prevents_it():
    people = staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    asked = Watch.objects.get(kind="time_limit")
    assert asked.answer_by == date(2026, 7, 8)
    night("2026-07-09")
    assert levels("time_limit")[-1] == ("2026-07-09", "督办")
    order = Order.objects.get()
    assert (order.number, order.owner) == ("〔2026〕示0101督1号", people["法官"])
    assert order.say == "（2026）示0101民初1号审限将于2026-07-15届满，剩余6日"


def test_an_answered_urging_stays_urging_until_the_next_rung():
    people = staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    watch = Watch.objects.get(kind="time_limit")
    answer(
        watch=watch,
        choice="办理中",
        actor=people["法官"],
        on=date(2026, 7, 6),
        now=at("2026-07-06"),
    )
    night("2026-07-11")
    assert {level for _on, level in levels("time_limit")} == {"催办"}
    night("2026-07-12")
    assert levels("time_limit")[-1] == ("2026-07-12", "督办")


def test_after_closing_no_transition_of_a_pending_case_ever_comes():
    staffed()
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    before = Transition.objects.filter(watch__kind="time_limit").count()
    record([NewEvent(case.pk, "宣判", date(2026, 7, 6)), NewEvent(case.pk, "报结", date(2026, 7, 6))],
           actor="测试", now=at("2026-07-06", 15))  # fmt: skip
    for day in ("2026-07-07", "2026-07-16", "2026-08-30"):
        night(day)
    assert Transition.objects.filter(watch__kind="time_limit").count() == before
    assert Watch.objects.get(kind="time_limit").level == ""


def test_an_approved_extension_takes_the_warning_back_in_the_same_moment():
    staffed()
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    payload = {"months": 6, "approver": "本院院长"}
    record(
        [NewEvent(case.pk, "延长审限批准", date(2026, 7, 6), payload)],
        actor="测试",
        now=at("2026-07-06", 15),
    )
    assert levels("time_limit")[-1] == ("2026-07-06", "")


def test_supervision_of_a_case_silences_its_lower_warnings():
    staffed()
    add_case(NUMBER, {"2026-01-15": "立案", "2026-06-15": "合议"}, **ORDINARY)
    night("2026-07-20")
    assert Watch.objects.get(kind="time_limit").level == "督办"
    silent = Watch.objects.filter(level__in=["提示", "催办"])
    assert silent.exists()
    assert not silent.filter(silenced=False).exists()


def test_a_court_sets_its_own_ladder_from_a_day_on_and_the_past_stays():
    staffed()
    add_case(NUMBER, {"2026-01-15": "立案"}, **ORDINARY)
    court = demo_court()
    set_setting(
        court=court, key="预警.stuck", value={"ladder": [{"since": 100, "level": "催办"}]},
        valid_from=date(2026, 3, 1), basis="本院规定", actor="审管办", now=at("2026-02-28"),
    )  # fmt: skip
    assert [row.level for row in listed("2026-02-20", "stuck")] == ["提示"]
    assert listed("2026-03-02", "stuck") == []
    assert [row.level for row in listed("2026-04-25", "stuck")] == ["催办"]
    set_setting(
        court=court, key="预警.stuck", value={"off": True}, valid_from=date(2026, 4, 1),
        basis="停用", actor="审管办", now=at("2026-03-31"),
    )  # fmt: skip
    assert listed("2026-04-25", "stuck") == []


def test_what_a_court_never_feeds_is_no_ones_omission():
    staffed()
    add_case(NUMBER, {"2026-03-02": "立案"}, **ORDINARY)
    assert listed("2026-03-20", "node") == []
    served = ("送达", {"document": "起诉状副本"})
    add_case("（2026）示0101民初2号", {"2026-03-01": "立案", "2026-03-02": served}, **ORDINARY)
    assert [row.number for row in listed("2026-03-20", "node")] == [NUMBER]


def test_listing_writes_nothing_and_agrees_with_the_night():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    rows = listed("2026-07-16")
    assert not Watch.objects.exists()
    night("2026-07-16")
    stood = Watch.objects.exclude(level="").values_list("kind", "level", "say")
    assert {(row.kind, row.level, row.say) for row in rows} == set(stood)


def test_the_first_night_sends_one_digest_a_person_and_leaves_a_heartbeat():
    staffed()
    for serial in (1, 2, 3):
        add_case(f"（2026）示0101民初{serial}号", STIRRING, **ORDINARY)
    done = night("2026-07-16")
    assert done.digests == Digest.objects.count() == 4  # judge, chief, vice-president, office
    run = Run.objects.get()
    assert (run.on, run.finished_at) == (day_of("2026-07-16"), at("2026-07-16"))
    assert not CaseCheck.objects.filter(next_on__lte=run.on).exists()


def test_without_the_post_someone_else_of_the_court_is_told():
    people = staffed()
    people["法官"].appointments.all().delete()
    add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    assert ("庭长甲一", False) in told("催办")
