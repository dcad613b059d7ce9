"""Courts, units and people are found by what a source calls them, and made when first met."""

from __future__ import annotations

import pytest

from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.services import Directory, add_court, court_for, plant_courts, unit_kind
from shenguan.base.org.tests.factories import make_court, make_person
from shenguan.rulebook import load

pytestmark = pytest.mark.django_db
CODES = load().codes


def test_a_court_of_the_table_comes_with_everything_above_it():
    (court,) = plant_courts(CODES, ["甘0102"])
    assert court.in_table
    assert court.level == Court.Level.BASIC
    assert court.parent is not None
    assert court.parent.code == "甘01"
    assert court.parent.parent is not None
    assert court.parent.parent.code == "甘"


def test_a_court_is_found_by_its_printed_name():
    name = plant_courts(CODES, ["甘01"])[0].name
    assert court_for(name, CODES).code == "甘01"


def test_a_court_outside_the_table_is_kept_under_its_name():
    court = court_for("Općinski sud u Splitu", CODES)
    assert (court.code, court.in_table) == ("x:Općinski sud u Splitu", False)
    assert court_for("Općinski sud u Splitu", CODES) == court


def test_a_row_without_a_court_is_kept_under_unknown():
    assert court_for("", CODES).name == "法院不详"


def test_a_court_entered_by_the_installation_is_found_by_code_and_by_name():
    own = add_court(code="示0199", name="示范市午区人民法院", level=Court.Level.BASIC)
    assert court_for("", CODES, code="示0199") == own
    assert court_for("示范市午区人民法院", CODES) == own
    assert not Court.objects.filter(code__startswith="x:").exists()


def test_names_outside_the_basic_plane_survive():
    court = make_court()
    person = Directory(CODES).person(court, "𬭚示范𠮷")
    assert person is not None
    assert Person.objects.get(pk=person.pk).name == "𬭚示范𠮷"


def test_the_same_name_in_two_courts_is_two_people():
    directory, one, other = Directory(CODES), make_court(), make_court()
    assert directory.person(one, "张示范") != directory.person(other, "张示范")
    assert directory.person(one, "张示范") == Directory(CODES).person(one, "张示范")


def test_a_bare_name_means_the_namesake_without_a_staff_number():
    court = make_court()
    make_person(court=court, name="张示范", staff_number="007")
    bare = make_person(court=court, name="张示范")
    assert Directory(CODES).person(court, "张示范") == bare


def test_a_blank_name_is_nobody():
    assert Directory(CODES).person(make_court(), "") is None
    assert Directory(CODES).unit(make_court(), "") is None


def test_looking_up_again_asks_the_database_nothing(django_assert_num_queries):
    directory, court = Directory(CODES), make_court()
    directory.person(court, "张示范")
    directory.unit(court, "民一庭")
    with django_assert_num_queries(0):
        directory.person(court, "张示范")
        directory.unit(court, "民一庭")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("民事审判第一庭", Unit.Kind.DIVISION),
        ("午镇人民法庭", Unit.Kind.TRIBUNAL),
        ("执行局", Unit.Kind.BUREAU),
        ("速裁审判团队", Unit.Kind.TEAM),
        ("审判管理办公室", Unit.Kind.OFFICE),
    ],
)
def test_a_units_name_tells_its_kind(name: str, kind: Unit.Kind):
    assert unit_kind(name) == kind
