"""专业法官会议 advises, 审委会 binds; without quorum or with an opinion missing there is no conclusion."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.inbox.models import Watch
from shenguan.base.org.models import Appointment, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.meetings import papers, selectors, services
from shenguan.programs.meetings.services import MAY_CALL, By, Call, Refused
from shenguan.spine.cases.marks import standing_marks
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
DAY = NOW.date()


@pytest.fixture
def case():
    return add_case("（2026）示0101民初1号", {"2026-10-15": "立案"}, **ORDINARY)


@pytest.fixture
def president(case) -> By:
    person = Person.objects.create(court=case.court, name="院长某")
    Appointment.objects.create(person=person, court=case.court, post="院长")
    own = frozenset({case.court_id})
    scope = Scope("院长某", own, clearance=1, inner_court_ids=own, self_id=person.pk)
    return By(person, MAY_CALL, scope, NOW, DAY)


def called(by: By, body: str, size: int = 7):
    members = [
        Person.objects.get_or_create(court=by.person.court, name=f"委员{n}")[0]
        for n in range(size - 1)
    ]
    given = Call(body, "第1次", DAY, size, by.person, by.person, members)
    return services.call(given, by=by)


def put(meeting, case, by):
    return services.put_on(meeting, case, "b", "违约金应否调整", "多数调整，少数不调整", by=by)


def held(meeting, by, came: int):
    ids = [
        by.person.pk,
        *meeting.attendances.exclude(person=by.person.pk).values_list("person", flat=True),
    ]
    return services.hold(meeting, ids[:came], by=by)


def spoken(matter, by, majority: int):
    seats = matter.meeting.attendances.filter(present=True)
    for at, seat in enumerate(seats):
        side = "majority" if at < majority else "minority"
        services.speak(matter, seat.person, side, "意见", by=by)


def judge_of(case) -> By:
    me = case.undertaker_id
    scope = Scope("法官", person_ids=frozenset({me}), self_id=me)
    return By(case.undertaker, frozenset(), scope, NOW, DAY)


def test_a_committee_needs_more_than_half_of_its_members(case, president):
    meeting = called(president, "full")
    put(meeting, case, president)
    with pytest.raises(Refused, match="不足"):
        held(meeting, president, 3)
    assert held(meeting, president, 4).state == "已召开"


def test_a_committee_has_an_odd_number_of_members(president):
    with pytest.raises(Refused, match="单数"):
        called(president, "full", 8)


def test_a_decision_binds_and_the_bench_can_only_carry_it_out(case, president):
    meeting = called(president, "full")
    matter = put(meeting, case, president)
    held(meeting, president, 5)
    spoken(matter, president, 4)
    services.conclude(matter, "调整违约金", by=president)
    assert Watch.objects.exclude(level="").get().kind == "会议待落实"
    with pytest.raises(Refused):
        services.respond(matter, "不采纳", "不同意", by=judge_of(case))
    services.respond(matter, "执行", "", by=judge_of(case))
    assert not Watch.objects.exclude(level="").exists()
    assert Event.objects.filter(case=case, kind="审委会决定").exists()
    case.refresh_from_db()
    assert case.disposition == ""


def test_advice_may_be_left_aside_with_a_reason(case, president):
    meeting = called(president, "judges")
    matter = put(meeting, case, president)
    held(meeting, president, 5)
    spoken(matter, president, 3)
    services.conclude(matter, "建议调整", by=president)
    with pytest.raises(Refused, match="理由"):
        services.respond(matter, "不采纳", "", by=judge_of(case))
    services.respond(matter, "不采纳", "本案约定特殊", by=judge_of(case))
    assert "少数意见" in str(papers.minutes(meeting, [matter]))


def test_every_opinion_is_kept_before_anything_is_concluded(case, president):
    meeting = called(president, "full")
    matter = put(meeting, case, president)
    held(meeting, president, 5)
    with pytest.raises(Refused, match="没有记录"):
        services.conclude(matter, "调整", by=president)
    spoken(matter, president, 3)
    with pytest.raises(Refused, match="多数意见3人"):
        services.conclude(matter, "调整", by=president)


def test_without_a_majority_nothing_is_decided_and_another_meeting_takes_it_up(case, president):
    meeting = called(president, "full")
    matter = put(meeting, case, president)
    held(meeting, president, 5)
    spoken(matter, president, 3)
    services.carry_over(matter, "两种意见各有依据", by=president)
    with pytest.raises(Refused, match="已有结论"):
        services.conclude(matter, "调整", by=president)
    assert not Event.objects.filter(case=case, kind="审委会决定").exists()
    assert not services.may_respond(matter, judge_of(case))
    assert "未形成多数意见。两种意见" in str(papers.minutes(meeting, [matter]))
    again = put(called(president, "section"), case, president)
    held(again.meeting, president, 5)
    spoken(again, president, 5)
    with pytest.raises(Refused, match="请形成会议意见"):
        services.carry_over(again, "再议", by=president)


def test_the_reading_and_the_mark_behind_a_matter_come_from_the_log(case, president):
    record(
        [NewEvent(case.pk, "提请专业法官会议", date(2026, 11, 1), {"review": 12}),
         NewEvent(case.pk, "四类标注", date(2026, 11, 1), {"kinds": ["疑难"]})], actor="测", now=NOW,
    )  # fmt: skip
    matter = put(called(president, "judges"), case, president)
    assert (matter.review, matter.four_kinds) == (12, True)
    taken_off = NewEvent(case.pk, "四类撤销标注", date(2026, 11, 2), {"reason": "标注有误"})
    record([taken_off], actor="测", now=NOW)
    assert standing_marks([case.pk]) == {}


def test_only_the_inner_circle_and_those_called_read_it(case, president):
    meeting = called(president, "judges")
    put(meeting, case, president)
    member = meeting.attendances.exclude(person=president.person.pk)[0].person_id
    whole = frozenset({case.court_id})
    seen = [
        selectors.matters(scope).count()
        for scope in (
            president.scope, Scope("员", self_id=member), judge_of(case).scope,
            Scope("审管", whole, clearance=1, self_id=0), Scope("庭外", self_id=member + 9999),
        )
    ]  # fmt: skip
    assert seen == [1, 1, 1, 0, 0]
