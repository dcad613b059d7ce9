"""An instruction from being given to being closed, each step by the one whose step it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Order, Transition, Watch
from shenguan.base.org.models import Court
from shenguan.programs.desk import instructions
from shenguan.programs.desk.instructions import KIND, InstructionError
from shenguan.programs.desk.tests.bench import NOW, ON, make_court
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.tests.people import hold
from shenguan.spine.tests.registry import demo_court

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 20)


@pytest.fixture
def people():
    return make_court()


def give(people, **changed):
    asked = {
        "actor": people["president"],
        "owner": people["judge"],
        "text": "请说明进展",
        "due_on": DUE,
        "on": ON,
        "now": NOW,
    }
    return instructions.give(**asked | changed)


def level(made) -> str:
    return Watch.objects.get(kind=KIND, subject=made.subject).level


def test_what_is_given_is_numbered_watched_and_on_the_record_of_its_case(people):
    case = Case.objects.get(number="（2026）示0101民初1号")
    made = give(people, case=case)
    assert made.number == "〔2026〕示0101批1号"
    assert give(people).number == "〔2026〕示0101批2号"
    event = Event.objects.get(case=case, kind="批示交办")
    assert event.payload == {"number": made.number, "owner": "法官甲一", "due": "2026-07-20"}
    assert level(made) == "提示"
    assert AuditRow.objects.filter(action="批示交办", subject=made.number).exists()


def test_an_instruction_is_no_progress_of_the_case(people):
    case = Case.objects.get(number="（2026）示0101民初1号")
    before = case.last_event_on
    give(people, case=case)
    case.refresh_from_db()
    assert case.last_event_on == before


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"text": "  "}, "不能为空"),
        ({"due_on": ON - timedelta(days=1)}, "早于今日"),
    ],
)
def test_an_instruction_without_content_or_with_a_past_day_is_refused(people, changed, reason):
    with pytest.raises(InstructionError, match=reason):
        give(people, **changed)


def test_one_instructs_neither_oneself_nor_another_court(people):
    with pytest.raises(InstructionError, match="本人"):
        give(people, owner=people["president"])
    stranger = hold("法官乙一", "法官", demo_court("示0102", "示范市乙区人民法院"))
    with pytest.raises(InstructionError, match="本院"):
        give(people, owner=stranger)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 16), "提示"),
        (date(2026, 7, 17), "催办"),
        (date(2026, 7, 20), "催办"),
        (date(2026, 7, 21), "督办"),
    ],
)
def test_the_ladder_urges_three_days_before_and_supervises_the_day_after(people, day, expected):
    made = give(people)
    instructions.tick(day, NOW)
    assert level(made) == expected
    assert Order.objects.filter(watch__subject=made.subject).exists() == (expected == "督办")


def test_a_nightly_run_twice_is_a_nightly_run_once(people):
    give(people)
    instructions.tick(DUE, NOW)
    before = Transition.objects.count()
    instructions.tick(DUE, NOW)
    assert Transition.objects.count() == before


def answer(made, people, text="已办"):
    return instructions.report(instruction=made, result=text, actor=people["judge"], on=ON, now=NOW)


def test_only_the_owner_answers_and_with_words(people):
    made = give(people)
    with pytest.raises(InstructionError, match="承办人"):
        instructions.report(instruction=made, result="已办", actor=people["other"], on=ON, now=NOW)
    with pytest.raises(InstructionError, match="不能为空"):
        answer(made, people, " ")
    assert answer(made, people).state_word == "已反馈，待确认"
    assert level(made) == ""


def test_only_the_giver_closes_and_only_what_was_answered(people):
    made = give(people)
    with pytest.raises(InstructionError, match="还没有反馈"):
        instructions.accept(instruction=made, actor=people["president"], on=ON, now=NOW)
    answer(made, people)
    with pytest.raises(InstructionError, match="由批示人"):
        instructions.accept(instruction=made, actor=people["judge"], on=ON, now=NOW)
    closed = instructions.accept(instruction=made, actor=people["president"], on=ON, now=NOW)
    assert closed.state_word == "已办结"


def test_sent_back_it_is_owed_again(people):
    made = give(people)
    answer(made, people)
    instructions.send_back(
        instruction=made, reason="请附时间表", actor=people["president"], on=ON, now=NOW
    )
    assert (made.result, made.state_word, level(made)) == ("", "退回再办", "提示")


def test_of_two_closings_at_once_one_counts(people):
    made = answer(give(people), people)
    same = type(made).objects.get(pk=made.pk)
    instructions.accept(instruction=made, actor=people["president"], on=ON, now=NOW)
    with pytest.raises(InstructionError, match="已有变化"):
        instructions.accept(instruction=same, actor=people["president"], on=ON, now=NOW)


def test_numbers_begin_again_each_year_and_in_each_court(people):
    made = give(people, on=date(2027, 1, 4), due_on=date(2027, 1, 20))
    assert made.number == "〔2027〕示0101批1号"
    assert Court.objects.filter(code="示0101").exists()
