"""Tasks and letters on the ladder: told before the day, asked after it, silent once done."""

from datetime import date, datetime, timedelta

import pytest

from shenguan.base.inbox.models import Notice, Order, Watch
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.programs.reports import meetings, replying
from shenguan.programs.reports.following import follow
from shenguan.programs.reports.kinds import LETTER
from shenguan.programs.reports.meetings import NewTask, TaskError
from shenguan.programs.reports.models import Report
from shenguan.spine.tests.registry import NOW, demo_court

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 30)


def on(day: date) -> None:
    follow(day, datetime(day.year, day.month, day.day, 2, tzinfo=NOW.tzinfo))


def level() -> str:
    return Watch.objects.get().level if Watch.objects.exists() else ""


@pytest.fixture
def people():
    court = demo_court()
    chief, office = (Person.objects.create(court=court, name=name) for name in ("庭长甲", "主任甲"))
    Appointment.objects.create(person=office, court=court, post="审管办主任")
    Appointment.objects.create(person=chief, court=court, post="庭长")
    return court, chief, office


@pytest.fixture
def task(people):
    court, chief, office = people
    held = meetings.hold(court=court, kind="数据会商", held_on=NOW.date(), actor=office, now=NOW)
    return meetings.decide(
        meeting=held, tasks=[NewTask("逐案核查", chief, DUE)], actor=office, now=NOW
    )[0]


def test_a_task_climbs_the_ladder_and_falls_silent_once_done(task, people):
    _, chief, _ = people
    on(DUE - timedelta(days=8))
    assert level() == ""
    on(DUE - timedelta(days=7))
    assert level() == "提示"
    assert Notice.objects.filter(person=chief, copy=False).exists()
    on(DUE + timedelta(days=1))
    assert level() == "催办"
    on(DUE + timedelta(days=15))
    assert level() == "督办"
    assert Order.objects.get().owner == chief
    later = NOW + timedelta(days=26)
    meetings.report_on(task=task, state="已办结", said="已核查", actor=chief, now=later)
    on(DUE + timedelta(days=17))
    assert level() == ""


def test_a_night_run_twice_tells_once(task):
    on(DUE)
    told = Notice.objects.count()
    on(DUE)
    assert Notice.objects.count() == told


def test_a_task_is_closed_by_another_and_only_once_done(task, people):
    _, chief, office = people
    with pytest.raises(TaskError, match="报办结后"):
        meetings.report_on(task=task, state="已销号", said="x", actor=office, now=NOW)
    meetings.report_on(task=task, state="已办结", said="已核查", actor=chief, now=NOW)
    with pytest.raises(TaskError, match="责任人以外"):
        meetings.report_on(task=task, state="已销号", said="x", actor=chief, now=NOW)
    meetings.report_on(task=task, state="退回续办", said="材料不全", actor=office, now=NOW)
    assert meetings.state_on(task, NOW.date()) == "退回续办"


@pytest.fixture
def letter(people):
    court, _, _ = people
    upper = demo_court("示01", "示范市中级人民法院")
    Court.objects.filter(pk=court.pk).update(parent=upper)
    sender = Person.objects.create(court=upper, name="主任乙")
    return Report.objects.create(
        court=upper, to_court=court, kind=LETTER, period="2026-10", title="反馈函",
        state=Report.State.PUBLISHED, published_at=NOW, published_by=sender, asked_by=sender,
        asked_at=NOW, options={"reply_by": DUE.isoformat()},
    )  # fmt: skip


def test_a_letter_reminds_the_court_written_to_until_it_replies(letter, people):
    court, _, office = people
    on(DUE - timedelta(days=5))
    watch = Watch.objects.get()
    assert (watch.level, watch.court) == ("提示", court)
    assert Notice.objects.filter(person=office).exists()
    replying.reply(report=letter, said="已核查", actor=office, now=NOW)
    on(DUE + timedelta(days=1))
    assert level() == ""


def test_a_reply_sent_back_is_waited_for_again(letter, people):
    _, _, office = people
    reply = replying.reply(report=letter, said="已核查", actor=office, now=NOW)
    with pytest.raises(replying.ReplyError, match="须写明意见"):
        replying.settle(reply=reply, accepted=False, remark="", actor=office, now=NOW)
    replying.settle(reply=reply, accepted=False, remark="不全", actor=office, now=NOW)
    on(DUE + timedelta(days=1))
    assert level() == "催办"
