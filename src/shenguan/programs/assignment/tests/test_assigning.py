"""Assigning: draw by default, a choice with a reason, nobody past a recusal."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.org.models import Unit
from shenguan.base.org.services import set_setting
from shenguan.programs.assignment import registers, selectors, services
from shenguan.programs.assignment.fitting import DIVISIONS
from shenguan.programs.assignment.loads import WEIGHTS, loads
from shenguan.programs.assignment.models import Draw
from shenguan.programs.assignment.reach import reach_of
from shenguan.programs.assignment.recusal import barred
from shenguan.programs.assignment.services import Choice, Refused
from shenguan.programs.assignment.tests.bench import (
    DIVISION,
    JUDGES,
    TODAY,
    Bench,
    filed,
    make_bench,
    switch,
)
from shenguan.spine.cases.barring import kept_out
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import history
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import hold
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def fresh(case: Case) -> Case:
    return Case.objects.select_related("court", "division", "undertaker").get(pk=case.pk)


def drawn(bench: Bench, case: Case, who=None, seed: str = "种子", **said) -> Draw:
    who = who or bench.filing
    return services.assign_by_draw(
        fresh(case), bench.reach(who), seed=seed, person=who, now=NOW, **said
    )


def chosen(bench: Bench, case: Case, judge, reason: str, who=None, detail: str = "") -> Draw:
    who = who or bench.filing
    choice = Choice(judge.pk, reason, detail)
    return services.assign_by_choice(fresh(case), bench.reach(who), choice, person=who, now=NOW)


def test_a_case_waiting_with_the_filing_office_is_drawn_among_the_judges(bench):
    case = filed(1)
    draw = drawn(bench, case)
    case = fresh(case)
    assert case.undertaker == draw.chosen
    assert case.undertaker.name in JUDGES
    assert case.division.name == DIVISION
    assert [one["name"] for one in draw.candidates] == list(JUDGES)
    event = Event.objects.get(pk=draw.position or 0)
    assert (event.kind, event.payload["way"], event.payload["draw"]) == ("分案", "随机", draw.pk)
    assert not selectors.waiting(bench.reach(bench.filing).scope, bench.court).exists()


def test_the_first_real_assignment_takes_the_place_of_the_one_that_named_a_unit(bench):
    case = filed(1)
    drawn(bench, case)
    standing = [e.kind for e in history(bench.reach(bench.chief).scope, case.pk)]
    assert standing.count("分案") == 1
    assert "变更承办人" not in standing


def test_a_draw_is_replayed_from_what_was_stored(bench):
    draw = drawn(bench, filed(1))
    assert services.replay(Draw.objects.get(pk=draw.pk)) == draw.chosen_id
    Draw.objects.filter(pk=draw.pk).update(seed="另一种子", candidates=draw.candidates[:1])
    assert services.replay(Draw.objects.get(pk=draw.pk)) == bench.judges[0].pk


def test_a_choice_needs_a_coded_reason_and_other_needs_words(bench):
    case = filed(1)
    for reason, said in (("", "请选择指定的事由"), ("B1", "请选择指定的事由"), ("A0", "具体情况")):
        with pytest.raises(Refused, match=said):
            chosen(bench, case, bench.judges[0], reason)
    draw = chosen(bench, case, bench.judges[0], "A4")
    assert (draw.way, fresh(case).undertaker) == ("指定", bench.judges[0])


def test_changing_who_has_a_case_needs_a_reason_even_by_draw(bench):
    case = filed(1, undertaker=JUDGES[0], division=DIVISION)
    with pytest.raises(Refused, match="请选择调整的事由"):
        drawn(bench, case, bench.chief)
    draw = drawn(bench, case, bench.chief, reason="B4")
    assert Event.objects.get(pk=draw.position or 0).kind == "变更承办人"
    assert draw.chosen.name in JUDGES[1:]
    assert draw.before == bench.judges[0]


def test_a_judge_of_an_earlier_stage_is_neither_drawn_nor_chosen(bench):
    filed(1, undertaker=JUDGES[0], division=DIVISION)
    again = add_case(
        "（2026）示0101民初50号",
        {"2026-11-10": "立案"},
        undertaker="",
        division=DIVISION,
        case_type="民初",
        instance="一审",
        prior_number="（2026）示0101民初1号",
        prior_court="示范市甲区人民法院",
    )
    draw = drawn(bench, again, bench.chief)
    assert JUDGES[0] not in [one["name"] for one in draw.candidates]
    assert "参与过本案前一审判程序：（2026）示0101民初1号" in draw.left_out[0]["reason"]
    with pytest.raises(Refused, match="应当回避"):
        chosen(bench, again, bench.judges[0], "B6", bench.chief)


def test_a_decided_recusal_keeps_a_judge_out_and_a_refused_one_does_not(bench):
    case = filed(1, division=DIVISION)
    told = {"ground": "与本案有利害关系"}
    for name, result in ((JUDGES[0], "同意回避"), (JUDGES[1], "驳回申请")):
        payload = {"person": name, "result": result, **told}
        record([NewEvent(case.pk, "回避决定", TODAY, payload)], actor="甲", now=NOW)
    draw = drawn(bench, case, bench.chief)
    assert [one["name"] for one in draw.candidates] == [JUDGES[1], JUDGES[2]]


def test_a_relative_as_agent_keeps_a_judge_out(bench):
    parties = [{"role": "原告", "name": "示范甲公司", "agents": [{"name": "律师甲"}]}]
    case = filed(1, division=DIVISION, parties=parties)
    data = {"person": str(bench.judges[0].pk), "name": "律师甲", "relation": "配偶"}
    registers.note_relative(data, actor=bench.chief, now=NOW)
    (one,) = barred(
        fresh(case), [row.judge for row in loads(bench.reach(bench.chief), TODAY)], TODAY
    )
    assert (one.name, one.bars) == (JUDGES[0], True)
    assert "代理人系其配偶" in one.reason
    everyone = [judge.pk for judge in bench.judges]
    assert kept_out([case], everyone, TODAY) == {case.pk: {bench.judges[0].pk}}
    assert kept_out([case], everyone[1:], TODAY)[case.pk] == set()


def test_whoever_is_away_is_not_drawn_but_may_be_chosen(bench):
    data = {"person": str(bench.judges[0].pk), "reason": "病假", "valid_from": date(2026, 11, 1)}
    registers.note_absence({**data, "valid_to": date(2026, 12, 1)}, actor=bench.chief, now=NOW)
    case = filed(1, division=DIVISION)
    assert JUDGES[0] not in [one["name"] for one in drawn(bench, case).candidates]
    chosen(bench, filed(2, division=DIVISION), bench.judges[0], "A4")


def test_where_nobody_is_left_the_draw_says_so(bench):
    for judge in bench.judges:
        data = {"person": str(judge.pk), "reason": "学习", "valid_from": date(2026, 11, 1)}
        registers.note_absence(data, actor=bench.chief, now=NOW)
    with pytest.raises(Refused, match="没有可以参加随机分案"):
        drawn(bench, filed(1))


def test_nobody_assigns_outside_their_reach(bench):
    assert reach_of(bench.judges[0], bench.reach(bench.chief).scope, TODAY) is None
    other = hold("法官乙一", "法官", bench.court)
    with pytest.raises(Refused, match="不在您可以分案的范围"):
        chosen(bench, filed(1, division=DIVISION), other, "A4", bench.chief)
    chosen(bench, filed(2, division=DIVISION), other, "A4", bench.filing)


def test_read_only_mode_assigns_nothing_and_a_closed_case_is_left(bench):
    case = filed(1, division=DIVISION)
    record([NewEvent(case.pk, "报结", TODAY, {"disposition": "判决"})], actor="甲", now=NOW)
    with pytest.raises(Refused, match="已报结"):
        drawn(bench, case)
    switch(bench.court, read_only=True)
    with pytest.raises(Refused, match="只读接入模式"):
        drawn(bench, filed(2))


def test_of_two_assignments_at_once_the_second_is_told(bench):
    case = fresh(filed(1))
    drawn(bench, case)
    reach = bench.reach(bench.filing)
    with pytest.raises(Refused, match="刚刚变为"):
        services.assign_by_draw(case, reach, seed="x", person=bench.filing, now=NOW)


def test_the_load_stands_in_the_order_of_the_court_with_weights_where_set(bench):
    filed(1, undertaker=JUDGES[2], division=DIVISION)
    filed(2, undertaker=JUDGES[2], division=DIVISION)
    rows = loads(bench.reach(bench.filing), TODAY)
    assert [row.judge.name for row in rows] == [*JUDGES, "庭长甲"]
    assert [(row.pending, row.filed, row.weighted) for row in rows][2] == (2, 2, None)
    assert not any(
        row.listed for row in rows
    )  # numbers of the whole court, lists only of one's own
    set_setting(
        court=bench.court,
        key=WEIGHTS,
        value={"民初": 15},
        valid_from=date(2026, 1, 1),
        basis="示范",
        actor="甲",
        now=NOW,
    )
    assert loads(bench.reach(bench.chief), TODAY)[2].weighted == 3.0


def test_a_case_waiting_with_the_filing_office_goes_to_divisions_that_hear_such_cases(bench):
    other = Unit.objects.create(court=bench.court, name="刑事审判庭", order=3)
    hold("法官丙一", "法官", bench.court, other)
    filed(1, undertaker=JUDGES[0], division=DIVISION)
    assert [one["name"] for one in drawn(bench, filed(2)).candidates] == list(JUDGES)
    set_setting(
        court=bench.court,
        key=DIVISIONS,
        value={"民事": ["刑事审判庭"]},
        valid_from=date(2026, 1, 1),
        basis="示范",
        actor="甲",
        now=NOW,
    )
    assert [one["name"] for one in drawn(bench, filed(3)).candidates] == ["法官丙一"]
