"""`shenguan facts`: make the fact archive anew, bring it up to date, say where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from shenguan.base.ops import clock, home
from shenguan.base.ui.progress import bar
from shenguan.rulebook import load
from shenguan.spine.facts import services
from shenguan.spine.facts.page import page as page_text

_Made = TypeVar("_Made")


@click.group("facts")
def facts() -> None:
    """事实表：从事件日志算出的宽表和窄表（Parquet 档案）。"""


@facts.command("rebuild")
def rebuild() -> None:
    """从全部日志重算事实表。"""
    with bar("重算事实表", "个案件") as progress:
        made = _guarded(
            lambda: services.rebuild(home.current(), now=clock.now(), progress=progress)
        )
    click.echo(f"事实表已重算：{made.rows('case')} 个案件，日志位置 {made.position}", err=True)


@facts.command("catch-up")
def catch_up() -> None:
    """按日志位置补算：有新事件的案件，以及与其同一纠纷的案件。"""
    with bar("更新事实表", "个案件") as progress:
        done = _guarded(
            lambda: services.catch_up(home.current(), now=clock.now(), progress=progress)
        )
    what = "已全部重算" if done.rebuilt else f"更新 {len(done.case_ids)} 个案件"
    click.echo(f"事实表{what}，日志位置 {done.position}", err=True)


@facts.command("status")
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table")
def status(layout: str) -> None:
    """事实表到了日志的哪里。"""
    found = services.status(home.current(), on=clock.day_of(clock.now()))
    if layout == "json":
        told = {name: getattr(found, name) for name in _JSON}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"日志位置\t{found.head}")
    click.echo(f"事实表位置\t{found.position}\t(落后 {found.behind} 个案件)")
    click.echo(f"依据\t{'与规则库和设置一致' if found.current else '已变，下次更新时全部重算'}")
    click.echo(f"生成时间\t{found.built_at or '尚未生成'}\t立案月份 {found.months} 个")
    for name, rows in found.rows.items():
        click.echo(f"{load().facts.tables[name].label}\t{rows} 行")


_JSON = ("position", "head", "behind", "rows", "months", "current", "built_at")


@facts.command("page")
@click.option("-o", "out", type=click.Path(path_type=Path), help="写入文件，默认标准输出")
def page(out: Path | None) -> None:
    """事实表的说明文档（Markdown）。"""
    text = page_text(load())
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def _guarded(work: Callable[[], _Made]) -> _Made:
    try:
        return work()
    except services.RegistryBehind as error:
        raise click.ClickException(str(error)) from error


COMMANDS: list[click.Command] = [facts]
