"""Feedback, appraisals, meetings and case reviews over the interface, from the first act to the last."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.audit import services as audit
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Appointment, Person
from shenguan.programs.appeals.tests import courts
from shenguan.programs.casereview.models import Finding, Plan, Sheet
from shenguan.programs.casereview.tests import bench as reviewing
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case
from shenguan.web.api.tests.program import Program, program_of

pytestmark = pytest.mark.django_db
FORM = {
    "改变原因": ["fact"], "改变部分": ["outcome"], "发回理由": ["g1"],
    "说明": "原审对付款数额的基本事实未经质证，应予查清。",
}  # fmt: skip


def of(court, name: str, acts: list[str] | None = None) -> Program:
    return program_of(Person.objects.get(court=court, name=name), acts)


def told(answer, status: int = 200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_remand_is_fed_back_answered_and_found_by_those_whose_turn_it_is():
    with time_machine.travel(at("2026-06-03"), tick=False):
        made = courts.make_courts()
        page = f"/quality/feedback/{courts.found(made).pk}"
        above, below = of(made.upper, "法官上一"), of(made.lower, "法官甲一")
        office = of(made.lower, "审管某")
        assert below.get(page).status_code == 404  # not sent yet
        assert above.post(f"{page}/send", {**FORM, "改变原因": ["没有"]}).status_code == 409
        assert of(made.upper, "审管某", ["催办"]).post(f"{page}/send", FORM).status_code == 403
        assert told(above.get(page))["可以办理"] == ["反馈"]
        assert told(above.post(f"{page}/send", FORM))["状态"] == "待答复"
        assert above.post(f"{page}/send", FORM).status_code == 409
        assert office.post(f"{page}/find", _finding()).status_code == 409
        said = {"答复": "异议", "答复理由": "一审期间双方均未申请质证，依法无需再行质证。"}
        assert told(below.post(f"{page}/answer", said))["状态"] == "异议待认定"
        found = told(office.post(f"{page}/find", _finding()))
        assert (found["状态"], found["认定"]) == ("已认定", "不承担责任")
        assert above.post(f"{page}/drop", {"说明": "登记有误，不需要反馈"}).status_code == 409
        assert below.post("/quality/feedback/999999/answer", said).status_code == 404


def _finding() -> dict[str, str]:
    return {
        "认定": "不承担责任", "认定机构": "committee", "认定理由": "认识上的偏差，不认定为差错。",
        "免责事由": "e2", "会议编号": "第2次",
    }  # fmt: skip


def test_a_question_to_the_court_above_is_answered_for_reference_alone():
    with time_machine.travel(at("2026-06-03"), tick=False):
        made = courts.make_courts()
        pending = add_case(
            "（2026）示0101民初9号", {"2026-05-15": "立案"}, court=made.lower, **courts.FIRST
        )
        judge, chief = of(made.lower, "法官甲一"), of(made.upper, "庭长某")
        address = f"/cases/{pending.pk}/consultations"
        assert judge.post(address, {"说明": "短"}).status_code == 409
        asked = told(judge.post(address, {"说明": "本案违约金应否依职权予以调整？"}), 201)
        reply = f"/quality/consultations/{asked['编号']}/reply"
        assert judge.post(reply, {"说明": "可以在查明损失后酌情调整。"}).status_code == 409
        if chief.get("/quality/consultations").json()["总数"]:
            answered = told(chief.post(reply, {"说明": "可以在查明损失后酌情调整。"}))
            assert answered["答复日期"] == "2026-06-03"
        assert of(made.upper, "法官上一").post(address, {"说明": "甲" * 20}).status_code == 404


def test_an_appraisal_goes_from_hand_to_hand_and_its_report_ends_the_interval():
    with time_machine.travel(at("2026-06-20"), tick=False):
        made = courts.make_courts()
        case = add_case(
            "（2026）示0101民初9号", {"2026-05-15": "立案"}, court=made.lower, **courts.FIRST
        )
        judge, address = of(made.lower, "法官甲一"), f"/cases/{case.pk}/appraisals"
        given = {"委托事项": "cost", "鉴定请求": "工程造价"}
        assert judge.post(address, {**given, "委托事项": "没有"}).status_code == 409
        one = told(judge.post(address, given), 201)
        page = f"/quality/appraisals/{one['编号']}"
        assert "commissioned" in {step["代码"] for step in one["可以办理"]}
        step = {"步骤": "commissioned", "日期": "2026-06-20", "鉴定机构": "示范鉴定所"}
        assert told(judge.post(f"{page}/steps", step))["鉴定机构"] == "示范鉴定所"
        assert judge.post(f"{page}/steps", {**step, "步骤": "没有"}).status_code == 409
        report = {"步骤": "reported", "日期": "2026-06-20", "说明": "造价一百万元"}
        assert told(judge.post(f"{page}/steps", report))["办结日期"] == "2026-06-20"
        assert of(made.upper, "法官上一").get(page).status_code == 404


def test_whoever_reads_a_sensitive_case_by_program_leaves_a_row_each_time():
    with time_machine.travel(at("2026-06-20"), tick=False):
        made = courts.make_courts()
        leader = program_of(hold("院长某", "院长", made.lower))
        pages = [f"/cases/{made.first.pk}{part}" for part in ("", "/due", "/events", "/chain")]
        for page in (*pages, "/cases?状态=all"):
            told(leader.get(page))
        assert not AuditRow.objects.filter(action__contains="敏感案件").exists()
        record([NewEvent(made.first.pk, "登记变更", None, {"confidentiality": 1})], actor="测",
               now=at("2026-06-01"))  # fmt: skip
        for page in (*pages, "/cases?状态=all"):
            told(leader.get(page))
        told(leader.post("/search", {"检索": courts.LOWER}))
        rows = AuditRow.objects.filter(actor="院长某", subject=made.first.number)
        assert rows.filter(action="查阅敏感案件").count() == 3
        assert rows.filter(action="导出敏感案件").count() == 3
        assert audit.verify(made.lower.code) == []


def test_a_meeting_is_called_held_and_concluded_and_the_bench_says_what_it_does():
    with time_machine.travel(at("2026-06-20"), tick=False):
        made = courts.make_courts()
        case = add_case(
            "（2026）示0101民初9号", {"2026-05-15": "立案"}, court=made.lower, **courts.FIRST
        )
        chief = hold("院长某", "院长", made.lower)
        members = [Person.objects.create(court=made.lower, name=f"委员{n}") for n in range(3)]
        leader, judge = program_of(chief), of(made.lower, "法官甲一")
        given = {
            "会议": "full", "会议编号": "第1次", "日期": "2026-06-20", "组成人数": 5,
            "主持人编号": chief.pk, "记录人编号": chief.pk, "参会人员编号": [m.pk for m in members],
        }  # fmt: skip
        assert judge.post("/meetings", given).status_code == 409
        assert leader.post("/meetings", {**given, "主持人编号": 999999}).status_code == 422
        page = f"/meetings/{told(leader.post('/meetings', given), 201)['编号']}"
        matter = {"案件编号": case.pk, "提交事由": "b", "提请讨论的问题": "违约金应否调整"}
        whole = told(leader.post(f"{page}/matters", matter), 201)
        topic = f"/meetings/matters/{whole['议题'][0]['编号']}"
        everyone = [chief.pk, *(m.pk for m in members)]
        assert leader.post(f"{page}/hold", {"出席人员编号": []}).status_code == 409
        assert told(leader.post(f"{page}/hold", {"出席人员编号": everyone}))["状态"] == "已召开"
        for pk in everyone:
            voice = {"发言人编号": pk, "意见": "majority", "发言": "应予调整"}
            told(leader.post(f"{topic}/voices", voice))
        told(leader.post(f"{topic}/conclude", {"会议意见": "应予调整"}))
        answered = told(judge.post(f"{topic}/respond", {"回复": "执行"}))
        assert answered["审判组织回复"] == "执行"
        assert of(made.upper, "法官上一").get(page).status_code == 404


def test_a_review_is_planned_drawn_scored_answered_decided_and_put_right():
    with time_machine.travel(at("2026-07-01"), tick=False):
        bench = reviewing.make_bench()
        office = program_of(bench.office)
        given = {
            "名称": "上半年常规评查", "种类代码": "regular", "结案自": "2026-01-01",
            "结案至": "2026-06-30", "抽查比例": 50, "每名法官最少件数": 1, "复评比例": 0,
        }  # fmt: skip
        assert program_of(bench.judges[0]).post("/case-reviews", given).status_code == 403
        plan = f"/case-reviews/{told(office.post('/case-reviews', given), 201)['编号']}"
        assert told(office.get(f"{plan}/prepared"))["名单件数"] == 11
        assert told(office.post(f"{plan}/draw", {"种子": "20260701"}))["状态"] == "评查中"
        assert office.post(f"{plan}/draw", {"种子": "2"}).status_code == 409
        assert office.post(f"{plan}/close").status_code == 409
        item = Plan.objects.get().items.order_by("pk")[0]
        _score(item)
        page = f"/case-reviews/items/{item.pk}"
        assert (
            told(program_of(item.judge).post(f"{page}/reply", {"答复": "认可"}))["答复"] == "认可"
        )
        decision = {
            "维持的扣分": list(Finding.objects.values_list("pk", flat=True)), "审议意见": "照初评",
            "会议": "第1次会议",
        }  # fmt: skip
        assert program_of(item.judge).post(f"{page}/decide", decision).status_code in {403, 409}
        assert told(program_of(bench.member).post(f"{page}/decide", decision))["等次"]
        (issue,) = told(office.get("/case-reviews/issues"))["条目"]
        address = f"/case-reviews/issues/{issue['编号']}"
        mended = {"整改情况": "已向当事人补正"}
        assert told(program_of(item.judge).post(f"{address}/rectify", mended))["状态"] == "待验收"
        passed = told(office.post(f"{address}/check", {"结果": "通过", "验收意见": "属实"}))
        assert passed["状态"] == "已整改"


def _score(item) -> None:
    sheet = Sheet.objects.get(item=item)
    program, address = program_of(sheet.reviewer), f"/case-reviews/sheets/{sheet.pk}/score"
    mark = {"评查项": "document", "扣分项": "d1", "卷宗页码": "正卷第12页", "处": 2}
    blank = {"扣分": [{**mark, "卷宗页码": " "}]}
    assert program.post(address, blank).status_code == 409
    assert told(program.post(address, {"扣分": [mark]}))["已提交"]
    other = Person.objects.exclude(pk=sheet.reviewer_id).filter(name__startswith="监督").first()
    assert other is not None
    assert program_of(other).post(address, {"扣分": [mark]}).status_code == 404
    blind = told(program.get(f"/case-reviews/items/{item.pk}"))
    assert [one["扣分项"] for one in blind["扣分"]]
    assert blind["初评分"] is None
    assert sheet.reviewer.name not in str(blind)


def test_nobody_holds_a_post_after_its_end():
    """A token never sees more than its owner now sees."""
    with time_machine.travel(at("2026-06-20"), tick=False):
        made = courts.make_courts()
        office = of(made.lower, "审管某")
        assert told(office.get("/cases?状态=all"))["总数"] == 1
        search = {"检索": courts.LOWER}
        assert len(told(office.post("/search", search))["条目"]) == 1
        Appointment.objects.filter(person__name="审管某").update(valid_to=date(2026, 6, 20))
        assert told(office.get("/cases?状态=all"))["总数"] == 0
        assert told(office.post("/search", search))["条目"] == []
        assert office.post("/quality/feedback/1/find", _finding()).status_code in {403, 404}
