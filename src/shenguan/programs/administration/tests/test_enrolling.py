"""A roster goes in: people and accounts at once, posts after the security administrator's word."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.accounts import keeping
from shenguan.base.accounts.access import access_of
from shenguan.base.accounts.models import Account
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops.clock import day_of, now
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.programs.administration import enrolling, granting, roster
from shenguan.programs.administration.models import Proposal
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.programs.administration.tests.build import COURT, FIRST, ROSTER, city, workbook

pytestmark = pytest.mark.django_db


def enrol(path, court, *, whole=False):
    read = roster.read(path)
    moment = now()
    return enrolling.enrol(
        read, courts=[court], whole=whole, actor="系统管理员某", on=day_of(moment), now=moment
    )


def decide(proposals, security, *, granted=True, reason=""):
    for one in proposals:
        granting.decide(one, granted=granted, reason=reason, by=security, now=now())


@pytest.fixture
def court():
    own, _upper = city()
    return own


@pytest.fixture
def security(court):
    return Person.objects.create(court=court, name="安全管理员某")


def test_people_units_and_accounts_come_at_once_and_bad_lines_say_where_and_why(court, tmp_path):
    done = enrol(workbook(tmp_path), court)
    assert (done.people, done.units, done.proposed) == (3, 1, 3)
    assert [one.username for one in done.opening] == ["tz1", "jia1", "sj1"]
    assert [(row.place, row.reason) for row in done.rejects] == [
        ("在册人员 第8行", "缺职务"),
        ("在册人员 第6行", "职务“司令”不在职务表中"),
        ("在册人员 第7行", "“示范市乙区人民法院”不在本人管理的法院之内"),
    ]
    assert Unit.objects.get(court=court).name == FIRST
    assert not Appointment.objects.exists()


def test_the_same_roster_twice_changes_nothing(court, tmp_path, security):
    path = workbook(tmp_path, ROSTER[:3])
    enrol(path, court)
    again = enrol(path, court)
    assert (again.people, again.proposed, again.unchanged) == (0, 0, 3)
    decide(Proposal.objects.all(), security)
    third = enrol(path, court)
    assert (third.proposed, third.unchanged) == (0, 3)


def test_what_a_post_opens_is_open_only_after_the_grant(court, tmp_path, security):
    done = enrol(workbook(tmp_path, ROSTER[:3]), court)
    for one in done.opening:
        keeping.issue(person=one.person, username=one.username, actor="系统管理员某", now=now())
    assert not enrol(workbook(tmp_path, ROSTER[:3]), court).opening
    account = Account.objects.get(user__username="tz1")
    assert access_of(account, date(2026, 7, 1)).posts == ()
    decide(Proposal.objects.filter(post="庭长"), security)
    found = access_of(account, date(2026, 7, 1))
    assert (found.posts, len(found.scope.unit_ids)) == (("庭长",), 1)
    assert access_of(account, date(2023, 12, 31)).posts == ()
    assert AuditRow.objects.filter(action="授予职务", actor="安全管理员某").count() == 1


def test_a_judge_known_from_cases_is_the_one_on_the_roster(court, tmp_path):
    known = Person.objects.create(court=court, name="法官甲一")
    enrol(workbook(tmp_path, ROSTER[1:3]), court)
    known.refresh_from_db()
    assert known.staff_number == "102"
    assert Person.objects.filter(name="法官甲一").count() == 1
    assert Proposal.objects.get(post="书记员").serves == known


def test_a_whole_roster_proposes_to_end_what_it_no_longer_names(court, tmp_path, security):
    enrol(workbook(tmp_path, ROSTER[:3]), court)
    decide(Proposal.objects.all(), security)
    done = enrol(workbook(tmp_path, ROSTER[:2]), court, whole=True)
    assert done.ending == 1
    (leaving,) = Proposal.objects.filter(state=Proposal.State.WAITING)
    assert (leaving.post, leaving.ends.post) == ("书记员", "书记员")
    assert enrol(workbook(tmp_path, ROSTER[:2]), court, whole=True).ending == 0
    decide([leaving], security)
    assert Appointment.objects.get(post="书记员").valid_to == leaving.valid_to


def test_a_refusal_needs_a_reason_and_a_line_is_decided_once(court, tmp_path, security):
    enrol(workbook(tmp_path, ROSTER[:1]), court)
    (line,) = Proposal.objects.all()
    with pytest.raises(StaffRefused, match="理由"):
        decide([line], security, granted=False)
    decide([line], security, granted=False, reason="任职文件未到")
    with pytest.raises(StaffRefused, match="已经处理过"):
        decide([line], security)
    assert not Appointment.objects.exists()


def test_a_long_roster_asks_few_questions_a_line(court, tmp_path, django_assert_max_num_queries):
    lines = [(COURT, FIRST, f"法官{n}", str(n), "法官", None, None, "", f"u{n}") for n in range(40)]
    path = workbook(tmp_path, lines)
    with django_assert_max_num_queries(40 * 15 + 30):
        enrol(path, court)
    with django_assert_max_num_queries(40 * 2 + 30):
        assert enrol(path, court).unchanged == 40


def test_a_workbook_without_the_headings_is_refused(court, tmp_path):
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(roster.RosterError, match="打不开"):
        roster.read(path)
