"""Role × report desk: who reads, makes, edits, publishes, sets, replies; guessing an id shows no more."""

from __future__ import annotations

import io

import docx
import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.papers.model import Heading, Paper, Paragraph, Span, line
from shenguan.base.papers.stored import paper_to_json
from shenguan.programs.reports import meetings
from shenguan.programs.reports.kinds import LETTER, MONTHLY, PACK, WEEKLY
from shenguan.programs.reports.meetings import NewTask
from shenguan.programs.reports.models import (
    DocumentNumber,
    LetterReply,
    Meeting,
    Permit,
    Report,
    SentenceEdit,
    Task,
    WordTemplate,
)
from shenguan.rulebook import load
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import SEEN, cases, client_of  # noqa: F401

pytestmark = pytest.mark.django_db
NONE = {"诉讼参与人", "系统管理员", "安全管理员", "审计管理员"}
OFFICE = {"审管办主任", "审管办工作人员"}
SIGNS = {"院长", "审管办主任"}
WHOLE = {"院长", *OFFICE}
FIGURES = {post.name for post in load().posts if post.sees == "figures"}
OF_UNIT = {post.name for post in load().posts if post.sees == "unit"}
PAPER = Paper(
    title=(line("示范市甲区人民法院"), line("通报")),
    blocks=(
        Heading(line("一、收结存情况")),
        Paragraph(
            line("新收", Span("三件", {"ask": "stated", "what": "数", "text": "三件"}), "。")
        ),
    ),
)
State = Report.State


@pytest.fixture(autouse=True)
def november(cases):  # noqa: F811
    with time_machine.travel(NOW, tick=False):
        yield


def lower() -> Court:
    return Court.objects.get(code="示0101")


def clerk(court: Court) -> Person:
    return Person.objects.get_or_create(court=court, name="经办某")[0]


def report(kind: str, state: str, court: Court | None = None, **more: object) -> Report:
    court = court or lower()
    published = (
        {"published_at": NOW, "published_by": clerk(court)} if state == State.PUBLISHED else {}
    )
    return Report.objects.create(
        court=court, kind=kind, period="2026-10", title=f"{kind}{state}", state=state,
        asked_by=clerk(court), asked_at=NOW, made_at=NOW, paper=paper_to_json(PAPER),
        annex=paper_to_json(PAPER), sheets=[], **published, **more,
    )  # fmt: skip


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_post_opens_the_reports_it_may_read_and_no_others(post):
    unit = Unit.objects.get(court=lower(), name="民事审判第一庭")
    other = Unit.objects.get(court=lower(), name="民事审判第二庭")
    upper = Court.objects.get(code="示01")
    rows = {
        "circulated": report(MONTHLY, State.PUBLISHED),
        "draft": report(MONTHLY, State.DRAFT),
        "pack": report(PACK, State.PUBLISHED),
        "own week": report(WEEKLY, State.PUBLISHED, unit=unit),
        "other week": report(WEEKLY, State.PUBLISHED, unit=other),
        "letter": report(LETTER, State.PUBLISHED, upper, to_court=lower()),
        "upper draft": report(LETTER, State.DRAFT, upper, to_court=lower()),
    }
    client = client_of(post)
    expected = set()
    if post not in NONE:
        expected |= {"circulated"}
    if post in OF_UNIT:
        expected |= {"pack", "own week"}
    if post in FIGURES | WHOLE:
        expected |= {"pack"}
    if post in WHOLE:
        expected |= {"draft", "letter"}
    if post in OFFICE:
        expected |= {"own week", "other week"}
    opened = {
        name for name, one in rows.items() if client.get(f"/reports/{one.pk}/").status_code == 200
    }
    assert opened == expected
    listing = client.get("/reports/")
    assert listing.status_code == (404 if post in NONE else 200)
    if post not in NONE:
        assert {one.pk for one, _ in listing.context["listed"]} == {rows[n].pk for n in expected}


@pytest.mark.parametrize("post", sorted(set(SEEN) - NONE))
def test_the_annex_goes_only_to_those_who_list_the_cases(post):
    one = report(MONTHLY, State.PUBLISHED)
    client = client_of(post)
    assert client.get(f"/reports/{one.pk}/files/docx/").status_code == 200
    expected = 200 if post in WHOLE else 404
    assert client.get(f"/reports/{one.pk}/files/annex/").status_code == expected
    assert AuditRow.objects.filter(action="下载报告", detail__form="docx").count() == 1


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_the_office_makes_edits_and_drops(post):
    one = report(MONTHLY, State.DRAFT)
    client = client_of(post)
    asked = client.post("/reports/new/", {"kind": MONTHLY, "period": "2026-10"})
    edited = client.post(f"/reports/{one.pk}/edit/1/", {"text": "新收[[0:三件]]，请核对。"})
    dropped = client.post(f"/reports/{one.pk}/drop/", {"reason": "重做"})
    codes = {asked.status_code, edited.status_code, dropped.status_code}
    assert codes == ({302} if post in OFFICE else {404})
    assert SentenceEdit.objects.count() == Report.objects.count() - 1 == int(post in OFFICE)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_president_and_head_of_office_publish(post):
    one = report(MONTHLY, State.DRAFT)
    status = client_of(post).post(f"/reports/{one.pk}/publish/").status_code
    one.refresh_from_db()
    assert (status == 302) == (one.state == State.PUBLISHED) == (post in SIGNS)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_the_head_of_office_sets_numbers_templates_and_permits(post):
    upper = Court.objects.get(code="示01")
    client = signed_in(post, upper, name=f"{post}某") if post == "审管办主任" else client_of(post)
    client.post("/reports/settings/rule/", {"word": "示中法审管", "first": "1"})
    told = {
        "number": "示高法〔2026〕1号", "title": "办法", "approver": "院长",
        "valid_from": "2026-11-20", "valid_to": "2026-12-31",
    }  # fmt: skip
    client.post("/reports/settings/permit/", told)
    assert Permit.objects.exists() == (post == "审管办主任")
    seen = client.get("/reports/settings/").status_code
    assert seen == (200 if post in WHOLE else 404)


def test_a_faulty_sentence_is_refused_on_the_page_with_the_reason():
    one = report(MONTHLY, State.DRAFT)
    answer = client_of("审管办主任").post(f"/reports/{one.pk}/edit/1/", {"text": "新收12件。"})
    assert answer.status_code == 409
    assert "没有出处的数字" in answer.content.decode()
    assert not SentenceEdit.objects.exists()


def test_a_faulty_template_is_refused_on_the_page_with_the_reason():
    document, kept = docx.Document(), io.BytesIO()
    document.add_paragraph("{{ 院长 }}")
    document.save(kept)
    kept.seek(0)
    kept.name = "模板.docx"
    client = client_of("审管办主任")
    answer = client.post("/reports/settings/template/", {"template": kept}, follow=True)
    assert "不认识的占位符“院长”" in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_a_number_taken_and_dropped_stays_in_the_ledger():
    client = client_of("审管办主任")
    client.post("/reports/settings/rule/", {"word": "示甲法审管", "first": "5"})
    one = report(MONTHLY, State.DRAFT)
    client.post(f"/reports/{one.pk}/number/")
    client.post(f"/reports/{one.pk}/drop/", {"reason": "重做"})
    page = client.get("/reports/settings/").content.decode()
    assert "示甲法审管〔2026〕5号" in page
    assert "重做" in page
    assert DocumentNumber.objects.get().voided_by is not None


def test_a_letter_is_replied_to_by_the_court_written_to_and_settled_by_the_sender():
    upper = Court.objects.get(code="示01")
    options = {"reply_by": "2026-12-07"}
    one = report(LETTER, State.PUBLISHED, upper, to_court=lower(), options=options)
    sender, ours = signed_in("审管办主任", upper), client_of("审管办主任")
    assert sender.post(f"/reports/{one.pk}/reply/", {"said": "x"}).status_code == 404
    assert client_of("庭长").post(f"/reports/{one.pk}/reply/", {"said": "x"}).status_code == 404
    ours.post(f"/reports/{one.pk}/reply/", {"said": "已逐案核查。"})
    assert ours.post(f"/reports/{one.pk}/settle/", {"accepted": "1"}).status_code == 404
    sender.post(f"/reports/{one.pk}/settle/", {"accepted": "0", "remark": "请写明责任人"})
    ours.post(f"/reports/{one.pk}/reply/", {"said": "责任人为庭长甲。"})
    sender.post(f"/reports/{one.pk}/settle/", {"accepted": "1"})
    assert [reply.accepted for reply in LetterReply.objects.order_by("pk")] == [False, True]


@pytest.fixture
def task() -> Task:
    court = lower()
    owner = Person.objects.get(court=court, name="法官甲一")
    held = meetings.hold(
        court=court, kind=Meeting.Kind.CONSULTATION, held_on=NOW.date(), actor=clerk(court), now=NOW
    )
    new = NewTask("逐案核查", owner, NOW.date())
    return meetings.decide(meeting=held, tasks=[new], actor=clerk(court), now=NOW)[0]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_task_is_seen_by_its_owner_and_those_who_see_the_court(post, task):
    status = client_of(post).get(f"/reports/tasks/{task.pk}/").status_code
    owns = load().posts[post].sees == "own" or load().posts[post].sees == "served"
    assert (status == 200) == (post in WHOLE | FIGURES or owns)


def test_the_owner_reports_and_another_closes(task):
    owner, office = client_of("法官"), client_of("审管办主任")
    say = f"/reports/tasks/{task.pk}/say/"
    assert owner.post(say, {"state": "已销号", "said": "x"}).status_code == 404
    assert owner.post(say, {"state": "已办结", "said": "已核查"}).status_code == 302
    assert owner.post(say, {"state": "已销号", "said": "x"}).status_code == 404
    assert office.post(say, {"state": "已销号", "said": "属实"}).status_code == 302
    assert [step.state for step in task.steps.all()] == ["已办结", "已销号"]


def test_decisions_are_recorded_on_the_page_of_the_meeting():
    client = client_of("审管办主任")
    client.post("/reports/meetings/new/", {"kind": "数据会商", "held_on": "2026-11-19"})
    held = Meeting.objects.get()
    owner = Person.objects.get(court=lower(), name="审管办主任某")
    posted = {"matter1": "清理长期未结", "owner1": str(owner.pk), "due1": "2026-12-31"}
    client.post(f"/reports/meetings/{held.pk}/tasks/", posted)
    assert Task.objects.get().matter == "清理长期未结"
    assert client_of("庭长").post(f"/reports/meetings/{held.pk}/tasks/", posted).status_code == 404


def test_the_list_keeps_its_query_budget(django_assert_max_num_queries):
    for _ in range(30):
        report(MONTHLY, State.PUBLISHED)
    client = client_of("审管办主任")
    client.get("/reports/")
    with django_assert_max_num_queries(22):
        client.get("/reports/")
