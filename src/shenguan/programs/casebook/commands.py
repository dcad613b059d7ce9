"""`shenguan find`: the registry searched from the command line, with its index."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.table import Table

from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import format_option, wide_console
from shenguan.programs.casebook.finding import keeping
from shenguan.programs.casebook.finding.search import Hit, search

COLUMNS = ("案号", "法院", "案由", "当事人", "承办人", "立案日期", "报结日期", "匹配")


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 300), default=50, show_default=True, help="最多几件"
)
@format_option
def find(words: tuple[str, ...], limit: int, fmt: str) -> None:
    """检索登记库:案号、当事人、案由、承办人、文书文字、拼音首字母;多个词须同时符合。"""
    _bring_up_to_date()
    found = search(
        Scope.everything("命令行"), " ".join(words), clock.day_of(clock.now()), limit=limit
    )
    if found.question.empty:
        raise click.UsageError("没有可检索的内容;单个字母太短")
    rows = [_row(hit) for hit in found.hits]
    if fmt == "json":
        click.echo(json.dumps({"cut": found.cut, "cases": rows}, ensure_ascii=False))
        return
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*(row[name] for name in COLUMNS))
    wide_console().print(table)
    more = f"，只列前{limit}件" if found.cut else ""
    click.echo(f"找到{len(rows)}件{more}", err=True)


def _bring_up_to_date() -> None:
    def say(done: int, total: int) -> None:
        if total > keeping.AT_ONCE:
            click.echo(f"编入检索 {done}/{total} 件", err=True)

    keeping.catch_up(progress=say)


def _row(hit: Hit) -> dict[str, Any]:
    case = hit.row.case
    return {
        "案号": case.number,
        "法院": case.court,
        "案由": case.cause,
        "当事人": hit.row.parties,
        "承办人": case.undertaker_name,
        "立案日期": str(case.filed_on or ""),
        "报结日期": str(case.closed_on or ""),
        "匹配": "、".join(hit.by),
    }


COMMANDS: list[click.Command] = [find]
