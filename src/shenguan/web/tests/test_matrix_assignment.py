"""Role × endpoint for assignment: who assigns what, and numbers without lists for the filing office."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.assignment.models import Draw, Handover
from shenguan.programs.registering.modes import set_mode
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import (
    COLLEAGUE,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
ASSIGNS = {post.name for post in load().posts if "分案" in post.does}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staffed(cases: dict[str, int]) -> dict[str, int]:  # noqa: F811
    """The court registers here; its judges hold their posts."""
    court = Court.objects.get(code="示0101")
    since = date(2026, 1, 1)
    set_mode(court=court, read_only=False, valid_from=since, basis="示范", actor="甲", now=NOW)
    for name, unit in (("法官甲一", 1), ("法官甲二", 1), ("丙", 2)):
        person = Person.objects.get(court=court, name=name)
        division = Unit.objects.get(court=court, name=f"民事审判第{'一二'[unit - 1]}庭")
        Appointment.objects.create(person=person, court=court, unit=division, post="法官")
    return cases


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_pages_open_for_those_who_assign(post, staffed):
    client = client_of(post)
    expected = 200 if post in ASSIGNS else 403
    for address in ("/assignment/", "/assignment/draws/", "/assignment/kept-out/"):
        assert client.get(address).status_code == expected, address
    assert client.get("/assignment/handovers/").status_code == expected
    assert client.get("/assignment/draws/999/").status_code == (404 if post in ASSIGNS else 403)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_case_is_assigned_by_those_who_see_it_and_may(post, staffed):
    client = client_of(post)
    for number, case_id in staffed.items():
        found = 200 if number in SEEN[post] else 404
        expected = found if post in ASSIGNS else 403
        assert client.get(f"/cases/{case_id}/assign/").status_code == expected, number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_nobody_changes_who_has_a_case_they_may_not(post, staffed):
    client = client_of(post)
    before = dict(Case.objects.values_list("pk", "undertaker"))
    for case_id in staffed.values():
        client.post(f"/cases/{case_id}/assign/", {"judge": "", "reason": "B4"})
    after = dict(Case.objects.values_list("pk", "undertaker"))
    changed = {pk for pk in before if before[pk] != after[pk]}
    may = {staffed[number] for number in SEEN[post]} if post in ASSIGNS else set()
    assert changed <= may
    assert set(Draw.objects.values_list("case", flat=True)) == changed
    assert bool(changed) == (post in ASSIGNS)


def test_a_handover_touches_the_cases_one_sees(staffed):
    giver = Person.objects.get(name="法官甲一", court__code="示0101")
    client = client_of("庭长")
    address = f"/assignment/handovers/from/{giver.pk}/"
    assert OWN in client.get(address).content.decode()
    answer = client.post(address, {"judge": "", "reason": "C1", "key": "k"})
    assert answer.status_code == 302
    made = Handover.objects.get()
    assert OWN in client.get(answer["Location"]).content.decode()
    assert client.get(f"/assignment/handovers/{made.pk}/?format=xlsx").status_code == 200
    other = Person.objects.get(name="丙")
    assert client.get(f"/assignment/handovers/from/{other.pk}/").status_code == 404
    assert Case.objects.get(number=OWN).undertaker.name == "法官甲二"


def test_the_filing_office_sees_numbers_of_the_court_and_lists_of_its_own(staffed):
    page = client_of("立案庭工作人员").get("/assignment/").content.decode()
    assert "丙" in page  # the load of a judge of another division
    assert COLLEAGUE not in page


def test_read_only_mode_shows_loads_and_no_act(cases):  # noqa: F811
    client = client_of("庭长")
    page = client.get("/assignment/").content.decode()
    assert "只读接入模式" in page
    assert "所选案件随机分案" not in page
    client.post(f"/cases/{cases[OWN]}/assign/", {"judge": "", "reason": "B4"})
    assert not Draw.objects.exists()


def test_the_lists_keep_their_query_budget(staffed, django_assert_max_num_queries):
    client = client_of("庭长")
    for address in ("/assignment/", "/assignment/draws/", "/assignment/handovers/"):
        with django_assert_max_num_queries(26):
            client.get(address)
