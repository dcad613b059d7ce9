"""Approvals, suspensions, 阅核 and 四类案件 over the interface: whoever may act acts, others are told why not."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from shenguan.base.org.models import Person
from shenguan.programs.registering.modes import set_mode
from shenguan.programs.supervision.tests import bench as reading
from shenguan.programs.timechanges.tests.bench import STORY, Bench, make_bench
from shenguan.rulebook import load
from shenguan.spine.tests.people import at, hold
from shenguan.web.api.tests.program import program_of

pytestmark = pytest.mark.django_db
PAPER = {"种类": "其他材料", "文件名": "甲.pdf", "内容": b64encode(b"%PDF").decode()}
ASKED = {"期限": "6m", "事由": ["E1"], "详细情况和理由": STORY, "附件": [PAPER]}


@pytest.fixture
def bench() -> Iterator[Bench]:
    with time_machine.travel(at("2026-11-01"), tick=False):
        yield make_bench()


def test_an_extension_is_asked_for_decided_by_each_step_and_moves_the_due_date(bench):
    judge, case = program_of(bench.judge), f"/cases/{bench.case.pk}"
    offer = judge.get(f"{case}/extension").json()
    assert "6m" in {one["期限"] for one in offer["可选期限"]}
    made = judge.post(f"{case}/extension", ASKED)
    assert made.status_code == 201, made.content.decode()
    for person in (bench.chief, bench.vice, bench.president):
        program = program_of(person)
        waiting = program.get("/approvals").json()["条目"]
        for one in waiting:
            whole = program.get(f"/approvals/{one['编号']}").json()
            said = {"决定": "同意", "材料摘要": whole["材料摘要"], "意见": "同意"}
            done = program.post(f"/approvals/{one['编号']}/decide", said)
            assert done.status_code == 200, done.content.decode()
    assert judge.get(f"{case}/due").json()["适用届满日"] == "2027-05-20"
    assert judge.post(f"/approvals/{made.json()['编号']}/withdraw").status_code == 409


def test_an_extension_is_asked_for_by_the_judge_alone_and_once(bench):
    address = f"/cases/{bench.case.pk}/extension"
    assert program_of(bench.chief).post(address, ASKED).status_code == 403
    judge = program_of(bench.judge)
    assert judge.post("/cases/999999/extension", ASKED).status_code == 404
    wrong = {**ASKED, "附件": [{**PAPER, "内容": "不是"}]}
    assert judge.post(address, wrong).status_code == 422
    assert judge.post(address, ASKED).status_code == 201
    assert judge.post(address, ASKED).status_code == 409


def test_a_token_limited_to_other_acts_decides_nothing(bench):
    request = bench.apply()
    said = {"决定": "同意", "材料摘要": request.digest}
    program = program_of(bench.chief, ["分案"])
    answer = program.post(f"/approvals/{request.pk}/decide", said)
    assert answer.status_code == 403
    assert program.post("/approvals/999999/decide", said).status_code == 403


def test_a_decision_is_refused_out_of_turn_and_on_other_papers(bench):
    request = bench.apply()
    program = program_of(bench.president)
    said = {"决定": "同意", "材料摘要": request.digest}
    assert program.post(f"/approvals/{request.pk}/decide", said).status_code == 409
    assert program.post("/approvals/999999/decide", said).status_code == 404
    chief = program_of(bench.chief)
    other = {"决定": "同意", "材料摘要": "0" * 64}
    assert chief.post(f"/approvals/{request.pk}/decide", other).status_code == 409


def test_what_was_sent_back_is_answered_and_the_papers_stay_with_their_hash(bench):
    request, judge = bench.apply(), program_of(bench.judge)
    page, chief = f"/approvals/{request.pk}", program_of(bench.chief)
    answered = {"补正说明": "已补充鉴定机构函件。", "附件": [PAPER]}
    assert judge.post(f"{page}/answer", answered).status_code == 409
    said = {"决定": "退回", "材料摘要": request.digest, "意见": "请补充材料"}
    assert chief.post(f"{page}/decide", said).status_code == 409  # no coded reason
    reason = next(iter(load().approvals.reasons(load().approvals[request.procedure].refusal)))
    assert chief.post(f"{page}/decide", {**said, "事由": [reason]}).status_code == 200
    assert chief.post(f"{page}/answer", answered).status_code in {403, 409}
    assert judge.post(f"{page}/answer", answered).status_code == 200
    assert chief.post(f"{page}/remarks", {"备注": "另查"}).status_code == 201
    assert judge.post("/approvals/999999/remarks", {"备注": "另查"}).status_code == 404
    whole = chief.get(page).json()
    assert [one["备注"] for one in whole["备注"]] == ["另查"]
    assert {"历次延长", "空闲期间", "扣除和中止"} <= set(whole["申请时情况"])
    paper = next(one for one in whole["材料"] if one["文件名"] == "甲.pdf")
    data = chief.get(f"{page}/documents/{paper['编号']}").content
    assert hashlib.sha256(data).hexdigest() == paper["SHA-256"]
    (row,) = chief.get("/approvals/pattern?自=2026-01-01").json()
    assert (row["申请"], row["同意"]) == (1, 0)


def test_a_case_is_put_to_the_court_above_by_its_judge(bench):
    address = f"/cases/{bench.case.pk}/elevation"
    codes = load().approvals.reasons(load().approvals["elevation.report"].reasons)
    given = {"事由": [next(iter(codes))], "详细情况和理由": STORY * 2, "附件": [PAPER]}
    assert program_of(bench.chief).post(address, given).status_code == 403
    judge = program_of(bench.judge)
    made = judge.post(address, given)
    assert made.status_code == 201, made.content.decode()
    assert judge.post(address, given).status_code == 409
    assert judge.post("/cases/unchecked-periods/999999/check").status_code == 404


def test_a_delegation_is_given_to_whom_the_rules_allow_and_ended(bench):
    deputy = hold("副庭长某", "副庭长", bench.court, bench.unit)
    chief = program_of(bench.chief)
    given = {"受托人编号": deputy.pk, "自": "2026-11-02", "至": "2026-11-05", "事由": "出差"}
    made = chief.post("/approvals/delegations", given)
    assert made.status_code == 201, made.content.decode()
    assert [one["受托人"] for one in chief.get("/approvals/delegations").json()] == ["副庭长某"]
    assert chief.post(f"/approvals/delegations/{made.json()['编号']}/end").status_code == 200
    assert chief.post("/approvals/delegations/999999/end").status_code == 404
    assert chief.post("/approvals/delegations", {**given, "受托人编号": 0}).status_code == 409


def test_a_suspension_is_registered_and_ended_where_the_court_registers_here(bench):
    judge, address = program_of(bench.judge), f"/cases/{bench.case.pk}/periods"
    given = {"事件": "委托鉴定", "日期": "2026-10-20", "事由": ["X1"], "种类": "工程造价"}
    assert judge.post(address, given).status_code == 409  # 只读接入模式
    set_mode(
        court=bench.court, read_only=False, valid_from=date(2026, 1, 1), basis="试点",
        actor="审管办", now=at("2026-11-01"),
    )  # fmt: skip
    known = judge.post(address, {**given, "事由": ["没有"]}).json()
    assert "事由" in known["错误"]
    assert judge.post(address, {**given, "事件": "没有"}).status_code == 422
    assert program_of(bench.president).post(address, given).status_code == 403
    ended = judge.post(f"{address}/end", {"事件": "立案", "日期": "2026-10-30"})
    assert ended.status_code == 409


def _reader() -> reading.Bench:
    return reading.make_bench()


def test_what_a_reader_said_is_shown_to_the_bench_and_named_leaders_alone():
    with time_machine.travel(at("2026-06-03"), tick=False):
        bench = _reader()
        judge = program_of(bench.judge)
        draft = {"文件名": "判决.txt", "内容": b64encode(reading.FIRST.encode()).decode()}
        address = f"/cases/{bench.case.pk}/reviews"
        given = {"文书": "判决书", "拟签署文书": draft}
        assert program_of(bench.second).post(address, given).status_code in {403, 404}
        made = judge.post(address, given)
        assert made.status_code == 201, made.content.decode()
        page = f"/reviews/{made.json()['编号']}"
        whole = judge.get(page).json()
        assert whole["副卷"]["版本"][0]["文本"] == reading.FIRST
        assert program_of(bench.office).get(page).json()["副卷"] is None
        opinion = {"意见种类": "agree", "材料摘要": whole["副卷"]["材料摘要"]}
        assert program_of(bench.office).post(f"{page}/opinions", opinion).status_code in {403, 404}
        assert judge.post(f"{page}/sign", {"版本": 1}).status_code == 409
        assert judge.post(f"{page}/answers", {}).status_code == 409
        assert judge.post(f"{page}/withdraw").status_code == 200
        assert judge.post("/reviews/999999/withdraw").status_code == 404


def test_a_mark_is_made_confirmed_and_followed_by_a_measure():
    with time_machine.travel(at("2026-06-03"), tick=False):
        bench = _reader()
        chief = program_of(bench.chief)
        given = {"类别": [1], "意见": "涉及群体性纠纷，可能影响社会稳定"}
        address = f"/cases/{bench.case.pk}/marks"
        made = chief.post(address, given)
        assert made.status_code == 201, made.content.decode()
        assert chief.post(address, given).status_code == 409
        mark = f"/marks/{made.json()['编号']}"
        president = program_of(bench.president)
        shown = president.get(mark).json()
        if shown["状态"] == "待确认":
            assert president.post(f"{mark}/confirm", {}).status_code == 200
        assert (
            president.post(f"{mark}/measures", {"措施": "没有", "内容": "听汇报"}).status_code
            == 409
        )
        assert president.post("/marks/999999/confirm", {}).status_code == 404
        assert (
            program_of(bench.judge).post("/marks/measures/999999/reply", {"内容": "甲"}).status_code
            == 404
        )
        assert president.post("/marks/measures/999999/effect", {"内容": "甲"}).status_code == 404
        assert president.post(f"{mark}/reject", {"理由代码": "没有"}).status_code == 409
        assert president.post(f"{mark}/remove", {"理由代码": "没有"}).status_code == 409
        limited = program_of(Person.objects.get(name="副院长某"), ["包案"])
        assert limited.get("/marks").json()["总数"] == 1
