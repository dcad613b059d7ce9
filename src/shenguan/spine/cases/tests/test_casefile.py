"""An open file reads the log once, and shows of it what its reader may see."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from shenguan.base.org.scope import Scope
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import history
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
NUMBER, SPOKEN = "（2026）示0101民初1号", "阅核"
EVERYTHING = Scope.everything("测试")


@pytest.fixture
def case():
    added = add_case(NUMBER, {"2026-01-15": "立案"}, case_type="民初")
    talk = NewEvent(added.pk, SPOKEN, date(2026, 3, 1), {"opinion": "一致意见"})
    (heard,) = record([NewEvent(added.pk, "开庭", date(2026, 2, 1))], actor="甲", now=NOW)
    record([talk, NewEvent(added.pk, "作废", voids=heard)], actor="甲", now=NOW)
    return Case.objects.get(pk=added.pk)


def test_the_inner_record_is_reckoned_with_and_shown_to_those_who_may_read_it(case):
    outside = Scope(actor="甲", court_ids=frozenset({demo_court().pk}))
    for scope in (EVERYTHING, outside):
        file = CaseFile(scope, case, NOW.date())
        assert SPOKEN in [event.kind for event in file.logged]
        assert file.history == history(scope, case.pk)
        assert [e.payload for e in file.history] == [e.payload for e in history(scope, case.pk)]
    assert "一致意见" not in str([event.payload for event in file.events])


def test_what_was_taken_back_is_there_and_does_not_stand(case):
    file = CaseFile(EVERYTHING, case, NOW.date())
    assert "开庭" in [event.kind for event in file.events]
    assert "开庭" not in [event.kind for event in file.history]
    assert file.folded.state.filed_on == date(2026, 1, 15)


def test_one_question_tells_which_tables_have_anything_of_the_case(
    case, django_assert_max_num_queries
):
    add_case("（2026）示0101民终2号", {"2026-04-01": "立案"}, prior_number=NUMBER)
    file = CaseFile(EVERYTHING, case, NOW.date())
    with django_assert_max_num_queries(1):
        held = {label: file.may_hold(apps.get_model(label)) for label in settings.CASE_TABLES}
    assert [label for label, there in held.items() if there] == ["cases.Case"]
