"""`shenguan tick`, the nightly job, and `warm` after it; `nights`, which runs both; `doctor`, the integrity checks."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import asdict
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from threading import Event
from typing import Literal

import click
from django.db import close_old_connections

from shenguan.base.inbox import heartbeat
from shenguan.base.ops import clock, home
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.base.ui.progress import bar
from shenguan.spine.warnings.night import JOB
from shenguan.web import doctor as doctors
from shenguan.web import nightwatch, warming
from shenguan.web.ticking import run_night


@click.command("tick")
@click.option("--on", type=DAY, default=None, help="日期，默认今日")
@format_option
def tick(on: date | None, fmt: Literal["table", "json"]) -> None:
    """夜间任务：把预警推进到这一天，补上漏跑的日子，每人每日一条提醒。"""
    now = clock.now()
    try:
        done = run_night(on=on or clock.day_of(now), now=now)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if fmt == "json":
        click.echo(json.dumps(asdict(done), ensure_ascii=False, default=str))
        return
    levels = "，".join(f"{level or '解除'}{count}条" for level, count in done.by_level.items())
    click.echo(
        f"{done.on}：检查{done.looked_at}件，级别变化{done.transitions}条"
        + (f"（{levels}）" if levels else "")
        + f"，每日提醒{done.digests}份"
        + (f"；补跑{done.missed}日" if done.missed else "")
    )


@click.command("warm")
def warm() -> None:
    """晨间预备：夜间任务之后，先算好各法院、各职务早上打开的数字；没有备到的，打开时再算。"""
    now = clock.now()
    with bar("晨间预备", "组") as progress:
        done = warming.warm(on=clock.day_of(now), now=now, progress=progress)
    left = f"，另有{done.of - done.done}组未及预备" if done.done < done.of else ""
    click.echo(f"已为{done.done}组所见相同的人员备好晨间数字{left}")


@click.command("nights")
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    default="02:30",
    show_default="02:30",
    help="每天几点运行",
)
@click.option(
    "--backup",
    "backups",
    type=click.Path(file_okay=False, writable=True, path_type=Path),
    help="每夜任务后备份到这个目录(宜在另一块盘上)",
)
@click.option("--keep", type=click.IntRange(1), default=14, show_default=True, help="保留几份备份")
def nights(at: datetime, backups: Path | None, keep: int) -> None:
    """守夜：每天到点运行夜间任务，漏了的一启动就补；一直运行，直到被停止。"""
    if backups is not None:
        if home.uses_server():
            raise click.ClickException("数据库在 PostgreSQL 服务器上，请用 pg_dump 备份。")
        backups.mkdir(parents=True, exist_ok=True)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    os.environ["SHENGUAN_HOME"] = str(home.current())
    run = partial(nightwatch.run_night, backups=backups, keep=keep)
    nightwatch.Watch(time(at.hour, at.minute), _last_night, run).keep(stop)


def _last_night() -> date | None:
    close_old_connections()
    last = heartbeat.last_run(JOB)
    return last.on if last else None


@click.command("doctor")
@format_option
def doctor(fmt: Literal["table", "json"]) -> None:
    """完整性检查：无人负责的案件、无人可收的预警、断开的纠纷链、落后的数据、审计链、未落库的批次。"""
    findings = doctors.examine(clock.now())
    if fmt == "json":
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
    else:
        _print(findings)
    if any(not one.ok and one.grave for one in findings):
        raise click.exceptions.Exit(1)


def _print(findings: list[doctors.Finding]) -> None:
    console = wide_console()
    for one in findings:
        console.print(f"{_mark(one)} {one.name}：{one.say}", highlight=False)
        for example in one.examples:
            console.print(f"    {example}", highlight=False)


def _mark(one: doctors.Finding) -> str:
    if one.ok:
        return "✓"
    return "✗" if one.grave else "!"


COMMANDS: list[click.Command] = [tick, warm, nights, doctor]
