"""`shenguan backup` and `shenguan restore`."""

from __future__ import annotations

from pathlib import Path

import click

import shenguan
from shenguan.base.ops import backup as backups
from shenguan.base.ops import clock, home


@click.command("backup", help="备份数据目录(运行中也可以)，生成一个带校验清单的文件。")
@click.option("--out", type=click.Path(path_type=Path), help="备份文件(默认 数据目录/backups/)")
def backup(out: Path | None) -> None:
    """Write a backup of the home folder."""
    refuse_server_database()
    now, folder = clock.now(), home.current()
    target = out or folder / "backups" / f"shenguan-{now:%Y%m%d-%H%M%S}.tar.gz"
    try:
        done = backups.back_up(home=folder, target=target, now=now, version=shenguan.__version__)
    except backups.BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"已备份 {len(done.files)} 个文件到 {target}")


@click.command("restore", help="从备份文件恢复数据目录；恢复前请先停止服务。")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="数据目录已有数据时也恢复，原数据移到旁边保存")
def restore(archive: Path, *, force: bool) -> None:
    """Restore the home folder from a backup."""
    refuse_server_database()
    folder = home.current()
    try:
        done = backups.restore(archive=archive, home=folder, now=clock.now(), force=force)
    except backups.BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"已恢复 {done.made_at} 的备份({len(done.files)} 个文件)到 {folder}")


def refuse_server_database() -> None:
    """Say what to use instead where the data lies on a PostgreSQL server."""
    if home.uses_server():
        raise click.ClickException(
            "数据库在 PostgreSQL 服务器上，请用 pg_dump / pg_restore 备份恢复。"
        )


COMMANDS: list[click.Command] = [backup, restore]
