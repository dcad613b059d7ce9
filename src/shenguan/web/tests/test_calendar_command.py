"""`shenguan rulebook calendar` and what `doctor` says until it has been used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenguan import rulebook
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.rulebook.tests.test_calendar_file import NEXT, table
from shenguan.web import doctor
from shenguan.web.commands_calendar import COMMANDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    monkeypatch.setattr("shenguan.web.database.bring_up_to_date", lambda: None)
    overlay = tmp_path / "overlay"
    rulebook.stand_on(lambda: overlay if overlay.is_dir() else None)
    yield tmp_path
    rulebook.stand_on(None)


def said(day: str) -> tuple[bool, bool, str]:
    now = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=COURT_ZONE)
    found = doctor.next_calendar(now.date(), now)
    return found.ok, found.grave, found.say


def test_doctor_warns_from_15_november_until_the_file_has_come_in(home: Path):
    assert said("2026-11-14")[0]
    ok, grave, say = said("2026-11-15")
    assert (ok, grave) == (False, False)
    assert "2027年的放假调休安排尚未导入" in say
    arguments = [
        "calendar",
        str(table(home, NEXT)),
        "--year",
        "2027",
        "--source",
        "示范〔2026〕1号",
    ]
    done = CliRunner().invoke(COMMANDS[0], arguments)
    assert "已导入2027年工作日历：放假15日，补班1日" in done.output
    assert AuditRow.objects.filter(action="导入工作日历").exists()
    assert said("2026-11-15")[0]
    assert not said("2028-01-01")[0]


def test_a_file_that_cannot_be_read_changes_nothing(home: Path):
    arguments = ["calendar", str(table(home, NEXT[:2])), "--year", "2027", "--source", "x"]
    done = CliRunner().invoke(COMMANDS[0], arguments)
    assert done.exit_code == 1
    assert "next.csv：放假共2日" in done.output
    assert not (home / "overlay").exists()
    assert not AuditRow.objects.exists()
