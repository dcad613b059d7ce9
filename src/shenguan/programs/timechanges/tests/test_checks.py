from datetime import date

import pytest

from shenguan.base.approvals.models import Request
from shenguan.base.approvals.services import NotYours, Refused, Verdict, answer
from shenguan.base.org.models import CourtSetting
from shenguan.base.org.scope import Scope
from shenguan.programs.timechanges import selectors
from shenguan.programs.timechanges.services import (
    CHECK_WAY,
    Period,
    Said,
    apply_for_elevation,
    check_imported,
    decide,
    end_period,
    register_period,
    withdraw,
)
from shenguan.programs.timechanges.tests.bench import STORY, Bench, make_bench
from shenguan.programs.timechanges.tests.test_extension import _paper as paper
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at

pytestmark = pytest.mark.django_db
BACK = Verdict("refuses", "委托书日期与登记不符，请核对后说明。", ["C2"])
APPRAISAL = Period("委托鉴定", date(2026, 7, 1), {"kind": "笔迹鉴定"})


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def register(bench: Bench, period: Period = APPRAISAL, said: Said | None = None) -> Request:
    said = said or Said(["K1"], "", paper("委托书", "委托书.pdf"))
    return register_period(bench.case_now(), period, said, person=bench.judge, now=at("2026-07-02"))


def test_a_registered_exclusion_counts_at_once_and_waits_for_its_check(bench):
    request = register(bench)
    assert bench.case_now().clock.state == "paused"
    assert (request.group, request.state_word) == ("扣除", "待核查")
    checked = bench.agree(request, bench.office, "2026-07-03")
    assert checked.state_word == "核查通过"
    end_period(
        bench.case_now(), "委托鉴定", date(2026, 7, 31), person=bench.judge, now=at("2026-08-01")
    )
    assert bench.case_now().clock.governing_due == date(2026, 12, 20)


def test_a_check_sends_back_with_reasons_and_undoes_nothing(bench):
    request = register(bench)
    sent = decide(request.pk, BACK, person=bench.office, now=at("2026-07-03"))
    assert sent.state_word == "退回说明"
    assert bench.case_now().clock.state == "paused"
    assert not Event.objects.filter(kind="作废").exists()
    files = paper("委托书", "委托书（盖章）.pdf")
    told = "委托书落款为七月一日，附盖章件。"
    again = answer(request.pk, person=bench.judge, detail=told, files=files, now=at("2026-07-04"))
    assert (again.state, again.round) == (Request.State.OPEN, 2)
    assert bench.agree(again, bench.office, "2026-07-05").state == Request.State.APPROVED


def test_sending_back_without_a_reason_is_refused(bench):
    request = register(bench)
    bare = Verdict("returns", "再看看")
    with pytest.raises(Refused, match="须选择理由"):
        decide(request.pk, bare, person=bench.office, now=at("2026-07-03"))


def test_a_registration_is_corrected_not_withdrawn(bench):
    request = register(bench)
    with pytest.raises(Refused, match="不能撤回"):
        withdraw(request.pk, person=bench.judge, now=at("2026-07-03"))


def test_a_court_may_choose_the_chief_instead_of_the_office(bench):
    CourtSetting.objects.create(
        court=bench.court,
        key=CHECK_WAY,
        value="阅核",
        valid_from=date(2026, 1, 1),
        set_by="审管某",
        set_at=at("2026-01-01"),
    )
    request = register(bench)
    with pytest.raises(NotYours):
        bench.agree(request, bench.office, "2026-07-03")
    assert bench.agree(request, bench.chief, "2026-07-03").state == Request.State.APPROVED


def test_a_suspension_carries_its_statutory_ground_and_its_ruling(bench):
    period = Period("中止审理", date(2026, 7, 1), {"reason": "须以另一案的审理结果为依据"})
    with pytest.raises(Refused, match="请附上材料"):
        register(bench, period, Said(["Z5"]))
    assert not Event.objects.filter(kind="中止审理").exists()
    request = register(bench, period, Said(["Z5"], "", paper("中止裁定书", "裁定.pdf")))
    assert request.group == "中止"
    assert bench.case_now().clock.paused_by == "中止"


def test_publication_shows_what_was_tried_before(bench):
    attempts = [{"way": "直接送达", "on": "2026-06-01", "result": "门锁无人"}]
    period = Period("公告开始", date(2026, 7, 1), {"kind": "应诉材料"}, attempts)
    said = Said(["G1"], "户籍地、经常居住地均查找无着落。")
    request = register(bench, period, said)
    assert request.asked["attempts"] == attempts
    assert request.asked["notes"] == ["未见邮寄送达的记录", "未见电子送达的记录"]


def test_publication_in_summary_procedure_is_pointed_out():
    bench = make_bench(procedure="简易程序")
    period = Period("公告开始", date(2026, 6, 1), {"kind": "应诉材料"})
    request = register(bench, period, Said(["G1"], "户籍地、经常居住地均查找无着落。"))
    assert "简易程序" in request.asked["notes"][-1]


def test_an_imported_suspension_waits_to_be_checked_once(bench):
    record(
        [NewEvent(bench.case.pk, "中止审理", date(2026, 7, 1), source="接入")],
        actor="接入",
        now=at("2026-07-02"),
    )
    scope = Scope.everything("测")
    (event,) = selectors.unchecked(scope, date(2026, 6, 1))
    request = check_imported(event, now=at("2026-07-03"))
    assert request.applicant == bench.judge
    assert list(selectors.unchecked(scope, date(2026, 6, 1))) == []
    assert bench.agree(request, bench.office, "2026-07-04").state == Request.State.APPROVED


def test_the_court_above_takes_a_case_of_first_instance(bench):
    said = Said(["T2"], STORY + "属于辖区内新类型案件。", paper("提级管辖请示", "请示.pdf"))
    request = apply_for_elevation(bench.case_now(), said, person=bench.judge, now=at("2026-10-01"))
    for person in (bench.chief, bench.president):
        bench.agree(request, person, "2026-10-02")
    assert not Event.objects.filter(kind="移送管辖").exists()
    bench.agree(request, bench.upper, "2026-10-10")
    event = Event.objects.get(kind="移送管辖")
    assert event.payload["court"] == bench.above.name


def test_a_president_who_does_not_report_ends_it_in_the_own_court(bench):
    said = Said(["T2"], STORY + "属于辖区内新类型案件。", paper("提级管辖请示", "请示.pdf"))
    request = apply_for_elevation(bench.case_now(), said, person=bench.judge, now=at("2026-10-01"))
    bench.agree(request, bench.chief, "2026-10-02")
    no = Verdict("refuses", "本案由原审法院审理更便利当事人。", ["M2"])
    ended = decide(request.pk, no, person=bench.president, now=at("2026-10-03"))
    assert ended.state == Request.State.REFUSED


def test_a_case_of_second_instance_is_not_put_to_the_court_above():
    bench = make_bench(instance="二审", case_type="民终")
    with pytest.raises(Refused, match="第一审"):
        apply_for_elevation(
            bench.case_now(), Said(["T2"]), person=bench.judge, now=at("2026-06-01")
        )
