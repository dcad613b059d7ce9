"""`shenguan stages`: stage times by court and cause; appeals on their way."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import click
from rich.table import Table

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock, home
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.stages import selectors
from shenguan.programs.stages.selectors import Group, Stage
from shenguan.spine.facts.services import RegistryBehind
from shenguan.spine.indicators.services import catch_up

ACTOR = "命令行"


@click.group("stages")
def stages() -> None:
    """阶段用时和上诉在途。"""
    with suppress(RegistryBehind):
        catch_up(home.current(), now=clock.now())


@stages.command("times")
@click.option("--period", "text", required=True, help="统计期：2026、2026-01..2026-10")
@click.option("--by", default="court", help="court 或 court,cause")
@format_option
def times_command(text: str, by: str, fmt: str) -> None:
    """各阶段用时的中位数和九成位，与本院自定的阶段时限对照。"""
    levels = [word.strip() for word in by.split(",") if word.strip()]
    try:
        period = Period.parse(text)
        found = selectors.stage_times(Scope.everything(ACTOR), period, by=levels)
    except IndicatorError as error:
        raise click.ClickException(str(error)) from None
    if fmt == "json":
        click.echo(json.dumps([group.as_dict() for group in found], ensure_ascii=False))
        return
    wide_console().print(_table(found, period.words))


def _table(found: list[Group], title: str) -> Table:
    table = Table(title=f"阶段用时（天，中位数/九成位；▲ 九成位超过本院时限） {title}")
    table.add_column("", min_width=18)
    for label in selectors.STAGES.values():
        table.add_column(label, justify="right")
    for group in found:
        table.add_row(" ".join(group.labels.values()), *(_cell(stage) for stage in group.stages))
    return table


def _cell(stage: Stage) -> str:
    if stage.median is None:
        return "—"
    return f"{stage.median:g}/{stage.p90:g}" + ("▲" if stage.over else "")


@stages.command("transit")
@click.option("--on", type=DAY, default=None, help="哪一天，默认今天")
@format_option
def transit_command(on: date | None, fmt: str) -> None:
    """上诉在途清单：已上诉而上级法院尚未立案的案件、天数、卷宗在谁手里。"""
    now = clock.now()
    found = selectors.in_transit(Scope.everything(ACTOR), on or clock.day_of(now))
    audit.append(
        chain="", actor=ACTOR, action="列出上诉在途", detail={"cases": len(found)}, now=now
    )
    if fmt == "json":
        click.echo(json.dumps([item.as_dict() for item in found], ensure_ascii=False))
        return
    for item in found:
        click.echo(f"{item.case.number}  {item.days} 天  {item.where}  {item.holder}")
    click.echo(f"共 {len(found)} 件", err=True)


COMMANDS: list[click.Command] = [stages]
