"""Steps of 评查, 发改反馈 and meetings: what each says, and whether anything came of it."""

from __future__ import annotations

import pytest

from shenguan.core.facts.case import Reading, case_facts
from shenguan.core.facts.narrow import Narrow
from shenguan.core.facts.tests.making import CONTEXT, case, told

FIRST = ("登记", None, {"case_type": "民初"}), ("立案", "2026-01-05")
CONCLUDED = ("评查结论", "2026-03-01", {"plan": 4, "grade": "优质", "findings": 2})


def checked(issue: str, result: str = "通过", plan: int = 4):
    return ("评查验收", "2026-03-20", {"plan": plan, "issue": issue, "result": result})


def steps_of(*events):
    reading = Reading(case(told(*FIRST, *events)))
    return Narrow(reading, case_facts(reading, CONTEXT), CONTEXT).steps()


def outcome(name: str) -> int:
    return CONTEXT.words.number("步骤结果", name)


def test_a_grade_of_another_set_counts_as_the_like_one_and_tells_how_many_issues():
    step = steps_of(CONCLUDED)[0]
    assert (step["outcome"], step["number"], step["settled"]) == (outcome("优秀"), 2, False)


@pytest.mark.parametrize(
    ("checks", "rectified"),
    [
        ((checked("Q01"),), False),
        ((checked("Q01"), checked("Q02", "退回")), False),
        ((checked("Q01"), checked("Q02"), checked("Q02")), True),
        ((checked("Q01"), checked("Q02", plan=5)), False),
    ],
)
def test_a_review_is_put_right_when_every_issue_of_its_plan_has_passed(checks, rectified):
    assert steps_of(CONCLUDED, *checks)[0]["settled"] is rectified


def test_two_blind_scores_tell_how_far_apart_they_are():
    step = steps_of(("评查复评", "2026-03-01", {"plan": 4, "gap": 65, "result": "分歧"}))[0]
    assert (step["number"], step["outcome"]) == (65, outcome("分歧"))


def test_feedback_is_answered_by_its_own_answer_alone():
    taken = ("发改反馈", "2026-05-01", {"feedback": 7, "stage": "收到", "result": "改判"})
    other = ("发改答复", "2026-05-03", {"feedback": 8, "choice": "异议"})
    own = ("发改答复", "2026-05-04", {"feedback": 7, "choice": "认可"})
    assert steps_of(taken, other)[0]["settled"] is False
    assert steps_of(taken, other, own)[0]["settled"] is True


def test_what_a_meeting_said_is_answered_by_its_number_and_body():
    said = ("审委会决定", "2026-05-01", {"meeting": "第1次"})
    advice = (
        "会议回复",
        "2026-05-02",
        {"meeting": "第1次", "body": "专业法官会议", "response": "采纳"},
    )
    done = (
        "会议回复",
        "2026-05-02",
        {"meeting": "第1次", "body": "审委会决定", "response": "执行"},
    )
    assert steps_of(said, advice)[0]["settled"] is False
    assert steps_of(said, done)[0]["settled"] is True


@pytest.mark.parametrize(("grounds", "named"), [(0, False), (2, True)])
def test_the_case_above_tells_whether_it_fed_back_and_named_its_grounds(grounds, named):
    sent = ("发改反馈", "2026-05-01", {"feedback": 7, "stage": "发出", "grounds": grounds})
    row = case_facts(Reading(case(told(*FIRST, sent))), CONTEXT)
    assert (row["fed_back"], row["grounds_named"]) == (True, named)
