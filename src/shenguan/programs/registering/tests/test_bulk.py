"""One event on many cases: exceptions with reasons, one act, nothing twice."""

from __future__ import annotations

import pytest

from shenguan.base.audit.models import AuditRow
from shenguan.base.org.scope import Scope
from shenguan.programs.registering import bulk
from shenguan.programs.registering.bulk import NOT_FOUND, TWICE
from shenguan.programs.registering.models import Act, Line
from shenguan.programs.registering.services import Refused
from shenguan.programs.registering.tests.bench import (
    ORDINARY,
    TODAY,
    Bench,
    entry,
    make_bench,
    more_cases,
    switch,
)
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
SERVICE = entry("送达", "2026-11-10", document="判决书", way="邮寄送达")


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def scope_of(bench: Bench) -> Scope:
    return Scope(actor=bench.judge.name, person_ids=frozenset({bench.judge.pk}))


def act_on(bench: Bench, numbers: list[str], what=SERVICE, key: str = "k1") -> Act:
    return bulk.carry_out(key, scope_of(bench), numbers, what, person=bench.judge, now=NOW)


def test_numbers_are_read_from_any_list():
    assert bulk.numbers_in("（2026）示0101民初1号\n (2026)示0101民初2号，x；\n\n") == [
        "（2026）示0101民初1号",
        "(2026)示0101民初2号",
        "x",
    ]


def test_the_preview_names_every_exception_with_its_reason(bench):
    more_cases(2)
    add_case("（2026）示0101民初9号", {"2026-01-15": "立案"}, undertaker="他人", **ORDINARY)
    record([NewEvent(bench.case.pk, "送达", SERVICE.on, SERVICE.payload)], actor="甲", now=NOW)
    given = [
        "(2026)示0101民初1号",
        "（2026）示0101民初2号",
        "（2026）示0101民初02号",
        "（2026）示0101民初9号",
        "（2026）示0101民初77号",
        "不是案号",
        "（2026）示0101民初3号",
    ]
    rows = bulk.preview(scope_of(bench), given, SERVICE, TODAY)
    assert [row.reason for row in rows] == [
        "2026-11-10已有内容相同的“送达”",
        "",
        TWICE,
        NOT_FOUND,
        NOT_FOUND,
        NOT_FOUND,
        "",
    ]


def test_a_gate_refuses_in_the_preview_with_its_article(bench):
    (row,) = bulk.preview(scope_of(bench), [bench.case.number], entry("归档", "2026-11-10"), TODAY)
    assert row.reason.startswith("本案未报结，不能归档（人民法院诉讼文书立卷归档办法")


def test_read_only_courts_are_exceptions(bench):
    switch(bench.court, read_only=True)
    (row,) = bulk.preview(scope_of(bench), [bench.case.number], SERVICE, TODAY)
    assert "只读接入模式" in row.reason


def test_one_act_records_on_each_case_and_keeps_the_exceptions(bench):
    numbers = [case.number for case in more_cases(4)]
    act = act_on(bench, [*numbers, "（2026）示0101民初77号"])
    assert Event.objects.filter(kind="送达", source=f"批量登记第{act.pk}号").count() == 4
    assert [line.given for line in bulk.exceptions(act.lines.all())] == ["（2026）示0101民初77号"]
    row = AuditRow.objects.get(action="批量登记")
    assert row.detail == {"done": 4, "left": 1}


def test_the_same_act_sent_twice_records_nothing_twice(bench):
    numbers = [case.number for case in more_cases(3)]
    first = act_on(bench, numbers)
    again = act_on(bench, numbers)
    assert (first.pk, Event.objects.filter(kind="送达").count()) == (again.pk, 3)


def test_an_act_that_was_cut_off_is_finished_by_sending_it_again(bench):
    numbers = [case.number for case in more_cases(3)]
    act = act_on(bench, numbers)
    last = Line.objects.get(act=act, seq=3)
    record([NewEvent(last.case_id, "作废", voids=last.position)], actor="甲", now=NOW)
    last.delete()
    Act.objects.filter(pk=act.pk).update(finished_at=None)
    act_on(bench, numbers)
    assert Line.objects.filter(act=act).exclude(position=None).count() == 3
    assert AuditRow.objects.filter(action="批量登记").count() == 2


def test_a_gate_that_closed_since_the_preview_leaves_one_case_out(bench, monkeypatch):
    numbers = [case.number for case in more_cases(2)]
    monkeypatch.setattr(bulk, "_gate", lambda *_a: "")  # what the preview saw
    act = act_on(bench, numbers, entry("归档", "2026-11-10"))
    assert [line.reason[:11] for line in act.lines.all()] == ["本案未报结，不能归档（"[:11]] * 2


def test_a_key_of_another_person_is_refused(bench):
    numbers = [case.number for case in more_cases(1)]
    act_on(bench, numbers)
    Act.objects.update(person=more_cases(1, first=30)[0].undertaker)
    other = bench.judge.__class__.objects.create(court=bench.court, name="另一人")
    with pytest.raises(Refused, match="属于他人"):
        bulk.carry_out("k1", scope_of(bench), numbers, SERVICE, person=other, now=NOW)


def test_more_than_five_hundred_at_once_are_refused(bench):
    with pytest.raises(Refused, match="最多办理500件"):
        bulk.preview(scope_of(bench), ["x"] * 501, SERVICE, TODAY)


def test_fifty_services_take_no_more_queries_in_the_preview_than_five(
    bench, django_assert_max_num_queries
):
    numbers = [case.number for case in more_cases(5)]
    with django_assert_max_num_queries(25):
        bulk.preview(scope_of(bench), numbers, SERVICE, TODAY)
