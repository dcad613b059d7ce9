"""From asking for a report to its frozen files: numbers, edits, publishing, and what changed since."""

import io
from datetime import date, timedelta

import docx
import openpyxl
import pytest
import time_machine
from pptx import Presentation

from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Appointment, Person
from shenguan.base.papers import wordtemplate
from shenguan.base.papers.model import plain
from shenguan.programs.reports import (
    comparing,
    delivering,
    editing,
    making,
    numbering,
    permits,
    publishing,
)
from shenguan.programs.reports.edition import PaperError
from shenguan.programs.reports.kinds import KINDS, LETTER, MONTHLY, PACK, WEEKLY
from shenguan.programs.reports.making import Wanted
from shenguan.programs.reports.models import PublishedError, Report, WordTemplate
from shenguan.programs.reports.numbering import NumberError
from shenguan.programs.reports.publishing import PublishError
from shenguan.spine.indicators import services as indicators
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW

LATER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def quiet(world, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(world.home))
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(world):
    person, _ = Person.objects.get_or_create(court=world.upper, name="主任甲")
    Appointment.objects.create(person=person, court=world.upper, post="审管办主任")
    return person


def made(world, office, kind=MONTHLY, period="2026-10", **more):
    report = making.ask_for(Wanted(world.upper, kind, period, **more), actor=office, now=NOW)
    making.write(report.pk, NOW)
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT, report.error
    return report


def rule(world, office):
    numbering.set_rule(
        court=world.upper, word="示中法审管", by_kind={}, first=1, basis="", actor=office, now=NOW
    )


def test_a_report_asked_for_is_written_once_and_keeps_the_cases_behind_it(world, office):
    report = made(world, office)
    assert report.progress == 100
    making.write(report.pk, LATER)
    report.refresh_from_db()
    assert report.made_at == NOW
    kept = {(one["code"], one["period"]): one for one in making.frozen_of(report)["figures"]}
    filed = kept["filed_cases", "2026-01..2026-10"]
    assert filed["numerator"] == len(filed["cases"]["numerator"]) == 25


@pytest.mark.parametrize(
    ("kind", "period", "reason"),
    [
        (MONTHLY, "2026Q3", "应为一个月"),
        (MONTHLY, "2027-01", "还没有开始"),
        (MONTHLY, "十月", "读不懂"),
        (WEEKLY, "下周", "读不懂"),
        ("年报", "2026", "没有“年报”这种报告"),
        (LETTER, "2026-10", "只能发给本院的下级法院"),
    ],
)
def test_a_report_asked_wrongly_is_refused_with_the_reason(world, office, kind, period, reason):
    with pytest.raises(PaperError, match=reason):
        making.ask_for(Wanted(world.upper, kind, period), actor=office, now=NOW)


def test_a_published_report_is_numbered_frozen_and_hashed(world, office):
    rule(world, office)
    report = publishing.publish(report=made(world, office), actor=office, now=NOW)
    assert report.number == "示中法审管〔2026〕1号"
    assert publishing.is_unchanged(report)
    assert {one.form for one in report.files.all()} == {
        "docx", "pdf", "pptx", "tables", "annex", "annex_pdf", "lists"
    }  # fmt: skip
    assert AuditRow.objects.filter(action="发布报告").exists()
    with pytest.raises(PublishedError):
        report.save()
    with pytest.raises(PublishError):
        publishing.publish(report=report, actor=office, now=LATER)
    with pytest.raises(editing.EditError):
        editing.edit(report=report, block=1, text="改", actor=office, now=LATER)
    Report.objects.filter(pk=report.pk).update(paper={**(report.paper or {}), "mark": "改"})
    report.refresh_from_db()
    assert not publishing.is_unchanged(report)


def test_numbers_are_given_once_and_a_dropped_draft_leaves_a_void(world, office):
    rule(world, office)
    first, second = made(world, office), made(world, office)
    one = numbering.give(report=first, actor=office, now=NOW)
    assert numbering.give(report=first, actor=office, now=NOW).pk == one.pk
    publishing.drop(report=first, reason="口径有误", actor=office, now=NOW)
    two = numbering.give(report=second, actor=office, now=NOW)
    assert (one.serial, two.serial) == (1, 2)
    one.refresh_from_db()
    assert one.void_reason == "口径有误"
    assert numbering.gaps(world.upper.document_numbers.all()) == []


def test_without_a_rule_no_number_is_given_and_publishing_goes_on(world, office):
    report = made(world, office)
    with pytest.raises(NumberError, match="尚未设置文号规则"):
        numbering.give(report=report, actor=office, now=NOW)
    assert publishing.publish(report=report, actor=office, now=NOW).number == ""


def sentence(report):
    paper = editing.edited(report)
    at = next(i for i, block in enumerate(paper.blocks) if editing.is_editable(block))
    return at, editing.box_text(paper.blocks[at].line, editing.bound(paper))


def test_an_edited_sentence_says_by_whom_and_keeps_its_numbers_bound(world, office):
    report = made(world, office)
    at, text = sentence(report)
    editing.edit(report=report, block=at, text=text + "请各庭核对。", actor=office, now=NOW)
    paper = editing.final(report)
    whole = "".join(plain(block.line) for block in paper.blocks if hasattr(block, "line"))
    assert "请各庭核对。" in whole
    assert f"修改人：{office}（2026-11-20 09:00）" in whole
    assert plain(paper.blocks[at].line).startswith("※")
    with pytest.raises(editing.EditError, match="没有出处的数字"):
        editing.edit(report=report, block=at, text=text + "另有12件。", actor=office, now=NOW)


def test_an_edited_report_still_passes_the_check_of_its_numbers(world, office, tmp_path):
    from shenguan.programs.reports.tests.papers.city import fresh_book
    from shenguan.programs.reports.traced import verify

    report = made(world, office)
    at, text = sentence(report)
    editing.edit(report=report, block=at, text="请注意：" + text, actor=office, now=NOW)
    path = tmp_path / "paper.docx"
    path.write_bytes(delivering.file_of(report, "docx")[1])
    verdict = verify(path, fresh_book(world.home, KINDS[MONTHLY].codes))
    assert (verdict.loose, verdict.different) == ((), ())


def test_the_court_template_frames_the_paper(world, office):
    WordTemplate.objects.create(
        court=world.upper, name="模板.docx", data=wordtemplate.sample(), digest="x",
        uploaded_by=office, uploaded_at=NOW,
    )  # fmt: skip
    data = delivering.file_of(made(world, office), "docx")[1]
    texts = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert "示范市中级人民法院审判管理办公室文件" in texts
    assert "一、收结存情况" in texts


def test_a_pack_comes_with_slides_and_tables(world, office):
    report = made(world, office, PACK, "2026-07..2026-09")
    show = Presentation(io.BytesIO(delivering.file_of(report, "pptx")[1]))
    assert len(show.slides) > 5
    book = openpyxl.load_workbook(io.BytesIO(delivering.file_of(report, "tables")[1]))
    assert "收结存情况" in book.sheetnames


def test_a_weekly_packet_of_a_division_is_for_that_division(world, office):
    unit = world.lower.units.first()
    lower_office = Person.objects.create(court=world.lower, name="主任乙")
    Appointment.objects.create(person=lower_office, court=world.lower, post="审管办主任")
    wanted = Wanted(world.lower, WEEKLY, "2026-10-31", unit=unit)
    report = making.ask_for(wanted, actor=lower_office, now=NOW)
    making.write(report.pk, NOW)
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT, report.error
    assert set(delivering.forms_of(report)) == {"docx", "pdf", "lists"}


def test_another_order_needs_a_permit_and_its_use_is_logged(world, office):
    options = {"ordered_by": "filed_cases"}
    with pytest.raises(PaperError, match="没有在有效期内的书面依据"):
        making.ask_for(
            Wanted(world.upper, MONTHLY, "2026-10", options=options), actor=office, now=NOW
        )
    permit = permits.register(
        court=world.upper, number="示高法〔2026〕1号", title="通报办法", approver="高级法院院长",
        valid_from=NOW.date(), valid_to=date(2026, 12, 31), actor=office, now=NOW,
    )  # fmt: skip
    assert permits.in_force(world.upper, NOW.date()) == permit
    report = made(world, office, permit=permit, options=options)
    whole = str(report.paper)
    assert "通报办法（示高法〔2026〕1号，高级法院院长批准，有效期至2026-12-31）" in whole
    assert AuditRow.objects.filter(action="使用排序视图").exists()
    permits.withdraw(permit=permit, actor=office, now=NOW)
    assert permits.in_force(world.upper, NOW.date()) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": " "}, "依据文号"),
        ({"approver": ""}, "批准人"),
        ({"valid_to": date(2028, 1, 1)}, "最长一年"),
    ],
)
def test_a_basis_without_number_approver_or_end_opens_nothing(world, office, change, reason):
    told = {
        "number": "示高法〔2026〕1号", "title": "办法", "approver": "院长",
        "valid_from": NOW.date(), "valid_to": date(2026, 12, 31),
    }  # fmt: skip
    with pytest.raises(permits.PermitError, match=reason):
        permits.register(court=world.upper, actor=office, now=NOW, **(told | change))


def test_a_court_without_lower_courts_orders_nobody(world, office):
    with pytest.raises(permits.PermitError, match="部门和法官不排序"):
        permits.register(
            court=world.lower, number="一号", title="办法", approver="院长",
            valid_from=NOW.date(), valid_to=date(2026, 12, 31), actor=office, now=NOW,
        )  # fmt: skip


def test_a_later_correction_is_told_by_its_case_and_its_entry(world, office, tmp_path, monkeypatch):
    from shenguan.base.org.scope import Scope
    from shenguan.spine.cases.models import Case

    report = made(world, office)
    same = comparing.compare(report, Scope.everything("测试"), now=LATER)
    assert same.checked > 10
    assert same.different == ()
    case = Case.objects.filter(court=world.lower, closed_on__year=2026).order_by("pk").first()
    assert case is not None
    with time_machine.travel(LATER, tick=False):
        record([NewEvent(case.pk, "撤销报结", date(2026, 11, 22))], actor="测试", now=LATER)
        monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
        indicators.catch_up(tmp_path, now=LATER)
        result = comparing.compare(report, Scope.everything("测试"), now=LATER)
    closed = next(one for one in result.different if one.code == "closed_cases")
    assert int(closed.then.rstrip("件")) == int(closed.now.rstrip("件")) + 1
    (moved,) = closed.cases
    assert (moved.case, moved.came) == (case, False)
    assert moved.entries == ("2026-11-23登记“撤销报结”2026-11-22",)
