"""Cases of one dispute find each other by the number below."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.base.org.tests.factories import make_court
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import above, below, chain
from shenguan.spine.tests.factories import filed_case, tell

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
FIRST, SECOND = "（2025）示0101民初1号", "（2025）示01民终2号"


def prior(case: Case) -> Case | None:
    case.refresh_from_db()
    return case.prior


def test_an_appeal_is_linked_to_the_case_below():
    first = filed_case(FIRST)
    second = filed_case(SECOND, case_type="民终", prior_number="(2025)示0101民初1号")
    assert prior(second) == first
    assert below(ALL, second.pk) == first
    assert above(ALL, first.pk) == [second]


def test_an_appeal_that_came_first_is_linked_when_the_case_below_arrives():
    second = filed_case(SECOND, case_type="民终", prior_number=FIRST)
    assert prior(second) is None
    first = filed_case(FIRST)
    assert prior(second) == first


def test_the_whole_dispute_is_read_from_any_of_its_cases():
    first = filed_case(FIRST, filed_on=date(2025, 1, 2))
    second = filed_case(SECOND, filed_on=date(2025, 6, 2), prior_number=FIRST)
    again = filed_case("（2025）示0101民初9号", filed_on=date(2025, 9, 2), prior_number=SECOND)
    retrial = filed_case("（2026）示民申3号", filed_on=date(2026, 2, 2), prior_number=SECOND)
    other = filed_case("（2025）示0101民初77号")
    for case in (first, second, again, retrial):
        assert chain(ALL, case.pk) == [first, second, again, retrial]
    assert chain(ALL, other.pk) == [other]


def test_a_chain_leaves_out_what_the_scope_does_not_show():
    lower, upper = make_court(), make_court()
    first = filed_case(FIRST, lower)
    second = filed_case(SECOND, upper, prior_number=FIRST)
    scope = Scope("甲", frozenset({upper.pk}))
    assert chain(scope, second.pk) == [second]
    assert below(scope, second.pk) is None
    assert chain(Scope("乙", frozenset({lower.pk})), second.pk) == [first]


def test_of_two_cases_with_one_number_the_courts_name_decides():
    one, other = make_court(name="示范市甲区人民法院"), make_court(name="示范市乙区人民法院")
    old = "(2015)示民初字第1号"
    filed_case(old, one)
    meant = filed_case(old, other)
    stated = filed_case(SECOND, prior_number=old, prior_court="示范市乙区人民法院")
    assert prior(stated) == meant
    unclear = filed_case("（2025）示01民终3号", prior_number=old)
    assert prior(unclear) is None


def test_a_corrected_number_below_moves_the_link():
    first, other = filed_case(FIRST), filed_case("（2025）示0101民初5号")
    second = filed_case(SECOND, prior_number=FIRST)
    tell(second, ("登记变更", None, {"prior_number": other.number}))
    assert prior(second) == other
    tell(second, ("登记变更", None, {"prior_number": ""}))
    assert prior(second) is None
    assert prior(first) is None


def test_a_case_is_never_below_itself():
    assert prior(filed_case(FIRST, prior_number=FIRST)) is None
