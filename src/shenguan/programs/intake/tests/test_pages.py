"""The import page: a file in, its rejects back, headings explained, due dates reconciled."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court, CourtSetting
from shenguan.base.org.services import add_court
from shenguan.programs.intake.models import Upload
from shenguan.programs.intake.uploads import import_upload
from shenguan.spine.cases.models import Case
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "示范市甲区人民法院"
HEADINGS = "案号,法院,案由,审判程序,适用程序,立案日期,审限届满日期,办案人"
GOOD = f"（2026）示0101民初1号,{OWN},合同纠纷,一审,普通程序,2026-01-15,2026-09-30,法官甲一"
NO_NUMBER = f",{OWN},合同纠纷,一审,普通程序,2026-01-15,,法官甲一"
FOREIGN = "（2026）示0102民初1号,示范市乙区人民法院,合同纠纷,一审,普通程序,2026-01-15,,法官乙一"


@pytest.fixture
def office(settings, tmp_path, monkeypatch) -> Client:
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    own, _sister = (
        add_court(code=code, name=name, level=Court.Level.BASIC, parent=upper)
        for code, name in (("示0101", OWN), ("示0102", "示范市乙区人民法院"))
    )
    return signed_in("审管办主任", own)


def hand_in(client: Client, *lines: str, name: str = "导出.csv", **form: str) -> Upload:
    """Post a table and let the background job import it."""
    file = SimpleUploadedFile(name, "\n".join((HEADINGS, *lines)).encode("utf-8"))
    answer = client.post("/imports/receive/", {"file": file, "on": "2026-06-01", **form})
    assert answer.status_code == 302
    return work(Upload.objects.latest("pk"))


def work(upload: Upload) -> Upload:
    import_upload.func(upload.pk)
    upload.refresh_from_db()
    return upload


def test_a_table_goes_in_and_its_bad_row_comes_back_with_place_and_reason(office):
    upload = hand_in(office, GOOD, NO_NUMBER)
    assert (upload.state, upload.report["new"], upload.report["rejected"]) == ("已完成", 1, 1)
    page = office.get(f"/imports/{upload.pk}/").content.decode()
    assert "第 3 行" in page
    assert "案号为空" in page
    book = openpyxl.load_workbook(io.BytesIO(office.get(f"/imports/{upload.pk}/rejects/").content))
    assert [cell.value for cell in book.worksheets[0][2]][:3] == [
        "第 3 行",
        "案号",
        "案号为空，无法确定是哪一件案件",
    ]


def test_a_job_asked_twice_imports_once_and_the_same_file_changes_nothing(office):
    first = hand_in(office, GOOD)
    assert work(first).report["new"] == 1
    assert hand_in(office, GOOD).report["unchanged"] == 1


def test_cases_of_a_court_one_has_no_say_in_are_refused_by_name(office):
    upload = hand_in(office, GOOD, FOREIGN)
    assert Case.objects.filter(visible=True).count() == 1
    assert "示范市乙区人民法院" in office.get(f"/imports/{upload.pk}/").content.decode()


def test_a_heading_explained_once_is_known_the_next_time(office):
    lines = (GOOD.replace("2026-09-30", ""),)
    upload = hand_in(office, *lines)
    if "办案人" not in upload.report["asked"]:
        pytest.fail("办案人 should be unknown in this test")
    office.post(f"/imports/{upload.pk}/again/", {"heading": ["办案人"], "field-0": "承办人"})
    assert work(Upload.objects.get()).state == "已完成"
    assert Case.objects.get().undertaker_name == "法官甲一"
    assert "办案人" not in hand_in(office, *lines).report["asked"]


def test_a_file_that_is_no_table_is_told_so_and_kept(office):
    file = SimpleUploadedFile("照片.png", b"\x89PNG")
    office.post("/imports/receive/", {"file": file})
    upload = work(Upload.objects.get())
    assert upload.state == "未成功"
    assert upload.error
    assert upload.error in office.get(f"/imports/{upload.pk}/").content.decode()


def test_our_due_date_governs_once_the_office_accepts_it(office):
    hand_in(office, GOOD)
    page = office.get("/imports/reconciliation/").content.decode()
    assert "2026-09-30" in page
    assert "2026-07-15" in page
    case = Case.objects.get()
    office.post("/imports/reconciliation/accept/", {"case": [case.pk], "why": ""})
    assert str(Clock.objects.get().governing_due) == "2026-09-30"
    office.post("/imports/reconciliation/accept/", {"case": [case.pk], "why": "核对卷宗"})
    assert str(Clock.objects.get().governing_due) == "2026-07-15"
    assert "没有不一致" in office.get("/imports/reconciliation/").content.decode()


def test_a_whole_rule_is_accepted_on_a_written_basis(office):
    hand_in(office, GOOD)
    rule = Clock.objects.get().rule_id
    office.post("/imports/reconciliation/rule/", {"rule": rule, "basis": ""})
    assert not CourtSetting.objects.exists()
    office.post("/imports/reconciliation/rule/", {"rule": rule, "basis": "会议纪要〔2026〕1号"})
    assert CourtSetting.objects.get().value == [rule]
    assert Clock.objects.get().accepted


@pytest.mark.parametrize("address", ["/imports/", "/imports/reconciliation/", "/imports/quality/"])
def test_whoever_has_no_such_duty_finds_no_import_page(office, address):
    judge = signed_in("法官", Court.objects.get(code="示0101"))
    assert judge.get(address).status_code == 404
    assert office.get(address).status_code == 200


def test_another_court_does_not_see_the_file(office):
    upload = hand_in(office, GOOD)
    other = signed_in("审管办主任", Court.objects.get(code="示0102"))
    assert other.get(f"/imports/{upload.pk}/").status_code == 404
    assert other.get(f"/imports/{upload.pk}/rejects/").status_code == 404


def test_lists_leave_as_workbooks(office):
    hand_in(office, GOOD)
    for address in ("/imports/reconciliation/", "/imports/quality/"):
        book = openpyxl.load_workbook(io.BytesIO(office.get(address, {"format": "xlsx"}).content))
        assert book.worksheets[0]["A1"].value == "案号"
