"""What those who keep the system see on their first page."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from shenguan.base.accounts.access import Access
from shenguan.base.inbox import heartbeat
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.scope import Scope
from shenguan.programs.desk.keeping import system_block
from shenguan.spine.warnings.night import JOB

DAY = date(2026, 7, 14)
NOW = datetime(2026, 7, 14, 2, 30, tzinfo=COURT_ZONE)


def ran(job: str) -> None:
    heartbeat.finish(
        heartbeat.begin(job, on=DAY, now=NOW, missed=0), position=0, detail={}, now=NOW
    )


def silent(access: Access | None = None) -> bool:
    block = system_block(Scope.everything("系统"), access, DAY)
    return bool(block and block.context["silent"])


@pytest.mark.django_db
def test_a_night_without_warnings_shows_though_figures_were_prepared():
    ran("晨间预备")
    assert silent()
    ran(JOB)
    assert not silent()
