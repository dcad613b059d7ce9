import json

import pytest
from click.testing import CliRunner

from shenguan.base.audit.models import AuditRow
from shenguan.programs.reports.commands import figures, today
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


@pytest.fixture
def case():
    return add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, **ORDINARY)


def run(command, *arguments: str):
    return CliRunner().invoke(command, arguments)


def test_figures_as_json_are_one_document(case):
    done = run(figures, "--from", "2026-01-01", "--to", "2026-12-31", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (row["filed"], row["pending"], row["timely_rate"]) == (1, 1, None)


def test_the_cases_behind_a_number_are_listed_one_a_line(case):
    arguments = ["--from", "2026-01-01", "--to", "2026-12-31", "--list", "pending"]
    done = run(figures, *arguments, "--format", "json")
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["案号"] == "（2026）示0101民初1号"


def test_lists_of_the_day_as_json(case):
    done = run(today, "--on", "2026-07-16", "--format", "json")
    found = {one["id"]: one["count"] for one in json.loads(done.stdout)["lists"]}
    assert found["overdue"] == 1


def test_a_list_printed_leaves_an_audit_row(case):
    run(today, "--on", "2026-07-16")
    assert AuditRow.objects.filter(action="列出今日清单").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--from", "2026-13-01", "--to", "2026-12-31"], "不是日期"),
        (["--from", "2026-12-31", "--to", "2026-01-01"], "晚于截止日"),
        (["--from", "2026-01-01", "--to", "2026-12-31", "--scope", "无此范围"], "没有案件范围"),
    ],
)
def test_bad_input_is_refused_with_its_reason(arguments, reason):
    done = run(figures, *arguments)
    assert done.exit_code != 0
    assert reason in done.output
