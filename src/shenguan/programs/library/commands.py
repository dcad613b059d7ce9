"""`shenguan library`: a court's own indicator workbook in, its definitions read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import format_option
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.library import services
from shenguan.programs.library.workbook import WorkbookError

ACTOR = "命令行"


@click.group("library")
def library() -> None:
    """本院指标库：由工作簿装入，逐条读回。"""


@library.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只读回，不装入")
@click.option("--regime", default=services.REGIME, help="口径版本的名称，默认“本院”")
@click.option("--period", "period_text", help="举例用的统计期，默认今年以来")
@format_option
def load_command(file: Path, dry_run: bool, regime: str, period_text: str | None, fmt: str) -> None:
    """装入指标库工作簿（名称 分子 分母 口径 案件范围 方向 区间 权重 依据 起止日期，栏目次序不限）。"""
    now = clock.now()
    scope = Scope.everything(ACTOR)
    try:
        period = Period.parse(period_text or str(now.year))
        found = services.load(scope, file, now=now, period=period, regime=regime, dry_run=dry_run)
    except (WorkbookError, IndicatorError) as error:
        raise click.ClickException(str(error)) from None
    if fmt == "json":
        click.echo(json.dumps(_json(found), ensure_ascii=False))
    else:
        for row in found.rows:
            _tell(row)
        _sum_up(found)


def _json(found: services.Loaded) -> dict[str, Any]:
    states = (services.COMPUTED, services.LACKING, services.WRONG)
    return {
        "written": found.written,
        "counts": {state: found.count(state) for state in states},
        "unknown_headings": list(found.unknown_headings),
        "carried": found.carried,
        "rows": found.rows,
    }


def _tell(row: dict[str, Any]) -> None:
    click.echo(f"第 {row['line']} 行 {row['name']}（{row['code']}）：{row['state']}")
    for error in row["errors"]:
        click.echo(f"  ✗ {error}")
    if row["says"]:
        click.echo(f"  {row['says']}")
    if row["lacking"]:
        click.echo(f"  缺：{'、'.join(row['lacking'])}")
    for remark in row["remarks"]:
        click.echo(f"  注：{remark}")
    for key, label in (("inside", "计入"), ("outside", "不计入")):
        if row[key]:
            click.echo(f"  {label}，如：{'、'.join(row[key])}")


def _sum_up(found: services.Loaded) -> None:
    states = (services.COMPUTED, services.LACKING, services.WRONG)
    counts = "，".join(f"{state} {found.count(state)} 条" for state in states)
    click.echo(f"共 {len(found.rows)} 条：{counts}{'' if found.written else '（试读，没有装入）'}")
    if found.carried:
        click.echo(f"有误而沿用上次定义的：{'、'.join(found.carried)}")
    if found.unknown_headings:
        click.echo(f"未识别的栏目：{'、'.join(found.unknown_headings)}", err=True)


@library.command("list")
@format_option
def list_command(fmt: str) -> None:
    """已装入的指标库工作簿。"""
    found = services.loaded()
    if fmt == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, entry in found.items():
        lacking = sum(row["state"] == services.LACKING for row in entry["rows"])
        click.echo(f"{name}：{len(entry['rows'])} 条，{lacking} 条暂无数据来源；{entry['at'][:16]}")
    if not found:
        click.echo("没有装入过指标库")


@library.command("remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """移除一个工作簿装入的全部指标。"""
    if not services.remove(name, actor=ACTOR, now=clock.now()):
        raise click.ClickException(f"没有装入过“{name}”")
    click.echo(f"已移除“{name}”装入的指标")


COMMANDS: list[click.Command] = [library]
