"""Registering one case, one event; taking an event back instead of editing it."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.audit.models import AuditRow
from shenguan.programs.registering import modes, services
from shenguan.programs.registering.services import NewCase, Refused
from shenguan.programs.registering.tests.bench import ORDINARY, Bench, entry, make_bench, switch
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.tests.registry import NOW, demo_court

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def register(number: str, **changes) -> Case:
    given = {"filed_on": date(2026, 11, 18), "attributes": ORDINARY} | changes
    return services.register_case(
        NewCase(number, **given), court=demo_court(), actor="示范甲", now=NOW
    )


def put(bench: Bench, event: str, on: str, **payload) -> int:
    return services.record_entry(bench.case, entry(event, on, **payload), actor="示范甲", now=NOW)


def test_registering_a_case_files_it_and_leaves_it_with_the_filing_office(bench):
    case = register("(2026)示0101民初88号")
    assert case.visible
    assert case.filed_on == date(2026, 11, 18)
    assert (case.undertaker, case.division.name) == (None, "立案庭")
    assert (case.case_class, case.instance) == ("民事", "一审")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("（2026）示0199民初1号", "不是本院案号"),
        ("民初一号", "案号"),
        ("（2026）示0101民初1号", "已有登记"),
        ("（2015）示一民初字第1号", "不是本院案号"),
    ],
)
def test_a_number_that_cannot_be_is_refused_where_it_stands(bench, number, said):
    with pytest.raises(Refused, match=said) as refused:
        register(number)
    assert refused.value.field == "number"


def test_a_case_of_the_future_is_refused(bench):
    with pytest.raises(Refused, match="晚于今天"):
        register("（2026）示0101民初88号", filed_on=date(2026, 12, 1))


def test_a_service_is_recorded_once(bench):
    told = {"document": "判决书", "way": "邮寄送达"}
    position = put(bench, "送达", "2026-11-10", **told)
    assert Event.objects.get(pk=position).payload == told
    with pytest.raises(Refused, match="未重复登记"):
        put(bench, "送达", "2026-11-10", **told)
    assert put(bench, "送达", "2026-11-10", **told, party="被告") > position


def test_read_only_mode_refuses_what_the_courts_own_system_holds(bench):
    switch(bench.court, read_only=True)
    with pytest.raises(Refused, match="只读接入模式：“送达”由本院办案系统登记"):
        put(bench, "送达", "2026-11-10", document="判决书", way="邮寄送达")
    assert put(bench, "送达未果", "2026-11-10", way="邮寄送达", document="传票", reason="查无此人")
    with pytest.raises(Refused, match="立案后接入"):
        register("（2026）示0101民初88号")


def test_read_only_is_what_a_court_begins_with(bench):
    assert modes.is_read_only(10**6, NOW.date())
    assert not modes.is_read_only(bench.court.pk, NOW.date())


def test_switching_the_mode_needs_a_basis_and_leaves_a_trace(bench):
    assert AuditRow.objects.filter(action="设置", subject=modes.READ_ONLY).count() == 1
    with pytest.raises(ValueError, match="依据"):
        modes.set_mode(
            court=bench.court,
            read_only=True,
            valid_from=NOW.date(),
            basis=" ",
            actor="甲",
            now=NOW,
        )


def test_a_closed_gate_is_told_with_its_article(bench):
    with pytest.raises(GateClosed, match="本案未报结，不能归档") as closed:
        put(bench, "归档", "2026-11-10")
    assert "立卷归档办法" in closed.value.gate.law


def test_an_event_is_taken_back_with_a_reason(bench):
    put(bench, "报结", "2026-11-10", disposition="判决")
    position = Event.objects.filter(kind="报结").get().pk
    with pytest.raises(Refused, match="作废理由"):
        services.void_event(bench.case, position, "误", actor="示范甲", now=NOW)
    services.void_event(bench.case, position, "日期登记有误", actor="示范甲", now=NOW)
    bench.case.refresh_from_db()
    assert bench.case.closed_on is None
    with pytest.raises(Refused, match="已经作废"):
        services.void_event(bench.case, position, "日期登记有误", actor="示范甲", now=NOW)
    put(bench, "报结", "2026-11-10", disposition="判决")  # and may be registered anew


def test_what_another_procedure_made_is_not_taken_back_here(bench):
    filed = Event.objects.get(case=bench.case, kind="分案")
    with pytest.raises(Refused, match="其他办理流程"):
        services.void_event(bench.case, filed.pk, "登记有误，更正", actor="示范甲", now=NOW)


def test_in_read_only_mode_imported_events_are_corrected_where_they_came_from(bench):
    switch(bench.court, read_only=True)
    filed = Event.objects.get(case=bench.case, kind="立案")
    with pytest.raises(Refused, match="在办案系统更正后重新导入"):
        services.void_event(bench.case, filed.pk, "登记有误，更正", actor="示范甲", now=NOW)
