"""Changing levels: claimed once, silenced by 督办, told to people, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shenguan.base.inbox import orders, outbox, services
from shenguan.base.inbox.models import Digest, Notice, Order, Transition, Watch
from shenguan.base.inbox.posting import Posting, Subject, post, watches_of
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.tests.factories import make_court, make_person
from shenguan.core.ladder import NOTICE, SUPERVISE, URGE

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 5, tzinfo=COURT_ZONE)
KINDS = {"time_limit", "node"}


@pytest.fixture
def court():
    return make_court(code="示0101")


@pytest.fixture
def judge(court):
    return make_person(court=court, name="张示范一")


@pytest.fixture
def chief(court):
    return make_person(court=court, name="张示范二")


def standing(court, judge, level=NOTICE, kind="time_limit", rung="before:30", **more) -> Posting:
    fields = {
        "key": "",
        "since": DAY,
        "about": DAY,
        "say": f"{kind}{level}",
        "told": lambda: ([judge.pk], []),
    }
    return Posting(
        kind=kind, court_id=court.pk, level=level, rung=rung, owner_id=judge.pk, **fields | more
    )


def put(*postings, on=DAY, subject="case:1", quiet=()):
    return post([Subject(subject, postings, KINDS, quiet)], on=on, now=NOW).transitions


def test_a_change_writes_fact_and_notice_and_the_same_again_writes_nothing(court, judge):
    (made,) = put(standing(court, judge))
    assert (made.old_level, made.level, made.state) == ("", NOTICE, Transition.State.WAITING)
    assert Notice.objects.get().person == judge
    assert put(standing(court, judge)) == []
    assert put(standing(court, judge), on=DAY + timedelta(days=1)) == []


def test_what_stands_no_longer_ends_with_a_transition_or_quietly(court, judge):
    put(standing(court, judge))
    (ended,) = put()
    assert (ended.level, ended.state) == ("", Transition.State.NOT_SENT)
    put(standing(court, judge))
    assert put(quiet=KINDS) == []
    assert Watch.objects.get().level == ""


def test_two_workers_with_the_same_news_make_one_transition(court, judge):
    watches = put(standing(court, judge)) and watches_of(["case:1"])
    other = standing(court, judge, URGE, rung="before:10")
    subject = Subject("case:1", [other], KINDS)
    first = post([subject], on=DAY, now=NOW)
    stale = post([subject], on=DAY, now=NOW, watches=watches)  # read before the first one wrote
    assert (len(first.transitions), len(stale.transitions)) == (1, 0)
    assert Transition.objects.filter(level=URGE).count() == 1


def test_two_senders_take_a_waiting_transition_once(court, judge):
    put(standing(court, judge))
    assert outbox.claim(now=NOW, worker="甲") == 1
    assert outbox.claim(now=NOW, worker="乙") == 0
    assert Transition.objects.get().worker == "甲"


def test_supervision_silences_what_is_lower_for_the_same_subject_only(court, judge):
    node = standing(court, judge, URGE, kind="node")
    put(standing(court, judge, SUPERVISE, rung="after:1"), node)
    put(node, subject="case:2")
    states = dict(
        Transition.objects.filter(watch__kind="node").values_list("watch__subject", "state")
    )
    assert states == {"case:1": Transition.State.SILENCED, "case:2": Transition.State.WAITING}
    assert Watch.objects.get(kind="node", subject="case:1").asked_on is None


def test_what_was_silenced_speaks_again_when_supervision_ends(court, judge):
    node = standing(court, judge, URGE, kind="node", answer_by=DAY + timedelta(days=3))
    put(standing(court, judge, SUPERVISE, rung="after:1"), node)
    rows = put(node, on=DAY + timedelta(days=1))
    assert [(row.watch.kind, row.level) for row in rows] == [("node", URGE), ("time_limit", "")]
    assert Watch.objects.get(kind="node").asked_on == DAY + timedelta(days=1)


def test_urging_asks_for_an_answer_and_tells_when_it_is_overdue(court, judge):
    posting = standing(court, judge, URGE, answer_by=DAY + timedelta(days=3))
    posted = post([Subject("case:1", [posting], KINDS)], on=DAY, now=NOW)
    assert posted.answers_due == {"case:1": DAY + timedelta(days=4)}
    services.answer(watch=Watch.objects.get(), choice="办理中", actor=judge, on=DAY, now=NOW)
    again = post([Subject("case:1", [posting], KINDS)], on=DAY, now=NOW)
    assert again.answers_due == {}


def test_disputed_data_hold_the_ladder_until_someone_else_decides(court, judge, chief):
    put(standing(court, judge, URGE))
    watch = Watch.objects.get()
    with pytest.raises(ValueError, match="须写明"):
        services.answer(watch=watch, choice="数据有误", actor=judge, on=DAY, now=NOW)
    given = services.answer(
        watch=watch, choice="数据有误", text="立案日期有误", actor=judge, on=DAY, now=NOW
    )
    assert put(standing(court, judge, SUPERVISE, rung="after:1")) == []
    with pytest.raises(ValueError, match="以外的人"):
        services.decide(answer=given, upheld=False, actor=judge, on=DAY, now=NOW)
    services.decide(answer=given, upheld=False, actor=chief, on=DAY, now=NOW)
    assert len(put(standing(court, judge, SUPERVISE, rung="after:1"))) == 1


def test_orders_are_numbered_by_court_and_year_and_closed_by_someone_else(court, judge, chief):
    due = DAY + timedelta(days=10)
    for number in (1, 2):
        put(standing(court, judge, SUPERVISE, order_due=due), subject=f"case:{number}")
    first, second = Order.objects.all()
    assert (first.number, second.number) == ("〔2026〕示0101督1号", "〔2026〕示0101督2号")
    assert (first.owner, first.due_on) == (judge, due)
    with pytest.raises(ValueError, match="尚无办理结果"):
        orders.close(first, actor=chief, on=DAY)
    orders.report(first, result="已宣判", actor=judge, on=DAY)
    with pytest.raises(ValueError, match="以外的人销号"):
        orders.close(first, actor=judge, on=DAY)
    assert orders.close(first, actor=chief, on=DAY).closed_by == chief
    with pytest.raises(ValueError, match="已销号"):
        orders.report(first, result="又报", actor=judge, on=DAY)


def test_a_matter_has_one_open_order_and_its_end_is_noted_on_it(court, judge):
    put(standing(court, judge, SUPERVISE, rung="before:3"))
    put(standing(court, judge, SUPERVISE, rung="after:1"))
    put()
    order = Order.objects.get()
    assert order.result == "预警已于2026-03-02解除"
    assert order.closed_on is None


def test_a_digest_gathers_a_persons_notices_once_a_day(court, judge, chief):
    put(
        standing(court, judge),
        standing(court, judge, kind="node", told=lambda: ([judge.pk], [chief.pk])),
    )
    outbox.claim(now=NOW)
    assert outbox.make_digests(on=DAY, now=NOW) == 2
    assert Digest.objects.get(person=judge).notices.count() == 2
    put(standing(court, judge), subject="case:2")
    outbox.claim(now=NOW)
    assert outbox.make_digests(on=DAY, now=NOW) == 0
    assert outbox.make_digests(on=DAY + timedelta(days=1), now=NOW) == 1


def test_a_snoozed_warning_comes_when_the_snooze_ends_and_only_if_it_still_stands(court, judge):
    put(standing(court, judge))
    until = DAY + timedelta(days=5)
    services.snooze(
        person=judge, watch=Watch.objects.get(), reason="已排期", since=DAY, until=until, now=NOW
    )
    outbox.claim(now=NOW)
    assert outbox.make_digests(on=DAY, now=NOW) == 0
    assert outbox.make_digests(on=until, now=NOW) == 1


@pytest.mark.parametrize(
    ("reason", "days", "level", "why"),
    [("", 5, NOTICE, "理由"), ("忙", 0, NOTICE, "截止日"), ("忙", 31, NOTICE, "最长"),
     ("忙", 5, SUPERVISE, "督办事项")],
)  # fmt: skip
def test_a_snooze_needs_reason_and_end_and_never_covers_supervision(
    court, judge, reason, days, level, why
):
    put(standing(court, judge, level))
    with pytest.raises(ValueError, match=why):
        services.snooze(
            person=judge,
            watch=Watch.objects.get(),
            reason=reason,
            since=DAY,
            until=DAY + timedelta(days=days),
            now=NOW,
        )


def test_a_notice_whose_matter_has_moved_on_is_dropped(court, judge):
    put(standing(court, judge))
    put(replace(standing(court, judge), level=URGE, rung="before:10"))
    outbox.claim(now=NOW)
    outbox.make_digests(on=DAY, now=NOW)
    assert list(Digest.objects.get().notices.values_list("transition__level", flat=True)) == [URGE]
    assert Notice.objects.filter(dropped=True).count() == 1
