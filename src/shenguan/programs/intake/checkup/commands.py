"""`shenguan checkup`: the 《审判数据体检报告》."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import click

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock, home
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import DAY, format_option
from shenguan.programs.intake.checkup import document, findings


def after_first_import(*, on: date, actor: str, now: datetime) -> Path:
    """Make the check-up that ends the first import; returns the docx in the home's `reports` folder."""
    target = home.current() / "reports" / f"审判数据体检报告-{on}.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    _make(None, on, target, actor=actor, now=now)
    return target


def _make(
    court: str | None, on: date, target: Path, *, actor: str, now: datetime
) -> tuple[findings.Report, Path]:
    report = findings.examine(Scope.everything(actor), on=on, court=court)
    annex = document.write(report, target, now=now)
    detail = {"on": str(on), "counts": report.counts()}
    audit.append(chain="", actor=actor, action="制作体检报告", detail=detail, now=now)
    return report, annex


@click.command("checkup")
@click.option("--court", default=None, help="法院名称或代字，默认全部已接入法院")
@click.option("--on", type=DAY, default=None, help="日期，默认今日")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="docx 文件")
@format_option
def checkup(
    court: str | None, on: date | None, output: Path | None, fmt: Literal["table", "json"]
) -> None:
    """《审判数据体检报告》：两页 docx,每个数字的案件清单在同名 xlsx。"""
    now = clock.now()
    on = on or clock.day_of(now)
    target = output or Path(f"审判数据体检报告-{on}.docx")
    try:
        report, annex = _make(court, on, target, actor="命令行", now=now)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--court") from error
    if fmt == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
    else:
        for section in report.sections:
            count = "暂无数据来源" if section.unknown else f"{len(section.rows)}件"
            click.echo(f"{section.title}:{count}")
    click.echo(f"已生成 {target} 和清单 {annex}", err=fmt == "json")


COMMANDS = [checkup]
