"""Centralised jurisdiction holds for its days, and the court of appeal may not be the parent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shenguan.base.org.jurisdiction import appeal_court, court_of, grants_of, subtree
from shenguan.base.org.models import Court, Jurisdiction
from shenguan.base.org.scope import Grant
from shenguan.base.org.services import centralise
from shenguan.base.org.tests.factories import make_court

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2025, 1, 1), date(2026, 1, 1)
DAY = timedelta(days=1)


@pytest.fixture
def courts() -> dict[str, Court]:
    middle = make_court(level=Court.Level.INTERMEDIATE)
    railway = make_court(level=Court.Level.INTERMEDIATE)
    return {
        "middle": middle,
        "railway": railway,
        "basic": make_court(parent=middle),
        "neighbour": make_court(parent=middle),
    }


def _send(courts: dict[str, Court], kind: Jurisdiction.Kind, target: str) -> None:
    centralise(
        matter="行政",
        kind=kind,
        origins=[courts["basic"]],
        target=courts[target],
        valid_from=SINCE,
        valid_to=UNTIL,
        basis="示范省高级人民法院决定",
    )


@pytest.mark.parametrize(
    ("on", "moved"),
    [(SINCE - DAY, False), (SINCE, True), (UNTIL - DAY, True), (UNTIL, False)],
)
def test_a_class_of_cases_goes_to_another_court_while_the_decision_holds(
    courts: dict[str, Court], on: date, moved: bool
):
    _send(courts, Jurisdiction.Kind.FIRST, "neighbour")
    expected = courts["neighbour"] if moved else courts["basic"]
    assert court_of(courts["basic"], "行政", on) == expected
    assert court_of(courts["basic"], "民事", on) == courts["basic"]


def test_the_court_of_appeal_is_the_parent_unless_a_jurisdiction_names_another(
    courts: dict[str, Court],
):
    _send(courts, Jurisdiction.Kind.APPEAL, "railway")
    assert appeal_court(courts["basic"], "行政", SINCE) == courts["railway"]
    assert appeal_court(courts["basic"], "民事", SINCE) == courts["middle"]
    assert appeal_court(courts["neighbour"], "行政", SINCE) == courts["middle"]


def test_a_later_decision_replaces_an_earlier_one(courts: dict[str, Court]):
    _send(courts, Jurisdiction.Kind.FIRST, "neighbour")
    centralise(
        matter="行政",
        kind=Jurisdiction.Kind.FIRST,
        origins=[courts["basic"]],
        target=courts["railway"],
        valid_from=date(2025, 6, 1),
        basis="",
    )
    assert court_of(courts["basic"], "行政", date(2025, 5, 31)) == courts["neighbour"]
    assert court_of(courts["basic"], "行政", date(2025, 6, 1)) == courts["railway"]


def test_the_subtree_of_a_court_is_itself_and_all_below(courts: dict[str, Court]):
    below = {courts[name].pk for name in ("middle", "basic", "neighbour")}
    assert subtree(courts["middle"]) == below
    assert subtree(courts["basic"]) == {courts["basic"].pk}


def test_a_court_is_given_the_cases_whose_appeals_come_to_it(courts: dict[str, Court]):
    _send(courts, Jurisdiction.Kind.APPEAL, "railway")
    given = grants_of([courts["railway"].pk])
    assert given == {Grant(courts["basic"].pk, "行政", SINCE, UNTIL)}
    assert grants_of([courts["middle"].pk]) == frozenset()
