"""`shenguan tick`, `doctor` and `warn` as people call them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner

from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Run, Watch
from shenguan.base.org.models import Appointment
from shenguan.programs.reports.making import write_report
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.tests.factories import make_case
from shenguan.spine.warnings.commands import warn
from shenguan.spine.warnings.tests.build import ORDINARY, add_case, at, happen, night, staffed
from shenguan.web import doctor as doctors
from shenguan.web.commands_jobs import doctor, tick

pytestmark = pytest.mark.django_db
NUMBER = "（2026）示0101民初1号"
STIRRING = {"2026-01-15": "立案", "2026-06-15": "开庭", "2026-07-01": "合议"}


@pytest.fixture(autouse=True)
def home(tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))


def run(command, *args):
    return CliRunner().invoke(command, args)


def finding(check: str, day: str = "2026-07-16") -> doctors.Finding:
    return next(one for one in doctors.examine(at(day)) if one.check == check)


def test_the_warnings_of_any_date_are_listed_with_sentence_level_and_people():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    found = json.loads(
        run(warn, "--on", "2026-07-16", "--kind", "time_limit", "--format", "json").stdout
    )
    (row,) = found["warnings"]
    assert row["say"] == "（2026）示0101民初1号审限已于2026-07-15届满，超审限1日"
    assert (row["level"], row["to"], row["copy"]) == (
        "督办",
        ["法官甲一", "庭长甲一"],
        ["副院长甲一", "审管甲一"],
    )
    assert found["counts"] == {"督办": 1}
    assert not Watch.objects.exists()
    assert AuditRow.objects.filter(action="列出预警").count() == 1


def test_a_quiet_day_lists_nothing_and_says_what_has_no_source():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    found = json.loads(run(warn, "--on", "2026-01-20", "--format", "json").stdout)
    assert found["warnings"] == []
    assert {"保全措施届满", "羁押、取保候审、监视居住届满"} <= {
        one["name"] for one in found["unfed"]
    }
    assert "暂无数据来源：保全措施届满" in run(warn, "--on", "2026-01-20").stdout


def test_the_night_is_told_in_a_sentence_and_a_second_one_finds_nothing_new():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    with time_machine.travel(at("2026-07-16"), tick=False):
        first, second = run(tick), run(tick)
    assert first.exit_code == 0, first.output
    assert first.output.startswith("2026-07-16：检查1件，级别变化")
    assert "每日提醒4份" in first.output
    assert second.output == "2026-07-16：检查0件，级别变化0条，每日提醒0份\n"


def test_nights_that_were_missed_are_made_up_and_said():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    for day in ("2026-07-01", "2026-07-12"):
        with time_machine.travel(at(day), tick=False):
            done = run(tick)
    assert "补跑10日" in done.output
    with time_machine.travel(at("2026-07-12"), tick=False):
        assert "不能再为更早的" in run(tick, "--on", "2026-07-11").output


def test_a_healthy_installation_has_nothing_to_report_but_its_facts():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    with time_machine.travel(at("2026-07-16"), tick=False):
        run(tick)
        found = run(doctor)
    assert found.exit_code == 0, found.output
    assert found.output.count("✓") == len(doctors.CHECKS)


def test_a_report_that_waits_for_a_worker_is_found():
    with time_machine.travel(at("2026-07-16"), tick=False):
        write_report.enqueue(1)
        assert finding("waiting_jobs").ok
    late = finding("waiting_jobs", "2026-07-17")
    assert late.say == "1项后台任务久未开始，请确认 db_worker 在运行"
    assert late.examples[0].startswith("报告：2026-07-16")


def test_a_case_without_undertaker_or_with_one_who_has_left_is_found():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    add_case("（2026）示0101民初2号", {"2026-06-01": "立案"}, undertaker="", **ORDINARY)
    assert finding("nobodys_cases").examples == ("（2026）示0101民初2号：无承办人",)
    Appointment.objects.filter(post="法官").update(valid_to=date(2026, 7, 1))
    assert finding("nobodys_cases").examples[1] == "（2026）示0101民初1号：承办人法官甲一已不在任"


def test_a_warning_whose_recipients_have_all_left_is_found():
    staffed()
    add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    assert finding("unread_warnings").ok
    Appointment.objects.exclude(post="分管副院长").update(valid_to=date(2026, 7, 10))
    assert (
        "（2026）示0101民初1号审限将于2026-07-15届满，剩余10日"
        in finding("unread_warnings").examples
    )


def test_a_stated_prior_case_that_is_here_and_not_linked_is_found():
    staffed()
    first = add_case(NUMBER, STIRRING, **ORDINARY)
    later = add_case("（2026）示0101民初9号", STIRRING, prior_number=NUMBER, **ORDINARY)
    assert finding("broken_chains").ok
    Case.objects.filter(pk=later.pk).update(prior=None)
    assert finding("broken_chains").examples == (
        f"（2026）示0101民初9号：原审{NUMBER}在库而未关联",
    )
    Case.objects.filter(pk=later.pk).update(prior=first)
    Case.objects.filter(pk=first.pk).update(prior=later)
    assert finding("broken_chains").count == 2


def test_a_registry_behind_its_log_an_open_batch_and_a_tampered_chain_are_found():
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    Case.objects.filter(pk=case.pk).update(last_position=0)
    assert finding("registry_behind").examples == (NUMBER,)
    Batch.objects.create(
        kind="案件表", file_name="甲.xlsx", actor="导入", started_at=at("2026-07-15")
    )
    assert finding("open_batches").say == "1个批次一小时以上未落库"
    AuditRow.objects.filter(number=1).update(actor="别人")
    assert "内容与摘要不符" in finding("audit_chain").examples[0]


def test_a_silent_night_is_itself_a_finding():
    assert finding("silent_nights").say == "夜间任务从未运行，预警没有发出"
    night("2026-07-15")
    assert finding("silent_nights").ok
    late = finding("silent_nights", "2026-07-18")
    assert late.say == "夜间任务自2026-07-15以来已3日未运行，其间的预警没有发出"


def test_a_pending_case_that_no_check_watches_is_found():
    staffed()
    case = add_case(NUMBER, STIRRING, **ORDINARY)
    night("2026-07-05")
    assert finding("unchecked_cases", "2026-07-05").ok
    Case.objects.filter(pk=case.pk).update(visible=True)
    case.check_entry.delete()
    assert finding("unchecked_cases", "2026-07-05").examples == (NUMBER,)


def test_an_identity_without_events_is_no_case_and_troubles_no_one():
    make_case()
    happened = add_case(NUMBER, STIRRING, **ORDINARY)
    happen(happened, "2026-07-02", "宣判")
    night("2026-07-20")
    assert Run.objects.get().detail["案件"] == 1
    assert finding("unchecked_cases", str(date(2026, 7, 20) + timedelta(days=0))).ok
