"""`shenguan import`: the command line of the import, in Chinese, progress on stderr, summary on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from shenguan.base.ops import clock, home
from shenguan.base.org.scope import Scope
from shenguan.programs.intake import layout as layouts
from shenguan.programs.intake import output, summary
from shenguan.programs.intake.checkup.commands import after_first_import
from shenguan.programs.intake.layout import BadMappingError, Layout
from shenguan.programs.intake.outcome import Report
from shenguan.programs.intake.profiles import learned, remember
from shenguan.programs.intake.selectors import findings
from shenguan.programs.intake.services import Importer, Options
from shenguan.programs.intake.sole import ImportBusyError, sole_import
from shenguan.rulebook import load
from shenguan.spine.timelimits.reconciling import differing
from shenguan.spine.timelimits.selectors import clocks, reconciliation

ACTOR = "命令行"
PLAIN_EVERY = 5000  # without a terminal, a line every so many cases


class Terminal:
    """Shows how far the import has come and asks at the keyboard what only a person can decide."""

    def __init__(self, *, yes: bool, now: datetime) -> None:
        self.yes, self.now = yes, now
        self.words = load().intake
        self.console = Console(stderr=True)
        self.asks = sys.stdin.isatty() and self.console.is_terminal and not yes
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )

    def stage(self, title: str, total: int) -> Callable[[int], None]:
        """Begin one bar (or, without a terminal, lines now and then)."""
        if not self.console.is_terminal:
            return self._lines(title, total)
        task = self.progress.add_task(title, total=total or None)
        return lambda steps: self.progress.advance(task, steps)

    def _lines(self, title: str, total: int) -> Callable[[int], None]:
        done = 0

        def tick(steps: int) -> None:
            nonlocal done
            before, done = done, done + steps
            if done // PLAIN_EVERY > before // PLAIN_EVERY or (
                done == total and total >= PLAIN_EVERY
            ):
                self.console.print(f"{title} {done}/{total or '?'}", highlight=False)

        return tick

    def headings(self, file: str, layout: Layout) -> Mapping[str, str]:
        """Use what was confirmed before; else ask, one likely heading after the other."""
        known = learned(layout)
        if known is not None or not (self.asks or self.yes):
            return known or {}
        answers = self._ask(file, layout)
        if self.asks:
            remember(layout, answers, actor=ACTOR, now=self.now)
        return answers

    def _ask(self, file: str, layout: Layout) -> dict[str, str]:
        specs = self.words.case if layout.table == "case" else self.words.event
        answers: dict[str, str] = {}
        for heading in layout.unmapped:
            found = layouts.guess(heading, specs)
            if not found or found[0].field in answers or layout.has(found[0].field):
                continue
            question = f"{file}：栏目“{heading}”是不是“{found[0].name}”？"
            if self.yes or self._confirm(question):
                answers[found[0].field] = heading
        return answers

    def renumbered(self, old: str, new: str, why: str) -> bool:
        """Ask whether a vanished case goes on under a new number."""
        if not self.asks:
            return self.yes
        return self._confirm(f"{old} 已不在快照中，{new} 与其{why}。是否记为案号变更？")

    def _confirm(self, question: str) -> bool:
        self.progress.stop()
        try:
            return click.confirm(question, default=False, err=True)
        finally:
            self.progress.start()


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--snapshot", is_flag=True, help="全量快照：列出消失的和改了案号的案件")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    help="栏目对照 yaml：{栏目: 本文件中的名称}",
)
@click.option("--court", default="", help="文件没有法院一栏时，案件所属的法院")
@click.option("--on", "on_text", default="", help="数据所反映的日期（默认今日），如 2026-01-31")
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="拒收内容写入此文件（xlsx 或 csv）"
)
@click.option(
    "--report", "report_file", type=click.Path(path_type=Path), help="导入报告写入此文件（xlsx）"
)
@click.option("--yes", is_flag=True, help="对栏目猜测和案号变更的询问一律答“是”")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="汇总的形式"
)
@click.pass_context
def import_command(
    ctx: click.Context,
    files: tuple[Path, ...],
    snapshot: bool,
    map_file: Path | None,
    court: str,
    on_text: str,
    rejects: Path | None,
    report_file: Path | None,
    yes: bool,
    form: str,
) -> None:
    """导入案件表、事件表（xlsx、xls、csv、tsv、jsonl）和裁判文书（html、docx、txt、jsonl、jsonl.xz）。"""
    now = clock.now()
    options = Options(
        actor=ACTOR,
        now=now,
        on=_day(on_text) or clock.day_of(now),
        snapshot=snapshot,
        court=court,
        mapping=_mapping(map_file),
    )
    _check_targets(rejects, report_file)
    terminal = Terminal(yes=yes, now=now)
    with terminal.progress:
        try:
            with sole_import(home.current()):
                report = Importer(options, terminal).run(_expand(files))
        except (BadMappingError, ImportBusyError) as error:
            raise click.ClickException(str(error)) from error
    report.differing_dues = differing(clocks(Scope.everything(ACTOR))).count()
    if report.first and report.total("new"):
        report.checkup = str(after_first_import(on=options.on, actor=ACTOR, now=now))
    _write_files(report, rejects, report_file)
    click.echo(summary.text(report) if form == "text" else summary.as_json(report))
    if report.failed:
        ctx.exit(1)


def _expand(files: tuple[Path, ...]) -> list[Path]:
    """A folder stands for the files in it, by name; hidden files and office locks aren't data."""
    paths: list[Path] = []
    for path in files:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        paths += [p for p in inside if p == path or (p.is_file() and p.name[0] not in ".~")]
    return paths


def _day(text: str) -> date | None:
    from shenguan.programs.intake.values import UnreadableError, read_date

    try:
        return read_date(text)
    except UnreadableError as error:
        raise click.BadParameter(f"“{text}”{error}", param_hint="--on") from error


def _mapping(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        mapping = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise click.ClickException(f"对照文件“{path}”不可读：{error}") from error
    if not isinstance(mapping, dict):
        raise click.ClickException(f"对照文件“{path}”应为“栏目: 本文件中的名称”一行一项")
    return mapping


def _check_targets(*paths: Path | None) -> None:
    for path in filter(None, paths):
        if path.suffix.lower() not in (".xlsx", ".csv"):
            raise click.ClickException(f"输出文件“{path}”应以 .xlsx 或 .csv 结尾")


def _write_files(report: Report, rejects: Path | None, report_file: Path | None) -> None:
    if rejects:
        output.write_tables(rejects, [output.rejects_table(report)])
    if report_file:
        scope = Scope.everything(ACTOR)
        lists = [
            output.findings_table(findings(scope)),
            output.differences_table(reconciliation(scope)),
        ]
        tables = output.report_tables(report, load().intake, lists=lists)
        output.write_tables(report_file, tables)


COMMANDS = [import_command]
