"""The night watch: runs the nightly job of every day at its hour, and at once where a night was missed.

A court may call `shenguan tick` from its own scheduler instead; the job is idempotent, so both may live
side by side. The job runs in a process of its own: its memory goes back to the machine each morning.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event

import click

from shenguan.base.ops import clock

LOOK_AGAIN = timedelta(minutes=5)
"""The longest rest: a clock that was set, or a machine that slept, is noticed within it."""
AFTER_FAILURE = timedelta(minutes=15)
SAVED = "shenguan-*.tar.gz"


def owed(now: datetime, at: time, last: date | None) -> date | None:
    """Return the day whose job is due and hasn't run, None when nothing is owed.

    A job belongs to the day on which its hour strikes; before that hour the day before is the latest.
    """
    day = clock.day_of(now)
    latest = day if now.astimezone(clock.COURT_ZONE).time() >= at else day - timedelta(days=1)
    return latest if last is None or last < latest else None


def rest(now: datetime, at: time) -> timedelta:
    """Return how long to rest when nothing is owed: until the hour strikes, a few minutes at most."""
    here = now.astimezone(clock.COURT_ZONE)
    strikes = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if strikes <= here:
        strikes += timedelta(days=1)
    return min(strikes - here, LOOK_AGAIN)


@dataclass(frozen=True, slots=True)
class Watch:
    """What the watch does, and when: `run(day)` tells whether that day's job came through."""

    at: time
    last: Callable[[], date | None]
    run: Callable[[date], bool]
    now: Callable[[], datetime] = clock.now

    def keep(self, stop: Event) -> None:
        """Watch until `stop` is set."""
        while not stop.is_set():
            day = owed(self.now(), self.at, self.last())
            if day is None:
                stop.wait(rest(self.now(), self.at).total_seconds())
            elif not self.run(day):
                stop.wait(AFTER_FAILURE.total_seconds())


def run_night(day: date, *, backups: Path | None, keep: int) -> bool:
    """Run one day's job and, where wanted, the backup; say what came of it."""
    begun = clock.now()
    if not _command("tick", "--on", day.isoformat()):
        click.echo(f"{begun:%Y-%m-%d %H:%M} {day} 夜间任务没有完成，稍后重试", err=True)
        return False
    if not _command("warm"):
        click.echo(f"{begun:%Y-%m-%d %H:%M} 晨间预备没有完成，数字在打开时再算", err=True)
    if backups is not None:
        target = backups / f"shenguan-{begun:%Y%m%d-%H%M%S}.tar.gz"
        if _command("backup", "--out", str(target)):
            thin_out(backups, keep)
        else:
            click.echo(f"{begun:%Y-%m-%d %H:%M} 备份没有完成：{target}", err=True)
    return True


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Remove all but the `keep` newest nightly backups, and return those removed."""
    old = sorted(folder.glob(SAVED))[:-keep]
    for one in old:
        one.unlink()
    return old


def _command(*arguments: str) -> bool:
    return (
        subprocess.run([sys.executable, "-m", "shenguan", *arguments], check=False).returncode == 0
    )
