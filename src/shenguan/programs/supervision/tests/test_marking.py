"""四类案件: found by criteria, decided by people, supervised by measures, with clocks on all of it."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.approvals.services import Refused
from shenguan.base.inbox.models import Watch
from shenguan.base.org.models import CourtSetting
from shenguan.programs.supervision import clocks, finding, marking
from shenguan.programs.supervision.models import Mark
from shenguan.programs.supervision.tests.bench import SECOND, make_bench
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
GROUP = [{"role": "原告", "name": f"甲{n}"} for n in range(6)] + [{"role": "被告", "name": "乙"}]


@pytest.fixture
def bench():
    return make_bench(amount=20_000_000_000)


def look(day: str = "2026-06-01") -> finding.Looked:
    return finding.run(date.fromisoformat(day), at(day))


def level(kind: str) -> str:
    found = Watch.objects.filter(kind=kind).order_by("-pk").first()
    return found.level if found else "没有"


def proposed(bench) -> Mark:
    look()
    return Mark.objects.get()


def confirmed(bench, day="2026-06-02") -> Mark:
    mark = proposed(bench)
    return marking.confirm(mark, mark.kinds, "属实", person=bench.chief, now=at(day))


def take(mark, bench, measure="m2", person=None, day="2026-06-03"):
    who = person or bench.chief
    return marking.take_measure(mark, measure, "请报告进展", person=who, now=at(day))


def test_the_night_proposes_what_the_criteria_find_and_twice_is_once(bench):
    assert look().proposed == 1
    mark = Mark.objects.get()
    assert (mark.state, mark.source, mark.kinds, mark.stage) == ("待确认", "系统预标", [1], "立案")
    assert [hit[0] for hit in mark.hits] == ["fk.amount"]
    assert look("2026-06-02").proposed == 0
    assert not Event.objects.filter(kind="四类标注").exists()


def test_a_courts_own_threshold_holds_and_a_criterion_can_be_switched_off():
    bench = make_bench(parties=GROUP)
    assert look().proposed == 0
    for key, value in (("群体性人数", 5), ("四类案件.停用", ["fk.group"])):
        CourtSetting.objects.create(
            court=bench.court,
            key=key,
            value=value,
            valid_from=TODAY,
            set_by="测",
            set_at=at("2026-06-01"),
        )
        assert look().proposed == (1 if key == "群体性人数" else 0)
        Mark.objects.all().delete()


def test_confirming_is_an_event_and_the_judge_cannot_confirm_the_own_case(bench):
    mark = proposed(bench)
    with pytest.raises(Refused, match="审判组织成员"):
        marking.confirm(mark, [1], "", person=bench.judge, now=at("2026-06-02"))
    marking.confirm(mark, [1, 3], "与类案可能冲突", person=bench.chief, now=at("2026-06-02"))
    event = Event.objects.get(kind="四类标注")
    assert [name[:2] for name in event.payload["kinds"]] == ["重大", "与本"]
    with pytest.raises(Refused, match="刷新"):
        marking.reject(mark, "R1", "晚了一步", person=bench.vice, now=at("2026-06-02"))


def test_a_rejection_needs_code_and_words_and_the_same_ground_is_not_raised_again(bench):
    mark = proposed(bench)
    for code, text in (("R9", "不符"), ("R1", " ")):
        with pytest.raises(Refused):
            marking.reject(mark, code, text, person=bench.chief, now=at("2026-06-02"))
    marking.reject(mark, "R2", "双方已协商", person=bench.chief, now=at("2026-06-02"))
    assert look("2026-06-03").proposed == 0
    happened = {"kind": "集体访"}
    record(
        [NewEvent(bench.case.pk, "信访", date(2026, 6, 3), happened)],
        actor="测",
        now=at("2026-06-03"),
    )
    assert look("2026-06-04").proposed == 1


def test_the_office_marks_at_once_a_judge_only_proposes(bench):
    case = bench.case_now()
    with pytest.raises(Refused, match="理由"):
        marking.mark_by_hand(case, [2], "", person=bench.office, now=at("2026-06-01"))
    mine = marking.mark_by_hand(case, [2], "人数多", person=bench.judge, now=at("2026-06-01"))
    assert (mine.state, mine.source) == ("待确认", "人工标注")
    with pytest.raises(Refused, match="已有标注"):
        marking.mark_by_hand(case, [2], "人数多", person=bench.office, now=at("2026-06-01"))
    mine.delete()
    mark = marking.mark_by_hand(case, [2], "舆情", person=bench.office, now=at("2026-06-01"))
    assert mark.state == "已标注"


def test_a_mark_of_the_courts_own_system_is_taken_over_once():
    bench = make_bench()
    payload = {"kinds": ["涉及群体性纠纷或者引发社会广泛关注"]}
    record(
        [NewEvent(bench.case.pk, "四类标注", TODAY, payload)], actor="接入", now=at("2026-06-01")
    )
    assert (look().imported, look().imported) == (1, 0)
    mark = Mark.objects.get()
    assert (mark.source, mark.kinds, mark.state) == ("原系统", [2], "已标注")


def test_removal_is_for_the_leaders_with_a_reason_and_takes_the_event_back(bench):
    mark = confirmed(bench)
    with pytest.raises(Refused, match="院庭长"):
        marking.remove(mark, "D1", "已化解", person=bench.office, now=at("2026-06-03"))
    marking.remove(mark, "D1", "标的额变更", person=bench.vice, now=at("2026-06-03"))
    assert Event.objects.get(kind="四类标注").voided_by.get().kind == "四类撤销标注"
    assert Mark.objects.get().state == "已撤销"


def test_measures_are_for_the_posts_of_the_rulebook_and_never_for_the_bench(bench):
    mark = confirmed(bench)
    for person, measure, words in (
        (bench.judge, "m2", "您的职务不能"),
        (bench.office, "m2", "您的职务不能"),
        (bench.chief, "m8", "您的职务不能"),
        (bench.chief, "m99", "请选择"),
    ):
        with pytest.raises(Refused, match=words):
            take(mark, bench, measure, person)
    act = take(mark, bench)
    assert (act.post, act.due_on) == ("庭长", date(2026, 6, 17))
    with pytest.raises(Refused, match="审判组织回复"):
        marking.reply(act, "在办", person=bench.chief, now=at("2026-06-04"))
    marking.reply(act, "已排期", person=bench.second, now=at("2026-06-04"))
    with pytest.raises(Refused, match="已经回复"):
        marking.reply(act, "再回", person=bench.judge, now=at("2026-06-05"))
    marking.note_effect(act, "正常", person=bench.chief, now=at("2026-06-05"))
    kinds = Event.objects.filter(source__startswith="标注").order_by("position")
    assert list(kinds.values_list("kind", flat=True)) == [
        "四类标注",
        "四类监管措施",
        "四类措施回复",
    ]


def test_reconsideration_may_be_asked_for_twice(bench):
    mark = confirmed(bench)
    take(mark, bench, "m6")
    take(mark, bench, "m6")
    with pytest.raises(Refused, match="不得超过2次"):
        take(mark, bench, "m6")


def test_what_waits_climbs_its_ladder_and_ends_with_the_act(bench):
    mark = proposed(bench)  # Monday 2026-06-01: to be decided by 06-08
    for day, expected in (("2026-06-01", "提示"), ("2026-06-08", "提示"), ("2026-06-09", "催办")):
        clocks.run(date.fromisoformat(day), at(day))
        assert level("四类待确认") == expected, day
    marking.confirm(mark, [1], "", person=bench.chief, now=at("2026-06-10"))
    assert (level("四类待确认"), level("四类待监管")) == ("", "没有")
    clocks.run(date(2026, 6, 29), at("2026-06-29"))  # ten working days, 端午 among them
    assert level("四类待监管") == "催办"
    act = take(mark, bench, day="2026-06-29")
    assert level("四类待监管") == ""
    clocks.run(date(2026, 7, 14), at("2026-07-14"))
    assert level("四类待回复") == "催办"
    marking.reply(act, "已报告", person=bench.judge, now=at("2026-07-14"))
    assert level("四类待回复") == ""


def test_what_the_bench_says_when_it_submits_leads_to_a_proposal_that_tells_nothing(bench):
    Mark.objects.all().delete()
    bench.submit("2026-06-01", SECOND, "拟与类案不一致")
    mark = Mark.objects.get()
    assert {hit[0]: hit[4] for hit in mark.hits} == {"fk.amount": False, "fk.conflict": True}
    assert "类案不一致" not in str(Watch.objects.values_list("say", flat=True))
