"""The page's way into the log: append, refresh, audit, one transaction."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.rulebook.loaders.events import UnknownEvent
from shenguan.spine import pipeline
from shenguan.spine.cases.models import Case, Event, Mark, Party, Seat
from shenguan.spine.cases.selectors import assignments, history
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.pipeline import NewEvent
from shenguan.spine.tests.factories import FILED, NOW, filed_case, make_case, tell
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")


def test_filing_a_case_makes_it_visible_with_its_due_date():
    case = filed_case(cause="民间借贷纠纷", amount=1200000)
    assert (case.visible, case.filed_on, case.case_class) == (True, FILED, "民事")
    assert (case.cause, case.amount, case.year) == ("民间借贷纠纷", 1200000, 2026)
    assert (case.clock.due, case.clock.state) == (date(2026, 7, 15), "running")


def test_an_approved_extension_moves_the_due_date_at_once():
    case = filed_case()
    tell(case, ("延长审限批准", date(2026, 6, 1), {"months": 6, "approver": "本院院长"}))
    clock = Clock.objects.get(case=case)
    assert (clock.due, clock.extended, clock.governing_due) == (
        date(2027, 1, 15),
        True,
        date(2027, 1, 15),
    )


def test_an_appraisal_under_way_pauses_the_clock():
    clock = tell(filed_case(), ("送鉴定", date(2026, 3, 1))).clock
    assert (clock.state, clock.due, clock.paused_since) == ("paused", None, date(2026, 3, 1))
    assert "鉴定" in clock.paused_by


def test_an_alias_is_stored_under_its_canonical_name():
    case = tell(filed_case(), ("送鉴定", date(2026, 3, 1)))
    assert [e.kind for e in history(ALL, case.pk)] == ["登记", "立案", "委托鉴定"]


def test_a_kind_outside_the_table_is_refused_and_leaves_nothing():
    case = filed_case()
    with pytest.raises(UnknownEvent):
        tell(case, ("开庭", date(2026, 3, 1)), ("改期", date(2026, 3, 1)))
    assert Event.objects.filter(case=case).count() == 2


def test_voiding_takes_an_event_back_and_leaves_it_in_the_log():
    case = filed_case()
    (position,) = pipeline.record(
        [NewEvent(case.pk, "报结", date(2026, 5, 1), {"disposition": "判决"})],
        actor="张示范",
        now=NOW,
    )
    assert Case.objects.get(pk=case.pk).closed_on == date(2026, 5, 1)
    pipeline.record([NewEvent(case.pk, "作废", voids=position)], actor="张示范", now=NOW)
    case = Case.objects.get(pk=case.pk)
    assert (case.closed_on, case.disposition) == (None, "")
    assert Event.objects.filter(pk=position).exists()
    assert [e.kind for e in history(ALL, case.pk)] == ["登记", "立案"]


def test_only_an_event_of_the_same_case_can_be_voided():
    one, other = filed_case(), filed_case("（2026）示0101民初2号")
    foreign = Event.objects.filter(case=other).earliest("position")
    with pytest.raises(ValueError, match="不在本案日志中"):
        pipeline.record([NewEvent(one.pk, "作废", voids=foreign.pk)], actor="张示范", now=NOW)


def test_parties_panel_and_undertaker_are_kept_as_people():
    parties = [
        {"role": "原告", "name": "甲某"},
        {"role": "被告", "name": "𠮷某公司", "agents": ["乙某"]},
    ]
    case = filed_case(parties=parties)
    tell(
        case,
        ("分案", FILED, {"undertaker": "张示范", "division": "民一庭"}),
        ("组成合议庭", FILED, {"members": [{"role": "审判长", "name": "李示范"}]}),
        ("变更承办人", date(2026, 3, 1), {"undertaker": "王示范"}),
    )
    case.refresh_from_db()
    assert [(p.role, p.name) for p in Party.objects.filter(case=case)] == [
        ("原告", "甲某"),
        ("被告", "𠮷某公司"),
    ]
    assert case.undertaker == Person.objects.get(court=case.court, name="王示范")
    assert (case.undertaker_name, str(case.division)) == ("王示范", "民一庭")
    assert [str(seat.person) for seat in Seat.objects.filter(case=case)] == ["李示范"]
    assert [a.undertaker for a in assignments(ALL, case.pk)] == ["张示范", "王示范"]


def test_a_rule_suggests_a_tag_without_an_event_and_a_person_dismisses_it():
    case = filed_case(cause="金融借款合同纠纷")
    assert (case.fields, case.tags) == (["金融"], {"金融": "建议"})
    assert not Event.objects.filter(kind="标签建议").exists()
    case = tell(case, ("标签取消", FILED, {"tag": "金融"}))
    assert (case.fields, case.tags) == ([], {"金融": "取消"})
    assert not Mark.objects.filter(case=case).exists()


def test_a_field_that_the_source_states_is_confirmed():
    case = filed_case(cause="离婚纠纷", fields=["环资", "涉外商事"])
    assert case.fields == ["环资", "涉外商事"]
    assert case.tags == {"环资": "确认", "涉外商事": "确认"}
    assert {mark.dimension for mark in Mark.objects.filter(case=case)} == {"领域"}
    assert tell(case, ("标签取消", FILED, {"tag": "环资"})).fields == ["涉外商事"]


@pytest.mark.parametrize(
    ("attributes", "filed_on", "version", "coded"),
    [
        ({"cause": "民间借贷纠纷"}, date(2026, 1, 1), "2025", True),
        ({"cause": "民间借贷纠纷"}, date(2025, 12, 31), "2020", True),
        ({"cause": "民间借贷纠纷"}, date(2020, 12, 31), "2020前", False),
        ({"cause": "盗窃罪、诈骗罪", "case_type": "刑初"}, FILED, "2024", True),
        ({"cause": "表外案由"}, FILED, "", False),
        ({"cause": "民间借贷纠纷", "cause_code": "9999", "cause_version": "院"}, FILED, "院", True),
    ],
)
def test_the_cause_is_read_in_the_version_of_the_filing_day(
    attributes: dict[str, str], filed_on: date, version: str, coded: bool
):
    case = filed_case(filed_on=filed_on, **attributes)
    assert (case.cause_version, bool(case.cause_code)) == (version, coded)


def test_a_changed_number_renames_the_case_and_voiding_it_names_it_back():
    case = filed_case("（2026）示0101民初1号")
    change = {"old": "（2026）示0101民初1号", "new": "(2026)示0101民初9号"}
    case = tell(case, ("案号变更", FILED, change))
    assert (case.number, case.number_key) == ("(2026)示0101民初9号", "（2026）示0101民初9号")
    position = Event.objects.get(kind="案号变更").pk
    pipeline.record([NewEvent(case.pk, "作废", voids=position)], actor="张示范", now=NOW)
    case.refresh_from_db()
    assert case.number_key == "（2026）示0101民初1号"


def test_a_number_that_another_case_has_is_not_taken_over():
    case = filed_case("（2026）示0101民初1号")
    make_case("（2026）示0101民初2号", case.court)
    change = {"old": "（2026）示0101民初1号", "new": "（2026）示0101民初2号"}
    case = tell(case, ("案号变更", FILED, change))
    assert case.number_key == "（2026）示0101民初1号"
    assert case.flags == ["变更后案号与他案重复"]


def test_every_record_leaves_an_audit_row_in_its_courts_chain():
    case = filed_case()
    (head,) = (h for h in audit.heads() if h.chain == case.court.code)
    assert head.number == 1
    assert audit.verify_all() == []


def test_positions_rise_in_the_order_of_recording():
    case = filed_case()
    first = pipeline.record(
        [NewEvent(case.pk, "开庭", FILED), NewEvent(case.pk, "合议", FILED)], actor="甲", now=NOW
    )
    second = pipeline.record([NewEvent(case.pk, "签发", FILED)], actor="甲", now=NOW)
    assert [*first, *second] == sorted([*first, *second])
    assert Case.objects.get(pk=case.pk).last_position == second[0]


def test_a_refused_event_leaves_neither_event_nor_audit_row():
    case = filed_case()
    before = audit.heads()
    with pytest.raises(GateClosed):
        tell(case, ("撤销报结", FILED))
    assert audit.heads() == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_so_that_no_cursor_passes_an_unseen_position():
    if connection.vendor != "postgresql":
        pytest.skip("需要 PostgreSQL（设置 SHENGUAN_DATABASE）")
    case = filed_case()
    positions: list[int] = []

    def second() -> None:
        positions.extend(pipeline.record([NewEvent(case.pk, "合议", FILED)], actor="乙", now=NOW))
        connection.close()

    writer = Thread(target=second)
    with transaction.atomic():
        (first,) = pipeline.record([NewEvent(case.pk, "开庭", FILED)], actor="甲", now=NOW)
        writer.start()
        writer.join(0.3)
        assert positions == []
    writer.join(10)
    assert positions > [first]
