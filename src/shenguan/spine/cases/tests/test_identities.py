"""A case is its court and its normalised number, whatever the number looks like."""

from __future__ import annotations

import pytest

from shenguan.base.org.tests.factories import make_court
from shenguan.spine.cases.identities import Identity, identify, number_key
from shenguan.spine.cases.models import Case

pytestmark = pytest.mark.django_db
KIND = Case.NumberKind


@pytest.mark.parametrize(
    ("printed", "key", "kind", "year"),
    [
        ("(2026)示0101民初00012号", "（2026）示0101民初12号", KIND.OFFICIAL, 2026),
        ("〔2026〕示0101民初12号", "（2026）示0101民初12号", KIND.OFFICIAL, 2026),
        ("（2015）示甲民初字第328号", "（2015）示甲民初字第328号", KIND.OLD, 2015),
        ("P-1234 / 2019", "P-1234/2019", KIND.OTHER, None),
    ],
)
def test_a_printed_number_is_normalised_and_its_kind_known(
    printed: str, key: str, kind: str, year: int | None
):
    identity = Identity.of(make_court(), printed)
    assert (identity.number_key, identity.number_kind, identity.year) == (key, kind, year)
    assert number_key(printed) == key
    assert identity.number == printed


def test_two_spellings_of_a_number_are_one_case():
    court = make_court()
    spellings = ["(2026)示0101民初12号", "（2026）示0101民初0012号"]
    found = identify([Identity.of(court, text) for text in spellings])
    assert len(found) == 1
    assert identify([Identity.of(court, spellings[0])]) == found


def test_the_same_number_in_two_courts_is_two_cases():
    identities = [Identity.of(make_court(), "P-1/2019") for _ in range(2)]
    assert len(identify(identities)) == 2


def test_a_new_case_stays_invisible_until_something_is_known_of_it():
    (case,) = identify([Identity.of(make_court(), "（2026）示0101民初1号")]).values()
    assert (case.visible, case.year) == (False, 2026)


def test_many_cases_take_few_queries(django_assert_max_num_queries):
    court = make_court()
    wanted = [Identity.of(court, f"（2026）示0101民初{n}号") for n in range(1200)]
    with django_assert_max_num_queries(20):
        assert len(identify(wanted)) == 1200
