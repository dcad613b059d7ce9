"""Whoever a request waits for is told, more people when it is late; waiting never decides anything."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.approvals.delegations import delegate
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.services import Verdict
from shenguan.base.inbox.models import Notice, Watch
from shenguan.programs.timechanges import clocks
from shenguan.programs.timechanges.services import answer, decide, withdraw
from shenguan.programs.timechanges.tests.bench import Bench, make_bench
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def told(kind: str, level: str) -> set[str]:
    rows = Notice.objects.filter(transition__watch__kind=kind, transition__level=level)
    return set(rows.values_list("person__name", flat=True))


def standing() -> list[tuple[str, str]]:
    return list(Watch.objects.exclude(level="").values_list("kind", "level"))


def test_each_step_is_told_to_its_own_people_and_ends_with_the_decision(bench):
    request = bench.apply()
    assert told(clocks.WAITING, "提示") == {"庭长某"}
    bench.agree(request, bench.chief)
    assert told(clocks.WAITING, "提示") == {"庭长某", "院长某"}
    assert standing() == [(clocks.WAITING, "提示")]
    bench.agree(request, bench.president, "2026-11-04")
    assert standing() == []


def test_a_late_step_tells_the_office_and_approves_nothing(bench):
    request = bench.apply()
    for day in ("2026-11-04", "2026-11-05", "2026-11-12", "2026-12-01"):
        clocks.run(date.fromisoformat(day), at(day))
    assert told(clocks.WAITING, "催办") >= {"庭长某", "审管某"}
    said = Watch.objects.get(kind=clocks.WAITING).say
    assert "决定期限2026-11-15" in said
    assert "超期不视为同意" in said
    request.refresh_from_db()
    assert (request.state, request.at_step) == (Request.State.OPEN, 1)


def test_a_stand_in_is_told_while_the_president_is_away(bench):
    stand_in = hold("专委某", "审委会专职委员", bench.court)
    first, last = date(2026, 11, 2), date(2026, 11, 6)
    delegate(giver=bench.president, taker=stand_in, first=first, last=last, reason="出差",
             now=at("2026-11-02"))  # fmt: skip
    bench.agree(bench.apply(), bench.chief)
    assert "专委某" in told(clocks.WAITING, "提示")


def test_what_was_sent_back_waits_for_the_applicant(bench):
    request = bench.apply()
    back = Verdict("returns", "请补充材料", ["N2"])
    decide(request.pk, back, person=bench.chief, now=at("2026-11-03"))
    assert standing() == [(clocks.RETURNED, "提示")]
    assert told(clocks.RETURNED, "提示") == {"法官甲一"}
    answer(request.pk, "已补充", [], person=bench.judge, now=at("2026-11-04"))
    assert standing() == [(clocks.WAITING, "提示")]
    withdraw(request.pk, person=bench.judge, now=at("2026-11-04"))
    assert standing() == []


def test_nothing_is_waited_for_once_the_case_has_ended(bench):
    bench.apply()
    closing = NewEvent(bench.case.pk, "报结", date(2026, 11, 5), {"disposition": "判决"})
    record([closing], actor="测", now=at("2026-11-05"))
    clocks.run(date(2026, 11, 6), at("2026-11-06"))
    assert standing() == []
