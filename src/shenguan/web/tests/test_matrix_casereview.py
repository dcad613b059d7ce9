"""Role × endpoint for 案件评查: who plans, who reviews without being known, whose case it is, who decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine

from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.casereview import planning, services
from shenguan.programs.casereview.models import Issue, Item, Plan, Sheet
from shenguan.programs.casereview.planning import Planned
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold
from shenguan.web.tests.test_matrix import (
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-07-08"
IN_COURT = (OWN, COLLEAGUE, OTHER_DIVISION)
OFFICE = {"审管办主任", "审管办工作人员"}
WHOLE = {*OFFICE, "院长"}
COMMITTEE = set(load().casereview.lists["committee"])
JUDGE = {post.name for post in load().posts if post.sees == "own"}
"""Posts that client_of gives to the judge of OWN in person."""


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def plan(cases) -> Plan:  # noqa: F811
    """Every case of the court closed, drawn and given out to reviewers of another division."""
    court = Court.objects.get(code="示0101")
    for case in Case.objects.filter(court=court):
        closed = NewEvent(case.pk, "报结", at("2026-06-01").date(), {"disposition": "判决"})
        record([closed], actor="测", now=at("2026-06-01"))
    unit = Unit.objects.create(court=court, name="审判监督庭")
    for name in ("评查甲", "评查乙"):
        hold(name, "审监庭法官", court, unit)
    office = hold("审管丙", "审管办主任", court)
    wanted = {"from": "2026-01-01", "to": "2026-06-30"}
    ids = list(Person.objects.filter(name__in=("评查甲", "评查乙")).values_list("pk", flat=True))
    what = Planned("评查", "regular", wanted=wanted, rate=Decimal(100), second=0, reviewers=ids)
    made = planning.make_plan(court, what, person=office, now=at("2026-07-01"))
    planning.draw(Scope.everything("测"), made, "1", person=office, now=at("2026-07-01"))
    made.refresh_from_db()
    return made


def score_all(plan: Plan) -> None:
    for sheet in Sheet.objects.filter(item__plan=plan).select_related(
        "item__plan__court", "item__case"
    ):
        marked = [Marked("document", "d1", "第1页")]
        services.submit_score(sheet, marked, "", person=sheet.reviewer, now=at("2026-07-06"))


def decide_all(plan: Plan) -> None:
    member = hold("专委丁", "审委会专职委员", plan.court)
    for item in plan.items.select_related("plan__court", "case__court", "judge"):
        services.reply(item, "认可", "", person=item.judge, now=at("2026-07-07"))
        findings = {f.pk for s in item.sheets.all() for f in s.findings.all()}
        what = Decided(findings, "同意", "第1次会议")
        services.decide(item, what, person=member, now=at(TODAY))


def seen_by(post: str) -> set[str]:
    """Return whose reviews a post opens once the judges have been asked."""
    if post in WHOLE | COMMITTEE:
        return set(IN_COURT)
    return SEEN[post]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_before_the_judge_is_asked_only_the_office_and_the_president_see_a_review(post, plan):
    client = client_of(post)
    for item in plan.items.all():
        status = client.get(f"/casereview/items/{item.pk}/").status_code
        assert status == (200 if post in WHOLE else 404), item
    page = client.get("/casereview/")
    assert page.status_code == 200
    assert ("审管丙" in page.content.decode()) == (post in WHOLE)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_once_asked_each_sees_their_own_and_only_overseers_the_reviewer(post, plan):
    score_all(plan)
    client = client_of(post)
    for item in plan.items.select_related("case"):
        answer = client.get(f"/casereview/items/{item.pk}/")
        seen = item.case.number in seen_by(post)
        assert answer.status_code == (200 if seen else 404), item.case.number
        if seen:
            page = answer.content.decode()
            assert ("评查甲" in page or "评查乙" in page) == (post in WHOLE)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_acts_on_a_case_belong_to_judge_committee_and_nobody_else(post, plan):
    score_all(plan)
    client = client_of(post)
    for item in plan.items.select_related("case"):
        own = post in JUDGE and item.case.number == OWN
        replied = client.post(f"/casereview/items/{item.pk}/reply/").status_code
        assert replied == (302 if own else 404), item.case.number
        decided = client.post(f"/casereview/items/{item.pk}/decide/").status_code
        assert decided == (302 if post in COMMITTEE else 404)
        for sheet in item.sheets.all():
            assert client.post(f"/casereview/sheets/{sheet.pk}/score/").status_code == 404
            replaced = client.post(f"/casereview/sheets/{sheet.pk}/replace/").status_code
            assert replaced == (302 if post in OFFICE else 404)
    assert set(Item.objects.values_list("state", flat=True)) == {"待答复"}


@pytest.mark.parametrize("post", sorted(SEEN))
def test_issues_follow_the_case(post, plan):
    score_all(plan)
    decide_all(plan)
    client = client_of(post)
    page = client.get("/casereview/issues/").content.decode()
    assert {number for number in IN_COURT if number in page} == seen_by(post)
    for issue in Issue.objects.select_related("item__case"):
        own = post in JUDGE and issue.item.case.number == OWN
        checked = client.post(f"/casereview/issues/{issue.pk}/check/").status_code
        assert checked == (302 if post in OFFICE else 404)
        done = client.post(f"/casereview/issues/{issue.pk}/rectify/").status_code
        assert done == (302 if own else 404)
    assert set(Issue.objects.values_list("state", flat=True)) == {"待整改"}


@pytest.mark.parametrize("post", sorted(SEEN))
def test_plans_are_the_office_s_to_run_and_the_president_s_to_read(post, plan):
    client = client_of(post)
    reads = 200 if post in WHOLE else 404
    for path in ("", "replay/", "bulletin/?format=docx", "bulletin/?format=xlsx", "?format=xlsx"):
        assert client.get(f"/casereview/plans/{plan.pk}/{path}").status_code == reads, path
    for path in ("draw", "close", "rates", "give-out"):
        status = client.post(f"/casereview/plans/{plan.pk}/{path}/").status_code
        assert status == (302 if post in OFFICE else 404), path
    proposal = client.get(f"/casereview/plans/{plan.pk}/give-out/").status_code
    assert proposal == (200 if post in OFFICE else 404)
    for sheet in Sheet.objects.all():
        assert client.get(f"/casereview/sheets/{sheet.pk}/file/").status_code == 404
    assert client.get("/casereview/new/").status_code == (200 if post in OFFICE else 404)
    assert client.get("/casereview/statistics/").status_code == 200
    plan.refresh_from_db()
    assert plan.state == Plan.State.RUNNING


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_interface_shows_no_more_than_the_pages(post, plan):
    score_all(plan)
    client = client_of(post)
    listed = client.get("/api/v1/case-reviews/items").json()
    assert {row["案号"] for row in listed["条目"]} == seen_by(post)
    plans = client.get("/api/v1/case-reviews").json()
    assert plans["总数"] == (1 if post in WHOLE else 0)
    replayed = client.get(f"/api/v1/case-reviews/{plan.pk}/replay")
    assert replayed.status_code == (200 if post in WHOLE else 404)
    if post in WHOLE:
        assert replayed.json()["一致"] is True


def test_a_reviewer_sees_the_sheet_and_neither_judge_nor_second_reviewer(plan):
    sheet = Sheet.objects.select_related("item__case", "reviewer", "item__plan").first()
    other = Person.objects.filter(name__startswith="评查").exclude(pk=sheet.reviewer_id).get()
    Sheet.objects.create(item=sheet.item, reviewer=other, second=True, given_on="2026-07-01")
    client = _as(sheet.reviewer)
    page = client.get(f"/casereview/items/{sheet.item_id}/").content.decode()
    assert "提交评查表" in page
    assert sheet.item.judge.name not in page
    assert other.name not in page
    form = {"n:document:d1": "2", "p:document:d1": "第9页"}
    assert client.post(f"/casereview/sheets/{sheet.pk}/score/", form).status_code == 302
    sheet.refresh_from_db()
    assert sheet.points == 98


def _as(person: Person):
    from django.test import Client

    from shenguan.base.accounts.services import open_account
    from shenguan.base.accounts.tests.doors import PASSWORD

    open_account(username=f"r{person.pk}", password=PASSWORD, person=person)
    client = Client()
    client.post("/login/", {"username": f"r{person.pk}", "password": PASSWORD})
    return client


def test_the_office_plans_tries_out_and_draws_by_the_pages(plan):
    client = client_of("审管办主任")
    form = {"kind": "regular", "name": "二季度", "topic": "全案", "from": "2026-01-01",
            "to": "2026-06-30", "rate": "40", "minimum": "1", "second": "0", "strata": ["division"]}  # fmt: skip
    assert "结案期间" in client.post("/casereview/new/", form | {"from": ""}).content.decode()
    page = client.post("/casereview/new/", form, follow=True)
    made = Plan.objects.get(name="二季度")
    assert page.context["size"] == 3
    trial = client.get(f"/casereview/plans/{made.pk}/?trial=1")
    assert "试抽结果" in trial.content.decode()
    client.post(f"/casereview/plans/{made.pk}/draw/", {"seed": "88"})
    made.refresh_from_db()
    assert (made.state, made.drawn.seed) == ("评查中", "88")
    assert "结果逐件相同" in client.get(f"/casereview/plans/{made.pk}/replay/").content.decode()


@pytest.mark.parametrize("layout", ["docx", "pdf", "xlsx"])
def test_the_bulletin_is_handed_out(layout, plan):
    score_all(plan)
    decide_all(plan)
    answer = client_of("审管办主任").get(f"/casereview/plans/{plan.pk}/bulletin/?format={layout}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(answer.content) > 2000


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/casereview/", 20),
        ("/casereview/plans/{}/", 20),
        ("/casereview/issues/", 20),
        ("/casereview/statistics/", 24),
    ],
)
def test_a_list_keeps_to_its_budget(address, most, plan, django_assert_max_num_queries):
    score_all(plan)
    decide_all(plan)
    client = client_of("审管办主任")
    client.get(address.format(plan.pk))
    with django_assert_max_num_queries(most):
        assert client.get(address.format(plan.pk)).status_code == 200
