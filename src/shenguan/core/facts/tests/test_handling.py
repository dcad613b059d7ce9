from __future__ import annotations

import pytest

from shenguan.core.facts import Row
from shenguan.core.facts.case import Reading, case_facts
from shenguan.core.facts.tests.making import CONTEXT, case, told


def row_of(*events, **registered) -> Row:
    first = ("登记", None, {"case_type": "民初", "procedure": "普通程序", **registered})
    return case_facts(Reading(case(told(first, ("立案", "2026-01-05"), *events))), CONTEXT)


def panel(*roles: str):
    return ("组成合议庭", "2026-01-08", {"members": [{"role": r, "name": "某"} for r in roles]})


@pytest.mark.parametrize(
    ("procedure", "seats", "bench"),
    [
        ("简易程序", (), (False, True, False)),
        ("普通程序", (), (False, False, False)),  # nothing on record: nothing is concluded
        ("普通程序", ("审判长", "审判员", "审判员"), (True, False, False)),
        ("普通程序", ("审判长", "人民陪审员", "人民陪审员"), (True, False, True)),
        ("普通程序", ("审判员",), (False, True, False)),
    ],
)
def test_who_sat_follows_from_the_panel_and_else_from_the_procedure(procedure, seats, bench):
    events = (panel(*seats),) if seats else ()
    row = row_of(*events, procedure=procedure)
    assert (row["with_panel"], row["single_judge"], row["with_assessor"]) == bench


def test_an_enforcement_case_has_no_bench():
    row = row_of(case_type="执", procedure="简易程序")
    assert (row["with_panel"], row["single_judge"]) == (False, False)


@pytest.mark.parametrize(
    ("registered", "possible"),
    [
        ({}, True),
        ({"cause": "婚姻无效纠纷"}, False),
        ({"case_type": "民申"}, False),
        ({"case_type": "民辖终"}, False),
        ({"case_type": "刑初"}, False),
        ({"case_type": "刑初", "marks": ["刑事自诉"]}, True),
        ({"case_type": "行初"}, False),
        ({"extras": {"可调解": False}}, False),
    ],
)
def test_what_can_be_mediated_follows_the_law_unless_the_court_says(registered, possible):
    assert row_of(**registered)["can_mediate"] is possible


def test_payloads_tell_online_filing_broadcast_and_the_agency_heads_presence():
    row = row_of(
        ("开庭", "2026-02-01", {"broadcast": True}),
        ("开庭", "2026-02-08", {"agency_head": True}),
        case_type="行初",
    )
    assert (row["hearings"], row["broadcast"], row["agency_head_attended"]) == (2, True, True)
    online = case_facts(
        Reading(case(told(("登记", None, {}), ("立案", "2026-01-05", {"online": True})))), CONTEXT
    )
    assert (online["filed_online"], row["filed_online"]) == (True, False)


def test_an_agency_loses_by_the_flag_or_by_the_words_of_the_disposition():
    def lost(case_type: str = "行初", **payload) -> object:
        return row_of(("报结", "2026-03-01", payload), case_type=case_type)["agency_lost"]

    assert lost(disposition="判决") is False
    assert lost(disposition="判决", agency_lost=True) is True
    assert lost(disposition="确认违法") is True
    assert lost(case_type="民初", disposition="判决", agency_lost=True) is False


def test_money_recovered_is_what_the_last_report_says_and_only_in_enforcement():
    events = (
        ("终结本次执行", "2026-03-01", {"amount": 100}),
        ("报结", "2026-03-02", {"disposition": "终结本次执行程序", "recovered": 250}),
    )
    row = row_of(*events, case_type="执", extras={"有财产": "有"})
    assert (row["recovered"], row["enforcement_result"], row["has_assets"]) == (250, 2, True)
    assert row_of(*events)["recovered"] == 0


def test_what_a_review_did_is_read_from_its_disposition_once_it_is_closed():
    closing = ("报结", "2026-03-01", {"disposition": "发回重审", "new_evidence": True})
    row = row_of(closing, case_type="民终")
    assert (row["review_result"], row["new_evidence"]) == (4, True)
    assert row_of(case_type="民终")["review_result"] == 0
    assert row_of(closing)["review_result"] == 0  # a first instance reviews nothing


def test_what_may_not_be_published_is_told_by_kind_cause_and_reason():
    assert row_of(("报结", "2026-03-01", {"disposition": "调解"}))["not_publishable"] is True
    assert row_of(cause="离婚纠纷")["not_publishable"] is True
    assert row_of()["not_publishable"] is False
    told_so = ("文书上网", "2026-03-09", {"published": False, "reason": "涉国家秘密"})
    assert row_of(told_so)["not_publishable"] is True


def test_suggestions_are_counted_with_their_answers_and_never_more_answers_than_suggestions():
    row = row_of(
        ("司法建议", "2026-03-01", {"addressee": "某单位"}),
        ("司法建议", "2026-04-01", {"addressee": "某单位", "stage": "反馈"}),
        ("司法建议", "2026-04-02", {"addressee": "某单位", "stage": "反馈"}),
    )
    assert (row["suggestions"], row["suggestions_answered"]) == (1, 1)


def test_mediation_before_filing_succeeds_by_the_word_alone():
    failed = row_of(("诉前调解结束", "2026-01-02", {"result": "未达成协议"}))
    assert (failed["premediation"], failed["mediated"]) == (True, False)
    assert row_of(("诉前调解结束", "2026-01-02", {"result": "达成协议"}))["mediated"] is True


def test_a_courts_own_columns_tick_what_no_event_says_and_untick_nothing():
    row = row_of(extras={"有财产": "是", "是否直播": "否"})
    assert (row["has_assets"], row["broadcast"]) == (True, False)
    heard = row_of(("开庭", "2026-02-01", {"broadcast": True}), extras={"是否直播": "否"})
    assert heard["broadcast"] is True
