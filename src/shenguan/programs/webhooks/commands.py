"""`shenguan hooks`: tell other systems what has changed; for a timer, some times an hour."""

from __future__ import annotations

import click

from shenguan.base.ops import clock
from shenguan.programs.webhooks import services


@click.command("hooks")
def hooks() -> None:
    """向已设置的地址推送预警级别变化;可由定时任务每分钟运行。"""
    now = clock.now()
    found = services.collect(now=now)
    told, failed = services.deliver(now=now)
    click.echo(f"新增{found}条，送达{told}条，未送达{failed}条（稍后重试）")


COMMANDS: list[click.Command] = [hooks]
