"""The stages of the checks: what counts as passed, failed and skipped."""

from __future__ import annotations

import threading

import pytest

from tools import checks
from tools.checks import Outcome, Stage


@pytest.fixture(autouse=True)
def _not_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def skipping() -> Outcome:
    return Outcome("browser", "skipped", note="没有 Chromium")


def test_a_skipped_stage_is_said_and_passes_at_home(capsys):
    outcome = checks.perform(Stage("browser", skipping))
    assert checks.summarise([outcome]) == 0
    assert "跳过  browser" in capsys.readouterr().out


def test_a_skipped_stage_fails_in_ci(monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    outcome = checks.perform(Stage("browser", skipping))
    assert checks.summarise([outcome]) == 1
    assert "没有 Chromium(CI 中不许跳过)" in capsys.readouterr().out


def test_the_summary_adds_up_the_tests_of_all_stages(capsys):
    outcomes = [
        Outcome("core", counts={"passed": 3}),
        Outcome("unit", "failed", counts={"passed": 4, "failed": 1, "error": 1, "skipped": 2}),
    ]
    assert checks.summarise(outcomes) == 1
    assert capsys.readouterr().out.rstrip().endswith("\n7 passed, 2 failed, 2 skipped")


def test_a_stage_over_its_budget_is_said_and_fails_nothing():
    assert checks.perform(Stage("core", lambda: Outcome("core"), budget=5)).note == ""
    slow = checks.perform(Stage("core", lambda: Outcome("core"), budget=1e-9))
    assert slow.state == "passed"
    assert "超过预算" in slow.note


def test_pytest_output_passes_through_and_its_closing_line_is_read(tmp_path, capsys):
    file = tmp_path / "test_two.py"
    file.write_text("def test_one():\n    pass\ndef test_two():\n    assert 0\n")
    outcome = checks.pytest("two", str(file), "-p", "no:django", "--rootdir", str(tmp_path))
    assert (outcome.state, outcome.counts) == ("failed", {"failed": 1, "passed": 1})
    assert "1 failed, 1 passed in" in capsys.readouterr().out


def test_a_stage_in_which_nothing_was_collected_is_skipped_not_passed(tmp_path):
    (tmp_path / "test_none.py").write_text("")
    assert checks.pytest("none", str(tmp_path), "-p", "no:django").state == "skipped"


def test_full_holds_every_stage_of_quick_first():
    quick = [stage.name for stage in checks.LEVELS["quick"]]
    full = [stage.name for stage in checks.LEVELS["full"]]
    assert full[: len(quick)] == quick
    assert full[len(quick) :] == ["whole", "judgments", "browser", "postgres", "offline"]


def test_light_stages_run_two_at_a_time_and_are_told_in_their_order(capsys):
    both = threading.Barrier(2, timeout=10)

    def waits() -> Outcome:
        both.wait()
        return Outcome("mypy", said="fine\n")

    light = [Stage("mypy", waits, light=True), Stage("bandit", waits, light=True)]
    heavy = Stage("core", lambda: Outcome("core"))
    outcomes = checks.perform_all([*light, heavy])
    assert [outcome.name for outcome in outcomes] == ["mypy", "mypy", "core"]
    said = capsys.readouterr().out
    assert said.count("fine\n") == 2
    assert said.endswith("\n━━ core\n")
