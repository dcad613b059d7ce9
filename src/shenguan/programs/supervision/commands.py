"""`shenguan supervision`: look for the four kinds of cases, and print the figures of supervision."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import click

from shenguan.base.ops import clock
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.base.ui.progress import bar


@click.group()
def supervision() -> None:
    """阅核与四类案件:识别、统计。"""


@supervision.command()
@click.option("--on", "day", type=DAY, default=None, help="按哪一天的情况识别,默认今天")
@format_option
def mark(day: date | None, fmt: str) -> None:
    """按规则库的条件对全部未结案件预标四类案件;重复运行不重复预标。"""
    from shenguan.programs.supervision import clocks, finding

    now = clock.now()
    on = day or clock.day_of(now)
    with bar("识别四类案件") as progress:
        looked = finding.run(on, now, progress)
    clocks.run(on, now)
    found = {
        "日期": on.isoformat(),
        "检查": looked.looked_at,
        "预标": looked.proposed,
        "接入": looked.imported,
    }
    if fmt == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(
            f"{on}:检查{looked.looked_at}件,新预标{looked.proposed}件,由原系统接入{looked.imported}件"
        )


@supervision.command()
@click.option("--from", "first", type=DAY, default=None, help="起,默认一年前")
@click.option("--to", "last", type=DAY, default=None, help="止(含当日),默认今天")
@format_option
def stats(first: date | None, last: date | None, fmt: str) -> None:
    """阅核率、层级、用时、意见种类,四类案件的标注和监管;按机构序,不作排名。"""
    from shenguan.base.org.scope import Scope
    from shenguan.programs.supervision import statistics

    last = last or clock.day_of(clock.now())
    period = statistics.Period(first or last - timedelta(days=365), last)
    scope = Scope.everything("命令行")
    rows = [_row(row) for row in statistics.by_division(scope, period)]
    readings, marking = statistics.readings(scope, period), statistics.marking(scope, period)
    if fmt == "json":
        whole = {
            "阅核": rows,
            "意见": dict(readings.opinions),
            "平均用时": readings.waited_mean,
            "标注": marking.made,
            "已确认": marking.confirmed,
            "监管率": marking.supervised.percent,
        }
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    from rich.table import Table

    table = Table(*rows[0] if rows else ("没有结案",), title=f"阅核 {period.first}—{period.last}")
    for row in rows:
        table.add_row(*map(str, row.values()))
    wide_console().print(table)
    click.echo(
        f"四类案件:标注{marking.made}件,确认{marking.confirmed}件,监管率{marking.supervised.percent}"
    )


def _row(row: Any) -> dict[str, Any]:
    return {
        "法院": row.court,
        "部门": row.unit,
        "结案": row.closed,
        "经阅核结案": row.examined,
        "阅核率": row.rate.percent,
        "院领导": row.levels["院领导"],
        "庭领导": row.levels["庭领导"],
    }


COMMANDS: list[click.Command] = [supervision]
