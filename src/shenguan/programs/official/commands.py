"""`shenguan official`: values others published beside ours; our own published values, frozen."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from shenguan.base.ops import clock, home
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import format_option
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.official import selectors, services
from shenguan.programs.official.compare import Compared, Turning
from shenguan.programs.official.reading import OfficialError
from shenguan.spine.facts.services import RegistryBehind
from shenguan.spine.indicators.services import catch_up

ACTOR = "命令行"


def _period(_ctx: click.Context, param: click.Parameter, value: str | None) -> Period | None:
    try:
        return Period.parse(value) if value else None
    except IndicatorError as error:
        raise click.BadParameter(str(error), param=param) from None


def _fresh() -> None:
    with suppress(RegistryBehind):
        catch_up(home.current(), now=clock.now())


@click.group("official")
def official() -> None:
    """外部数值与本院数值：装入、比对；本院数值的发布与比对。"""


@official.command("enter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def enter_command(file: Path) -> None:
    """装入本院填报数（指标 期间 法院 值 来源）：没有事件可取的数，改动另存一版。"""
    try:
        found, fresh = services.load_entered(file, actor=ACTOR, now=clock.now())
    except OfficialError as error:
        raise click.ClickException(str(error)) from None
    for wrong in found.errors:
        click.echo(f"✗ {wrong}", err=True)
    click.echo(
        f"读入填报数 {len(found.rows)} 个，新填或改动 {fresh} 个，有误 {len(found.errors)} 行"
    )


@official.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(file: Path) -> None:
    """装入上级通报、司法统计的数值（指标 期间 法院 分子 分母 值 来源）。"""
    try:
        found = services.load(file, actor=ACTOR, now=clock.now())
    except OfficialError as error:
        raise click.ClickException(str(error)) from None
    for fault in found.errors:
        click.echo(f"✗ {fault}", err=True)
    click.echo(f"装入 {len(found.rows)} 个数值，{len(found.errors)} 行有误未装入")


@official.command("compare")
@click.option("--period", callback=_period, help="只看这个统计期")
@format_option
def compare_command(period: Period | None, fmt: str) -> None:
    """本院计算、上级通报、差额，使两者一致的口径，以及口径之间有出入的案件。"""
    _fresh()
    rows = selectors.comparisons(Scope.everything(ACTOR), period)
    if fmt == "json":
        click.echo(json.dumps([row.as_dict() for row in rows], ensure_ascii=False))
        return
    for row in rows:
        _tell(row)
    if not rows:
        click.echo("没有可比对的外部数值；先用 shenguan official load 装入", err=True)


def _tell(row: Compared) -> None:
    theirs = row.official
    stated = f"（{theirs.numerator}/{theirs.denominator}）" if theirs.numerator is not None else ""
    click.echo(
        f"{row.indicator.name} {theirs.court.name} {row.period.words}："
        f"本院 {row.printed}（{row.figure.text}），{theirs.source} {theirs.printed}{stated}，"
        f"差额 {row.gap_text}，{row.agreement}"
    )
    if row.rules:
        click.echo(f"  一致的口径：{'；'.join(row.rules)}")
    elif row.nearest:
        click.echo(f"  没有一致的口径，最接近：{row.nearest}")
    _turning(row.turning)


def _turning(found: list[Turning]) -> None:
    for part in found:
        click.echo(f"  {part.part}有出入 {part.total} 件")
        if part.ours:
            click.echo(f"    只有本院计入：{'、'.join(part.ours)}")
        if part.theirs:
            click.echo(f"    只有对方计入：{'、'.join(part.theirs)}")


@official.command("publish")
@click.option("--court", required=True, help="法院名称或代字")
@click.option("--period", callback=_period, required=True)
@click.option("--code", "codes", multiple=True, required=True, help="指标编码，可多个")
def publish_command(court: str, period: Period, codes: tuple[str, ...]) -> None:
    """发布本院数值：冻结定义、分子、分母、值和案件，以后不再重算。"""
    _fresh()
    found = Court.objects.filter(name=court).first() or Court.objects.filter(code=court).first()
    if found is None:
        raise click.ClickException(f"没有法院“{court}”")
    try:
        made = services.publish(
            Scope.everything(ACTOR), court=found, period=period, codes=codes, now=clock.now()
        )
    except IndicatorError as error:
        raise click.ClickException(str(error)) from None
    for row in made:
        click.echo(f"{row.pk} {row.code} {row.printed}（{row.numerator}/{row.denominator}）")


@official.command("published")
def published_command() -> None:
    """已发布的数值与现在的数值，以及有出入的案件。"""
    _fresh()
    scope = Scope.everything(ACTOR)
    for snapshot in selectors.snapshots(scope):
        found = selectors.drift(scope, snapshot)
        live = found.live.printed if found.live else "已无此指标"
        definition = "定义未变" if found.same_definition else "定义已变"
        click.echo(
            f"{snapshot.code} {snapshot.court.name} {snapshot.period_start}..{snapshot.period_end}："
            f"发布 {snapshot.printed}，现为 {live}，{definition}"
        )
        _turning(found.turning)


COMMANDS: list[click.Command] = [official]
