"""Role × endpoint for 发改反馈, 判中咨询, 司法技术 and the meetings."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.appeals.models import Consultation, Feedback
from shenguan.programs.appeals.services import OFFICE, By, Form, consult, send
from shenguan.programs.appraisals import services as appraisals
from shenguan.programs.meetings import services as meetings
from shenguan.programs.meetings.models import Matter
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.once import once
from shenguan.spine.tests.people import at
from shenguan.web.tests.test_matrix import (
    ABOVE,
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    client_of,
    five_cases,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-06-18"
SECRET, ASKED = "秘会议意见甲乙丙", "秘咨询问题丁戊己庚辛"
BENCH = {"法官", "审判长", "执行法官", "执行员", "审监庭法官", "调解员"}
LOWER = (OWN, COLLEAGUE, OTHER_DIVISION, BELOW)


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@once
def worked_cases() -> dict[str, tuple[int, int, int]]:
    """In every case below: feedback sent from above, an appraisal, a meeting's matter, a consultation."""
    cases = five_cases()
    upper = Case.objects.select_related("court", "undertaker").get(pk=cases[ABOVE])
    made = {}
    for number in LOWER:
        case = Case.objects.select_related("court__parent", "undertaker", "division").get(
            pk=cases[number]
        )
        again = Case.objects.create(
            court=upper.court, number=f"上{case.pk}", number_key=f"上{case.pk}", number_kind="其他编号",
            visible=True, undertaker=upper.undertaker, division=upper.division,
        )  # fmt: skip
        feedback = Feedback.objects.create(
            upper=again, lower=case, result="改判", changed_on=date(2026, 6, 1), state="待填写",
            opened_on=date(2026, 6, 2),
        )  # fmt: skip
        send(
            feedback,
            Form(["law"], ["items"], "适用法律不当，已改变主文第二项。"),
            by=By(upper.undertaker, OFFICE, at(TODAY)),
        )
        judge = By(case.undertaker, frozenset(), at(TODAY))
        consult(case, ASKED, by=judge)
        one = appraisals.open_one(
            case, "cost", "造价", actor=case.undertaker, on=date(2026, 6, 17), now=at(TODAY)
        )
        made[number] = (feedback.pk, one.pk, _matter(case).pk)
    return made


@pytest.fixture
def everything() -> dict[str, tuple[Feedback, int, Matter]]:
    return {
        number: (Feedback.objects.get(pk=feedback), appraisal, Matter.objects.get(pk=matter))
        for number, (feedback, appraisal, matter) in worked_cases().items()
    }


def _matter(case: Case) -> Matter:
    leader, _made = Person.objects.get_or_create(court=case.court, name="召集人")
    own = frozenset({case.court_id})
    scope = Scope("召集人", own, inner_court_ids=own, self_id=leader.pk)
    by = meetings.By(leader, meetings.MAY_CALL, scope, at(TODAY), date(2026, 6, 18))
    given = meetings.Call("judges", str(case.pk), date(2026, 6, 18), 5, leader, leader, [leader])
    return meetings.put_on(meetings.call(given, by=by), case, "a", SECRET, "", by=by)


def reads_inner(post: str, number: str) -> bool:
    return number in SEEN[post] and (load().posts[post].inner or (post in BENCH and number == OWN))


@pytest.mark.parametrize("post", sorted(SEEN))
def test_feedback_and_appraisals_follow_the_case(post, everything):
    client = client_of(post)
    for address in ("/appeals/", "/appraisals/", "/appeals/analysis/", "/appeals/checks/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert {number for number in everything if number in page} <= SEEN[post], address
    for number, (feedback, appraisal, _matter_made) in everything.items():
        expected = 200 if number in SEEN[post] else 404
        assert client.get(f"/appeals/{feedback.pk}/").status_code == expected, number
        assert client.get(f"/appraisals/{appraisal}/").status_code == expected, number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_nobody_outside_acts_and_refusals_change_nothing(post, everything):
    client = client_of(post)
    for number, (feedback, appraisal, _matter_made) in everything.items():
        seen = number in SEEN[post]
        for act in ("send", "find", "drop", "answer"):
            status = client.post(f"/appeals/{feedback.pk}/{act}/").status_code
            assert status == (302 if seen else 404), (act, number)
        writes = seen and bool({"登记事件", "催办"} & set(load().posts[post].does))
        status = client.post(f"/appraisals/{appraisal}/step/").status_code
        assert status == (302 if writes else 404), number
    assert set(Feedback.objects.values_list("state", flat=True)) == {"待答复"}


@pytest.mark.parametrize("post", sorted(SEEN))
def test_meetings_and_consultations_stay_with_the_inner_circle(post, everything):
    client = client_of(post)
    inner = {number for number in everything if reads_inner(post, number)}
    for address, word in (("/meetings/", ""), ("/appeals/consultations/", ASKED)):
        page = client.get(address).content.decode()
        assert {number for number in everything if number in page} == inner, address
        assert not word or (word in page) == bool(inner), address
    for number, (feedback, _appraisal, matter) in everything.items():
        answer = client.get(f"/meetings/{matter.meeting_id}/")
        assert answer.status_code == (200 if number in inner else 404), number
        assert (SECRET in answer.content.decode()) == (number in inner), number
        for act in ("speak", "conclude", "respond"):
            status = client.post(f"/meetings/matters/{matter.pk}/{act}/").status_code
            assert status == (302 if number in inner else 404), (act, number)
        if number in SEEN[post]:
            page = client.get(f"/cases/{feedback.lower_id}/").content.decode()
            assert SECRET not in page
            assert ASKED not in page
    assert not Matter.objects.filter(concluded_on__isnull=False).exists()
    assert not Consultation.objects.filter(answered_on__isnull=False).exists()


def test_the_court_below_sees_nothing_before_it_was_sent(everything):
    Feedback.objects.update(state="待填写", sent_on=None)
    assert client_of("审管办主任").get("/appeals/").context["whole"] == 0
    office = signed_in("审管办主任", Court.objects.get(code="示01"))
    assert office.get("/appeals/").context["whole"] == len(LOWER)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/appeals/", 20), ("/appeals/analysis/", 20), ("/appeals/consultations/", 20),
        ("/appraisals/", 20), ("/meetings/", 20),
    ],
)  # fmt: skip
def test_a_list_takes_few_queries(address, most, everything, django_assert_max_num_queries):
    client = client_of("院长")
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/appeals/",
        "/appeals/analysis/",
        "/appeals/checks/",
        "/appraisals/",
        "/meetings/",
        "/appeals/consultations/",
    ],
)
def test_every_list_is_handed_out_as_xlsx(address, everything):
    answer = client_of("院长").get(address, {"format": "xlsx"})
    assert answer.status_code == 200
    assert "sheet" in answer["Content-Type"]


@pytest.mark.parametrize("layout", ["docx", "pdf"])
def test_the_bulletin_and_the_minutes_are_papers(layout, everything):
    client = client_of("院长")
    assert client.get("/appeals/analysis/", {"format": layout}).status_code == 200
    matter = everything[OWN][2]
    assert client.get(f"/meetings/{matter.meeting_id}/", {"format": layout}).status_code == 200
