"""How far a long command has come, on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Progress = Callable[[int, int], None]
"""Told (done, total)."""


@contextmanager
def bar(title: str, unit: str = "") -> Iterator[Progress]:
    """Show a bar on a terminal; elsewhere a plain line every tenth of so many `unit`, none without a unit."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _said_plainly(unit)
        return
    with Bar(console=console, transient=True) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _said_plainly(unit: str) -> Progress:
    shown = -1

    def say(done: int, total: int) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if unit and tenth > shown:
            shown = tenth
            click.echo(f"已算 {done}/{total} {unit}", err=True)

    return say
