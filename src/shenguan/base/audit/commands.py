"""`shenguan audit`: check the chains, and keep their heads outside the database."""

from __future__ import annotations

from pathlib import Path

import click

from shenguan.base.audit import services


@click.group("audit")
def audit() -> None:
    """审计链:校验与检查点。"""


@audit.command("verify")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="另存于数据库之外的检查点文件,可重复",
)
def verify(against: tuple[Path, ...]) -> None:
    """校验每个法院的审计链;有问题逐条列出,退出码 1。"""
    try:
        kept = [c for p in against for c in services.read_checkpoints(p.read_text("utf-8"))]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    faults = services.verify_all(kept)
    for fault in faults:
        click.echo(str(fault))
    heads = services.heads()
    if faults:
        click.echo(f"审计链校验未通过:{len(faults)}处问题", err=True)
        raise click.exceptions.Exit(1)
    rows = sum(head.number for head in heads)
    click.echo(f"审计链校验通过:{len(heads)}条链,{rows}条记录,检查点{len(kept)}个")


@audit.command("checkpoint")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def checkpoint(file: Path) -> None:
    """把各链的链头追加到数据库之外的文件,用于发现链尾被截断。"""
    heads = services.heads()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as handle:
        handle.write(services.checkpoint_line(heads) + "\n")
    click.echo(f"已追加{len(heads)}条链的检查点:{file}")


COMMANDS: list[click.Command] = [audit]
