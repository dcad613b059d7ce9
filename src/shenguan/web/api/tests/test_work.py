"""Registering, assigning, orders, imports, reports and the rest over the interface."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenguan.base.inbox.models import Order
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.registering.modes import set_mode
from shenguan.spine.tests.registry import NOW
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.services import tick
from shenguan.web.api.tests.program import Program, program_of
from shenguan.web.tests.test_matrix import (
    BELOW,
    OWN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(cases, tmp_path, monkeypatch, settings):  # noqa: F811
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    with time_machine.travel(NOW, tick=False):
        yield


def program(post: str, acts: list[str] | None = None) -> Program:
    client_of(post)
    return Program(acts)


def open_forms() -> None:
    court, since = Court.objects.get(code="示0101"), date(2026, 1, 1)
    set_mode(court=court, read_only=False, valid_from=since, basis="示范", actor="甲", now=NOW)


def test_a_case_is_registered_by_the_filing_office_where_the_court_registers_here():
    given = {
        "案号": "（2026）示0101民初77号", "立案日期": "2026-11-02", "不涉及国家秘密": True,
        "内容": {"案由": "合同纠纷", "适用程序": "普通程序"},
    }  # fmt: skip
    filing = program("立案庭工作人员")
    assert filing.post("/cases", given).status_code == 409
    open_forms()
    made = filing.post("/cases", given)
    assert made.status_code == 201, made.content.decode()
    assert made.json()["案号"] == given["案号"]
    assert filing.post("/cases", given).status_code == 409
    assert filing.post("/cases", {**given, "内容": {"天气": "晴"}}).status_code == 422
    assert program("院长").post("/cases", given).status_code == 403


def test_one_event_on_many_cases_leaves_out_what_one_does_not_see_and_says_so():
    open_forms()
    clerk = program("书记员")
    given = {
        "事件": "送达", "日期": "2026-11-10", "案号": [OWN, BELOW],
        "内容": {"文书": "判决书", "送达方式": "邮寄送达"},
    }  # fmt: skip
    answer = clerk.post("/bulk-events", given, **{"Idempotency-Key": "一"})
    assert answer.status_code == 201, answer.content.decode()
    told = answer.json()
    assert (told["已登记"], told["未登记"]) == (1, 1)
    assert clerk.get(f"/bulk-events/{told['编号']}").json() == told
    assert clerk.get("/bulk-events/999999").status_code == 404
    assert program("院长").post("/bulk-events", given).status_code == 403


def _staff() -> None:
    court = Court.objects.get(code="示0101")
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    for name in ("法官甲一", "法官甲二"):
        person = Person.objects.get(court=court, name=name)
        Appointment.objects.create(person=person, court=court, unit=unit, post="法官")


def test_a_case_goes_to_another_judge_with_a_reason_and_all_cases_in_one_act(cases):  # noqa: F811
    open_forms()
    _staff()
    chief = program("庭长")
    people = {one["姓名"]: one["人员编号"] for one in chief.get("/assignments/judges").json()}
    given = {"案件编号": cases[OWN], "承办人编号": people["法官甲二"]}
    assert chief.post("/assignments", given).status_code == 409  # no reason
    assert chief.post("/assignments", {**given, "案件编号": cases[BELOW]}).status_code == 404
    assert program("院长").post("/assignments", given).status_code == 403
    over = {"移交人编号": people["法官甲一"], "接收人编号": people["法官甲二"], "事由代码": ""}
    assert chief.post("/assignments/handovers", over).status_code == 409
    assert chief.post("/assignments/handovers", {**over, "移交人编号": 0}).status_code == 404
    assert chief.get("/assignments/waiting").json()["总数"] == 0
    assert chief.get("/assignments/handovers/999999").status_code == 404


def test_cases_search_by_post_within_scope():
    judge = program("法官")
    found = judge.post("/search", {"检索": OWN}).json()
    assert [one["案件"]["案号"] for one in found["条目"]] == [OWN]
    assert judge.post("/search", {"检索": BELOW}).json()["条目"] == []
    assert judge.post("/search", {"检索": ""}).status_code == 422


def test_a_token_for_reading_may_ask_and_never_write(cases):  # noqa: F811
    reader = program("法官", [])
    found = reader.post("/search", {"检索": OWN})
    assert [one["案件"]["案号"] for one in found.json()["条目"]] == [OWN]
    assert reader.post("/similar", {}).status_code == 422
    assert reader.post(f"/cases/{cases[OWN]}/events", {}).status_code == 403
    assert reader.post("/freestats/saved", {"名称": "甲"}).status_code == 403


def test_a_table_is_kept_for_oneself_alone():
    office = program("审管办主任")
    given = {"名称": "各庭收结", "行": "部门", "列": "指标", "指标": "filed_cases,closed_cases"}
    made = office.post("/freestats/saved", given)
    assert made.status_code == 201, made.content.decode()
    assert office.post("/freestats/saved", {**given, "行": "天气"}).status_code == 422
    (kept,) = office.get("/freestats/saved").json()
    assert (kept["名称"], kept["条件"]["行"]) == ("各庭收结", "部门")
    forget = f"/freestats/saved/{kept['编号']}/forget"
    assert program("院长").post(forget).status_code == 404
    assert office.post(forget).status_code == 200
    assert office.get("/freestats/saved").json() == []


def test_a_rule_of_ones_own_is_tried_before_it_is_kept():
    (first, *_rest) = office_rules = program("院长").get("/rulebook/warnings").json()
    page = f"/rulebook/warnings/{first['编号']}"
    assert office_rules
    assert program("法官").post(f"{page}/try", {"条文": "name: 甲"}).status_code == 403
    setter = program("审管办主任")
    assert setter.post(f"{page}/try", {"条文": "甲: [乙"}).status_code == 422
    assert setter.post(f"{page}/try", {"条文": "name: 甲"}).json()["错误"]
    keep = {"条文": "name: 甲", "依据": "院发〔2026〕1号"}
    assert setter.post(f"{page}/keep", keep).status_code == 409
    assert setter.post("/rulebook/warnings/没有/try", {"条文": "name: 甲"}).status_code == 404


def test_data_said_to_be_wrong_are_decided_on_and_corrected(cases):  # noqa: F811
    with time_machine.travel("2028-03-01T01:00Z", tick=False):
        tick(on=date(2028, 3, 1), now=NOW.replace(year=2028, month=3, day=1))
        judge = program("法官")
        one = next(w for w in judge.get("/warnings").json()["条目"] if w["案件编号"] == cases[OWN])
        said = {"答复": "数据有误", "说明": "立案日期登记有误"}
        assert judge.post(f"/warnings/{one['编号']}/answer", said).status_code == 200
        office = program("审管办主任")
        (dispute,) = office.get("/warnings/disputed").json()["条目"]
        address = f"/warnings/disputed/{dispute['编号']}/decide"
        assert judge.post(address, {"属实": True}).status_code == 403
        assert office.post(address, {"属实": True}).status_code == 200
        assert office.post(address, {"属实": True}).status_code == 404
        (task,) = office.get("/warnings/corrections").json()["条目"]
        finish = f"/warnings/corrections/{task['编号']}/finish"
        assert (
            program("书记员").post("/warnings/corrections/0/finish", {"更正情况": "甲"}).status_code
            == 404
        )
        assert office.post(finish, {"更正情况": ""}).status_code == 422


def test_a_warning_becomes_an_order_that_someone_else_closes(cases):  # noqa: F811
    with time_machine.travel("2028-03-01T01:00Z", tick=False):
        tick(on=date(2028, 3, 1), now=NOW.replace(year=2028, month=3, day=1))
        office = program("审管办主任")
        given = {
            "案件编号": [cases[OWN]], "级别": "督办", "内容": "请说明进度", "办结期限": "2028-03-20",
        }  # fmt: skip
        assert office.post("/orders", {**given, "案件编号": [999999]}).status_code == 404
        assert office.post("/orders", given).status_code in {200, 409}
        assert program("书记员").post("/orders", given).status_code == 403
        order = office.get("/orders").json()["条目"][0]
        page = f"/orders/{order['编号']}"
        assert office.post(f"{page}/close").status_code == 409  # nothing reported yet
        assert office.post(f"{page}/report", {"办理结果": ""}).status_code == 409
        assert office.post("/orders/999999/report", {"办理结果": "甲"}).status_code == 404
        owner = Order.objects.get(pk=order["编号"]).owner
        assert owner is not None
        client_of("法官")
        assert Program().post(f"{page}/close").status_code in {403, 404}


def test_a_plan_is_filled_in_by_those_in_charge():
    with time_machine.travel("2028-03-01T01:00Z", tick=False):
        tick(on=date(2028, 3, 1), now=NOW.replace(year=2028, month=3, day=1))
        office = program("审管办主任")
        listed = office.get("/plans").json()
        assert listed["总数"] == Plan.objects.filter(case__court__code="示0101").count() > 0
        page = f"/plans/{listed['条目'][0]['编号']}"
        given = {
            "成因": "其他", "化解方案": "排期开庭", "责任人编号": 0, "包案领导编号": 0,
            "下一步": "开庭", "下一步日期": "2028-03-10",
        }  # fmt: skip
        assert "责任人应为" in office.post(f"{page}/fill", given).json()["错误"]
        assert office.post(f"{page}/progress", {"进展": ""}).status_code == 409
        assert office.post(f"{page}/close", {"结果": ""}).status_code == 409
        assert office.post("/plans/999999/close", {"结果": "甲"}).status_code == 404
        assert program("书记员").post(f"{page}/close", {"结果": "甲"}).status_code in {403, 404}


def test_a_file_is_handed_in_as_multipart_and_its_rejects_are_listed():
    office = program("审管办主任")
    headers = {"Authorization": f"Bearer {office.secret}"}
    file = SimpleUploadedFile("甲.csv", "案号,立案日期\n没有,2026-01-01\n".encode())
    made = Client().post("/api/v1/imports", {"file": file, "全量快照": "false"}, headers=headers)
    assert made.status_code == 201, made.content.decode()
    page = f"/imports/{made.json()['编号']}"
    assert office.get(page).json()["文件"] == "甲.csv"
    assert office.get(f"{page}/rejects").status_code == 200
    empty = SimpleUploadedFile("甲.csv", b"")
    again = Client().post("/api/v1/imports", {"file": empty}, headers=headers)
    assert again.status_code == 409
    assert program("法官").get("/imports").status_code == 403
    assert office.get("/imports/999999").status_code == 404


def test_our_due_date_governs_only_where_the_dates_differ(cases):  # noqa: F811
    office = program("审管办主任")
    given = {"案件编号": [cases[OWN]], "依据": "核对案卷"}
    assert office.get("/differences").json()["总数"] == 0
    assert office.post("/differences/accept", given).status_code == 404
    assert program("院长").post("/differences/accept", given).status_code == 403


def test_a_report_is_asked_for_by_the_office_and_made_in_the_background():
    office = program("审管办主任")
    given = {"种类": "没有", "统计期": "2026-10"}
    assert office.post("/reports", given).status_code == 409
    assert program("法官").post("/reports", given).status_code == 403
    assert office.get("/reports/999999").status_code == 404
    assert office.get("/reports/999999/files/docx").status_code == 404
    for act, body in (("publish", {}), ("drop", {"原因": "甲"}), ("text/1", {"文字": "甲"})):
        assert office.post(f"/reports/999999/{act}", body).status_code == 404
        assert program("法官").post(f"/reports/999999/{act}", body).status_code in {403, 404}


def test_similar_cases_are_recorded_by_those_who_handle_the_case(cases):  # noqa: F811
    given = {"检索平台": ["人民法院案例库"], "未检索到类案": True, "检索词": "合同"}
    judge, address = program("法官"), f"/cases/{cases[OWN]}/similar"
    assert judge.post(address, given).status_code == 201
    assert judge.post(f"/cases/{cases[BELOW]}/similar", given).status_code == 404
    assert judge.post(address, {**given, "未检索到类案": False}).status_code == 409
    assert program("院长").post(address, given).status_code == 403
    assert judge.post("/similar", {}).status_code == 422
    assert (
        program_of(Person.objects.get(name="法官甲一"))
        .post("/similar", {"案件编号": cases[BELOW]})
        .status_code
        == 404
    )
