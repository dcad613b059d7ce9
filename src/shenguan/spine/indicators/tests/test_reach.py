"""案-件比 lies in several courts: a court with courts below it is counted with them, and says so."""

from __future__ import annotations

import pytest

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.spine.indicators.reach import ALONE
from shenguan.spine.indicators.selectors import cases_behind
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.tests.city import ALL, YEAR, ask, caught_up, courts, fill, pairs
from shenguan.spine.indicators.why import why
from shenguan.spine.tests.registry import add_case, demo_court

pytestmark = pytest.mark.django_db
RATIO = "cases_per_dispute"


@pytest.fixture
def city(tmp_path):
    fill()
    upper = demo_court("示01", "示范市中级人民法院")
    for court in courts():
        Court.objects.filter(pk=court.pk).update(parent=upper)
    appeal = {"case_type": "民终", "instance": "二审", "procedure": "普通程序", "cause": "离婚纠纷"}
    for number in (1, 2):
        add_case(f"（2026）示01民终{number}号", {"2026-06-01": "立案"}, court=upper, **appeal)
    return caught_up(tmp_path), upper


def test_the_court_above_is_counted_with_those_below_and_each_of_these_by_itself(city):
    home, upper = city
    rows = ask(home, RATIO, "court")
    assert pairs(rows) == {
        "示范市中级人民法院": (6, 4),
        "示范市甲区人民法院": (3, 3),
        "示范市乙区人民法院": (1, 1),
    }
    told = {row.keys["court"]: row.note.split("；")[0] for row in rows}
    assert told.pop(upper.pk) == "按全辖区3个法院计"
    assert set(told.values()) == {ALONE}
    assert pairs(ask(home, RATIO, where={"court": (upper.pk,)})) == {"": (6, 4)}
    assert pairs(ask(home, RATIO)) == {"": (6, 4)}
    assert pairs(ask(home, "filed_cases", where={"court": (upper.pk,)})) == {"": (2, 1)}


def test_its_list_and_its_causes_cover_the_same_courts(city):
    home, upper = city
    question = Question(YEAR, (RATIO,), where={"court": (upper.pk,)})
    assert cases_behind(ALL, question, home=home).total == 6
    found = why(ALL, question, YEAR.last_year(), by=("court",), home=home)
    assert found.now.numerator == 6


def test_one_who_sees_the_upper_court_alone_is_told_so(city):
    home, upper = city
    only_here = Scope("本院", court_ids=frozenset({upper.pk}))
    (row,) = ask(home, RATIO, "court", scope=only_here)
    assert (row.figure.numerator, row.figure.denominator, row.reach) == (2, 0, ALONE)


def test_a_division_shows_only_its_part(city):
    home, _ = city
    assert {row.reach for row in ask(home, RATIO, "court", "division")} == {ALONE}
