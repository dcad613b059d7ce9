"""阅核: who reads, what a reader can and can't do, the answers, the signatures, the clock."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.approvals.delegations import delegate
from shenguan.base.approvals.models import Decision, Request
from shenguan.base.approvals.services import NotYours, Refused
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Watch
from shenguan.programs.supervision import answering, clocks, services_reading
from shenguan.programs.supervision.answering import Answering, Held
from shenguan.programs.supervision.models import Review
from shenguan.programs.supervision.tests.bench import SECOND, draft, make_bench
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold

pytestmark = pytest.mark.django_db
HELD = Held(date(2026, 6, 3), "合议庭复议后维持原意见，理由见笔录。", "维持原意见")


@pytest.fixture
def bench():
    return make_bench()


def kinds_of(bench) -> list[str]:
    found = Event.objects.filter(case=bench.case, source__startswith="阅核第")
    return list(found.order_by("position").values_list("kind", flat=True))


def answer_all(review: Review, bench, choice="采纳", *, text=None, held=None, day="2026-06-04"):
    opinion = review.opinions.order_by("-id").first()
    answers = {remark.pk: (choice, "理由如下") for remark in opinion.remarks.all()}
    new = draft(text) if text else None
    given = Answering(answers, held, new)
    return answering.answer(review.pk, given, person=bench.judge, now=at(day))


def sign(review: Review, person, number, day="2026-06-08"):
    return services_reading.sign(review.pk, number, person=person, now=at(day))


def test_a_chief_finishes_with_a_remark_the_judge_answers_and_the_bench_signs(bench):
    review = bench.submit()
    review = bench.say(review, bench.chief, "none", "“合同有效”宜写作“合同合法有效”")
    assert review.request.state == Request.State.APPROVED
    with pytest.raises(Refused, match="没有回应"):
        sign(review, bench.judge, 1)
    answer_all(review, bench, text=SECOND)
    with pytest.raises(Refused, match="新的版本"):
        sign(review, bench.judge, 1)
    sign(review, bench.judge, 2)
    assert Review.objects.get().signed_at is None
    assert sign(review, bench.second, 2).signed_at == at("2026-06-08")
    assert kinds_of(bench) == ["阅核提交", "阅核", "阅核回应", "签署", "签署"]
    actions = AuditRow.objects.filter(subject=bench.case.number).values_list("action", flat=True)
    assert {"阅核申请", "阅核：庭领导阅核", "阅核：阅核回应", "阅核：签署"} <= set(actions)


def test_what_was_said_stands_in_no_event_and_no_audit_row(bench):
    review = bench.submit()
    bench.say(review, bench.chief, "substance", "证据三不足以认定损失")
    rows = str([(r.action, r.detail) for r in AuditRow.objects.all()])
    events = str([(e.kind, e.payload) for e in Event.objects.filter(case=bench.case)])
    assert "证据三" not in rows + events
    assert "退回" not in rows


def test_the_reader_neither_writes_nor_signs_nor_decides(bench):
    review = bench.submit()
    bench.say(review, bench.chief, "technical", "改一个字")
    theirs = Answering(draft=draft(SECOND))
    with pytest.raises(Refused, match="只有报请人"):
        answering.answer(review.pk, theirs, person=bench.chief, now=at("2026-06-03"))
    review = Review.objects.get()
    assert review.drafts.count() == 1
    answer_all(review, bench, text=SECOND)
    bench.say(review, bench.chief, "none", day="2026-06-05")
    with pytest.raises(Refused, match="审判组织成员"):
        sign(review, bench.chief, 2)
    assert not Decision.objects.filter(outcome="refuses").exists()


def test_a_member_of_the_bench_never_reads_their_own_case(bench):
    hold("法官甲二", "庭长", bench.court, bench.unit)
    review = bench.submit()
    with pytest.raises(NotYours, match="审判组织成员"):
        bench.say(review, bench.second, "none")


def test_a_chief_who_presides_is_passed_over_and_the_next_level_reads():
    bench = make_bench()
    members = {
        "members": [{"role": "审判长", "name": "庭长某"}, {"role": "审判员", "name": "法官甲一"}]
    }
    record(
        [NewEvent(bench.case.pk, "变更合议庭", date(2026, 5, 25), members)],
        actor="测",
        now=at("2026-05-25"),
    )
    review = bench.submit()
    with pytest.raises(NotYours):
        bench.say(review, bench.chief, "none")
    assert bench.say(review, bench.vice, "none").request.state == Request.State.APPROVED


def test_someone_recused_from_the_case_does_not_read_it():
    bench = make_bench()
    payload = {"person": "庭长某", "result": "同意回避"}
    record(
        [NewEvent(bench.case.pk, "回避决定", date(2026, 5, 25), payload)],
        actor="测",
        now=at("2026-05-25"),
    )
    with pytest.raises(NotYours, match="回避"):
        bench.say(bench.submit(), bench.chief, "none")


def test_what_the_bench_means_to_do_decides_the_level(bench):
    review = bench.submit("2026-06-01", SECOND, "拟与类案不一致")
    assert review.reader == "院领导"
    assert [entry[0] for entry in review.entries] == ["rd.deviates"]
    review = bench.say(review, bench.chief, "none")
    assert review.request.state == Request.State.OPEN
    review = bench.say(review, bench.vice, "none", day="2026-06-03")
    assert review.request.state == Request.State.APPROVED
    (event,) = Event.objects.filter(kind="阅核")
    assert event.payload["level"] == "院领导"


def test_an_answered_reading_goes_on_where_it_was_sent_back(bench):
    review = bench.submit("2026-06-01", SECOND, "拟改判")
    bench.say(review, bench.chief, "none")
    bench.say(review, bench.vice, "technical", "落款日期有误", day="2026-06-03")
    review = answer_all(review, bench, "不采纳")
    with pytest.raises(NotYours):
        bench.say(review, bench.chief, "none", day="2026-06-05")
    assert bench.say(review, bench.vice, "none", day="2026-06-05").request.state == "approved"


def test_every_remark_must_be_answered_and_declining_needs_a_reason(bench):
    review = bench.say(bench.submit(), bench.chief, "technical", "第一条", "第二条")
    first, second = review.opinions.get().remarks.all()

    def answer(answers, **more):
        return answering.answer(
            review.pk, Answering(answers, **more), person=bench.judge, now=at("2026-06-03")
        )

    with pytest.raises(Refused, match="第2条意见还没有回应"):
        answer({first.pk: ("采纳", "")}, draft=draft(SECOND))
    with pytest.raises(Refused, match="第2条意见不采纳的，请写明理由"):
        answer({first.pk: ("采纳", ""), second.pk: ("不采纳", " ")}, draft=draft(SECOND))
    with pytest.raises(Refused, match="请上传修改后的文书"):
        answer({first.pk: ("采纳", ""), second.pk: ("不采纳", "原文无误")})
    with pytest.raises(Refused, match="完全相同"):
        answer({first.pk: ("采纳", ""), second.pk: ("不采纳", "原文无误")}, draft=draft())
    review = answer(
        {first.pk: ("采纳", ""), second.pk: ("不采纳", "原文无误")}, draft=draft(SECOND)
    )
    assert review.request.state == Request.State.OPEN


def test_reconsideration_is_suggested_twice_at_most_then_the_meeting_then_the_committee(bench):
    review = bench.submit()
    for day in ("02", "04"):
        bench.say(review, bench.chief, "reconsider", "结果与类案不一致", day=f"2026-06-{day}")
        with pytest.raises(Refused, match="请登记复议"):
            answer_all(review, bench, "不采纳", day=f"2026-06-{day}")
        answer_all(review, bench, "不采纳", held=HELD, day=f"2026-06-{int(day) + 1:02}")
    with pytest.raises(Refused, match="已满2次"):
        bench.say(review, bench.chief, "reconsider", "仍不一致", day="2026-06-08")
    bench.say(review, bench.chief, "meeting", "请讨论违约金", day="2026-06-08")
    with pytest.raises(Refused, match="会议编号"):
        answer_all(review, bench, "不采纳", held=HELD, day="2026-06-09")
    met = Held(date(2026, 6, 9), "多数意见维持", "维持原意见", meeting="2026年第8次")
    answer_all(review, bench, "不采纳", held=met, day="2026-06-09")
    bench.say(review, bench.chief, "committee", "建议提交审委会", day="2026-06-10")
    decided = Held(date(2026, 6, 11), "按审委会决定", "改变原意见", meeting="审委会2026年第3次")
    with pytest.raises(Refused, match="院长批准"):
        answer_all(review, bench, held=decided, day="2026-06-11")
    decided = Held(date(2026, 6, 11), "按审委会决定", "改变原意见", "审委会2026年第3次", "院长某")
    answer_all(review, bench, held=decided, text=SECOND, day="2026-06-11")
    assert bench.say(review, bench.chief, "none", day="2026-06-12").request.state == "approved"
    assert kinds_of(bench).count("建议复议") == 2
    assert {"合议庭复议", "专业法官会议", "审委会决定"} <= set(kinds_of(bench))


def test_only_the_judge_of_the_case_submits_and_one_reading_of_a_document_at_a_time(bench):
    from shenguan.programs.supervision.services_reading import Submission, submit

    with pytest.raises(Refused, match="承办人"):
        submit(
            bench.case_now(),
            Submission("判决书", draft()),
            person=bench.second,
            now=at("2026-06-01"),
        )
    bench.submit()
    with pytest.raises(Refused, match="正在办理"):
        bench.submit()


def test_a_submission_can_be_taken_back_until_someone_has_said_something(bench):
    review = bench.submit()
    services_reading.withdraw(review.pk, person=bench.judge, now=at("2026-06-01"))
    assert kinds_of(bench) == ["阅核提交", "撤回阅核"]
    review = bench.submit()
    bench.say(review, bench.chief, "technical", "错字")
    with pytest.raises(Refused, match="已有阅核意见"):
        services_reading.withdraw(review.pk, person=bench.judge, now=at("2026-06-03"))


def watch_of(kind: str) -> Watch:
    return Watch.objects.filter(kind=kind).latest("pk")


def test_a_period_that_passes_urges_and_never_agrees(bench):
    review = bench.submit()  # Monday 2026-06-01: due on Thursday 06-04
    assert (watch_of("阅核待办").level, watch_of("阅核待办").about) == ("提示", date(2026, 6, 4))
    for day, level in (("2026-06-04", "提示"), ("2026-06-05", "催办"), ("2026-06-10", "督办")):
        clocks.run(date.fromisoformat(day), at(day))
        assert watch_of("阅核待办").level == level, day
    assert "不视为没有不同意见" in watch_of("阅核待办").say
    assert Request.objects.get().state == Request.State.OPEN
    bench.say(review, bench.chief, "none", day="2026-06-11")
    assert watch_of("阅核待办").level == ""
    assert watch_of("阅核待签署").level == "提示"


def test_a_delegate_reads_while_the_chief_is_away_and_it_says_so(bench):
    deputy = hold("副庭长某", "副庭长", bench.court, bench.unit)
    review = bench.submit()
    with pytest.raises(NotYours):
        bench.say(review, deputy, "none")
    delegate(
        giver=bench.chief, taker=deputy, first=date(2026, 6, 1), last=date(2026, 6, 5),
        reason="外出学习", now=at("2026-06-01"),
    )  # fmt: skip
    bench.say(review, deputy, "none")
    assert review.opinions.get().decision.on_behalf_of == bench.chief


def test_a_reader_who_looked_at_older_papers_is_told(bench):
    from shenguan.base.approvals.services import Overtaken
    from shenguan.programs.supervision.services_reading import Saying

    review = bench.submit()
    with pytest.raises(Overtaken):
        services_reading.say(
            review.pk, Saying("none", (), "旧摘要"), person=bench.chief, now=at("2026-06-02")
        )
