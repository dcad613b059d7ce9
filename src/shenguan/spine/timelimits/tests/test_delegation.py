"""A vice-president's approval counts by the delegation in force on the day of the approval."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shenguan.base.org.services import set_setting
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


def lend(valid_from: str, *periods: list[str | None]) -> None:
    set_setting(
        court=demo_court(), key="审限.delegation", value=list(periods), basis="院长授权书",
        valid_from=date.fromisoformat(valid_from), actor="院长", now=datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def due_with_approval(day: str) -> str:
    approval = {"months": 6, "approver": "分管副院长"}
    events = {"2026-01-15": "立案", day: ("延长审限批准", approval)}
    case = add_case("（2026）示0101民初1号", events, **ORDINARY)
    return str(Clock.objects.get(case=case).due)


@pytest.mark.parametrize(
    ("approved", "due"),
    [
        ("2026-06-09", "2026-07-15"),
        ("2026-06-10", "2027-01-15"),
        ("2026-06-20", "2027-01-15"),
        ("2026-06-21", "2026-07-15"),
    ],
)
def test_a_delegation_made_after_the_filing_counts_from_its_first_to_its_last_day(approved, due):
    lend("2026-06-10", ["2026-06-10", "2026-06-20"])
    assert due_with_approval(approved) == due


def test_a_delegation_that_another_replaced_still_covers_what_was_approved_under_it():
    lend("2026-03-01", ["2026-03-01", None])
    lend("2026-06-01", ["2026-06-10", None])
    assert due_with_approval("2026-05-31") == "2027-01-15"


def test_a_delegation_taken_back_covers_nothing_from_that_day():
    lend("2026-03-01", ["2026-03-01", None])
    lend("2026-06-01")
    assert due_with_approval("2026-06-01") == "2026-07-15"
