"""Role × endpoint for requests: who opens, lists and acts; guessing an id shows no more."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Verdict
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.timechanges import services
from shenguan.programs.timechanges.services import Said
from shenguan.programs.timechanges.tests.bench import STORY
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold
from shenguan.web.tests.test_matrix import (
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-06-20"  # the cases were filed on 2026-01-15: due on 07-15
APPLIES = {"法官", "执行法官"}
SEES_A_CASE = {post for post, seen in SEEN.items() if seen}


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def requests(cases) -> dict[str, Request]:  # noqa: F811
    """An extension asked for in every case, by its judge; the first step waits for the chief."""
    made = {}
    for number in (OWN, COLLEAGUE, OTHER_DIVISION, BELOW):
        case = Case.objects.select_related("court__parent", "division", "clock", "undertaker").get(
            pk=cases[number]
        )
        _staff(case.court, case.division)
        said = Said(["E1"], STORY, [Paper("其他材料", "甲.pdf", b"%PDF")])
        made[number] = services.apply_for_extension(
            case, "6m", said, person=case.undertaker, now=at(TODAY)
        )
    return made


def _staff(court: Court, unit: Unit) -> None:
    if not Appointment.objects.filter(court=court, post="院长").exists():
        hold("院长甲", "院长", court)
    if not Appointment.objects.filter(court=court, post="庭长", unit=unit).exists():
        hold(f"庭长{unit.name}", "庭长", court, unit)


def addresses(request: Request) -> list[str]:
    document = request.documents.get()
    return [f"/approvals/{request.pk}/", f"/approvals/{request.pk}/documents/{document.pk}/"]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_request_opens_for_those_who_see_its_case(post, requests):
    client = client_of(post)
    for number, request in requests.items():
        expected = 200 if number in SEEN[post] else 404
        for address in addresses(request):
            assert client.get(address).status_code == expected, (address, number)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_nobody_acts_on_what_is_hidden_and_few_on_what_is_not(post, requests):
    client = client_of(post)
    chief = post == "庭长"
    for number, request in requests.items():
        answer = client.post(f"/approvals/{request.pk}/", {"outcome": "agrees"})
        seen = number in SEEN[post]
        assert answer.status_code == (302 if chief and seen else 409 if seen else 404), number
        for act in ("withdraw", "answer", "remark"):
            status = client.post(f"/approvals/{request.pk}/{act}/").status_code
            assert status != 404 if seen else status == 404, (act, number)
    unmoved = [r for n, r in requests.items() if not (chief and n in SEEN[post])]
    assert set(Request.objects.filter(pk__in=[r.pk for r in unmoved]).values_list("at_step")) == {
        (1,)
    }


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_lists_show_nothing_that_cannot_be_opened(post, requests):
    client = client_of(post)
    opened = {
        number
        for number, request in requests.items()
        if client.get(f"/approvals/{request.pk}/").status_code == 200
    }
    for address in ("/approvals/", "/approvals/?done=1", "/approvals/mine/", "/approvals/pattern/"):
        answer = client.get(address, {"from": "2026-01-01"})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert {number for number in requests if number in page} <= opened, address
    row = client.get("/approvals/pattern/", {"from": "2026-01-01"}).context["rows"]
    assert sum(one.made for one in row) == len(opened)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_the_judge_of_a_case_gets_its_forms(post, cases):  # noqa: F811
    client = client_of(post)
    for number, case_id in cases.items():
        seen = number in SEEN[post]
        mine = seen and number == OWN and post in APPLIES
        expected = 200 if mine else 403 if seen else 404
        assert client.get(f"/cases/{case_id}/extension/").status_code == expected, number
        assert client.get(f"/cases/{case_id}/elevation/").status_code == expected, number
        for address in (f"/cases/{case_id}/period/", f"/cases/{case_id}/period/end/"):
            assert client.post(address).status_code in {403, 404}, number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_unchecked_suspensions_follow_the_scope(post, cases):  # noqa: F811
    begun = [
        NewEvent(case_id, "中止审理", date(2026, 6, 1), source="接入") for case_id in cases.values()
    ]
    positions = dict(zip(cases, record(begun, actor="接入", now=at(TODAY)), strict=True))
    client = client_of(post)
    page = client.get("/approvals/unchecked/").content.decode()
    assert {number for number in cases if number in page} == SEEN[post]
    for number, position in positions.items():
        status = client.post(f"/approvals/unchecked/{position}/").status_code
        assert (status == 404) == (number not in SEEN[post]), number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_delegations_are_each_ones_own(post, requests):
    client = client_of(post)
    assert client.get("/approvals/delegations/").status_code == 200
    assert client.post("/approvals/delegations/999/end/").status_code == 404


def test_the_court_above_opens_what_it_is_to_decide_and_nothing_else(cases):  # noqa: F811
    case = Case.objects.select_related("court__parent", "division", "clock", "undertaker").get(
        pk=cases[OWN]
    )
    _staff(case.court, case.division)
    upper = signed_in("院长", Court.objects.get(code="示01"))
    judge = Person.objects.get(court=case.court, name="法官甲一")
    said = Said(["T2"], STORY * 2, [Paper("提级管辖请示", "请示.pdf", b"%PDF")])
    request = services.apply_for_elevation(case, said, person=judge, now=at(TODAY))
    address = f"/approvals/{request.pk}/"
    assert upper.get(address).status_code == 404
    for post in ("庭长", "院长"):
        person = Appointment.objects.filter(court=case.court, post=post).first().person
        services.decide(request.pk, Verdict("agrees"), person=person, now=at(TODAY))
    assert upper.get(address).status_code == 200
    assert OWN in upper.get("/approvals/").content.decode()
    assert upper.get(f"/cases/{case.pk}/").status_code == 404
    record([NewEvent(case.pk, "登记变更", None, {"confidentiality": 2})], actor="测", now=at(TODAY))
    assert upper.get(address).status_code == 404
