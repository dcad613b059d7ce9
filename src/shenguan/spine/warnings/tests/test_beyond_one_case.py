"""程序空转, 撤诉再诉, 突击结案 and the 一案一策 ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shenguan.base.inbox.models import Watch
from shenguan.base.org.scope import Scope
from shenguan.spine.tests.registry import demo_court
from shenguan.spine.warnings import ledger
from shenguan.spine.warnings.models import CaseCheck, Plan
from shenguan.spine.warnings.selectors import causes, plans
from shenguan.spine.warnings.tests.build import (
    ALL,
    ORDINARY,
    add_case,
    at,
    happen,
    levels,
    night,
    staffed,
)

pytestmark = pytest.mark.django_db
PARTIES = [{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "乙某"}]


def test_a_dispute_remanded_twice_goes_idle_and_enters_the_ledger():
    staffed()
    upper = demo_court("示01", "示范市中级人民法院")
    prior, day = "", date(2025, 1, 10)
    sent_back = ["指令审理", "发回重审"]  # a second remand of the same dispute is refused
    for step in range(5):
        appeal = step % 2 == 1
        kind, court, code = ("民终", upper, "示01") if appeal else ("民初", demo_court(), "示0101")
        attributes = ORDINARY | {"case_type": kind, "instance": "二审" if appeal else "一审"}
        attributes |= {"prior_number": prior, "against": "判决" if appeal else ""}
        events: dict = {str(day): "立案"}
        if step < 4:
            events[str(day + timedelta(days=30))] = (
                "报结",
                {"disposition": sent_back.pop() if appeal else "判决"},
            )
        prior = f"（2025）{code}{kind}{step + 1}号"
        # after a remand no judge of the first trial may sit again
        add_case(prior, events, court=court, undertaker=f"法官{'甲乙丙丁戊'[step]}一", **attributes)
        day += timedelta(days=60)
    night("2025-09-20")
    watch = Watch.objects.get(kind="idle_chain")
    assert (
        watch.say
        == "（2025）示0101民初5号所在纠纷已历5个程序、2次发回或者指令审理，程序空转，应建立一案一策台账"
    )
    assert Plan.objects.get().why == "程序空转"


def test_a_suit_withdrawn_and_brought_again_within_sixty_days_is_seen_the_next_night():
    staffed()
    closing = ("报结", {"disposition": "准许撤诉"})
    add_case(
        "（2026）示0101民初1号",
        {"2026-01-15": "立案", "2026-02-10": closing},
        parties=PARTIES,
        **ORDINARY,
    )
    night("2026-03-01")
    case = add_case("（2026）示0101民初2号", {"2026-03-02": "立案"}, parties=PARTIES, **ORDINARY)
    night("2026-03-03")
    assert CaseCheck.objects.get(case=case).refiled == "（2026）示0101民初1号"
    assert Watch.objects.get(kind="withdrawn_refiled").level == "提示"


def test_a_month_of_twice_the_own_mean_is_told_to_the_office_alone():
    people = staffed()
    serial = 0
    for month in range(1, 14):
        year, number = (2025, month) if month < 13 else (2026, 1)
        for _ in range(12 if month == 13 else 4):
            serial += 1
            day = date(year, number, 10)
            events = {
                str(day - timedelta(days=20)): "立案",
                str(day): ("报结", {"disposition": "判决"}),
            }
            add_case(f"（{year}）示0101民初{serial}号", events, **ORDINARY)
    night("2026-02-01")
    says = set(Watch.objects.filter(kind="closing_burst").values_list("say", flat=True))
    assert (
        "示范市甲区人民法院2026年1月结案12件，为其前十二个月均值4.0件的两倍以上，请核查结案质量"
        in says
    )
    told = Watch.objects.filter(kind="closing_burst").values_list(
        "transitions__notices__person", flat=True
    )
    assert set(told) == {people["审管办主任"].pk}
    night("2026-03-01")
    assert not Watch.objects.filter(kind="closing_burst").exclude(level="").exists()


@pytest.fixture
def entry():
    staffed()
    add_case("（2025）示0101民初1号", {"2025-01-10": "立案", "2026-01-05": "开庭"}, **ORDINARY)
    night("2026-01-12")
    return Plan.objects.get()


def planned(entry: Plan, people: dict) -> Plan:
    return ledger.set_plan(
        plan=entry, cause="鉴定、评估、审计时间长", text="函催鉴定机构", owner=people["法官"],
        leader=people["分管副院长"], next_step="函催", next_on=date(2026, 2, 20), on=date(2026, 1, 13),
    )  # fmt: skip


def test_a_long_pending_case_enters_the_ledger_once_and_an_empty_entry_is_urged(entry):
    assert (entry.why, entry.opened_on, entry.owner.name) == (
        "长期未结",
        date(2026, 1, 12),
        "法官甲一",
    )
    night("2026-01-27")
    assert Plan.objects.count() == 1
    assert levels("plan_missing") == [("2026-01-19", "提示"), ("2026-01-27", "催办")]


def test_a_plan_is_watched_for_its_next_step_and_its_monthly_progress(entry):
    people = staffed()
    planned(entry, people)
    night("2026-02-21")
    assert levels("plan_missing") == []
    assert levels("plan_late") == [("2026-02-18", "提示"), ("2026-02-21", "催办")]
    ledger.report_progress(
        plan=entry, text="已函催", on=date(2026, 2, 21), actor=people["法官"], now=at("2026-02-21", 9),
        next_step="收到鉴定意见后开庭", next_on=date(2026, 4, 30),
    )  # fmt: skip
    night("2026-03-25")
    assert Watch.objects.get(kind="plan_late").level == ""
    assert Watch.objects.get(kind="plan_silent").say.endswith("以来32日没有进展记录")


def test_an_entry_is_closed_by_someone_else_with_a_result(entry):
    people = staffed()
    planned(entry, people)
    on = date(2026, 2, 1)
    with pytest.raises(ValueError, match="责任人以外"):
        ledger.close_plan(plan=entry, result="已结", actor=people["法官"], on=on)
    with pytest.raises(ValueError, match="写明结果"):
        ledger.close_plan(plan=entry, result=" ", actor=people["庭长"], on=on)
    ledger.close_plan(plan=entry, result="已结", actor=people["庭长"], on=on)
    with pytest.raises(ValueError, match="已销号"):
        planned(entry, people)


def test_causes_are_summed_within_the_scope(entry):
    people = staffed()
    assert causes(ALL, date(2026, 1, 31)) == [("长期未结", "", 1)]
    planned(entry, people)
    assert causes(ALL, date(2026, 1, 31)) == [("长期未结", "鉴定、评估、审计时间长", 1)]
    assert causes(Scope.nothing("无"), date(2026, 1, 31)) == []
    assert plans(Scope(actor="本人", person_ids=frozenset({people["法官"].pk}))).count() == 1


def test_a_closed_case_asks_nothing_more_of_its_plan(entry):
    happen(entry.case, "2026-01-13", "报结")
    night("2026-03-20")
    assert levels("plan_missing") == []
