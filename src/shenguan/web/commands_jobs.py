"""`shenguan tick`, the nightly job, and `shenguan doctor`, the integrity checks."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Literal

import click

from shenguan.base.ops import clock
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.web import doctor as doctors
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


COMMANDS: list[click.Command] = [tick, doctor]
