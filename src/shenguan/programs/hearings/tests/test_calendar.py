"""Keeping the calendar, advice before a hearing is set, and the calendar file."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.hearings import selectors, services
from shenguan.programs.hearings.advice import advise
from shenguan.programs.hearings.ics import calendar_file
from shenguan.programs.hearings.models import Hearing
from shenguan.spine.cases.models import Case, Cursor
from shenguan.spine.pipeline import NewEvent, land, record
from shenguan.spine.tests.factories import open_batch, put
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
TODAY, HEARING = NOW.date(), "2026-12-10"
EVERYTHING = Scope.everything("测试")


def filed(serial: int, judge: str = "法官甲一", **more) -> Case:
    number = f"（2026）示0101民初{serial}号"
    return add_case(number, {"2026-11-02": "立案"}, undertaker=judge, **{**ORDINARY, **more})


def set_hearing(case: Case, on: str = HEARING, **payload) -> int:
    told = {"hearing_on": on, **payload}
    return record([NewEvent(case.pk, "排期", TODAY, told)], actor="甲", now=NOW)[0]


def advice(case: Case, scope: Scope = EVERYTHING, on: str = HEARING, **payload) -> list[str]:
    told = {"hearing_on": on, **payload}
    return advise(scope, [case.pk], "排期", TODAY, told, TODAY)[case.pk]


def shown(scope: Scope = EVERYTHING) -> list[selectors.Shown]:
    rows = selectors.hearings(scope, date(2026, 12, 1), date(2027, 1, 1), court=None)
    return selectors.with_clashes(scope, list(rows))


def test_a_recorded_hearing_is_on_the_calendar_at_once_and_a_voided_one_is_gone():
    case = filed(1)
    position = set_hearing(case, start="09:00")
    services.catch_up()
    assert Hearing.objects.get().position == position
    record([NewEvent(case.pk, "作废", TODAY, voids=position)], actor="甲", now=NOW)
    services.catch_up()
    assert not Hearing.objects.exists()


def test_catching_up_twice_changes_nothing_and_a_new_table_is_the_same():
    set_hearing(filed(1), start="09:00")
    services.catch_up()
    before = list(Hearing.objects.values("case", "position", "on", "starts", "state"))
    services.catch_up()
    Hearing.objects.all().delete()
    Cursor.objects.filter(name=services.CURSOR).delete()
    services.catch_up()
    assert list(Hearing.objects.values("case", "position", "on", "starts", "state")) == before
    assert services.lag() == 0


def test_an_import_shows_when_it_lands_and_a_large_one_waits_for_the_night():
    case = filed(1)
    services.catch_up()
    batch = open_batch()
    put(batch, case, ("开庭", date(2026, 12, 10), {"place": "第1法庭"}))
    services.catch_up()
    assert not Hearing.objects.exists()
    land(batch, now=NOW)
    assert services.catch_up(limit=0) == 1
    services.at_night(TODAY, NOW)
    assert Hearing.objects.get().state == "已开庭"


def test_the_same_judge_at_the_same_time_is_a_conflict_with_the_other_case_named():
    first, second = filed(1), filed(2)
    set_hearing(first, start="09:00", end="10:00")
    set_hearing(second, start="09:30", end="10:30")
    services.catch_up()
    assert [one.clashes for one in shown()] == [
        ("（2026）示0101民初2号（09:30至10:30）：审判人员 法官甲一",),
        ("（2026）示0101民初1号（09:00至10:00）：审判人员 法官甲一",),
    ]


def test_a_panel_member_counts_like_the_judge():
    first, second = filed(1), filed(2, judge="法官乙一")
    members = {"members": [{"role": "审判员", "name": "法官甲一"}]}
    record([NewEvent(second.pk, "组成合议庭", TODAY, members)], actor="甲", now=NOW)
    set_hearing(first, start="09:00", end="10:00")
    assert any("审判人员 法官甲一" in text for text in advice(second, start="09:00"))


def test_an_agent_in_two_rooms_at_once_is_a_conflict():
    agent = [{"role": "原告", "name": "示范甲公司", "agents": [{"name": "律师甲"}]}]
    first, second = filed(1, parties=agent), filed(2, judge="法官乙一", parties=agent)
    set_hearing(first, start="09:00", end="10:00", room="第1法庭")
    said = advice(second, start="09:30", room="第2法庭")
    assert [text for text in said if text.startswith("时间冲突")] == [
        "时间冲突：（2026）示0101民初1号（09:00至10:00）：代理人 律师甲"
    ]


def test_where_a_time_is_missing_nothing_is_guessed():
    first, second = filed(1), filed(2)
    set_hearing(first)
    said = advice(second, start="09:00", end="10:00")
    assert not any(text.startswith("时间冲突") for text in said)
    assert any("时刻不全，无法判断是否冲突" in text for text in said)
    assert "开庭时刻未登记，无法核对时间冲突" in advice(second)


def test_a_hidden_case_takes_the_time_without_its_number():
    first, second = filed(1), filed(2)
    set_hearing(first, start="09:00", end="10:00")
    Case.objects.filter(pk=first.pk).update(confidentiality=1)
    scope = Scope(actor="甲", court_ids=frozenset({demo_court().pk}))
    said = advice(second, scope, start="09:00")
    assert any("另一案件（不在您的查看范围）" in text for text in said)
    assert not any(first.number in text for text in said)


def test_cases_set_together_are_heard_together():
    first, second = filed(1), filed(2)
    told = {"hearing_on": HEARING, "start": "09:00", "room": "第1法庭"}
    found = advise(EVERYTHING, [first.pk, second.pk], "排期", TODAY, told, TODAY)
    for case in (first, second):
        assert "同批2件排在同一时间，按合并开庭处理，彼此不作冲突" in found[case.pk]
        assert not any(text.startswith("时间冲突") for text in found[case.pk])


@pytest.mark.parametrize(("on", "warned"), [("2026-11-22", True), ("2026-11-23", False)])
def test_the_parties_are_told_three_days_before(on, warned):
    said = advice(filed(1), on=on, start="09:00")
    assert any("距开庭不足3日" in text and "第139条" in text for text in said) is warned


@pytest.mark.parametrize(("on", "warned"), [("2026-12-07", True), ("2026-12-08", False)])
def test_a_hearing_within_the_period_of_defence_is_warned_of(on, warned):
    case = filed(1)
    served = {"document": "起诉状副本", "way": "直接送达"}
    # the fifteenth day, 5 December, is a Saturday: the period ends on Monday the 7th
    record([NewEvent(case.pk, "送达", TODAY, served)], actor="甲", now=NOW)
    said = advice(case, on=on, start="09:00")
    assert any("答辩期至2026-12-07届满" in text and "第128条" in text for text in said) is warned


def test_without_a_record_of_service_the_period_of_defence_is_not_guessed():
    assert any("未见起诉状副本送达的记录" in text for text in advice(filed(1), start="09:00"))


def test_a_day_off_and_a_day_past_the_limit_are_said():
    case = filed(1)
    assert "2026-12-12不是工作日" in advice(case, on="2026-12-12", start="09:00")
    assert any("晚于审限届满日" in text for text in advice(case, on="2028-06-01", start="09:00"))
    assert any("放假安排尚未公布" in text for text in advice(case, on="2028-06-01", start="09:00"))


def test_a_third_adjournment_is_one_too_many():
    case = filed(1)
    for day in ("2026-11-05", "2026-11-10"):
        record([NewEvent(case.pk, "延期开庭", date.fromisoformat(day))], actor="甲", now=NOW)
    told = {"to": HEARING, "start": "09:00"}
    said = advise(EVERYTHING, [case.pk], "延期开庭", TODAY, told, TODAY)[case.pk]
    assert any("已延期开庭2次" in text and "法释〔2018〕9号" in text for text in said)


def test_other_events_need_no_advice():
    assert advise(EVERYTHING, [filed(1).pk], "送达", TODAY, {}, TODAY) == {}


def test_the_calendar_file_has_hours_or_the_whole_day_and_no_names():
    case = filed(1, parties=[{"role": "原告", "name": "示范甲公司"}])
    set_hearing(case, start="09:00", end="10:30", room="第1法庭")
    set_hearing(case, on="2026-12-20")
    services.catch_up()
    rows = selectors.hearings(EVERYTHING, date(2026, 12, 1), date(2027, 1, 1), court=None)
    text = calendar_file(rows, NOW)
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Shanghai:20261210T090000" in text
    assert "DTSTART;VALUE=DATE:20261220" in text
    assert "SUMMARY:开庭 （2026）示0101民初1号" in unfolded
    assert "示范甲公司" not in unfolded
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_reading_a_month_costs_the_same_for_many_hearings(django_assert_max_num_queries):
    for serial in range(1, 9):
        set_hearing(filed(serial), start="09:00")
    services.catch_up()
    with django_assert_max_num_queries(8):
        assert len(shown()) == 8
