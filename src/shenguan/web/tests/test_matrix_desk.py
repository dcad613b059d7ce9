# ruff: noqa: F811 - a fixture of the common matrix is asked for by its name
"""Role × endpoint for home pages, load, instructions, leaders' papers and the wall; each within its budget."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.desk import instructions
from shenguan.programs.desk.duty import LEADING
from shenguan.programs.load.sight import OF_THEMSELVES, OVER_OTHERS
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.registry import NOW
from shenguan.web.homes import BY_POST, HOMES
from shenguan.web.tests.test_matrix import (
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 45
TODAY = date(2026, 7, 10)  # the cases were filed on 2026-01-15: due on 07-15


@pytest.fixture(autouse=True)
def july(settings, tmp_path):
    settings.HOME = tmp_path
    with time_machine.travel("2026-07-10T01:00:00Z", tick=False):
        yield


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_home_names_no_case_that_its_post_may_not_see(post, cases, django_assert_max_num_queries):
    client = client_of(post)
    client.get("/")  # the first page after an import makes the figures
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/")
    assert answer.status_code == 200
    assert shown(answer.content.decode()) <= SEEN[post]
    assert answer.context["home"] == load().posts[post].home


def test_every_home_of_the_rulebook_is_composed():
    assert {post.home for post in load().posts} <= set(HOMES)
    assert set(BY_POST) <= {post.name for post in load().posts}


def test_who_holds_two_posts_switches_between_two_homes(cases):
    client = client_of("庭长")
    chief = Person.objects.get(name="庭长某")
    unit = Unit.objects.get(court__code="示0101", name="民事审判第一庭")
    Appointment.objects.create(person=chief, court=unit.court, unit=unit, post="法官")
    answer = client.get("/")
    assert answer.context["homes"] == ["本庭", "我的案件"]
    assert client.get("/", {"home": "我的案件"}).context["home"] == "我的案件"
    assert client.get("/", {"home": "态势"}).context["home"] == "本庭"


def test_the_judges_home_has_the_own_cases_by_due_day_and_the_warnings_of_nobody_else(cases):
    page = client_of("法官").get("/").content.decode()
    assert OWN in page
    assert "剩5日" in page


@pytest.mark.parametrize("post", sorted(SEEN))
def test_load_is_for_the_judge_and_those_over_the_judge_alone(
    post, cases, django_assert_max_num_queries
):
    client = client_of(post)
    seen = post in OVER_OTHERS | OF_THEMSELVES
    for address in ("/load/", "/load/plan/", "/load/ready/", "/load/cases/"):
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(address)
        assert answer.status_code == (200 if seen else 404), address
        assert shown(answer.content.decode()) <= SEEN[post]
    if seen:
        listed = client.get("/load/cases/", {"court": Court.objects.get(code="示0101").pk})
        assert shown(listed.content.decode()) == SEEN[post] & SEEN["院长"]


def test_a_judge_has_one_row_and_a_chief_the_row_of_each(cases):
    def names(post):
        groups = client_of(post).get("/load/").context["table"]
        return [row.judge.name for group in groups for row in group.rows]

    assert names("法官") == ["法官甲一"]
    assert set(names("庭长")) >= {"法官甲一", "法官甲二"}


def test_each_number_of_the_load_is_as_long_as_its_list(cases):
    client = client_of("院长")
    context = client.get("/load/").context
    for group in context["table"]:
        for kind in ("pending", "soon", "week1", "later"):
            asked = {"kind": kind, "unit": group.unit_id or 0}
            rows = client.get("/load/cases/", asked).context["rows"]
            assert rows.paginator.count == group.has[kind]
    assert context["total"]["pending"] == 3


def test_a_court_one_may_not_see_falls_back_to_the_own_one(cases):
    other = Court.objects.get(code="示0102")
    page = client_of("院长").get("/load/cases/", {"court": other.pk}).content.decode()
    assert shown(page) <= SEEN["院长"]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_wall_opens_for_its_permission_and_names_nobody(post, cases):
    answer = client_of(post).get("/wall/")
    allowed = "大屏" in load().posts[post].does
    assert answer.status_code == (200 if allowed else 404)
    page = answer.content.decode()
    assert not shown(page)
    assert allowed <= ("法官甲一" not in page and "示范市甲区人民法院" in page)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_leaders_papers_open_for_leaders(post, cases, django_assert_max_num_queries):
    client = client_of(post)
    leads = post in {*LEADING, "审管办主任", "审管办工作人员"}
    for address, may in (("/onepage/", post == "院长"), ("/meeting/", leads), ("/duty/", leads)):
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES + 25):
            answer = client.get(address)
        assert answer.status_code == (200 if may else 404), address
        assert shown(answer.content.decode()) <= SEEN[post]


def test_a_chief_gets_the_list_of_no_other_division(cases):
    other = Unit.objects.get(court__code="示0101", name="民事审判第二庭")
    assert client_of("庭长").get("/meeting/", {"unit": other.pk}).status_code == 404


@pytest.fixture
def instruction(cases):
    court = Court.objects.get(code="示0101")
    giver = Person.objects.create(court=court, name="院长甲")
    Appointment.objects.create(person=giver, court=court, post="院长")
    return instructions.give(
        actor=giver,
        owner=Person.objects.get(court=court, name="法官甲一"),
        text="请说明进展",
        due_on=date(2026, 7, 20),
        on=TODAY,
        now=NOW,
        case=Case.objects.get(number=OWN),
    )


@pytest.mark.parametrize("post", sorted(SEEN))
def test_an_instruction_opens_for_its_giver_its_owner_and_those_over_the_division(
    post, instruction
):
    client = client_of(post)
    # the clerk serves the judge and reads what the judge has to answer for
    sees = load().posts[post].sees in {"court", "unit", "own", "served"}
    status = client.get(f"/instructions/{instruction.pk}/").status_code
    assert status == (200 if sees else 404)
    listed = client.get("/instructions/")
    assert (instruction.number in listed.content.decode()) == (status == 200)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_leaders_give_and_only_the_owner_answers(post, instruction):
    client = client_of(post)
    may = not {"审批", "督办", "阅核", "一级审批"}.isdisjoint(load().posts[post].does)
    assert client.get("/instructions/new/").status_code == (200 if may else 404)
    client.post(f"/instructions/{instruction.pk}/", {"what": "report", "text": "已办"})
    instruction.refresh_from_db()
    owner = load().posts[post].sees == "own"  # the matrix signs those in as the judge of the case
    assert bool(instruction.result) == owner
    client.post(f"/instructions/{instruction.pk}/", {"what": "accept"})
    instruction.refresh_from_db()
    assert instruction.accepted_on is None


def test_a_leader_gives_an_instruction_on_a_case_in_the_form(cases):
    client = client_of("院长")
    judge = Person.objects.get(court__code="示0101", name="法官甲一")
    Appointment.objects.create(person=judge, court=judge.court, post="法官")
    wanted = {"owner": judge.pk, "text": "请说明进展", "due_on": "2026-07-20", "number": OWN}
    assert client.post("/instructions/new/", wanted).status_code == 302
    assert client.post("/instructions/new/", wanted | {"due_on": "2026-07-09"}).status_code == 400
    hidden = wanted | {"number": "（2026）示0102民初1号"}
    assert client.post("/instructions/new/", hidden).status_code == 400


def test_the_lists_behind_a_home_show_what_the_scope_shows(cases):
    for post in ("法官", "庭长", "院长", "立案庭工作人员"):
        page = client_of(post).get("/mine/lists/no_cause/").content.decode()
        assert shown(page) <= SEEN[post]
        Appointment.objects.filter(person__name="法官甲一").delete()
    assert client_of("院长").get("/mine/lists/unknown/").status_code == 404


def test_the_upper_president_sees_lower_courts_as_numbers_without_lists(cases):
    client = signed_in("院长", Court.objects.get(code="示01"))
    page = client.get("/").content.decode()
    assert "辖区法院并列" in page
    lower = Court.objects.get(code="示0101").pk
    assert f"court={lower}" not in page


def test_exports_open_as_workbooks(cases):
    client = client_of("院长")
    for address in (
        "/load/",
        "/load/plan/",
        "/load/ready/",
        "/load/cases/",
        "/duty/",
        "/instructions/",
    ):
        answer = client.get(address, {"format": "xlsx"})
        assert answer.content[:2] == b"PK", address
    assert client.get("/meeting/", {"format": "xlsx"}).content[:2] == b"PK"
