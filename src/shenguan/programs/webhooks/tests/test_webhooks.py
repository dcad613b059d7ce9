"""Other systems are told each change once, signed, and again where they did not answer."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.inbox.models import Transition, Watch
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Court
from shenguan.programs.webhooks import services
from shenguan.programs.webhooks.models import Delivery, Hook

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=COURT_ZONE)
ADDRESS = "http://oa.example/hook"


class Receiver:
    """Stands in for the other system: keeps what it got and answers as told."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.got = list(answers), []

    def __call__(self, address, body, headers):
        self.got.append((address, body, headers))
        answer = self.answers.pop(0) if self.answers else 200
        if not answer:
            raise OSError("拒绝连接")
        return answer


@pytest.fixture
def court() -> Court:
    return Court.objects.create(code="示0101", name="示范市甲区人民法院", level="基层")


@pytest.fixture
def hook(court) -> Hook:
    return services.open_hook(court=court, name="办公", address=ADDRESS, actor="系", now=NOW)


def change(court: Court, *, level: str = "提示", confidentiality: int = 0) -> Transition:
    watch = Watch.objects.create(
        kind="due", subject=f"case:{Watch.objects.count()}", court=court, level=level,
        confidentiality=confidentiality,
    )  # fmt: skip
    return Transition.objects.create(
        watch=watch, on=date(2026, 6, 1), level=level, state="待发", made_at=NOW, say="原告某某"
    )


def run(receiver: Receiver, now: datetime = NOW) -> tuple[int, int]:
    services.collect(now=now)
    return services.deliver(now=now, send=receiver)


def test_a_change_is_told_once_with_a_signature_the_receiver_can_check(court, hook):
    made, receiver = change(court), Receiver()
    assert run(receiver) == (1, 0)
    assert run(receiver) == (0, 0)
    ((address, body, headers),) = receiver.got
    assert address == ADDRESS
    assert json.loads(body)["变化"] == made.pk
    expected = services.signature(hook.secret, headers["X-Shenguan-Time"], body)
    assert headers["X-Shenguan-Signature"] == expected


def test_what_was_before_the_address_was_set_and_other_courts_stay_untold(court):
    change(court)
    services.open_hook(court=court, name="办公", address=ADDRESS, actor="系", now=NOW)
    other = Court.objects.create(code="示0102", name="示范市乙区人民法院", level="基层")
    change(other)
    assert run(Receiver()) == (0, 0)


def test_neither_names_nor_sensitive_cases_leave(court, hook):
    change(court)
    change(court, confidentiality=1)
    receiver = Receiver()
    assert run(receiver) == (1, 0)
    assert "某某" not in receiver.got[0][1].decode()


def test_a_receiver_that_does_not_answer_is_tried_again_later_and_given_up_after_a_day(court, hook):
    change(court)
    receiver, now = Receiver(*[0] * 20), NOW
    assert run(receiver) == (0, 1)
    assert run(receiver) == (0, 0)  # not yet
    for _ in range(10):
        now += timedelta(hours=17)
        run(receiver, now)
    assert Delivery.objects.get().state == "未送达"
    assert len(receiver.got) == len(services.WAITS) + 1


def test_a_closed_address_is_told_nothing(court, hook):
    change(court)
    services.collect(now=NOW)
    services.close_hook(hook, actor="系", now=NOW)
    assert services.deliver(now=NOW, send=Receiver()) == (0, 0)


@pytest.mark.parametrize("address", ["ftp://x", "javascript:1", "oa"])
def test_an_address_that_is_none_is_refused(court, address):
    with pytest.raises(services.HookRefused):
        services.open_hook(court=court, name="办公", address=address, actor="系", now=NOW)


def test_only_the_system_administrator_sets_addresses_and_sees_the_secret_once(court):
    admin = signed_in("系统管理员", court)
    page = admin.post("/hooks/", {"name": "办公", "address": ADDRESS}).content.decode()
    secret = Hook.objects.get().secret
    assert secret in page
    assert secret not in admin.get("/hooks/").content.decode()
    for post in ("院长", "法官", "审计管理员"):
        assert signed_in(post, court).get("/hooks/").status_code == 404
