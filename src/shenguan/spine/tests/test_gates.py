"""What the log doesn't allow is refused with its reason, before anything is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shenguan.base.org.services import set_setting
from shenguan.rulebook import load
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.tests.factories import FILED, NOW, filed_case, make_case, tell

pytestmark = pytest.mark.django_db
CLOSED = date(2026, 5, 1)
DAY = timedelta(days=1)


def test_a_case_cannot_be_closed_before_it_is_filed():
    with pytest.raises(GateClosed, match="报结未予记录——本案尚无立案记录，不能报结"):
        tell(make_case(), ("报结", CLOSED))


def test_what_is_not_closed_cannot_be_withdrawn():
    with pytest.raises(GateClosed, match="本案未报结，无从撤销"):
        tell(filed_case(), ("撤销报结", CLOSED))


def test_a_closed_case_is_withdrawn_once_and_closed_again():
    case = tell(filed_case(), ("报结", CLOSED), ("撤销报结", CLOSED + DAY), ("报结", CLOSED + DAY))
    assert case.closed_on == CLOSED + DAY
    with pytest.raises(GateClosed, match="本案已报结"):
        tell(case, ("报结", CLOSED + DAY))


def test_of_a_state_secret_nothing_enters_but_its_number_and_its_clock():
    case = make_case("（2026）示0101刑初9号")
    tell(case, ("登记", None, {"case_type": "刑初", "confidentiality": 2}), ("立案", FILED))
    tell(case, ("延长审限批准", CLOSED, {"months": 3}), ("报结", CLOSED))
    for event in (
        ("登记变更", None, {"parties": [{"role": "被告人", "name": "隐某某"}]}),
        ("报结", CLOSED, {"disposition": "判决"}),
        ("分案", FILED, {"undertaker": "法官甲一"}),
        ("合议", CLOSED),
    ):
        with pytest.raises(
            GateClosed, match=r"刑初9号：.*未予记录——涉密案件不进入本系统，至多占位"
        ):
            tell(case, event)


def test_a_new_case_that_is_a_state_secret_brings_no_content_along():
    with pytest.raises(GateClosed, match="涉密案件不进入本系统"):
        tell(make_case(), ("登记", None, {"cause": "隐由", "confidentiality": 2}))


def test_what_becomes_a_state_secret_takes_nothing_more_and_what_is_none_any_longer_does():
    case = tell(filed_case(), ("登记变更", None, {"confidentiality": 2}))
    with pytest.raises(GateClosed, match="至多占位"):
        tell(case, ("合议", CLOSED))
    tell(case, ("登记变更", None, {"confidentiality": 1}), ("合议", CLOSED))


def test_the_case_named_is_the_case_refused():
    with pytest.raises(GateClosed, match="（2026）示0101民初7号"):
        tell(make_case("（2026）示0101民初7号"), ("结案", CLOSED))


@pytest.mark.parametrize(("day", "allowed"), [(FILED - DAY, False), (FILED, True)])
def test_a_hearing_is_never_before_the_filing(day: date, allowed: bool):
    case = filed_case()
    if allowed:
        tell(case, ("开庭", day))
        return
    with pytest.raises(GateClosed, match="发生日期早于立案日期"):
        tell(case, ("开庭", day))


@pytest.mark.parametrize(("day", "allowed"), [(NOW.date(), True), (NOW.date() + DAY, False)])
def test_a_pronouncement_is_never_in_the_future(day: date, allowed: bool):
    case = filed_case()
    if allowed:
        tell(case, ("宣判", day))
        return
    with pytest.raises(GateClosed, match="发生日期晚于今天"):
        tell(case, ("宣判", day))


def test_a_case_is_filed_once_and_a_wrong_day_is_voided_first():
    case = filed_case()
    with pytest.raises(GateClosed, match="本案已有立案记录"):
        tell(case, ("立案", FILED + DAY))


def test_a_correction_sees_the_case_without_what_it_voids():
    from shenguan.spine import pipeline
    from shenguan.spine.cases.models import Event

    case = filed_case()
    old = Event.objects.get(case=case, kind="立案")
    pipeline.record(
        [pipeline.NewEvent(case.pk, "立案", FILED + DAY, voids=old.pk)], actor="张示范", now=NOW
    )
    case.refresh_from_db()
    assert case.filed_on == FILED + DAY


def test_the_end_of_an_exclusion_needs_its_beginning():
    case = filed_case()
    with pytest.raises(GateClosed, match="没有尚未结束的对应开始事件"):
        tell(case, ("鉴定结束", date(2026, 4, 1)))
    tell(case, ("委托鉴定", date(2026, 3, 1)), ("鉴定结束", date(2026, 4, 1)))
    with pytest.raises(GateClosed):
        tell(case, ("鉴定结束", date(2026, 4, 2)))


def test_an_open_case_is_not_archived():
    with pytest.raises(GateClosed, match="本案未报结，不能归档"):
        tell(filed_case(), ("归档", CLOSED))


def test_a_decision_is_signed_unsearched_unless_the_court_has_chosen_otherwise():
    case = tell(filed_case(), ("签发", CLOSED))
    choose_search_first(case.court)
    with pytest.raises(GateClosed, match="已检索，无类案"):
        tell(case, ("签发", CLOSED + DAY))
    tell(case, ("类案检索", CLOSED), ("签发", CLOSED + DAY))


def choose_search_first(court):
    set_setting(
        court=court,
        key="类案.签发前须检索",
        value=True,
        valid_from=FILED,
        basis="本院审判管理办法",
        actor="测试",
        now=NOW,
    )


def test_every_gate_names_kinds_of_the_event_table():
    events = load().events
    for gate in load().gates:
        assert all(kind in events.kinds for kind in gate.kinds), gate.id
        assert gate.say
