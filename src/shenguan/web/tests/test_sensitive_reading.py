"""Whoever opens the record of a sensitive case in a program leaves a row, by whichever page."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.spine.cases.reading import READ
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.warnings.models import Plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", [0, 1])
def test_a_page_on_one_case_leaves_a_row_only_where_the_case_is_sensitive(level):
    case = add_case(
        "（2026）示0101民初1号", {"2026-01-15": "立案"}, court=demo_court(), case_type="民初",
        confidentiality=level,
    )  # fmt: skip
    plan = Plan.objects.create(case=case, why=Plan.Why.values[0], opened_on=date(2026, 8, 1))
    office = signed_in("审管办主任", case.court)
    assert office.get(f"/caseplans/{plan.pk}/").status_code == 200
    rows = AuditRow.objects.filter(action=READ, subject=case.number)
    assert [row.detail["where"] for row in rows] == ["一案一策"] * level
