import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenguan.base.accounts.services import open_account
from shenguan.base.accounts.tests.doors import PASSWORD
from shenguan.base.approvals.models import Delegation, Request
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.choices import READ_ONLY
from shenguan.base.org.models import CourtSetting, Person
from shenguan.programs.timechanges.tests.bench import STORY, Bench, make_bench
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(at("2026-11-03"), tick=False):
        yield


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def enter(person: Person) -> Client:
    open_account(username=f"u{person.pk}", password=PASSWORD, person=person)
    client = Client()
    client.post("/login/", {"username": f"u{person.pk}", "password": PASSWORD})
    return client


def pdf(name: str = "审批表.pdf", data: bytes = b"%PDF-1.4 demo") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def apply_by_form(client: Client, bench: Bench, **changes: object):
    given = {"length": "6m", "reasons": ["E1"], "detail": STORY, "kind_1": "延长审限审批表"}
    address = f"/cases/{bench.case.pk}/extension/"
    return client.post(address, given | {"file_1": pdf()} | changes)


def text_of(answer) -> str:
    return str(answer.content.decode())


def test_the_form_shows_the_due_date_the_windows_and_what_each_length_would_do(bench):
    record([NewEvent(bench.case.pk, "开庭", date(2026, 8, 1))], actor="测", now=at("2026-08-02"))
    page = text_of(enter(bench.judge).get(f"/cases/{bench.case.pk}/extension/"))
    for shown in ("2026-11-20", "2026-11-05", "2026-11-15", "本院院长", "法释〔2018〕9号"):
        assert shown in page
    assert "6个月，届满日变为 2027-05-20" in page
    assert "1个月，届满日变为 2026-12-20" in page
    assert "2026-08-01 至 2026-11-03" in page  # nothing happened since the hearing


def test_from_the_form_to_the_new_due_date_on_the_case_page(bench):
    judge = enter(bench.judge)
    answer = apply_by_form(judge, bench)
    assert answer.status_code == 302, text_of(answer)
    address = answer.headers["Location"]
    assert bench.case.number in text_of(judge.get("/approvals/mine/"))
    chief, president = enter(bench.chief), enter(bench.president)
    assert bench.case.number not in text_of(president.get("/approvals/"))
    for client in (chief, president):
        assert bench.case.number in text_of(client.get("/approvals/"))
        assert client.post(address, {"outcome": "agrees"}).status_code == 302
        assert bench.case.number in text_of(client.get("/approvals/?done=1"))
    page = text_of(judge.get(f"/cases/{bench.case.pk}/"))
    assert "2027-05-20" in page
    assert "已批准" in page


def test_the_president_sees_what_the_decision_would_do(bench):
    bench.agree(bench.apply(), bench.chief)
    page = text_of(enter(bench.president).get(f"/approvals/{Request.objects.get().pk}/"))
    assert "2027-05-20" in page
    assert "批准延长" in page
    assert "不予批准延长" in page


def test_a_faulty_form_says_what_is_missing_and_keeps_what_was_written(bench):
    judge = enter(bench.judge)
    answer = apply_by_form(judge, bench, detail="案情复杂")
    assert answer.status_code == 400
    assert "不少于30字" in text_of(answer)
    assert "案情复杂" in text_of(answer)
    answer = apply_by_form(judge, bench, file_1=pdf("程序.exe"))
    assert "格式不收" in text_of(answer)
    assert not Request.objects.exists()


def test_a_no_without_reason_is_shown_on_the_page(bench):
    request = bench.apply()
    chief = enter(bench.chief)
    answer = chief.post(f"/approvals/{request.pk}/", {"outcome": "refuses"})
    assert answer.status_code == 409
    assert "须选择理由" in text_of(answer)


def test_only_the_judge_of_the_case_gets_the_form(bench):
    address = f"/cases/{bench.case.pk}/extension/"
    assert enter(bench.chief).get(address).status_code == 403
    assert enter(bench.upper).get(address).status_code == 404


def test_the_court_above_opens_what_waits_for_it_and_not_before(bench):
    first = bench.apply()
    for person in (bench.chief, bench.president):
        bench.agree(first, person)
    upper = enter(bench.upper)
    assert upper.get(f"/approvals/{first.pk}/").status_code == 404
    with time_machine.travel(at("2027-05-01"), tick=False):
        answer = apply_by_form(enter(bench.judge), bench, length="3m", detail=STORY * 2)
        address = answer.headers["Location"]
        upper = enter(bench.upper)
        assert upper.get(address).status_code == 404
        for person in (bench.chief, bench.president):
            assert enter(person).post(address, {"outcome": "agrees"}).status_code == 302
        page = upper.get(address)
        assert page.status_code == 200
        assert f"/cases/{bench.case.pk}/" not in text_of(page)  # it decides, it doesn't list
        assert upper.get(f"/cases/{bench.case.pk}/").status_code == 404
        assert upper.post(address, {"outcome": "agrees"}).status_code == 302


def test_papers_come_back_as_they_went_in_and_only_as_downloads(bench):
    judge = enter(bench.judge)
    address = apply_by_form(judge, bench).headers["Location"]
    paper = Request.objects.get().documents.get()
    answer = judge.get(f"{address}documents/{paper.pk}/")
    assert answer.content == b"%PDF-1.4 demo"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert enter(bench.upper).get(f"{address}documents/{paper.pk}/").status_code == 404


def test_sent_back_answered_with_a_second_version_and_agreed(bench):
    judge, chief = enter(bench.judge), enter(bench.chief)
    address = apply_by_form(judge, bench).headers["Location"]
    back = {"outcome": "returns", "reasons": ["N2"], "opinion": "请写明还需要哪些工作。"}
    assert chief.post(address, back).status_code == 302
    assert "请写明还需要哪些工作" in text_of(judge.get(address))
    again = {"detail": STORY, "kind_1": "延长审限审批表", "file_1": pdf(data=b"%PDF-1.4 second")}
    assert judge.post(f"{address}answer/", again).status_code == 302
    assert [d.version for d in Request.objects.get().documents.all()] == [1, 2]
    assert chief.post(address, {"outcome": "agrees"}).status_code == 302


def test_a_judge_takes_the_application_back(bench):
    request = bench.apply()
    address = f"/approvals/{request.pk}/"
    assert enter(bench.chief).post(f"{address}withdraw/").status_code == 409
    assert enter(bench.judge).post(f"{address}withdraw/").status_code == 302
    assert Request.objects.get().state_word == "已撤回"


def test_a_remark_decides_nothing(bench):
    request = bench.apply()
    office = enter(bench.office)
    office.post(f"/approvals/{request.pk}/remark/", {"text": "请留意提前期。"})
    assert "请留意提前期" in text_of(office.get(f"/approvals/{request.pk}/"))
    assert Request.objects.get().at_step == 1


def test_lists_filter_by_kind_and_flag(bench):
    bench.apply()
    judge = enter(bench.judge)
    assert bench.case.number in text_of(judge.get("/approvals/mine/?group=延长审限&state=open"))
    sheet = judge.get("/approvals/mine/?group=延长审限&format=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    for query in ("group=提级管辖", "state=approved", "late=1"):
        assert bench.case.number not in text_of(judge.get(f"/approvals/mine/?{query}"))


def test_the_president_delegates_by_form_and_ends_it(bench):
    president = enter(bench.president)
    given = {"taker": bench.vice.pk, "first": "2026-11-03", "last": "2026-11-05", "reason": "出差"}
    assert president.post("/approvals/delegations/", given).status_code == 302
    bench.agree(bench.apply(), bench.chief)
    assert bench.case.number in text_of(enter(bench.vice).get("/approvals/"))
    row = Delegation.objects.get()
    assert enter(bench.vice).post(f"/approvals/delegations/{row.pk}/end/").status_code == 404
    assert president.post(f"/approvals/delegations/{row.pk}/end/").status_code == 302
    assert bench.case.number not in text_of(enter(bench.vice).get("/approvals/"))


def test_opening_a_request_on_a_sensitive_case_leaves_a_row(bench):
    request = bench.apply()
    chief = enter(bench.chief)
    chief.get(f"/approvals/{request.pk}/")
    assert not AuditRow.objects.filter(action="查阅敏感案件").exists()
    sensitive = NewEvent(bench.case.pk, "登记变更", None, {"confidentiality": 1})
    record([sensitive], actor="测", now=at("2026-11-03"))
    chief.get(f"/approvals/{request.pk}/")
    assert AuditRow.objects.filter(action="查阅敏感案件", actor="庭长某").count() == 1
    assert enter(bench.judge).get(f"/approvals/{request.pk}/").status_code == 404


def test_registering_is_hidden_while_the_court_reads_only(bench):
    judge, address = enter(bench.judge), f"/cases/{bench.case.pk}/period/"
    assert judge.get(address).status_code == 404
    assert "登记扣除" not in text_of(judge.get(f"/cases/{bench.case.pk}/"))
    _switch(bench, READ_ONLY, False)
    assert "登记扣除" in text_of(judge.get(f"/cases/{bench.case.pk}/"))
    given = {
        "event": "公告开始",
        "on": "2026-11-02",
        "reasons": ["G1"],
        "detail": "户籍地、经常居住地均查找无着落。",
        "tried_on_1": "2026-10-01",
        "tried_1": "门锁无人",
    }
    answer = judge.post(address, given)
    assert answer.status_code == 302, text_of(answer)
    page = text_of(enter(bench.office).get(answer.headers["Location"]))
    assert "门锁无人" in page
    assert "未见邮寄送达的记录" in page
    end = {"begin": "公告开始", "on": "2026-11-03"}
    assert judge.post(f"{address}end/", end).status_code == 302
    assert judge.post(f"{address}end/", end).status_code == 409
    assert judge.post(f"{address}end/", {"begin": "公告开始", "on": ""}).status_code == 400


def test_the_office_takes_up_an_imported_suspension(bench):
    begun = NewEvent(bench.case.pk, "中止审理", date(2026, 10, 1), source="接入")
    (position,) = record([begun], actor="接入", now=at("2026-10-02"))
    office, address = enter(bench.office), f"/approvals/unchecked/{position}/"
    assert bench.case.number in text_of(office.get("/approvals/unchecked/"))
    assert enter(bench.judge).post(address).status_code == 403
    answer = office.post(address)
    assert answer.status_code == 302
    assert office.post(answer.headers["Location"], {"outcome": "agrees"}).status_code == 302
    assert office.post(address).status_code == 404


def test_a_request_for_elevation_by_form(bench):
    judge, address = enter(bench.judge), f"/cases/{bench.case.pk}/elevation/"
    assert bench.above.name in text_of(judge.get(address))
    given = {"reasons": ["T2"], "detail": STORY * 2, "kind_1": "提级管辖请示", "file_1": pdf()}
    assert judge.post(address, given).status_code == 302
    assert judge.post(address, given | {"file_1": pdf()}).status_code == 400


def test_a_blocked_extension_says_why(bench):
    record([NewEvent(bench.case.pk, "报结", date(2026, 11, 1))], actor="测", now=at("2026-11-02"))
    answer = enter(bench.judge).get(f"/cases/{bench.case.pk}/extension/")
    assert answer.status_code == 409
    assert "已结" in text_of(answer)


def test_pages_hold_no_inline_script_or_style(bench):
    request = bench.apply()
    judge = enter(bench.judge)
    for address in (
        f"/approvals/{request.pk}/",
        f"/cases/{bench.case.pk}/elevation/",
        "/approvals/",
        "/approvals/delegations/",
        "/approvals/pattern/",
        "/approvals/unchecked/",
    ):
        page = text_of(judge.get(address))
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert " style=" not in page
        assert " onclick=" not in page


def _switch(bench: Bench, key: str, value: object) -> None:
    CourtSetting.objects.create(
        court=bench.court,
        key=key,
        value=value,
        valid_from=date(2026, 1, 1),
        set_by="审管某",
        set_at=at("2026-01-01"),
    )
