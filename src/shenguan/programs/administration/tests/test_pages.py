"""The administrators' pages: who may open them, and what the three of them do with them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Appointment, Person
from shenguan.programs.administration.commands import staff
from shenguan.programs.administration.models import Proposal
from shenguan.programs.administration.tests.build import ROSTER, city, workbook
from shenguan.programs.administration.views_log import told

pytestmark = pytest.mark.django_db
OPENING = "/administration/roster/accounts/"
PAGES = {
    "people/": {"系统管理员", "安全管理员"},
    "units/": {"系统管理员", "安全管理员"},
    "roster/": {"系统管理员"},
    "posts/": {"安全管理员"},
    "log/": {"审计管理员", "督察人员"},
}


@pytest.fixture
def court():
    return city()[0]


def test_each_page_opens_to_its_office_alone(court):
    for post in (
        "系统管理员",
        "安全管理员",
        "审计管理员",
        "督察人员",
        "院长",
        "审管办主任",
        "法官",
    ):
        client = signed_in(post, court)
        for page, may in PAGES.items():
            status = client.get(f"/administration/{page}").status_code
            assert status == (200 if post in may else 404), (post, page)


def test_from_the_roster_to_the_first_sign_in(court, tmp_path):
    system, security = signed_in("系统管理员", court), signed_in("安全管理员", court)
    with workbook(tmp_path, ROSTER[:3]).open("rb") as file:
        page = system.post("/administration/roster/", {"file": file}).content.decode()
    accounts = page.split('name="accounts" value="')[1].split('"')[0]
    page = system.post(OPENING, {"accounts": accounts, "total": "3"}).content.decode()
    password = page.split("<code>")[2].split("</code>")[0]
    assert "庭长甲一" in security.get("/administration/posts/").content.decode()
    lines = [str(one.pk) for one in Proposal.objects.all()]
    security.post("/administration/posts/", {"line": lines, "decision": "grant"})
    assert Appointment.objects.filter(post="庭长").count() == 1
    judge = Client()
    judge.post("/login/", {"username": "jia1", "password": password})
    assert judge.get("/").headers["Location"] == "/account/password/"


def test_the_accounts_of_a_long_roster_are_opened_in_turns(court):
    system = signed_in("系统管理员", court)
    people = [Person.objects.create(court=court, name=f"法官{n}") for n in range(12)]
    accounts = "\n".join(f"{one.pk} fg{n}" for n, one in enumerate(people))
    given = {"accounts": accounts, "total": "12"}
    part = system.post(OPENING, given, headers={"HX-Request": "true"}).content.decode()
    assert part.count("<code>") == 10
    assert "10 / 12" in part
    assert "<html" not in part
    rest = part.split('name="accounts" value="')[1].split('"')[0]
    page = system.post(OPENING, {"accounts": rest, "total": "12"}).content.decode()
    assert page.count("<code>") == 2
    assert "继续开立" not in page
    again = system.post(OPENING, {"accounts": f"{people[0].pk + 999} x"})
    assert again.status_code == 404
    assert signed_in("安全管理员", court).post(OPENING, given).status_code == 404


def test_a_system_administrator_gives_no_posts_and_a_security_administrator_no_accounts(court):
    person = Person.objects.create(court=court, name="张示范")
    system, security = signed_in("系统管理员", court), signed_in("安全管理员", court)
    assert (
        system.post(f"/administration/people/{person.pk}/posts/", {"post": "法官"}).status_code
        == 404
    )
    act = {"act": "issue", "username": "zhang"}
    assert security.post(f"/administration/people/{person.pk}/account/", act).status_code == 404
    page = system.post(f"/administration/people/{person.pk}/account/", act)
    assert "一次性密码" in page.content.decode()
    security.post(f"/administration/people/{person.pk}/posts/", {"post": "法官"})
    assert Appointment.objects.get(person=person).post == "法官"


def test_another_court_s_people_are_out_of_reach(court):
    upper = court.parent
    person = Person.objects.create(court=upper, name="上级某")
    system = signed_in("系统管理员", court)
    assert system.get(f"/administration/people/{person.pk}/").status_code == 404
    above = signed_in("系统管理员", upper)
    assert above.get(f"/administration/people/{person.pk}/").status_code == 200
    below = Person.objects.create(court=court, name="下级某")
    assert above.get(f"/administration/people/{below.pk}/").status_code == 200


def test_the_log_is_searched_checked_and_handed_out(court):
    auditor = signed_in("审计管理员", court)
    page = auditor.get("/administration/log/", {"action": "登录"}).content.decode()
    assert "审计管理员某" in page
    assert "完整" in auditor.post("/administration/log/").content.decode()
    row = AuditRow.objects.filter(chain=court.code).first()
    AuditRow.objects.filter(pk=row.pk).update(actor="别人")
    assert "被改动" in auditor.post("/administration/log/").content.decode()
    assert auditor.get("/administration/log/?format=xlsx").content[:2] == b"PK"
    assert AuditRow.objects.filter(action="导出审计日志").count() == 1


def test_the_log_says_what_happened_in_words_not_in_brackets_of_a_program():
    detail = {
        "from": None,
        "同意": True,
        "案件": ["一", "二"],
        "期间": {"起": "2026-01-01", "止": None},
    }
    assert told(detail) == "同意：是，案件：一、二，期间：起：2026-01-01"


def test_the_list_of_people_asks_the_same_few_questions_however_many_they_are(
    court, django_assert_max_num_queries
):
    client = signed_in("系统管理员", court)
    Person.objects.bulk_create(Person(court=court, name=f"法官{n}") for n in range(40))
    with django_assert_max_num_queries(14):
        client.get("/administration/people/")


def test_the_first_three_administrators_are_opened_from_the_command_line():
    first = CliRunner().invoke(staff, ["admins", "--court", "示范市甲区人民法院"])
    assert first.exit_code == 0, first.output
    assert [line.split()[1] for line in first.output.splitlines()[:3]] == [
        "xitong",
        "anquan",
        "shenji",
    ]
    again = CliRunner().invoke(staff, ["admins", "--court", "示范市甲区人民法院"])
    assert again.output.count("未另开") == 3
