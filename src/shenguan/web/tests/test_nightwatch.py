"""The night watch: which day's job is owed, how long to rest, what happens after a failure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from threading import Event

import pytest

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.web import nightwatch
from shenguan.web.nightwatch import Watch, owed, rest, thin_out

AT = time(2, 30)
TUESDAY = date(2026, 7, 14)


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COURT_ZONE)


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        (on(TUESDAY, 2, 29), TUESDAY - timedelta(days=1), None),
        (on(TUESDAY, 2, 30), TUESDAY - timedelta(days=1), TUESDAY),
        (on(TUESDAY, 8), TUESDAY, None),
        (on(TUESDAY, 1), TUESDAY - timedelta(days=3), TUESDAY - timedelta(days=1)),
        (on(TUESDAY, 8), None, TUESDAY),
        (on(TUESDAY, 8), TUESDAY + timedelta(days=1), None),
    ],
    ids=["到点前", "到点", "已运行", "漏了两夜,到点前", "从未运行", "已推进到以后"],
)
def test_a_day_s_job_is_owed_from_its_hour_until_it_has_run(now, last, expected):
    assert owed(now, AT, last) == expected


def test_the_watch_rests_until_the_hour_and_looks_at_the_clock_in_between():
    assert rest(on(TUESDAY, 2, 28), AT) == timedelta(minutes=2)
    assert rest(on(TUESDAY, 2, 30), AT) == nightwatch.LOOK_AGAIN


class Rest(Event):
    """An event that notes the rests asked of it, and is set after the last of them."""

    def __init__(self, rests: int) -> None:
        super().__init__()
        self.rests, self.left = list[float](), rests

    def wait(self, timeout: float | None = None) -> bool:
        self.rests.append(timeout or 0)
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_a_missed_night_is_run_at_once_and_a_failed_one_tried_again_later():
    ran, outcomes = list[date](), [False, True]

    def run(day: date) -> bool:
        ran.append(day)
        return outcomes.pop(0)

    def last() -> date | None:
        return TUESDAY if len(ran) > 1 else None

    stop = Rest(2)
    Watch(AT, last, run, now=lambda: on(TUESDAY, 9)).keep(stop)
    assert ran == [TUESDAY, TUESDAY]
    assert stop.rests == [nightwatch.AFTER_FAILURE.total_seconds(), 300]


def test_a_night_runs_its_job_then_keeps_the_newest_backups(tmp_path, monkeypatch, capsys):
    for day in range(1, 5):
        (tmp_path / f"shenguan-2026070{day}-023000.tar.gz").touch()
    commands = list[tuple[str, ...]]()

    def run(*line: str) -> bool:
        commands.append(line)
        return True

    monkeypatch.setattr(nightwatch, "_command", run)
    assert nightwatch.run_night(TUESDAY, backups=tmp_path, keep=2)
    assert [line[0] for line in commands] == ["tick", "warm", "backup"]
    assert [one.name[9:17] for one in sorted(tmp_path.iterdir())] == ["20260703", "20260704"]
    monkeypatch.setattr(nightwatch, "_command", lambda *_: False)
    assert not nightwatch.run_night(TUESDAY, backups=tmp_path, keep=2)
    assert "没有完成" in capsys.readouterr().err


def test_other_files_beside_the_backups_stay(tmp_path):
    (tmp_path / "notes.txt").touch()
    assert thin_out(tmp_path, 1) == []
    assert (tmp_path / "notes.txt").exists()
