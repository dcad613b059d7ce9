"""`shenguan today`, `shenguan figures`, `shenguan checkup`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

import click
from django.db.models import QuerySet
from rich.table import Table

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.rulebook import load
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators import figures as figures_of
from shenguan.spine.warnings.worklists import Worklist, worklists

Format = Literal["table", "json"]
_HEADINGS = (
    "旧存",
    "新收",
    "已结",
    "未结",
    "审限内结案",
    "审限内结案率",
    "平均审理天数",
    "中位审理天数",
)


def _case_scope(_ctx: click.Context, param: click.Parameter, value: str) -> str:
    names = load().scopes.names
    if value not in names:
        raise click.BadParameter(f"没有案件范围“{value}”，可用：{'、'.join(names)}", param=param)
    return value


case_scope_option = click.option(
    "--scope",
    "case_scope",
    default=DEFAULT_CASE_SCOPE,
    callback=_case_scope,
    help="案件范围，如 全部、审判、执行",
)


def _audited(action: str, detail: dict[str, Any]) -> None:
    """Leave the audit row that every list printed from the command line leaves."""
    audit.append(chain="", actor="命令行", action=action, detail=detail, now=clock.now())


@click.command("today")
@click.option("--on", type=DAY, default=None, help="日期，默认今日")
@click.option("--list", "only", default=None, help="只列出一个清单，如 overdue")
@click.option(
    "--limit", type=int, default=20, show_default=True, help="表格中每个清单最多列出的件数"
)
@case_scope_option
@format_option
def today(on: date | None, only: str | None, limit: int, case_scope: str, fmt: Format) -> None:
    """列出超审限、临近届满、扣除过久、长期未结和无动态的案件。"""
    on = on or clock.day_of(clock.now())
    lists = worklists(Scope.everything("命令行"), on, case_scope=case_scope)
    if only:
        lists = [worklist for worklist in lists if worklist.id == only]
        if not lists:
            raise click.BadParameter(f"没有名为“{only}”的清单", param_hint="--list")
    _audited("列出今日清单", {"on": on.isoformat(), "counts": {w.id: len(w.items) for w in lists}})
    if fmt == "json":
        payload = {
            "on": on,
            "scope": case_scope,
            "lists": [asdict(worklist) | {"count": len(worklist.items)} for worklist in lists],
        }
        click.echo(json.dumps(payload, ensure_ascii=False, default=str))
        return
    _print_lists(lists, on, case_scope, limit)


def _print_lists(lists: list[Worklist], on: date, case_scope: str, limit: int) -> None:
    console = wide_console()
    console.print(f"{on} 今日清单（案件范围：{case_scope}）")
    for worklist in lists:
        table = Table(
            title=f"{worklist.symbol} {worklist.name} {len(worklist.items)}件",
            title_justify="left",
            caption=worklist.meaning,
            caption_justify="left",
        )
        for heading in ("案号", "法院", "案由", "承办人", "届满日", "情况"):
            table.add_column(heading, overflow="fold", no_wrap=heading in {"案号", "届满日"})
        if not worklist.items:
            console.print(f"{worklist.symbol} {worklist.name} 0件")
            continue
        for item in worklist.items[:limit]:
            table.add_row(
                item.number,
                item.court,
                item.cause,
                item.undertaker,
                str(item.due or ""),
                item.why,
            )
        console.print(table)
        if len(worklist.items) > limit:
            more = len(worklist.items) - limit
            console.print(f"  另有{more}件，用 --list {worklist.id} --limit 查看")


@click.command("figures")
@click.option("--from", "start", type=DAY, required=True, help="统计期起")
@click.option("--to", "end", type=DAY, required=True, help="统计期止")
@click.option("--by", type=click.Choice(["court", "division", "judge"]), default=None, help="分组")
@click.option(
    "--list",
    "measure",
    type=click.Choice(list(figures_of.MEASURES)),
    default=None,
    help="列出某个数字背后的案件",
)
@case_scope_option
@format_option
def figures(
    start: date,
    end: date,
    by: figures_of.Grouping | None,
    measure: str | None,
    case_scope: str,
    fmt: Format,
) -> None:
    """旧存、新收、已结、未结、审限内结案率、平均和中位审理天数。"""
    try:
        period = figures_of.Period(start, end)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    scope = Scope.everything("命令行")
    if measure:
        cases = figures_of.figure_cases(
            scope, measure=measure, period=period, case_scope=case_scope
        )
        _audited("列出数字背后的案件", {"measure": measure, "count": cases.count()})
        _print_cases(cases, fmt)
        return
    rows = figures_of.figures(scope, period=period, by=by, case_scope=case_scope)
    _audited("打印收结存", {"from": str(start), "to": str(end), "by": by, "scope": case_scope})
    if fmt == "json":
        click.echo(json.dumps(figures_of.as_dicts(rows), ensure_ascii=False))
        return
    _print_figures(rows, period, case_scope, figures_of.undated(scope, case_scope))


def _print_figures(
    rows: list[figures_of.FigureRow], period: figures_of.Period, case_scope: str, undated: int
) -> None:
    table = Table(title=f"{period.start} 至 {period.end} 收结存（案件范围：{case_scope}）")
    table.add_column("", overflow="fold")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right", overflow="fold")
    for row in rows:
        numbers = (row.opening, row.filed, row.closed, row.pending, row.timely_closed)
        days = (
            "—" if value is None else f"{value:g}" for value in (row.mean_days, row.median_days)
        )
        table.add_row(row.group, *(str(number) for number in numbers), row.timely_percent, *days)
    console = wide_console()
    console.print(table)
    console.print(
        "口径：已结按报结日期，审限内按法定结案日与适用届满日，审理天数为立案至报结的自然日"
    )
    if undated:
        console.print(f"另有 {undated} 件没有立案日期，未计入旧存、新收和未结")


def _print_cases(cases: QuerySet[Case], fmt: Format) -> None:
    for case in cases.iterator(chunk_size=2000):
        clock_row = getattr(case, "clock", None)
        row = {
            "案号": case.number,
            "法院": case.court.name,
            "案由": case.cause,
            "承办部门": case.division.name if case.division else None,
            "承办人": case.undertaker_name or None,
            "立案日期": case.filed_on,
            "结案日期": case.closed_on,
            "法定结案日": case.legal_end_on,
            "审限届满日期": clock_row.governing_due if clock_row else None,
        }
        if fmt == "json":
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            click.echo("\t".join("" if value is None else str(value) for value in row.values()))


COMMANDS = [today, figures]
