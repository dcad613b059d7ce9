from datetime import date

import pytest

from shenguan.base.approvals.delegations import delegate
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.services import NotYours, Overtaken, Refused, Verdict
from shenguan.base.audit.models import AuditRow
from shenguan.base.audit.services import verify_all
from shenguan.programs.timechanges.services import Said, apply_for_extension, decide, withdraw
from shenguan.programs.timechanges.tests.bench import STORY, Bench, make_bench
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
NO = Verdict("refuses", "剩余审限足以审结，请抓紧安排开庭。", ["N4"])


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def kinds(bench: Bench) -> list[str]:
    return list(
        Event.objects.filter(case=bench.case, kind__contains="延长").values_list("kind", flat=True)
    )


def due(bench: Bench) -> date | None:
    return bench.case_now().clock.governing_due


def test_the_presidents_approval_moves_the_due_date_at_once(bench):
    assert due(bench) == date(2026, 11, 20)
    request = bench.apply()
    bench.agree(request, bench.chief)
    assert due(bench) == date(2026, 11, 20)
    approved = bench.agree(request, bench.president)
    assert approved.state == Request.State.APPROVED
    assert due(bench) == date(2027, 5, 20)
    assert kinds(bench) == ["延长审限申请", "延长审限批准"]
    assert bench.case_now().clock.flags == []


def test_every_act_leaves_a_row_in_an_unbroken_chain(bench):
    request = bench.apply()
    bench.agree(request, bench.chief)
    bench.agree(request, bench.president)
    actions = list(AuditRow.objects.filter(chain="示0101").values_list("action", flat=True))
    assert [a for a in actions if a.startswith("延长审限")] == [
        "延长审限申请",
        "延长审限：庭长审核：同意",
        "延长审限：院长批准：同意",
    ]
    assert verify_all() == []


def test_a_refusal_is_recorded_with_its_reason_and_moves_nothing(bench):
    request = bench.apply()
    bench.agree(request, bench.chief)
    refused = decide(request.pk, NO, person=bench.president, now=at("2026-11-04"))
    assert refused.state_word == "未批准"
    assert due(bench) == date(2026, 11, 20)
    event = Event.objects.get(kind="不予批准延长")
    assert event.payload == {"approver": "本院院长", "reason": NO.opinion}


def test_saying_no_without_a_reason_is_refused(bench):
    request = bench.apply()
    for verdict in (
        Verdict("refuses"),
        Verdict("returns", "请补材料"),
        Verdict("refuses", "", ["N1"]),
    ):
        with pytest.raises(Refused, match="须选择理由"):
            decide(request.pk, verdict, person=bench.chief, now=at("2026-11-02"))


def test_the_chiefs_objection_goes_on_to_the_president(bench):
    request = bench.apply()
    passed = decide(request.pk, NO, person=bench.chief, now=at("2026-11-02"))
    assert (passed.state, passed.at_step) == (Request.State.OPEN, 2)
    bench.agree(request, bench.president)
    assert due(bench) == date(2027, 5, 20)


def test_nobody_but_whose_turn_it_is_may_decide(bench):
    request = bench.apply()
    for person in (bench.judge, bench.president, bench.office, bench.upper):
        with pytest.raises(NotYours):
            bench.agree(request, person)


def test_of_two_decisions_at_once_the_second_is_told(bench):
    request = bench.apply()
    bench.agree(request, bench.chief)
    bench.agree(request, bench.president)
    with pytest.raises(Overtaken):
        decide(request.pk, NO, person=bench.president, now=at("2026-11-04"))
    assert kinds(bench) == ["延长审限申请", "延长审限批准"]


def test_a_decision_on_papers_that_have_changed_is_refused(bench):
    request = bench.apply()
    old = Verdict("agrees", digest="0" * 64)
    with pytest.raises(Overtaken):
        decide(request.pk, old, person=bench.chief, now=at("2026-11-02"))


@pytest.mark.parametrize(
    ("applied", "decided", "flags"),
    [
        ("2026-11-04", "2026-11-14", []),
        ("2026-11-05", "2026-11-15", []),
        ("2026-11-06", "2026-11-16", ["申请迟于规定提前期", "审批迟于规定提前期"]),
        ("2026-11-01", "2026-11-01", ["当日申请当日办结"]),
        ("2026-11-05", "2026-11-20", ["审批迟于规定提前期"]),
    ],
)
def test_late_and_same_day_approvals_are_flagged_and_count(bench, applied, decided, flags):
    request = bench.apply(applied)
    bench.agree(request, bench.chief, decided)
    done = bench.agree(request, bench.president, decided)
    assert done.flags == flags
    assert due(bench) == date(2027, 5, 20)


def test_an_approval_after_the_due_date_cures_nothing_and_says_so(bench):
    request = bench.apply("2026-11-05")
    bench.agree(request, bench.chief)
    done = bench.agree(request, bench.president, "2026-11-21")
    assert "届满后审批" in done.flags
    assert due(bench) == date(2026, 11, 20)


def test_an_application_after_the_due_date_is_told_why_not(bench):
    with pytest.raises(Refused, match="已于2026-11-20届满"):
        bench.apply("2026-11-21")


def test_the_second_extension_goes_to_the_court_above(bench):
    first = bench.apply()
    bench.agree(first, bench.chief)
    bench.agree(first, bench.president)
    papers = _paper("报请延长审限的报告", "报告.pdf")
    said = Said(["E1"], STORY + "第一次延长后仍在等待鉴定意见，需要再次延长。", papers)
    second = apply_for_extension(
        bench.case_now(), "3m", said, person=bench.judge, now=at("2027-05-01")
    )
    assert second.procedure == "extension.above"
    for person in (bench.chief, bench.president):
        bench.agree(second, person, "2027-05-03")
    assert due(bench) == date(2027, 5, 20)
    bench.agree(second, bench.upper, "2027-05-10")
    assert due(bench) == date(2027, 8, 20)
    assert AuditRow.objects.filter(chain="示01", action__startswith="延长审限").exists()


def test_a_court_above_outside_the_installation_is_registered_by_its_paper(bench):
    from shenguan.base.org.models import Appointment

    Appointment.objects.filter(court=bench.above).delete()
    first = bench.apply()
    bench.agree(first, bench.chief)
    bench.agree(first, bench.president)
    said = Said(["E1"], STORY * 2, _paper("报请延长审限的报告", "报告.pdf"))
    second = apply_for_extension(
        bench.case_now(), "3m", said, person=bench.judge, now=at("2027-05-01")
    )
    for person in (bench.chief, bench.president):
        bench.agree(second, person, "2027-05-03")
    with pytest.raises(Refused, match="书面批复"):
        bench.agree(second, bench.office, "2027-05-10")
    reply = Verdict("agrees", papers=_paper("其他材料", "批复.pdf"))
    decide(second.pk, reply, person=bench.office, now=at("2027-05-10"))
    assert due(bench) == date(2027, 8, 20)


def test_a_delegate_decides_while_the_president_is_away_and_not_after(bench):
    delegate(
        giver=bench.president,
        taker=bench.vice,
        first=date(2026, 11, 2),
        last=date(2026, 11, 4),
        reason="出差",
        now=at("2026-11-01"),
    )
    request = bench.apply()
    bench.agree(request, bench.chief, "2026-11-02")
    with pytest.raises(NotYours):
        bench.agree(request, bench.vice, "2026-11-05")
    bench.agree(request, bench.vice, "2026-11-04")
    last = request.decisions.last()
    assert (last.person, last.on_behalf_of) == (bench.vice, bench.president)
    assert due(bench) == date(2027, 5, 20)


def test_power_is_lent_only_to_posts_that_the_rulebook_names(bench):
    dates = {"first": date(2026, 11, 2), "last": date(2026, 11, 4)}
    with pytest.raises(Refused, match="规则允许的职务"):
        delegate(
            giver=bench.president, taker=bench.judge, reason="出差", now=at("2026-11-01"), **dates
        )


def test_taking_an_application_back_takes_its_event_back(bench):
    request = bench.apply()
    withdraw(request.pk, person=bench.judge, now=at("2026-11-02"))
    with pytest.raises(Overtaken):
        bench.agree(request, bench.chief)
    again = bench.apply("2026-11-03")
    bench.agree(again, bench.chief)
    bench.agree(again, bench.president)
    assert due(bench) == date(2027, 5, 20)


def test_one_extension_at_a_time(bench):
    bench.apply()
    with pytest.raises(Refused, match="正在办理"):
        bench.apply("2026-11-02", "3m")


def test_only_the_judge_of_the_case_applies_with_a_story_and_a_reason(bench):
    case = bench.case_now()
    for said, why in ((Said(["E1"], "案情复杂"), "不少于30字"), (Said([], STORY), "事由")):
        with pytest.raises(Refused, match=why):
            apply_for_extension(case, "6m", said, person=bench.judge, now=at("2026-11-01"))
    with pytest.raises(Refused, match="承办人"):
        apply_for_extension(
            case, "6m", Said(["E1"], STORY), person=bench.chief, now=at("2026-11-01")
        )


def test_a_chief_who_has_the_case_passes_the_vice_president_instead_of_themself(bench):
    own = add_case(
        "（2026）示0101民初2号",
        {"2026-05-20": "立案"},
        court=bench.court,
        undertaker="庭长某",
        case_type="民初",
        instance="一审",
        procedure="普通程序",
    )
    hold("庭长某", "法官", bench.court, bench.unit)
    request = apply_for_extension(
        own, "6m", Said(["E1"], STORY), person=bench.chief, now=at("2026-11-01")
    )
    bench.agree(request, bench.vice)
    assert request.steps.first().decisions.get().post == "分管副院长"


def test_a_recorded_due_date_gives_way_to_the_approved_one(bench):
    recorded = NewEvent(bench.case.pk, "届满日登记", None, {"due": "2026-11-18"})
    record([recorded], actor="接入", now=at("2026-10-01"))
    assert due(bench) == date(2026, 11, 18)
    request = bench.apply()
    bench.agree(request, bench.chief)
    bench.agree(request, bench.president)
    assert due(bench) == date(2027, 5, 20)
    assert bench.case_now().clock.accepted


def test_a_closed_case_is_not_extended(bench):
    record([NewEvent(bench.case.pk, "报结", date(2026, 10, 1))], actor="测", now=at("2026-10-02"))
    with pytest.raises(Refused, match="已结"):
        bench.apply()


def test_nothing_is_approved_by_waiting(bench):
    request = bench.apply()
    request.refresh_from_db()
    assert request.state == Request.State.OPEN
    assert due(bench) == date(2026, 11, 20)


def _paper(kind: str, name: str):
    from shenguan.base.approvals.papers import Paper

    return [Paper(kind, name, b"%PDF-1.4 demo")]
