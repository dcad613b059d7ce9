"""Option types that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from rich.console import Console


class Day(click.ParamType[date]):
    """A day given as 2026-11-21; a wrong one is refused with its text."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-11-21 的形式", param, ctx)


DAY = Day()
format_option = click.option(
    "--format", "fmt", type=click.Choice(["table", "json"]), default="table", help="输出格式"
)


def wide_console() -> Console:
    """Return a console that keeps tables whole when the output isn't a terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=150)
