"""The kit by itself: requests on a subject that is no case, going from post to post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from shenguan.base.approvals import services
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.desk import desk_of
from shenguan.base.approvals.models import Decision, Request, Step
from shenguan.base.approvals.papers import LARGEST, Paper, PaperRefused
from shenguan.base.approvals.selectors import addressed, decided, made_by, waiting
from shenguan.base.approvals.services import Ask, NotYours, Overtaken, Refused, Verdict
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment, Person
from shenguan.base.org.scope import Scope
from shenguan.base.org.tests.factories import make_court, make_person, make_unit
from shenguan.rulebook import load

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, tzinfo=COURT_ZONE)
TODAY = NOW.date()
STORY = (
    "督办事项牵涉三个部门，资料收集和核对需要时间，现有期限内不能完成，申请延后两周办结并每周报告。"
)
SCOPE = Scope.everything("测")


class House:
    """A court with one of each."""

    def __init__(self) -> None:
        self.court = make_court()
        self.unit = make_unit(court=self.court)
        self.judge = self.holder("法官", self.unit)
        self.chief = self.holder("庭长", self.unit)
        self.president = self.holder("院长")

    def holder(self, post: str, unit=None) -> Person:
        person = make_person(court=self.court)
        Appointment.objects.create(person=person, court=self.court, unit=unit, post=post)
        return person

    def ask(self, **changes: object) -> Ask:
        ask = Ask(
            procedure=load().approvals["extension.president"],
            kind="order",
            subject=7,
            subject_name="督办单第7号",
            court=self.court,
            unit=self.unit,
            summary="延期两周",
            once="延期",
            reasons=["E1"],
            detail=STORY,
        )
        return replace(ask, **changes)

    def submit(self, **changes: object) -> Request:
        return services.submit(self.ask(**changes), person=self.judge, now=NOW)


@pytest.fixture
def house() -> House:
    return House()


def agree(request: Request, person: Person, **more: object) -> Request:
    return services.decide(request.pk, Verdict("agrees"), person=person, now=NOW, **more)


def test_a_request_waits_for_one_post_after_the_other(house):
    request = house.submit()
    chief, president = desk_of(house.chief, TODAY), desk_of(house.president, TODAY)
    assert list(waiting(SCOPE, chief)) == [request]
    assert list(waiting(SCOPE, president)) == []
    agree(request, house.chief)
    assert list(waiting(SCOPE, president)) == [request]
    assert list(decided(SCOPE, chief)) == [request]
    assert list(made_by(Scope.nothing("甲"), desk_of(house.judge, TODAY))) == [request]


def test_what_has_not_reached_a_desk_is_not_addressed_to_it(house):
    request = house.submit()
    president = desk_of(house.president, TODAY)
    assert not Request.objects.filter(addressed(SCOPE, president)).exists()
    agree(request, house.chief)
    assert Request.objects.filter(addressed(SCOPE, president)).get() == request


def test_the_effect_and_the_decision_hold_together_or_not_at_all(house):
    request = house.submit()
    agree(request, house.chief)
    rows = AuditRow.objects.count()

    def fails(_request: Request) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        agree(request, house.president, effect=fails)
    request.refresh_from_db()
    assert (request.state, request.at_step) == (Request.State.OPEN, 2)
    assert Decision.objects.count() == 1
    assert AuditRow.objects.count() == rows


def test_the_effect_comes_once_at_the_end(house):
    called = []
    request = house.submit()
    agree(request, house.chief, effect=called.append)
    assert called == []
    agree(request, house.president, effect=called.append)
    assert [one.state for one in called] == [Request.State.APPROVED]


def test_whoever_finds_the_old_state_gone_is_told(house, monkeypatch):
    request = house.submit()
    stale = services._locked(request.pk)
    agree(request, house.chief)
    monkeypatch.setattr(services, "_locked", lambda _pk: stale)
    with pytest.raises(Overtaken, match="请刷新"):
        services.decide(
            request.pk, Verdict("refuses", "不妥。", ["N1"]), person=house.chief, now=NOW
        )
    assert Decision.objects.count() == 1


def test_a_chief_of_another_division_has_no_say(house):
    other = house.holder("庭长", make_unit(court=house.court))
    request = house.submit()
    assert list(waiting(SCOPE, desk_of(other, TODAY))) == []
    with pytest.raises(NotYours):
        agree(request, other)


def test_a_new_chief_finds_what_waited_for_the_old_one(house):
    request = house.submit()
    Appointment.objects.filter(person=house.chief).update(valid_to=TODAY)
    successor = house.holder("庭长", house.unit)
    with pytest.raises(NotYours):
        agree(request, house.chief)
    assert agree(request, successor).at_step == 2


def test_a_vacant_first_post_is_passed_over_and_says_so(house):
    Appointment.objects.filter(person=house.chief).delete()
    request = house.submit()
    assert request.at_step == 2
    skipped = request.decisions.get()
    assert (skipped.outcome, skipped.person) == (Decision.Outcome.SKIPS, None)
    assert "没有任庭长" in skipped.opinion


def test_nobody_to_decide_is_an_error_not_an_approval(house):
    Appointment.objects.filter(person=house.president).delete()
    with pytest.raises(NobodyDecides, match="院长批准"):
        house.submit()
    assert not Request.objects.exists()


def test_two_open_requests_on_one_matter_are_refused(house):
    house.submit()
    with pytest.raises(Refused, match="正在办理"):
        house.submit(summary="延期四周")
    house.submit(subject=8)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reasons": []}, "至少选一项"),
        ({"reasons": ["ZZ"]}, "不在事由表"),
        ({"detail": "忙"}, "不少于30字"),
    ],
)
def test_a_request_without_reason_or_story_is_refused(house, changes, why):
    with pytest.raises(Refused, match=why):
        house.submit(**changes)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("程序.exe", b"MZ", "格式不收"),
        ("空.pdf", b"", "是空的"),
        ("大.pdf", b"0" * (LARGEST + 1), "超过20MB"),
    ],
)
def test_a_paper_that_is_not_taken_stops_the_request(house, name, data, why):
    with pytest.raises(PaperRefused, match=why):
        house.submit(papers=[Paper("其他材料", name, data)])
    assert not Request.objects.exists()


def test_the_digest_covers_papers_and_story(house):
    request = house.submit(papers=[Paper("其他材料", "甲.pdf", b"1")])
    first = request.digest
    services.decide(request.pk, Verdict("returns", "请补。", ["N2"]), person=house.chief, now=NOW)
    services.answer(
        request.pk,
        person=house.judge,
        detail=STORY,
        files=[Paper("其他材料", "甲.pdf", b"2")],
        now=NOW,
    )
    request.refresh_from_db()
    assert request.digest != first
    assert request.decisions.get(outcome="returns").digest == first
    versions = request.documents.values_list("version", "content")
    assert len(set(versions)) == 2
    assert set(request.steps.values_list("state", flat=True)) == {
        Step.State.CURRENT,
        Step.State.AHEAD,
    }


def test_the_same_paper_again_is_no_new_version(house):
    paper = Paper("其他材料", "甲.pdf", b"1")
    request = house.submit(papers=[paper, paper])
    assert request.documents.count() == 1


def test_only_the_applicant_answers_and_only_what_was_sent_back(house):
    request = house.submit()
    with pytest.raises(NotYours):
        services.answer(request.pk, person=house.chief, detail="补", files=[], now=NOW)
    with pytest.raises(Overtaken):
        services.answer(request.pk, person=house.judge, detail="补", files=[], now=NOW)


def test_an_appointment_that_begins_tomorrow_gives_no_seat_today(house):
    later = house.holder("院长")
    Appointment.objects.filter(person=later).update(valid_from=date(2026, 11, 4))
    assert desk_of(later, TODAY).seats == ()
    assert len(desk_of(later, date(2026, 11, 4)).seats) == 1
