"""Role × endpoint for warnings, 督办单 and 一案一策: what lists show, and that guessing ids shows no more."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.inbox.models import Order, Watch
from shenguan.rulebook import load
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.services import tick
from shenguan.spine.warnings.tests.build import at
from shenguan.web.tests.test_matrix import (
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
TODAY = (
    "2028-03-01"  # the cases were filed on 2026-01-15: long overdue, on the ledger since two years
)
OVERSEES = {"催办", "督办", "包案", "分案"}


@pytest.fixture(autouse=True)
def late(cases):  # noqa: F811
    with time_machine.travel(at(TODAY, 9), tick=False):
        tick(on=date.fromisoformat(TODAY), now=at(TODAY))
        yield


def of_cases(cases: dict[str, int]) -> dict[int, str]:  # noqa: F811
    return {pk: number for number, pk in cases.items()}


@pytest.mark.parametrize("post", sorted(SEEN))
def test_warnings_orders_and_plans_show_a_post_its_cases_and_no_others(post, cases):  # noqa: F811
    client = client_of(post)
    for address in ("/warnings/?level=", "/warnings/orders/", "/caseplans/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert shown(answer.content.decode()) == SEEN[post], (post, address)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_guessing_an_id_opens_and_changes_no_more_than_the_lists(post, cases):  # noqa: F811
    client, numbers = client_of(post), of_cases(cases)
    for order in Order.objects.select_related("watch"):
        number = numbers[int(order.watch.subject.removeprefix("case:"))]
        expected = 200 if number in SEEN[post] else 404
        assert client.get(f"/warnings/orders/{order.pk}/").status_code == expected, number
        reported = client.post(f"/warnings/orders/{order.pk}/report/", {"result": "甲"})
        assert (reported.status_code == 404) == (expected == 404)
    for plan in Plan.objects.all():
        expected = 200 if numbers[plan.case_id] in SEEN[post] else 404
        assert client.get(f"/caseplans/{plan.pk}/").status_code == expected


@pytest.mark.parametrize("post", sorted(SEEN))
def test_who_may_urge_supervise_and_close(post, cases):  # noqa: F811
    client, does = client_of(post), set(load().posts[post].does)
    subject = f"case:{cases[OWN]}"
    own = Watch.objects.exclude(level="").filter(silenced=False, subject=subject).first()
    form = {"watch": own.pk, "text": "请排期", "due": TODAY}
    sees = bool(SEEN[post])
    for level, act in (("催办", "催办"), ("督办", "督办")):
        answer = client.post("/warnings/act/", form | {"what": level})
        refused = sees and act not in does
        assert (answer.status_code == 404) == refused, level
    order = Order.objects.filter(watch__subject=subject).first()
    closed = client.post(f"/warnings/orders/{order.pk}/close/").status_code
    assert (closed == 404) == ("督办" not in does or not sees)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_who_closes_an_entry_of_the_ledger(post, cases):  # noqa: F811
    client = client_of(post)
    plan = Plan.objects.get(case_id=cases[OWN])
    oversees = bool(OVERSEES & set(load().posts[post].does)) and bool(SEEN[post])
    owner = load().posts[post].sees == "own"
    answer = client.post(f"/caseplans/{plan.pk}/close/", {"result": "已结"})
    assert (answer.status_code == 302) == (oversees and not owner)
