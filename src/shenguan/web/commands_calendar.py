"""`shenguan rulebook` with what needs a home folder: `calendar` brings the next year's calendar in by file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from shenguan.base.ops import clock, home
from shenguan.rulebook.commands import rulebook_command
from shenguan.rulebook.loaders.calendar_file import read_calendar, write_calendar

ACTOR = "命令行"
ACTION = "导入工作日历"


@rulebook_command.command("calendar")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, required=True, help="年度，如 2027。")
@click.option("--source", required=True, help="通知文号或者网址。")
def calendar(file: Path, year: int, source: str) -> None:
    """导入一年的放假调休安排（xlsx、csv：日期、节日、安排 休/班；或者 yaml），写入本院规则库。"""
    now = clock.now()
    try:
        entry = read_calendar(file, year=year, source=source)
    except ValueError as error:
        raise click.ClickException(f"{file.name}：{error}") from error
    _audit(file, year, source)
    overlay = home.current() / home.OVERLAY
    write_calendar(entry, overlay, loaded=f"{now:%Y-%m-%d %H:%M} 由 {file.name} 导入；{source}")
    off, worked = (sum(map(len, entry[kind].values())) for kind in ("holidays", "makeup"))
    click.echo(
        f"已导入{year}年工作日历：放假{off}日，补班{worked}日；请运行 shenguan rulebook check"
    )


def _audit(file: Path, year: int, source: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    import django

    django.setup()
    from shenguan.base.audit import services as audit
    from shenguan.web.database import bring_up_to_date

    bring_up_to_date()
    audit.append(
        chain="",
        actor=ACTOR,
        action=ACTION,
        subject=f"{year}年",
        detail={"file": file.name, "source": source},
        now=clock.now(),
    )


COMMANDS: list[click.Command] = [rulebook_command]
