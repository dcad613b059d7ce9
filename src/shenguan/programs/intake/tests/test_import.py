"""A court's export goes in: counts, states, events, findings; again, and nothing changes."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.audit.models import AuditRow
from shenguan.base.org.scope import Scope
from shenguan.programs.intake import findings as keeper
from shenguan.programs.intake import services
from shenguan.programs.intake.models import Finding, RejectedRow
from shenguan.programs.intake.selectors import finding_counts, findings, rejected_rows
from shenguan.programs.intake.tests.conftest import EAST, NOW, case
from shenguan.programs.intake.writer import Writer
from shenguan.spine.cases.models import Batch, Case, Event

ALL = Scope.everything("测试")


def counts(report):
    return tuple(report.total(name) for name in ("new", "changed", "unchanged", "rejected"))


def the(number):
    return Case.objects.get(number_key=f"（2026）京0101民初{number}号")


def test_a_row_becomes_a_case_with_its_due_date(bring):
    assert counts(bring([case(1)])) == (1, 0, 0, 0)
    one = the(1)
    assert (one.court.name, one.cause, one.procedure) == (EAST, "民间借贷纠纷", "简易程序")
    assert (one.filed_on, one.undertaker_name, one.amount) == (date(2026, 3, 2), "甲某", 100000)
    assert [p.name for p in one.parties.all()] == ["张示范1", "𠮷某1"]
    assert one.clock.recorded_due == date(2026, 6, 2)


def test_the_same_file_twice_changes_nothing(bring):
    rows = [case(1), case(2, 结案日期="2026-05-01", 结案方式="判决"), case(3, 适用程序="小额")]
    bring(rows)
    before = Event.objects.exclude(kind="批次落库").count()
    assert counts(bring(rows)) == (0, 0, 3, 0)
    assert Event.objects.exclude(kind="批次落库").count() == before


def test_the_same_row_twice_in_a_file_is_one_case(bring):
    report = bring([case(1), case(1)])
    assert counts(report) == (1, 0, 0, 0)
    assert report.files[0].repeated == 1
    assert report.quality["案号重复"] == 0


def test_contradicting_rows_of_one_number_are_kept_flagged_and_listed(bring):
    rows = [case(1), case(1, 承办人="乙某")]
    report = bring(rows)
    assert the(1).undertaker_name == "甲某"
    (reject,) = report.files[0].rejects
    assert (reject.place, reject.field, reject.original["承办人"]) == ("第 3 行", "承办人", "乙某")
    assert report.quality["案号重复"] == 1
    assert counts(bring(rows)) == (0, 0, 1, 0)


def test_a_row_is_rejected_only_without_a_number(bring):
    report = bring([case(""), case(2, 立案日期="不详", 标的额="若干")])
    assert counts(report) == (1, 0, 0, 1)
    assert report.files[0].bad_fields == 2
    assert the(2).filed_on is None
    assert any("立案日期：不是可识别的日期（原文“不详”）" in flag for flag in the(2).flags)
    kept = rejected_rows(ALL, report.files[0].batches[0])
    assert {row.field for row in kept} == {"案号", "立案日期", "标的额"}


def test_a_cell_put_right_later_loses_its_flag_and_finding(bring):
    bring([case(1, 立案日期="不详")])
    assert findings(ALL, check_id="unreadable_value").count() == 1
    bring([case(1)])
    assert the(1).flags == []
    assert not Finding.objects.exists()


def test_another_registry_is_kept_flagged_and_counted(bring):
    report = bring([case("P-00012/2024", 法院="某国地方法院")])
    file = report.files[0]
    assert (file.new, file.unofficial_numbers, file.unlisted_courts) == (1, 1, 1)
    one = Case.objects.get(number_key="P-00012/2024")
    assert (one.visible, one.number_kind, one.court.in_table) == (True, "其他编号", False)
    assert {"非规范案号", "法院不在代字表"} <= set(finding_counts(ALL))


def test_a_change_of_undertaker_moves_the_case_and_leaves_a_trace(bring):
    bring([case(1)])
    report = bring([case(1, 承办人="乙某")], on=date(2026, 6, 29))
    assert counts(report) == (0, 1, 0, 0)
    assert the(1).undertaker_name == "乙某"
    event = Event.objects.get(kind="变更承办人")
    assert (event.occurred_on, event.source) == (date(2026, 6, 29), "a.csv 第 2 行")
    (change,) = report.files[0].changes
    assert (change.change.old, change.change.new) == ("甲某", "乙某")


def test_a_closing_taken_back_reopens_the_case(bring):
    bring([case(1, 结案日期="2026-05-01", 结案方式="判决")])
    assert the(1).closed_on == date(2026, 5, 1)
    bring([case(1)])
    assert the(1).closed_on is None
    assert Event.objects.filter(kind="撤销报结").exists()


def test_columns_a_later_file_lacks_stay_as_they_were(bring):
    bring([case(1)])
    report = bring(
        [{"案号": "（2026）京0101民初1号", "法院": EAST, "案由": "合同纠纷"}], name="b.csv"
    )
    assert counts(report) == (0, 1, 0, 0)
    assert (the(1).cause, the(1).undertaker_name) == ("合同纠纷", "甲某")


def test_unknown_columns_are_kept_as_extras(bring):
    report = bring([case(1, 案件来源="网上立案", 序号="1")])
    assert the(1).extras == {"案件来源": "网上立案", "序号": "1"}
    assert report.files[0].unmapped == ["案件来源"]


def test_dirty_records_are_all_found(bring):
    report = bring(
        [
            case(1, 立案日期="2026-03-02", 结案日期="2026-02-01", 结案方式="判决", 开庭日期=""),
            case(2, 结案日期="2026-03-20", 结案方式="判决"),
            case(3, 立案日期="2204-03-02", 审限届满日期=""),
            case(4, 适用程序="速裁程序"),
            case(5, 审判程序="二审"),
            case(6, 法院=""),
            case(7, 法院="北京市西城区人民法院"),
            case(8, 标的额="-5"),
            case(9, 承办人=""),
            case(10, 案由="甲乙丙丁事件"),
            case(11, 审限届满日期="2026-03-01"),
            case(12, 立案日期="2026-07-01"),
        ]
    )
    assert set(report.quality) >= {
        "结案早于立案",
        "开庭晚于结案",
        "年份不可能",
        "类型代字与适用程序不符",
        "类型代字与审判程序不符",
        "法院缺失",
        "法院与案号代字不符",
        "标的额为负",
        "承办人缺失",
        "案由不在案由表",
        "审限届满日早于立案",
        "日期在将来",
    }
    assert counts(report) == (12, 0, 0, 0)


def test_a_clean_row_has_no_findings(bring):
    bring([case(1), case(2, 结案日期="2026-05-01", 结案方式="判决")])
    assert list(findings(ALL)) == []


def test_rechecking_from_the_log_finds_what_the_import_found(bring):
    rows = [case(1, 立案日期="不详"), case(2, 标的额="-5"), case(3), case(3, 案由="合同纠纷")]
    bring([*rows, case(4, 案件类型="民终"), case(5, 法院="")])
    found = set(Finding.objects.values_list("case_id", "check_id", "message"))
    keeper.recheck(Case.objects.values_list("pk", flat=True), now=NOW)
    assert set(Finding.objects.values_list("case_id", "check_id", "message")) == found
    assert len(found) >= 5


def test_findings_outside_the_scope_are_not_shown(bring):
    bring([case(1, 标的额="-5")])
    assert findings(Scope.nothing("外人")).count() == 0


def test_a_person_may_name_a_heading_nobody_knows(bring):
    from shenguan.programs.intake.tests.conftest import Answers

    watcher = Answers(headings={"承办人": "谁办的"})
    row = {k: v for k, v in case(1).items() if k != "承办人"} | {"谁办的": "丁某"}
    bring([row], watcher=watcher)
    assert watcher.asked == [("谁办的",)]
    assert the(1).undertaker_name == "丁某"


def test_the_court_of_the_file_is_given_on_the_command_line(bring):
    row = {k: v for k, v in case("2024-17").items() if k != "法院"}
    bring([row], court=EAST)
    assert Case.objects.get(number_key="2024-17").court.code == "京0101"


def crash(*_args, **_kwargs):
    raise KeyboardInterrupt


def test_a_crash_before_landing_leaves_nothing_that_counts(bring, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "finish", crash)
        with pytest.raises(KeyboardInterrupt):
            bring([case(1)])
    assert not Case.objects.filter(visible=True).exists()
    report = bring([case(1)])
    assert counts(report) == (1, 0, 0, 0)
    states = list(Batch.objects.values_list("state", flat=True))
    assert states == [Batch.State.ABANDONED, Batch.State.LANDED]


def test_a_crash_after_landing_is_finished_at_the_next_start(bring, monkeypatch):
    from shenguan.spine import pipeline

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "refresh", crash)
        with pytest.raises(KeyboardInterrupt):
            bring([case(1, 标的额="-5")])
    assert not the(1).visible
    services.recover(now=NOW)
    assert the(1).visible
    assert [finding.check_id for finding in findings(ALL)] == ["negative_amount"]


def test_an_import_leaves_an_audit_row_with_its_counts(bring):
    bring([case(1), case("")])
    row = AuditRow.objects.get(action="导入数据")
    assert (row.detail["new"], row.detail["rejected"], row.subject) == (1, 1, "a.csv")


def test_a_file_that_cannot_be_read_stops_no_other(bring, tmp_path):
    from shenguan.programs.intake.services import Importer, Options
    from shenguan.programs.intake.tests.conftest import Answers

    bad, good = tmp_path / "bad.xlsx", tmp_path / "good.csv"
    bad.write_bytes(b"PK\x03\x04")
    good.write_text(f"案号,法院\n（2026）京0101民初9号,{EAST}\n", encoding="gb18030")
    report = Importer(Options("测试", NOW, NOW.date()), Answers()).run([bad, good])
    assert "不是完好的电子表格" in report.files[0].error or "压缩结构" in report.files[0].error
    assert report.files[1].new == 1
    assert RejectedRow.objects.count() == 0


def test_a_row_shifted_by_a_bare_comma_is_rejected_whole(bring, tmp_path):
    from shenguan.programs.intake.services import Importer, Options
    from shenguan.programs.intake.tests.conftest import Answers

    path = tmp_path / "shifted.csv"
    path.write_text("案号,标的额,承办人\n（2026）京0101民初1号,1,234.5,甲某\n", encoding="utf-8")
    report = Importer(Options("测试", NOW, NOW.date()), Answers()).run([path])
    assert counts(report) == (0, 0, 0, 1)
    assert "栏目已错位" in report.files[0].rejects[0].reason
    assert list(report.files[0].rejects[0].original.values())[3] == "甲某"
