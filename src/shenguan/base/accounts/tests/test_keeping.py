"""Keeping accounts: one-time passwords, one's own password, unlocking and stopping."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from shenguan.base.accounts import keeping
from shenguan.base.accounts.models import Account, SignedIn
from shenguan.base.accounts.services import SignInRefused, sign_in, sign_in_by_provider
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops.clock import now
from shenguan.base.org.models import Court, Person

pytestmark = pytest.mark.django_db
NEW = "换成自己的口令 2026"


@pytest.fixture
def person() -> Person:
    court = Court.objects.create(code="示01", name="示范市中级人民法院")
    return Person.objects.create(court=court, name="法官甲一")


def entered(username: str, password: str) -> Client:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def issued(person: Person) -> str:
    return keeping.issue(person=person, username="jia1", actor="系统管理员某", now=now())


def test_a_one_time_password_opens_nothing_but_the_page_to_change_it(person):
    client = entered("jia1", issued(person))
    assert client.get("/cases/").headers["Location"] == "/account/password/"
    page = client.get("/account/password/")
    assert "一次性密码" in page.content.decode()
    assert client.get("/api/cases").status_code == 401


def test_after_the_change_the_new_password_opens_everything_and_the_old_one_nothing(person):
    old = issued(person)
    client = entered("jia1", old)
    form = {"old": old, "new": NEW, "again": NEW}
    assert client.post("/account/password/", form).headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    with pytest.raises(SignInRefused):
        sign_in(username="jia1", password=old, now=now())
    assert sign_in(username="jia1", password=NEW, now=now()).person == person


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("不是这个", NEW, NEW, "原密码不正确"),
        ("", "短口令", "短口令", "密码太短"),
        ("", "1234567890", "1234567890", "数字"),
        ("", NEW, NEW + "x", "不一致"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_with_its_reason(person, old, new, again, why):
    password = issued(person)
    client = entered("jia1", password)
    answer = client.post("/account/password/", {"old": old or password, "new": new, "again": again})
    assert answer.status_code == 403
    assert why in answer.content.decode()


def test_a_new_one_time_password_ends_running_sessions(person):
    client = entered("jia1", issued(person))
    issued(person)
    assert not SignedIn.objects.exists()
    assert client.get("/account/").headers["Location"].startswith("/login/")
    assert AuditRow.objects.filter(action="发放一次性密码").count() == 2


def test_a_user_name_belongs_to_one_person(person):
    issued(person)
    other = Person.objects.create(court=person.court, name="法官甲二")
    with pytest.raises(keeping.AccountRefused, match="已被使用"):
        keeping.issue(person=other, username="jia1", actor="系统管理员某", now=now())
    with pytest.raises(keeping.AccountRefused, match="用户名"):
        keeping.issue(person=other, username=" ", actor="系统管理员某", now=now())


def test_a_stopped_account_opens_by_no_door_until_it_is_opened_again(person):
    password = issued(person)
    account = Account.objects.get()
    keeping.stop(account, actor="系统管理员某", now=now())
    with pytest.raises(SignInRefused):
        sign_in(username="jia1", password=password, now=now())
    with pytest.raises(SignInRefused):
        sign_in_by_provider(Account.objects.get(), now=now())
    keeping.reopen(account, actor="系统管理员某", now=now())
    assert sign_in(username="jia1", password=password, now=now())


def test_a_locked_account_may_try_again_once_unlocked_and_without_its_lost_device(person):
    password = issued(person)
    Account.objects.update(locked_until=now() + timedelta(minutes=15), totp_secret="A" * 32)
    account = Account.objects.get()
    keeping.unlock(account, actor="系统管理员某", now=now())
    keeping.drop_second_factor(account, actor="系统管理员某", now=now())
    assert sign_in(username="jia1", password=password, now=now())
