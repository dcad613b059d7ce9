"""`shenguan simulate`: the demo city into this home, its calibration report, its own exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from shenguan import rulebook
from shenguan.base.ops import clock
from shenguan.lab.simulate.cases import SimCase
from shenguan.lab.simulate.world import FIRST_DAY, LAST_DAY, city_of, world

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("simulate")
@click.option("--seed", type=int, default=2024, show_default=True, help="随机种子:相同则城市相同")
@click.option("--cases", type=click.IntRange(min=1), default=2000, show_default=True, help="案件数")
@click.option("--courts", type=click.IntRange(min=2, max=99), default=10, show_default=True)
@click.option("--from", "first", type=DAY, default=str(FIRST_DAY), help="起始日期")
@click.option("--to", "last", type=DAY, default=str(LAST_DAY), help="终止日期:其后未发生")
@click.option("--demo", is_flag=True, help="供首次启动:已有演示城市时不再生成")
@click.option("--report", "with_report", is_flag=True, help="逐项对照已公布的数据")
@click.option(
    "--export", "folder", type=click.Path(path_type=Path), help="另存为法院自己的表格与文书"
)
@click.option("--dry", is_flag=True, help="不写入数据目录")
def simulate(
    seed: int,
    cases: int,
    courts: int,
    first: datetime,
    last: datetime,
    demo: bool,
    with_report: bool,
    folder: Path | None,
    dry: bool,
) -> None:
    """演示城市:一个中级法院和若干基层法院,各有其办案方式。"""
    span = (first.date(), last.date())
    make = _maker(seed, cases, courts, span)
    if not dry:
        _fill_home(make, seed, cases, courts, span, quiet=demo or with_report or folder is not None)
    if folder is not None:
        from shenguan.lab.simulate.dirt import spoilt
        from shenguan.lab.simulate.export import export

        for line in export(spoilt(make(), seed), folder, last=span[1], seed=seed):
            click.echo(line, err=with_report)
    if with_report:
        from shenguan.lab.simulate.report import lines

        for line in lines(make(), city_of(cases, courts, *span), cases, span):
            click.echo(line)


def _maker(
    seed: int, cases: int, courts: int, span: tuple[date, date]
) -> Callable[[], Iterator[SimCase]]:
    calendar = rulebook.load().calendar

    def make() -> Iterator[SimCase]:
        return world(seed, cases, courts, calendar=calendar, first=span[0], last=span[1])

    try:
        next(make())
    except ValueError as error:  # an unpublished calendar, days in the wrong order
        raise click.ClickException(str(error)) from error
    return make


def _fill_home(
    make: Callable[[], Iterator[SimCase]],
    seed: int,
    cases: int,
    courts: int,
    span: tuple[date, date],
    *,
    quiet: bool,
) -> None:
    from django.conf import settings

    from shenguan.lab.simulate import land
    from shenguan.lab.simulate.accounts import FILE, open_demo_accounts
    from shenguan.lab.simulate.dirt import spoilt
    from shenguan.lab.simulate.organise import organise

    if land.already_there():
        if not (settings.HOME / FILE).exists():
            raise click.ClickException("上次建立演示城市中断,数据不全;请清空数据目录后重新生成")
        if quiet:
            click.echo("数据目录中已有演示城市,不再写入。", err=True)
            return
        raise click.ClickException("数据目录中已有演示城市;换一个 --home 再生成,以免一案两记")
    rows = organise(city_of(cases, courts, *span))
    title = f"示范市 {span[0]}—{span[1]} 种子{seed} {cases}件"
    with _progress(cases) as progress:
        done = land.put_in(
            spoilt(make(), seed), rows, now=clock.now(), title=title, progress=progress
        )
    open_demo_accounts(settings.HOME)
    click.echo(f"示范市:{len(rows)}个法院,{done.cases}件案件,{done.events}个事件。", err=True)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, a plain line every so often elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if console.is_terminal:
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("生成示范市", total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    step = max(total // 10, 2000)
    shown = 0

    def say(done: int) -> None:
        nonlocal shown
        if done - shown >= step:
            shown = done
            click.echo(f"已写入 {done}/{total} 件", err=True)

    yield say


@click.command("simulate-work")
@click.option("--seed", type=int, default=2024, show_default=True, help="随机种子")
@click.option("--on", "day", type=DAY, default=None, help="到哪一天为止,默认今天")
def simulate_work(seed: int, day: datetime | None) -> None:
    """演示城市:各部门用本系统办的事(审批、阅核、评查……),须先有案件。"""
    from shenguan.lab.demo import fill_all

    now = clock.now()
    on = day.date() if day else clock.day_of(now)
    fill_all(on=on, now=now, seed=seed, say=lambda line: click.echo(line, err=True))


COMMANDS: list[click.Command] = [simulate, simulate_work]
