"""Writing many rows at once gives what the model would have written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shenguan.base.ops.bulk import updating, upserting
from shenguan.base.org.tests.factories import make_court
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Case
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    (case,) = identify([Identity.of(make_court(), "（2026）示0101民初1号")]).values()
    return case


def test_every_type_of_column_comes_back_as_it_went_in(case: Case):
    values: dict[str, Any] = {
        "filed_on": date(2026, 1, 15),
        "closed_on": None,
        "visible": True,
        "amount": 9_000_000_000_00,
        "cause": "𠮷某纠纷",
        "tags": {"群体性": "建议"},
        "flags": [],
    }
    updating(Case, [(case.pk, values)]).run()
    stored = Case.objects.values(*values).get(pk=case.pk)
    assert stored == values
    assert Case.objects.filter(filed_on__lte=date(2026, 1, 15), visible=True).exists()


def test_an_overlong_text_is_cut_to_the_column(case: Case):
    updating(Case, [(case.pk, {"case_type": "民" * 40})]).run()
    case.refresh_from_db()
    assert case.case_type == "民" * 12


def test_an_upsert_inserts_once_and_then_updates(case: Case):
    empty = {"rule_id": "", "extended": False, "accepted": False, "paused_by": ""}
    for state, days in (("running", 0), ("paused", 12)):
        row = {**empty, "state": state, "excluded_days": days, "flags": ["甲"]}
        upserting(Clock, [(case.pk, row)]).run()
    clock = Clock.objects.get()
    assert (clock.state, clock.excluded_days, clock.flags) == ("paused", 12, ["甲"])


def test_no_rows_write_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        updating(Case, []).run()
