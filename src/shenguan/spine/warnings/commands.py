"""`shenguan warn`: the warnings of any date, listed and not sent."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Literal

import click
from rich.table import Table

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.core.ladder import LEVELS
from shenguan.spine.warnings.selectors import Unfed, WarningRow, unfed, warnings_on

ACTOR = "命令行"


@click.command("warn")
@click.option("--on", type=DAY, default=None, help="日期，默认今日")
@click.option("--kind", default=None, help="只列一种预警，如 time_limit")
@click.option("--level", type=click.Choice(LEVELS[1:]), default=None, help="只列一个级别")
@click.option("--limit", type=int, default=50, show_default=True, help="表格最多列出的条数")
@format_option
def warn(
    on: date | None, kind: str | None, level: str | None, limit: int, fmt: Literal["table", "json"]
) -> None:
    """列出某日应有的预警；只列，不发送。"""
    on = on or clock.day_of(clock.now())
    scope = Scope.everything(ACTOR)
    rows = [
        row
        for row in warnings_on(scope, on)
        if kind in {None, row.kind} and level in {None, row.level}
    ]
    missing = unfed(scope, on)
    audit.append(
        chain="",
        actor=ACTOR,
        action="列出预警",
        detail={"on": on.isoformat(), "count": len(rows)},
        now=clock.now(),
    )
    if fmt == "json":
        payload = {
            "on": on,
            "counts": Counter(row.level for row in rows),
            "warnings": [asdict(row) for row in rows],
            "unfed": [asdict(one) for one in missing],
        }
        click.echo(json.dumps(payload, ensure_ascii=False, default=str))
        return
    _print(rows, missing, on, limit)


def _print(rows: list[WarningRow], missing: list[Unfed], on: date, limit: int) -> None:
    console = wide_console()
    levels = Counter(row.level for row in rows)
    counts = "，".join(f"{level}{levels[level]}条" for level in reversed(LEVELS[1:]))
    table = Table(title=f"{on} 预警：{counts}", title_justify="left")
    for heading in ("级别", "种类", "法院", "承办人", "内容", "发给"):
        table.add_column(heading, overflow="fold")
    for row in rows[:limit]:
        told = "、".join(row.to) + (f"；抄送{'、'.join(row.copy)}" if row.copy else "")
        table.add_row(row.level, row.name, row.court, row.undertaker, row.say, told or "无人可发")
    console.print(table)
    if len(rows) > limit:
        console.print(f"另有{len(rows) - limit}条，用 --limit、--kind、--level 查看")
    for name, needs in sorted({(one.name, one.needs) for one in missing}):
        courts = [one.court for one in missing if one.name == name]
        console.print(f"暂无数据来源：{name}（缺{'、'.join(needs)}），{len(courts)}个法院")


COMMANDS: list[click.Command] = [warn]
