"""`shenguan bench NAME`: measured comparisons, one line each (contracts.md §5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import click

# bench name → module with `run(n: int | None = None) -> Iterator[dict]`, does it need the database?
BENCHES: dict[str, tuple[str, bool]] = {
    "due": ("shenguan.lab.bench_due", False),
    "registry": ("shenguan.lab.bench_registry", True),
    "import": ("shenguan.lab.bench_import", True),
    "judgments": ("shenguan.lab.judgments", False),
    "simulate": ("shenguan.lab.bench_simulate", False),
    "indicators": ("shenguan.lab.bench_indicators", False),
    "pages": ("shenguan.lab.bench_pages", True),
    "similar": ("shenguan.lab.similar.bench", False),
    "series": ("shenguan.lab.similar.bench_series", False),
    "related": ("shenguan.lab.similar.bench_related", False),
    "civil": ("shenguan.lab.similar.bench_civil", False),
}
COLUMNS = ("name", "ours", "against", "ratio", "unit", "n")


def lines_of(
    name: str, n: int | None, at: str = "", **more: float | None
) -> Iterator[dict[str, Any]]:
    """Yield the lines of one bench, setting the database up first where it needs one.

    `at` is a home to measure on and keep; `more` are what this bench alone takes.
    """
    module, needs_database = BENCHES[name]
    if needs_database:
        from shenguan.lab.database import prepare

        prepare(at)
    yield from import_module(module).run(n, **more)


def _as_row(line: dict[str, Any]) -> str:
    fixed = ("-" if line[key] is None else str(line[key]) for key in COLUMNS)
    return "  ".join([*fixed, *(f"{key}={line[key]}" for key in line if key not in COLUMNS)])


@click.command("bench")
@click.argument("name", type=click.Choice(sorted(BENCHES)))
@click.option(
    "--n", "--cases", "size", type=click.IntRange(min=1), default=None, help="规模(默认由各项自定)"
)
@click.option("--requests", type=click.IntRange(1, 1000), help="pages:每个页面打开几次(默认 20)")
@click.option("--rate", type=click.FloatRange(0.1, 500), help="pages:改测每秒这么多请求的混合负载")
@click.option("--seconds", type=click.IntRange(1, 3600), help="pages:负载持续几秒(默认 60)")
@click.option(
    "--at",
    type=click.Path(file_okay=False),
    default="",
    help="pages:在这个数据目录上测并保留,空则先建;只用于演示数据",
)
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table")
def bench(name: str, size: int | None, at: str, layout: str, **load: float | None) -> None:
    """性能对比:五次交替运行的中位数,默认以 CPU 秒计;pages 为服务端毫秒的 p95 与目标。"""
    if name != "pages" and (at or any(load.values())):
        raise click.UsageError("--requests、--rate、--seconds 和 --at 只用于 pages")
    more = load if name == "pages" else {}
    if layout == "table":
        click.echo("  ".join(COLUMNS))
    for line in lines_of(name, size, at, **more):
        click.echo(json.dumps(line, ensure_ascii=False) if layout == "json" else _as_row(line))


COMMANDS: list[click.Command] = [bench]
