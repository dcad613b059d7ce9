"""Granting and ending posts: the three offices apart, nobody for themselves."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.ops.clock import now
from shenguan.base.org.models import Person, Unit
from shenguan.programs.administration import granting, staffing
from shenguan.programs.administration.granting import Term
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.programs.administration.tests.build import city

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def court():
    return city()[0]


@pytest.fixture
def person(court):
    return Person.objects.create(court=court, name="张示范")


@pytest.fixture
def security(court):
    return Person.objects.create(court=court, name="安全管理员某")


def give(term, security):
    return granting.give(term, by=security, actor=str(security), now=now())


def test_the_three_administrators_are_three_people(court, person, security):
    give(Term(person, court, None, "系统管理员", valid_from=SINCE), security)
    with pytest.raises(StaffRefused, match="三人分任"):
        give(Term(person, court, None, "审计管理员", valid_from=SINCE), security)
    give(Term(person, court, None, "法官", valid_from=SINCE), security)


def test_an_office_given_up_frees_for_another(court, person, security):
    held = give(Term(person, court, None, "系统管理员", valid_from=SINCE), security)
    until = date(2026, 6, 1)
    granting.end(held, until=until, by=security, actor="安全管理员某", now=now())
    give(Term(person, court, None, "审计管理员", valid_from=until), security)


def test_nobody_grants_or_ends_their_own_post(court, security):
    with pytest.raises(StaffRefused, match="不能给自己"):
        give(Term(security, court, None, "院长", valid_from=SINCE), security)
    held = granting.give(
        Term(security, court, None, "安全管理员", valid_from=SINCE),
        by=None,
        actor="命令行",
        now=now(),
    )
    with pytest.raises(StaffRefused, match="自己"):
        granting.end(held, until=date(2026, 6, 1), by=security, actor="x", now=now())


@pytest.mark.parametrize(
    ("post", "days", "why"),
    [
        ("庭长", {}, "请选择部门"),
        ("书记员", {}, "所辅助法官"),
        ("法官", {"valid_to": SINCE}, "止期"),
        ("无此职务", {}, "不在职务表中"),
    ],
)
def test_a_post_without_what_it_needs_is_refused(court, person, security, post, days, why):
    with pytest.raises(StaffRefused, match=why):
        give(Term(person, court, None, post, valid_from=SINCE, **days), security)


def test_the_same_post_is_not_held_twice_in_one_time(court, person, security):
    give(Term(person, court, None, "法官", valid_from=SINCE), security)
    with pytest.raises(StaffRefused, match="已任"):
        give(Term(person, court, None, "法官", valid_from=date(2026, 3, 1)), security)


def test_a_division_with_people_in_post_cannot_be_closed(court, person, security):
    unit = Unit.objects.create(court=court, name="民事审判第二庭")
    held = give(Term(person, court, unit, "庭长", valid_from=SINCE), security)
    until = date(2026, 6, 1)
    with pytest.raises(StaffRefused, match="1项任职"):
        staffing.close_unit(unit, until=until, actor="系统管理员某", now=now())
    granting.end(held, until=until, by=security, actor="安全管理员某", now=now())
    staffing.close_unit(unit, until=until, actor="系统管理员某", now=now())
    unit.refresh_from_db()
    assert unit.valid_to == until
