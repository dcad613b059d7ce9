"""Which due date governs, and what the list of differences says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shenguan.base.audit import services as audit
from shenguan.base.org.scope import Scope
from shenguan.spine.choosing import accept_ours, choose
from shenguan.spine.tests.factories import FILED, NOW, filed_case, tell
from shenguan.spine.timelimits.models import Clock
from shenguan.spine.timelimits.selectors import reconciliation, steps

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
OURS, RECORDED = date(2026, 7, 15), date(2026, 7, 20)


def recorded(due: date = RECORDED, **attributes: Any) -> Any:
    case = filed_case(**attributes)
    return tell(case, ("届满日登记", None, {"due": due.isoformat()}))


def test_without_a_recorded_date_ours_governs():
    assert filed_case().clock.governing_due == OURS


def test_the_recorded_date_governs_until_the_court_accepts_ours():
    case = recorded()
    assert (case.clock.due, case.clock.governing_due) == (OURS, RECORDED)
    case = tell(case, ("采用本系统审限", NOW.date()))
    assert (case.clock.governing_due, case.clock.accepted) == (OURS, True)
    assert case.clock.recorded_due == RECORDED


@pytest.mark.parametrize(
    ("which", "governing"),
    [
        (True, OURS),
        (["civil.first.ordinary"], OURS),
        (["民初"], OURS),
        (["civil.first.summary"], RECORDED),
        (False, RECORDED),
    ],
)
def test_a_court_accepts_ours_by_rule(which: bool | list[str], governing: date):
    case = recorded()
    accept_ours(
        court=case.court,
        which=which,
        valid_from=NOW.date(),
        basis="审委会纪要",
        actor="张示范",
        now=NOW,
    )
    assert Clock.objects.get(case=case).governing_due == governing
    assert audit.verify_all() == []


def test_where_no_rule_of_ours_applies_the_recorded_date_counts_even_when_accepted():
    case = recorded(case_type="其他登记")
    case = tell(case, ("采用本系统审限", NOW.date()))
    assert (case.clock.state, case.clock.due) == ("no_rule", None)
    assert case.clock.governing_due == RECORDED


def test_a_paused_case_keeps_its_recorded_date_until_ours_is_accepted():
    case = tell(recorded(), ("委托鉴定", date(2026, 3, 1)))
    assert case.clock.governing_due == RECORDED
    assert tell(case, ("采用本系统审限", NOW.date())).clock.governing_due is None


@pytest.mark.parametrize(("day", "in_time"), [(15, True), (16, True), (20, True), (21, False)])
def test_in_time_is_judged_by_the_legal_end_and_the_governing_date(day: int, in_time: bool):
    late = NOW.replace(month=8)
    case = tell(recorded(), ("宣判", date(2026, 7, day)), ("报结", date(2026, 7, 31)), now=late)
    assert (case.clock.closed_on, case.clock.in_time) == (date(2026, 7, day), in_time)


@pytest.mark.parametrize(
    ("due", "rows", "reason"),
    [
        (date(2026, 7, 16), [], "起算日计法相差一日"),
        (date(2026, 8, 15), [], "相差整月，可能有未接入的延长或程序转换"),
        (date(2026, 7, 25), [], "原系统较晚，可能有未接入的扣除或延长"),
        (date(2026, 7, 3), [], "原系统较早，原因待核"),
        (OURS, [("委托鉴定", date(2026, 3, 1))], "原系统未随扣除、中止暂停"),
        (
            OURS,
            [("委托鉴定", date(2026, 3, 1)), ("鉴定结束", date(2026, 3, 31))],
            "原系统未计入扣除",
        ),
        (
            OURS,
            [("延长审限批准", date(2026, 6, 1), {"months": 6, "approver": "本院院长"})],
            "原系统未计入已批准的延长",
        ),
    ],
)
def test_a_difference_is_listed_with_both_derivations_and_a_likely_reason(
    due: date, rows: list[tuple[Any, ...]], reason: str
):
    case = recorded(due)
    if rows:
        tell(case, *rows)
    (found,) = reconciliation(ALL)
    assert (found.number, found.recorded_due, found.reason) == (case.number, due, reason)
    assert found.ours.startswith("本系统：")
    assert f"自{FILED}起算" in found.ours
    assert found.theirs == f"原系统：自{FILED}起算，{due}届满，历时{(due - FILED).days}日"
    assert reason in found.derivation


def test_a_limit_rolled_over_a_holiday_is_recognised():
    case = filed_case(filed_on=date(2025, 4, 1))
    tell(case, ("届满日登记", None, {"due": "2025-10-09"}))
    (found,) = reconciliation(ALL)
    assert (found.due, found.days, found.reason) == (date(2025, 10, 1), 8, "原系统遇节假日顺延")


def test_equal_dates_and_cases_without_a_rule_are_no_differences():
    recorded(OURS)
    recorded(OURS, number="（2026）示0101其他1号", case_type="其他登记")
    assert reconciliation(ALL) == []


def test_our_steps_end_on_our_due_date():
    told = steps(ALL, recorded().pk, NOW.date())
    assert told[-1].on == OURS
    assert all(step.law for step in told)


def test_a_courts_reading_of_the_law_moves_its_cases():
    case = filed_case(filed_on=date(2025, 11, 2))
    assert case.clock.due == date(2026, 5, 2)
    choose(
        court=case.court,
        key="审限.roll_over",
        value=True,
        valid_from=date(2025, 1, 1),
        basis="院长办公会",
        actor="张示范",
        now=NOW,
    )
    assert Clock.objects.get(case=case).due == date(2026, 5, 6)
