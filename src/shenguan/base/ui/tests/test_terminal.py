"""What the command line says of mistakes."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from shenguan.base.ui.terminal import speak_chinese


@click.command()
@click.option("--on", required=True, type=click.IntRange(min=1))
@click.option("--in", "source", type=click.File())
@click.option("--by", type=click.Choice(["court", "judge"]))
def count(on: int, source: object, by: str | None) -> None:
    click.echo(f"{on} {by}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "错误：缺少选项 '--on'"),
        (["--on", "x"], "“x”不是数"),
        (["--on", "0"], "不在范围"),
        (["--on", "1", "--by", "team"], "“team”不在可选项"),
        (["--no", "1"], "没有选项 --no"),
        (["--on", "1", "more"], "多余的参数（more）"),
        (["--on", "1", "--in", "没有.jsonl"], "'没有.jsonl': 没有这个文件或目录"),
        (["--help"], "用法："),
    ],
)
def test_mistakes_at_the_command_line_are_told_in_chinese(arguments, said):
    speak_chinese()
    assert said in CliRunner().invoke(count, arguments).output
