"""Tokens: what a program may see and do in a person's place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import JsonResponse
from django.test import Client, RequestFactory

from shenguan.base.accounts import idempotency, tokens
from shenguan.base.accounts.models import Account, Kept, Token
from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops import clock
from shenguan.base.org.models import Court

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge() -> Client:
    court = Court.objects.create(code="示0101", name="示范市甲区人民法院", level="基层")
    return signed_in("法官", court, name="法官甲一")


@pytest.fixture
def account(judge) -> Account:
    return Account.objects.get()


def make(account: Account, acts: list[str] | None, *, days: int = 30) -> str:
    now = clock.now()
    expires_on = clock.day_of(now) + timedelta(days)
    return tokens.make(account, name="数据中台", expires_on=expires_on, acts=acts, now=now)


def test_a_token_opens_what_its_person_sees_and_the_acts_chosen(account):
    found = tokens.opened_by(make(account, ["登记事件"]), now=clock.now())
    assert found is not None
    assert found.scope.actor == "法官甲一"
    assert found.acts == {"登记事件"}


def test_a_token_for_reading_may_write_nothing(account):
    found = tokens.opened_by(make(account, []), now=clock.now())
    assert found is not None
    assert not found.may_write


def test_nobody_gives_a_token_more_than_the_own_posts_allow(account):
    with pytest.raises(tokens.TokenRefused, match="督办"):
        make(account, ["督办"])


@pytest.mark.parametrize("days", [0, 400])
def test_a_token_ends_within_a_year(account, days):
    with pytest.raises(tokens.TokenRefused, match="一年之内"):
        make(account, None, days=days)


def test_an_expired_or_ended_token_opens_nothing(account):
    secret = make(account, None)
    later = clock.now() + timedelta(31)
    assert tokens.opened_by(secret, now=later) is None
    tokens.end(account, Token.objects.get().pk, now=clock.now())
    assert tokens.opened_by(secret, now=clock.now()) is None
    assert list(AuditRow.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "生成接口令牌",
        "停用接口令牌",
    ]


def test_the_secret_is_shown_once_and_kept_nowhere(judge):
    answer = judge.post(
        "/account/tokens/", {"name": "中台", "expires_on": str(clock.now().date() + timedelta(9))}
    )
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert secret not in judge.get("/account/tokens/").content.decode()
    assert Token.objects.get().digest == tokens.digest_of(secret)


def test_without_a_token_the_interface_answers_401_and_never_a_sign_in_page():
    answer = Client().get("/api/v1/cases")
    assert answer.status_code == 401
    assert "令牌" in answer.json()["错误"]


def test_a_session_reads_but_never_writes_through_the_interface(judge):
    answer = judge.post("/api/v1/anything", "{}", content_type="application/json")
    assert answer.status_code == 403


# the same request twice


def ask(account, key, body, answer):
    calls = []

    def view(request):
        calls.append(request)
        return answer

    request = RequestFactory().post(
        "/api/v1/x", body, content_type="application/json", headers={"Idempotency-Key": key}
    )
    response: Any = idempotency.once(request, account, view)
    response.calls = len(calls)
    return response


def test_the_same_key_gets_the_same_answer_and_nothing_is_done_twice(account):
    first = ask(account, "k", "{}", JsonResponse({"id": 1}, status=201))
    second = ask(account, "k", "{}", JsonResponse({"id": 2}, status=201))
    assert (first.calls, second.calls) == (1, 0)
    assert (second.status_code, second.content) == (201, first.content)


def test_a_key_used_for_another_request_is_refused(account):
    ask(account, "k", "{}", JsonResponse({}))
    assert ask(account, "k", '{"a": 1}', JsonResponse({})).status_code == 422


def test_while_the_first_is_at_work_the_second_is_told_to_wait(account):
    ask(account, "k", "{}", JsonResponse({}))
    Kept.objects.update(status=None)
    assert ask(account, "k", "{}", JsonResponse({})).status_code == 409


def test_what_failed_on_our_side_may_be_tried_again(account):
    ask(account, "k", "{}", JsonResponse({}, status=503))
    assert ask(account, "k", "{}", JsonResponse({})).calls == 1


def test_answers_are_forgotten_after_two_days(account):
    ask(account, "k", "{}", JsonResponse({}))
    Kept.objects.update(made_at=datetime(2020, 1, 1, tzinfo=clock.COURT_ZONE))
    assert idempotency.forget_old() == 1
