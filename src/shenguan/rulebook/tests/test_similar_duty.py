from datetime import date

import pytest

from shenguan import rulebook
from shenguan.core.similar.duty import Finding, SearchRecord, lacking, signed_without_search
from shenguan.rulebook.loaders import similar as loader

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def rules():
    return loader.load(rulebook.DATA).duty


def record(**fields: object) -> SearchRecord:
    return SearchRecord(**{"searched_on": DAY, "searcher": "甲某", "sources": ("案例库",)} | fields)


def test_a_case_for_the_adjudication_committee_must_be_searched(rules):
    found = rules.duties(events={"提交审委会"}, tags=(), today=DAY)
    assert [each.id for each in found] == ["提交讨论", "案例库"]


def test_every_situation_of_article_2_can_hold_and_cites_its_basis(rules):
    assert len(rules.situations) == 4
    assert all(each.basis and (each.events or each.tags) for each in rules.situations)


@pytest.mark.parametrize(
    ("today", "due"),
    [(date(2024, 5, 7), False), (date(2024, 5, 8), True), (date(2024, 5, 9), True)],
)
def test_the_case_library_is_searched_from_the_day_its_rules_are_in_force(rules, today, due):
    assert bool(rules.duties(events=(), tags=(), today=today)) is due


def test_events_of_the_situations_are_known_to_the_log(rules):
    events = rulebook.load().events
    for situation in rules.situations:
        for name in situation.events:
            assert events.canonical(name)


def test_a_simple_case_is_closed_in_one_act():
    assert lacking(record(none_found=True)) == []


def test_each_finding_needs_a_verdict_a_reason_and_for_a_similar_case_what_follows():
    assert lacking(record()) == ["未填检索结果：请逐案填写，或者选择“已检索，无类案”"]
    assert lacking(record(findings=(Finding("某案", ""),))) == ["某案：未判断是否类案"]
    assert lacking(record(findings=(Finding("某案", "类似"),))) == ["某案：未写明理由"]
    open_end = Finding("某案", "类似", "争议焦点相同")
    assert lacking(record(findings=(open_end,))) == ["某案：未写明是否参照或者参考"]
    assert lacking(record(findings=(Finding("某案", "不类似", "事实不同"),))) == []


def test_finding_cases_and_finding_none_exclude_each_other():
    both = record(findings=(Finding("某案", "不类似", "事实不同"),), none_found=True)
    assert lacking(both) == ["既填了检索结果，又选择了“已检索，无类案”"]


@pytest.mark.parametrize(
    ("signed_on", "late"), [(None, False), (date(2026, 3, 1), True), (DAY, False)]
)
def test_signed_before_it_was_searched(signed_on, late):
    assert signed_without_search(record=record(none_found=True), signed_on=signed_on) is late


def test_signed_without_any_record():
    assert signed_without_search(record=None, signed_on=DAY)
