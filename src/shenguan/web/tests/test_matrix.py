"""Who sees what: every post against every page, by the cases that appear and by guessing ids."""

from __future__ import annotations

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.services import add_court
from shenguan.rulebook import load
from shenguan.spine.tests.once import once
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
ON = {"on": "2026-08-01", "from": "2026-01-01", "to": "2026-08-01"}
OWN, COLLEAGUE, OTHER_DIVISION, BELOW, ABOVE = (
    "（2026）示0101民初1号",
    "（2026）示0101民初2号",
    "（2026）示0101民初3号",
    "（2026）示0102民初1号",
    "（2026）示01民初1号",
)
# post → what it sees of: own case, a colleague's, another division's, a sister court's, the upper court's
SEEN = {
    "院长": {OWN, COLLEAGUE, OTHER_DIVISION},
    "审管办主任": {OWN, COLLEAGUE, OTHER_DIVISION},
    "审管办工作人员": {OWN, COLLEAGUE, OTHER_DIVISION},
    "分管副院长": {OWN, COLLEAGUE},
    "审委会专职委员": {OWN, COLLEAGUE},
    "庭长": {OWN, COLLEAGUE},
    "副庭长": {OWN, COLLEAGUE},
    "人民法庭庭长": {OWN, COLLEAGUE},
    "团队负责人": {OWN, COLLEAGUE},
    "执行局局长": {OWN, COLLEAGUE},
    "立案庭工作人员": {OWN, COLLEAGUE},
    "法官": {OWN},
    "审判长": {OWN},
    "执行法官": {OWN},
    "执行员": {OWN},
    "审监庭法官": {OWN},
    "调解员": {OWN},
    "法官助理": {OWN},
    "书记员": {OWN},
    "督办人员": set(),
    "考核人员": set(),
    "司法统计人员": set(),
    "督察人员": set(),
    "诉讼参与人": set(),
    "系统管理员": set(),
    "安全管理员": set(),
    "审计管理员": set(),
}


@once
def five_cases() -> dict[str, int]:
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    own, sister = (
        add_court(code=code, name=name, level=Court.Level.BASIC, parent=upper)
        for code, name in (("示0101", "示范市甲区人民法院"), ("示0102", "示范市乙区人民法院"))
    )
    filed = {"2026-01-15": "立案"}
    first, second = "民事审判第一庭", "民事审判第二庭"
    made = [
        add_case(OWN, filed, court=own, undertaker="法官甲一", division=first, **ORDINARY),
        add_case(COLLEAGUE, filed, court=own, undertaker="法官甲二", division=first, **ORDINARY),
        add_case(OTHER_DIVISION, filed, court=own, undertaker="丙", division=second, **ORDINARY),
        add_case(BELOW, filed, court=sister, undertaker="丁", division=first, **ORDINARY),
        add_case(ABOVE, filed, court=upper, undertaker="戊", division=first, **ORDINARY),
    ]
    return {case.number: case.pk for case in made}


@pytest.fixture
def cases() -> dict[str, int]:
    return dict(five_cases())


def client_of(post: str):
    """Sign in as the holder of `post` beside case OWN."""
    court = Court.objects.get(code="示0101")
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    judge = Person.objects.get(court=court, name="法官甲一")
    sees = load().posts[post].sees
    name = "法官甲一" if sees == "own" else f"{post}某"
    return signed_in(post, court, unit=unit, name=name, serves=judge if sees == "served" else None)


def shown(page: str) -> set[str]:
    return {number for number in (OWN, COLLEAGUE, OTHER_DIVISION, BELOW, ABOVE) if number in page}


@pytest.mark.parametrize("post", sorted(SEEN))
def test_every_page_shows_a_post_its_cases_and_no_others(post, cases):
    client = client_of(post)
    for address in ("/today/", "/lists/overdue/", "/figures/pending/", "/figures/filed/"):
        answer = client.get(address, ON)
        assert answer.status_code == 200
        assert shown(answer.content.decode()) == SEEN[post], address


@pytest.mark.parametrize("post", sorted(SEEN))
def test_guessing_an_id_shows_no_more_than_the_lists(post, cases):
    client = client_of(post)
    for number, case_id in cases.items():
        expected = 200 if number in SEEN[post] else 404
        assert client.get(f"/cases/{case_id}/").status_code == expected, number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_number_is_the_number_over_the_cases_one_may_see(post, cases):
    client = client_of(post)
    answer = client.get("/figures/", ON)
    sees_figures = load().posts[post].sees == "figures"
    total = answer.context["total"]
    assert total.filed == (3 if sees_figures else len(SEEN[post]))


def test_the_table_names_every_post():
    assert set(SEEN) == {post.name for post in load().posts}


def test_the_upper_court_president_sees_the_lower_courts_as_figures_only(cases):
    client = signed_in("院长", Court.objects.get(code="示01"))
    answer = client.get("/figures/", ON)
    assert answer.context["total"].filed == 5
    assert shown(client.get("/figures/filed/", ON).content.decode()) == {ABOVE}


def test_the_upper_trial_management_office_sees_the_cases_of_its_courts(cases):
    client = signed_in("审管办主任", Court.objects.get(code="示01"))
    assert shown(client.get("/figures/filed/", ON).content.decode()) == set(cases)
