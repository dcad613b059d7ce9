"""A review from plan to rectification: draw, blind scores, reply, committee, issues; the judgment stays."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Watch
from shenguan.programs.casereview import clocks, planning, selectors, services, statistics
from shenguan.programs.casereview.commands import review
from shenguan.programs.casereview.frame import judge_names
from shenguan.programs.casereview.models import Draw, Issue, Item, Plan, Sheet
from shenguan.programs.casereview.planning import Refused
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.programs.casereview.tests.bench import EVERYTHING, SLIP, Bench, make_bench
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
REMOVED = Marked("lawuse", "w1", "正卷第3页")


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def one_of(plan: Plan) -> Item:
    return plan.items.select_related("plan__court", "case__court", "judge").order_by("pk")[0]


def test_every_judge_of_the_list_has_the_minimum_and_every_case_its_chance(bench):
    plan = bench.drawn(rate=Decimal(20), minimum=1)
    chances = {i.judge.name: i.chance for i in plan.items.select_related("judge")}
    assert set(chances) == {"法官甲一", "法官甲二", "法官乙一"}
    assert (chances["法官甲一"], chances["法官甲二"], chances["法官乙一"]) == ("1/5", "1/3", "1/2")


def test_a_draw_replays_from_its_own_row_even_when_the_cases_have_changed(bench):
    plan = bench.drawn()
    case = plan.items.first().case
    closing = [NewEvent(case.pk, "撤销报结", at("2026-07-02").date(), {})]
    record(closing, actor="测", now=at("2026-07-02"))
    again = planning.replay(plan.drawn)
    assert again.same
    assert set(again.drawn) == set(plan.items.values_list("case__number", flat=True))


def test_a_list_changed_afterwards_is_told(bench):
    drawn = bench.drawn().drawn
    Draw.objects.filter(pk=drawn.pk).update(frame=drawn.frame[1:])
    drawn.refresh_from_db()
    assert not planning.replay(drawn).same_frame


def test_the_command_line_replays_and_says_whether_it_is_the_same(bench):
    plan = bench.drawn()
    answer = CliRunner().invoke(
        review, ["draw", "--plan", str(plan.pk), "--replay", "--format", "json"]
    )
    found = json.loads(answer.output)
    assert (answer.exit_code, found["一致"], found["种子"]) == (0, True, "20260701")
    Draw.objects.update(seed="别的种子")
    answer = CliRunner().invoke(review, ["draw", "--plan", str(plan.pk), "--replay"])
    assert answer.exit_code == 1


def test_the_command_line_draws_a_plan_once(bench):
    plan = bench.plan()
    assert (
        CliRunner().invoke(review, ["draw", "--plan", str(plan.pk), "--seed", "7"]).exit_code == 0
    )
    answer = CliRunner().invoke(review, ["draw", "--plan", str(plan.pk), "--seed", "8"])
    assert "只做一次" in answer.output


@pytest.mark.parametrize(
    ("seed", "said"), [("", "请填写种子"), ("模拟-3", "只供试抽"), ("甲" * 65, "1至64个字")]
)
def test_a_seed_must_be_given_and_not_be_one_of_a_trial(bench, seed, said):
    with pytest.raises(Refused, match=said):
        planning.draw(EVERYTHING, bench.plan(), seed, person=bench.office, now=at("2026-07-01"))


def test_no_reviewer_reviews_their_own_division_or_a_case_they_sat_in(bench):
    case = Case.objects.filter(undertaker__name="法官甲一").first()
    members = [{"role": "审判员", "name": "监督一"}]
    record([NewEvent(case.pk, "组成合议庭", at("2026-02-01").date(), {"members": members})],
           actor="测", now=at("2026-02-01"))  # fmt: skip
    plan = bench.drawn(rate=Decimal(100), second=100)
    for sheet in Sheet.objects.filter(item__plan=plan).select_related("item__case", "reviewer"):
        assert sheet.reviewer_id != sheet.item.judge_id
        assert not sheet.reviewer.appointments.filter(unit=sheet.item.case.division_id).exists()
        assert (sheet.item.case_id, sheet.reviewer.name) != (case.pk, "监督一")
    twice = plan.items.filter(sheets__second=True).count()
    assert twice == plan.items.count()
    for item in plan.items.all():
        assert len(set(item.sheets.values_list("reviewer", flat=True))) == 2


def test_a_review_from_score_to_checked_rectification(bench):
    item = one_of(bench.drawn())
    before = (item.case.closed_on, item.case.disposition)
    bench.scored(item, SLIP, REMOVED)
    assert (item.proposed_points, item.proposed_grade, item.state) == (
        Decimal(83),
        "不合格",
        "待答复",
    )
    services.reply(
        item, "异议", "适用法律正确", person=item.judge, now=at("2026-07-07"), reason="A2"
    )
    kept = {f.pk for s in item.sheets.all() for f in s.findings.all() if f.deduction == "d1"}
    what = Decided(kept, "法律适用一项不予扣分", "评查委员会第1次会议")
    services.decide(item, what, person=bench.member, now=at("2026-07-08"))
    assert (item.points, item.grade, item.state) == (Decimal(98), "优秀", "已定级")
    (issue,) = item.issues.all()
    assert (issue.code, issue.state) == ("Q12", "待整改")
    services.rectify(issue, "已裁定补正", person=item.judge, now=at("2026-07-09"))
    services.check(issue, "没有送达回证", passed=False, person=bench.office, now=at("2026-07-10"))
    assert issue.state == Issue.State.OPEN
    services.rectify(issue, "已补送达回证", person=item.judge, now=at("2026-07-13"))
    services.check(issue, "通过", passed=True, person=bench.office, now=at("2026-07-14"))
    assert issue.state == Issue.State.DONE
    assert [what for _on, _who, what, _text in issue.rounds] == [
        "整改",
        "验收退回",
        "整改",
        "验收通过",
    ]
    assert issue.rounds[1][-1] == "没有送达回证"
    item.case.refresh_from_db()
    assert (item.case.closed_on, item.case.disposition) == before
    kinds = list(
        Event.objects.filter(case=item.case, kind__startswith="评查").values_list("kind", flat=True)
    )
    assert kinds == [
        "评查抽取",
        "评查评分",
        "评查答复",
        "评查结论",
        "评查整改",
        "评查验收",
        "评查整改",
        "评查验收",
    ]
    assert AuditRow.objects.filter(subject=item.case.number, action="评查：定级").count() == 1


def test_the_history_of_a_case_never_names_its_reviewer(bench):
    item = bench.scored(one_of(bench.drawn()), SLIP)
    (scored,) = Event.objects.filter(case=item.case, kind="评查评分")
    assert scored.actor == services.BLIND
    names = {p.name for p in bench.reviewers}
    text = "".join(f"{e.actor}{e.payload}{e.source}" for e in Event.objects.filter(case=item.case))
    assert not any(name in text for name in names)


def test_two_blind_scores_far_apart_are_told_to_the_committee(bench):
    item = one_of(bench.drawn(second=100))
    first, second = item.sheets.order_by("second").select_related("item__plan")
    services.submit_score(first, [], "", person=first.reviewer, now=at("2026-07-06"))
    item.refresh_from_db()
    assert item.state == Item.State.SCORING
    services.submit_score(second, [REMOVED], "", person=second.reviewer, now=at("2026-07-06"))
    item.refresh_from_db()
    assert (item.divergent, item.proposed_points) == (True, Decimal("92.5"))


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        (Marked("document", "d1", " "), "卷宗页码"),
        (Marked("document", "没有", "第1页"), "没有"),
    ],
)
def test_a_deduction_needs_its_page_and_must_be_on_the_sheet(bench, marked, said):
    sheet = one_of(bench.drawn()).sheets.get()
    with pytest.raises(Refused, match=said):
        services.submit_score(sheet, [marked], "", person=sheet.reviewer, now=at("2026-07-06"))


def test_each_act_belongs_to_its_own_person(bench):
    item = one_of(bench.drawn())
    sheet = item.sheets.get()
    with pytest.raises(Refused, match="分派到的评查人"):
        services.submit_score(sheet, [], "", person=bench.office, now=at("2026-07-06"))
    bench.scored(item, SLIP)
    with pytest.raises(Refused, match="已经提交"):
        services.submit_score(sheet, [], "", person=sheet.reviewer, now=at("2026-07-06"))
    with pytest.raises(Refused, match="只有承办人"):
        services.reply(item, "认可", "", person=bench.office, now=at("2026-07-07"))
    with pytest.raises(Refused, match="须选择理由"):
        services.reply(item, "异议", "不同意", person=item.judge, now=at("2026-07-07"))
    what = Decided((), "同意", "第1次会议")
    with pytest.raises(Refused, match="答复期限未过"):
        services.decide(item, what, person=bench.member, now=at("2026-07-07"))
    for person in (item.judge, sheet.reviewer, bench.office):
        with pytest.raises(Refused, match="评查委员会确定"):
            services.decide(item, what, person=person, now=at("2026-07-07"))


def test_a_judge_who_stays_silent_is_reminded_and_the_committee_may_go_on(bench):
    item = bench.scored(one_of(bench.drawn()), SLIP)
    day = at("2026-07-14")
    clocks.run(day.date(), day)
    watch = Watch.objects.get(kind=clocks.REPLYING, subject=f"reviewitem:{item.pk}")
    assert (watch.level, watch.owner) == ("催办", item.judge)
    services.decide(item, Decided((), "逾期未答", "第1次会议"), person=bench.member, now=day)
    assert (item.reply, item.state) == ("", "已定级")
    watch.refresh_from_db()
    assert watch.level == ""


def test_a_late_reviewer_is_urged_and_may_be_replaced(bench):
    item = one_of(bench.drawn())
    sheet = item.sheets.get()
    day = at("2026-07-24")
    clocks.run(day.date(), day)
    watch = Watch.objects.get(kind=clocks.SCORING, subject=f"reviewsheet:{sheet.pk}")
    assert (watch.level, watch.owner, watch.unit) == ("催办", sheet.reviewer, None)
    other = next(p for p in bench.reviewers if p.pk != sheet.reviewer_id)
    with pytest.raises(Refused, match="不能评查此案"):
        services.replace_reviewer(sheet, item.judge_id, "B3", person=bench.office, now=day)
    services.replace_reviewer(sheet, other.pk, "B3", person=bench.office, now=day)
    watch.refresh_from_db()
    assert watch.level == ""
    assert item.sheets.get(replaced="").reviewer == other


def test_rectification_is_on_the_ladder(bench):
    item = bench.decided(one_of(bench.drawn()), SLIP)
    issue = item.issues.get()
    watch = Watch.objects.get(subject=f"reviewissue:{issue.pk}", kind=clocks.RECTIFYING)
    assert (watch.level, watch.about) == ("提示", issue.due_on)
    day = at("2026-08-10")
    clocks.run(day.date(), day)
    watch.refresh_from_db()
    assert watch.level == "催办"


def test_focus_reviews_take_what_the_court_above_changed_and_what_was_named(bench):
    changed, named = Case.objects.order_by("pk")[:2]
    closed = {"2026-06-01": "立案", "2026-06-20": ("报结", {"disposition": "改判"})}
    add_case("（2026）示01民终1号", closed, court=bench.court, undertaker="上级",
             case_type="民终", instance="二审", prior_number=changed.number)  # fmt: skip
    Case.objects.filter(number="（2026）示01民终1号").update(prior=changed)
    wanted = {"from": "2026-01-01", "to": "2026-06-30", "targets": ["changed", "delegated"],
              "numbers": [named.number_key]}  # fmt: skip
    plan = bench.drawn(kind="focus", rate=Decimal(100), minimum=0, wanted=wanted)
    assert set(plan.items.values_list("case", flat=True)) == {changed.pk, named.pk}


def test_a_special_review_uses_the_sheet_of_its_topic(bench):
    plan = bench.drawn(kind="special", topic="裁判说理")
    assert set(plan.items.values_list("sheet", flat=True)) == {"reasoning"}


def test_figures_are_by_item_and_small_numbers_give_no_share(bench):
    plan = bench.drawn()
    bench.decided(one_of(plan), SLIP)
    rows = {r.entry: r for r in statistics.by_item(plan.items.all())}
    found = rows["document"]
    assert (found.cases, found.places, found.points, found.percent) == (1, 2, Decimal(2), "—")
    whole = statistics.summary(plan.items.all())
    assert (whole.decided, whole.issues) == (1, [("Q12", "文书格式、文字差错", 1, 0)])
    assert whole.grades == [("优秀", 1), ("合格", 0), ("瑕疵", 0), ("不合格", 0)]


def test_a_plan_ends_when_every_case_is_decided(bench):
    plan = bench.drawn(rate=Decimal(1), minimum=1)
    with pytest.raises(Refused, match="还有案件没有定级"):
        services.close_plan(plan, person=bench.office, now=at("2026-07-20"))
    for item in plan.items.select_related("plan__court", "case__court", "judge"):
        bench.decided(item)
    assert services.close_plan(plan, person=bench.office, now=at("2026-07-20")).state == "已结束"


def test_a_court_s_own_setting_gives_the_grades(bench):
    bench.court.settings.create(key=planning.GRADES, value="three", valid_from="2026-01-01",
                                set_by="测", set_at=at("2026-01-01"))  # fmt: skip
    assert bench.decided(one_of(bench.drawn()), SLIP).grade == "合格"


def test_nobody_outside_sees_anything(bench):
    from shenguan.base.org.scope import Scope

    plan = bench.drawn()
    day = at("2026-07-02").date()
    nothing = Scope.nothing("x")
    assert not selectors.plans(nothing).exists()
    assert not selectors.items(nothing, day).exists()
    assert not selectors.issues(nothing, day).exists()
    assert selectors.items(EVERYTHING, day).count() == plan.items.count()
    assert judge_names(["未分案"]) == {}
