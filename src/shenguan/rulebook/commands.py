"""`shenguan rulebook check|show`: the rulebook proves itself; an entry as written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import yaml

from shenguan.rulebook.checking import KINDS, Report, check, entries

_STATUS = {"official": "有官方依据", "local": "本地口径", "unverified": "未核实"}
_overlay = click.option(
    "--overlay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="本院规则库文件夹，叠加在全国规则之上。",
)


@click.group("rulebook")
def rulebook_command() -> None:
    """规则库：检查全部条目和例子，查看条目原文。"""


@rulebook_command.command("check")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="只查某一类。")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text")
@_overlay
def check_command(kinds: tuple[str, ...], layout: str, overlay: Path | None) -> None:
    """装载规则库，逐条运行例子；有一处不符即以 1 退出。"""
    reports = check(overlay, kinds)
    wrong = sum(len(report.mistakes) for report in reports)
    if layout == "json":
        kinds_json = {report.kind: report.as_json() for report in reports}
        click.echo(json.dumps({"ok": not wrong, "kinds": kinds_json}, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            click.echo(_line(report))
            for mistake in report.mistakes:
                click.echo(f"  ✗ {mistake}")
        examples = sum(report.examples for report in reports)
        click.echo(f"共运行例子 {examples} 个，" + (f"{wrong} 处不符" if wrong else "全部相符"))
    if wrong:
        sys.exit(1)


def _line(report: Report) -> str:
    parts = [f"{report.name}（{report.kind}）：条目 {report.entries}"]
    known = [f"{_STATUS[s]} {n}" for s, n in sorted(report.statuses.items()) if s in _STATUS]
    if known:
        parts.append("、".join(known))
    if report.lacking:
        parts.append(f"暂无数据来源 {report.lacking}")
    if report.of_workbook:
        parts.append(
            f"其中本院工作簿装入 {report.of_workbook} 条，不要求例子(以读回时的各十件计入、不计入案件核对)"
        )
    if report.examples:
        parts.append(f"例子 {report.examples}")
    return "，".join(parts)


@rulebook_command.command("show")
@click.argument("name")
@_overlay
def show_command(name: str, overlay: Path | None) -> None:
    """查看一条：按编号、编码或中文名称，印出所在文件和原文。"""
    found = 0
    for kind, (label, _) in KINDS.items():
        for code, (entry, file) in entries(kind, overlay).items():
            if name in (code, entry.get("name")):
                found += 1
                click.echo(f"# {label} {file}")
                text = yaml.safe_dump({code: dict(entry)}, allow_unicode=True, sort_keys=False)
                click.echo(text, nl=False)
    if not found:
        raise click.ClickException(f"规则库没有“{name}”；用 shenguan rulebook check 看有哪些类")


COMMANDS = [rulebook_command]
