"""What a person puts on someone's list, and how it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shenguan.base.inbox import directing, orders
from shenguan.base.inbox.models import Notice, Order, Watch
from shenguan.base.inbox.roster import Place
from shenguan.base.inbox.services import answer
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment
from shenguan.base.org.tests.factories import make_court, make_person, make_unit

pytestmark = pytest.mark.django_db
DAY, DUE = date(2026, 3, 2), date(2026, 3, 9)
NOW = datetime(2026, 3, 2, 10, tzinfo=COURT_ZONE)


@pytest.fixture
def world():
    court = make_court()
    unit = make_unit(court=court)
    found: dict[str, Any] = {"court": court, "unit": unit}
    for name, post in (("judge", "法官"), ("chief", "庭长"), ("office", "审管办主任")):
        found[name] = make_person(court=court)
        own = None if name == "office" else unit
        Appointment.objects.create(person=found[name], court=court, unit=own, post=post)
    return found


def direct(world, level: str = "督办", **more) -> Watch:
    place = Place(world["court"].pk, world["unit"].pk, world["judge"].pk)
    target = directing.Target("case:1", place, 0, "示1号")
    given = {"text": "请一周内排期", "due": DUE, "actor": world["office"], "on": DAY, "now": NOW}
    return directing.direct(target=target, level=level, **{**given, **more})


def test_a_supervised_matter_has_a_numbered_order_and_reaches_judge_and_chief(world):
    watch = direct(world)
    order = Order.objects.get()
    assert (order.owner, order.directed_by, order.due_on) == (world["judge"], world["office"], DUE)
    assert watch.say == "示1号：请一周内排期"
    assert set(Notice.objects.values_list("person", "copy")) == {
        (world["judge"].pk, False), (world["chief"].pk, True),
    }  # fmt: skip


def test_closing_the_order_ends_the_matter(world):
    watch = direct(world)
    order = orders.report(Order.objects.get(), result="已排期", actor=world["judge"], on=DUE)
    orders.close(order, actor=world["office"], on=DUE)
    watch.refresh_from_db()
    assert watch.level == ""


def test_a_second_order_on_the_same_case_is_refused_while_one_is_open(world):
    direct(world)
    with pytest.raises(ValueError, match="已有未销号的督办单〔2026〕"):
        direct(world)
    assert direct(world, "催办").key != Watch.objects.first().key


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": " "}, "须写明要求"),
        ({"due": DAY - timedelta(days=1)}, "期限2026-03-01已过"),
        ({"level": "通报"}, "级别“通报”"),
    ],
)
def test_what_cannot_be_directed_is_refused(world, more, said):
    with pytest.raises(ValueError, match=said):
        direct(world, **{"level": "催办", **more})


def test_an_urging_left_unanswered_becomes_an_order_once(world):
    direct(world, "催办")
    assert directing.escalate(DUE, NOW) == 0
    assert directing.escalate(DUE + timedelta(days=1), NOW) == 1
    assert directing.escalate(DUE + timedelta(days=1), NOW) == 0
    assert Order.objects.get().directed_by == world["office"]


@pytest.mark.parametrize(("choice", "level"), [("已办", ""), ("办理中", "催办")])
def test_an_answered_urging_ends_when_it_is_done(world, choice, level):
    watch = direct(world, "催办")
    answer(watch=watch, choice=choice, actor=world["judge"], on=DAY, now=NOW)
    directing.escalate(DUE + timedelta(days=1), NOW)
    watch.refresh_from_db()
    assert watch.level == level


def test_a_notice_fades_after_a_month_and_disputed_data_hold_an_urging(world):
    notice, held = direct(world, "提示"), direct(world, "催办")
    answer(watch=held, choice="数据有误", text="不是本案", actor=world["judge"], on=DAY, now=NOW)
    directing.escalate(DAY + timedelta(days=30), NOW)
    for watch in (notice, held):
        watch.refresh_from_db()
    assert (notice.level, held.level) == ("", "催办")
