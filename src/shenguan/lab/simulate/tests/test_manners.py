"""How courts go about things: every payload the facts read is written, in its place, and moves nothing."""

from __future__ import annotations

from collections import defaultdict

import pytest

from shenguan import rulebook
from shenguan.lab.simulate.manners import COURSE_PAPERS
from shenguan.lab.simulate.rows import case_row, event_rows
from shenguan.lab.simulate.world import LAST_DAY, world

BOOK = rulebook.load()
READ = {
    "立案": {"online"},
    "诉前调解结束": {"result"},
    "送达": {"document"},
    "电子送达": {"document"},
    "组成合议庭": {"members"},
    "开庭": {"broadcast", "closed", "online", "agency_head"},
    "宣判": {"in_court"},
    "报结": {"disposition", "new_evidence", "agency_lost", "recovered", "performance"},
    "执行完毕": {"amount", "performance"},
    "终结本次执行": {"amount"},
    "文书上网": {"published", "reason"},
    "信访": {"kind", "result"},
    "司法建议": {"addressee", "reply_due", "stage", "reply_on"},
    "司法确认": {"result"},
    "申诉申请再审": {"applicant"},
    "四类标注": {"kinds"},
    "阅核": {"opinion"},
    "延期开庭": {"to", "reason"},
}


@pytest.fixture(scope="module")
def cases():
    return list(world(2024, 2500, 10, calendar=BOOK.calendar))


@pytest.fixture(scope="module")
def told(cases):
    found = defaultdict(list)
    for case in cases:
        for event in case.events:
            found[event.kind].append((case, event))
    return found


@pytest.mark.parametrize("kind", READ)
def test_every_payload_the_facts_read_is_written(told, kind):
    written = {key for _case, event in told[kind] for key in event.payload}
    assert READ[kind] <= written
    assert written <= set(BOOK.events[kind].payload)


def test_the_event_table_lists_every_field_written(told):
    for kind, found in told.items():
        written = {key for _case, event in found for key in event.payload}
        assert written <= set(BOOK.events[kind].payload), kind


def test_lay_assessors_sit_at_first_instance_only(told):
    seated = [
        case.registration["instance"]
        for case, event in told["组成合议庭"]
        if any(seat["role"] == "人民陪审员" for seat in event.payload["members"])
    ]
    assert len(seated) > 20
    assert set(seated) == {"一审"}
    assert all(len(event.payload["members"]) == 3 for _case, event in told["组成合议庭"])


def test_nobody_sits_twice_on_a_panel(told):
    for _case, event in told["组成合议庭"]:
        names = [seat["name"] for seat in event.payload["members"]]
        assert len(set(names)) == len(names)


def test_enforced_in_full_is_paid_in_full_and_terminated_in_part(told):
    full = [(case.registration.get("amount"), e.payload) for case, e in told["执行完毕"]]
    assert all(payload.get("amount") == amount for amount, payload in full)
    part = [(case.registration.get("amount"), e.payload) for case, e in told["终结本次执行"]]
    assert all(payload["amount"] <= amount for amount, payload in part if amount)
    claimed = sum(amount or 0 for amount, _payload in full + part)
    assert 0.4 < sum(payload.get("amount", 0) for _, payload in full + part) / claimed < 0.8


def test_a_case_enforced_in_full_had_something_to_take(told):
    assert all(case.registration["extras"]["有财产"] for case, _event in told["执行完毕"])


def test_who_pays_unasked_is_neither_appealed_nor_enforced_upon(cases, told):
    paid = {case.number for case, e in told["登记变更"] if e.payload["extras"].get("自动履行")}
    assert len(paid) > 50
    enforced = {case.registration.get("prior_number") for case in cases if case.type_code == "执"}
    assert not paid & enforced
    assert not paid & {case.number for case, _event in told["上诉"]}


def test_the_file_comes_back_after_the_appeal_has_closed(cases, told):
    closed = {
        case.registration.get("prior_number"): case.closed_on
        for case in cases
        if case.type_code in ("民终", "刑终", "行终")
    }
    assert len(told["卷宗退回"]) > 50
    for case, event in told["卷宗退回"]:
        assert closed[case.number] < event.known_on <= LAST_DAY


def test_a_suggestion_is_answered_after_it_was_made(told):
    sent = {case.number: e.known_on for case, e in told["司法建议"] if "addressee" in e.payload}
    answers = [(case.number, e) for case, e in told["司法建议"] if e.payload.get("stage") == "反馈"]
    assert answers
    assert all(sent[number] < event.known_on for number, event in answers)


def test_swift_criminal_judgments_are_pronounced_in_court(told):
    swift = [e.payload["in_court"] for case, e in told["宣判"] if case.procedure == "速裁程序"]
    assert swift
    assert all(swift)


def test_most_files_are_archived_within_thirty_days(cases, told):
    days = [(e.known_on - case.closed_on).days for case, e in told["归档"] if case.closed_on]
    assert 0.7 < sum(0 <= day <= 30 for day in days) / len(days) < 0.95


def test_papers_in_the_course_of_a_case_are_not_the_decision_in_the_table(cases):
    served = 0
    for case in cases:
        row = case_row(case, LAST_DAY)
        assert row is not None
        papers = [e for e in case.events if e.payload.get("document") in COURSE_PAPERS]
        served += len(papers)
        if all(event in papers for event in case.events if event.kind == "送达"):
            assert row["送达日期"] is None
        listed = [line for line in event_rows(case, LAST_DAY) if "送达" in line["事件"]]
        wanted = [event for event in case.events if "送达" in event.kind]
        assert len(listed) == len(wanted) - len(papers)
    assert served > 500


def test_a_report_taken_back_is_followed_by_the_real_closing(told):
    assert told["撤销报结"]
    for case, event in told["撤销报结"]:
        reports = [e.known_on for e in case.events if e.kind == "报结"]
        assert reports[0] < event.known_on
        assert case.closed_on is None or event.known_on < reports[-1] == case.closed_on
