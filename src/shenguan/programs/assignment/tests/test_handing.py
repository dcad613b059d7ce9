"""交接: every open case in one act, notice to both, old rows stay with the old judge."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Notice, Watch
from shenguan.programs.assignment import handing, registers
from shenguan.programs.assignment.handing import KIND
from shenguan.programs.assignment.models import Draw, Handover
from shenguan.programs.assignment.services import Refused
from shenguan.programs.assignment.tests.bench import (
    DIVISION,
    JUDGES,
    TODAY,
    Bench,
    filed,
    make_bench,
)
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.facts.deriving import Deriver
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    made = make_bench()
    for serial in (1, 2, 3):
        filed(serial, undertaker=JUDGES[0], division=DIVISION)
    closed = filed(4, undertaker=JUDGES[0], division=DIVISION)
    record([NewEvent(closed.pk, "报结", TODAY, {"disposition": "判决"})], actor="甲", now=NOW)
    return made


def hand(bench: Bench, taker: int | None, **changes) -> Handover:
    given = {"key": "k", "reason": "C1", "detail": "", "seed": "种子"} | changes
    return handing.hand_over(
        reach=bench.reach(bench.chief),
        giver=bench.judges[0],
        taker_id=taker,
        person=bench.chief,
        now=NOW,
        **given,
    )


def held_by(judge) -> int:
    return Case.objects.filter(undertaker=judge, closed_on=None).count()


def test_all_open_cases_go_in_one_act_and_the_closed_one_stays(bench):
    made = hand(bench, bench.judges[1].pk)
    assert (held_by(bench.judges[0]), held_by(bench.judges[1])) == (0, 3)
    assert Case.objects.get(closed_on__isnull=False).undertaker == bench.judges[0]
    assert Draw.objects.filter(handover=made).count() == 3
    assert AuditRow.objects.get(action="交接").detail["cases"] == 3


def test_both_sides_are_told(bench):
    hand(bench, bench.judges[1].pk)
    told = {n.person: n.transition.say for n in Notice.objects.select_related("transition")}
    assert told[bench.judges[0]] == "您的3件未结案件已于2026-11-20交接：法官甲二3件"
    assert told[bench.judges[1]] == "法官甲一的3件未结案件已于2026-11-20交接给您"


def test_the_notice_ends_after_a_week(bench):
    hand(bench, bench.judges[1].pk)
    handing.settle(TODAY + timedelta(days=6), NOW)
    assert Watch.objects.filter(kind=KIND).exclude(level="").count() == 2
    for _twice in range(2):
        handing.settle(TODAY + timedelta(days=7), NOW)
    assert not Watch.objects.filter(kind=KIND).exclude(level="").exists()


def test_without_a_taker_each_case_is_drawn(bench):
    hand(bench, None)
    assert held_by(bench.judges[1]) + held_by(bench.judges[2]) == 3
    assert set(Draw.objects.values_list("way", flat=True)) == {"随机"}


def test_the_same_act_sent_twice_happens_once(bench):
    assert hand(bench, bench.judges[1].pk) == hand(bench, bench.judges[2].pk)
    assert held_by(bench.judges[1]) == 3


def test_a_case_the_taker_must_not_have_stays_and_is_listed(bench):
    case = Case.objects.get(number="（2026）示0101民初2号")
    parties = {"parties": [{"role": "原告", "name": "示范甲公司"}]}
    record([NewEvent(case.pk, "登记变更", TODAY, parties)], actor="甲", now=NOW)
    data = {"person": str(bench.judges[1].pk), "name": "示范甲公司", "relation": "子女任职"}
    registers.note_relative(data, actor=bench.chief, now=NOW)
    made = hand(bench, bench.judges[1].pk)
    assert (held_by(bench.judges[0]), held_by(bench.judges[1])) == (1, 2)
    assert [one["number"] for one in made.left] == [case.number]


def test_a_handover_needs_a_reason_and_cases(bench):
    with pytest.raises(Refused, match="请选择交接的事由"):
        hand(bench, bench.judges[1].pk, reason="B4")
    hand(bench, bench.judges[1].pk)
    with pytest.raises(Refused, match="没有您可以交接的未结案件"):
        hand(bench, bench.judges[2].pk, key="k2")


def test_figures_stay_with_whoever_had_the_case_when_it_happened(bench):
    """Org keys are as of the event: closings, filings and pauses before the handover don't move."""
    paused = Case.objects.get(number="（2026）示0101民初1号")
    record([NewEvent(paused.pk, "委托鉴定", TODAY - timedelta(days=3))], actor="甲", now=NOW)
    hand(bench, bench.judges[1].pk)
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    tables = Deriver(load(), on=TODAY).rows(ids, {})
    rows = {row["case_id"]: row for row in tables["case"]}
    closed = Case.objects.get(closed_on__isnull=False)
    old, new = bench.judges[0].pk, bench.judges[1].pk
    assert (rows[closed.pk]["judge"], rows[closed.pk]["filed_judge"]) == (old, old)
    assert (rows[paused.pk]["judge"], rows[paused.pk]["filed_judge"]) == (new, old)
    assert [row["judge"] for row in tables["interval"]] == [old]
    assert rows[paused.pk]["reassignments"] == 1
