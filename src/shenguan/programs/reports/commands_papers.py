"""`shenguan weekly`, `shenguan bulletin`, `shenguan analysis`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.papers.look import SHEET, Look
from shenguan.base.papers.model import Paper
from shenguan.base.papers.pdf import write_pdf
from shenguan.base.papers.sheets import write_xlsx
from shenguan.base.papers.wordtemplate import TemplateError
from shenguan.base.ui.options import DAY
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.reports import contents, delivering, making, numbering
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.edition import PaperError, court_named
from shenguan.programs.reports.kinds import KINDS, MONTHLY, QUARTERLY, title_of
from shenguan.programs.reports.models import WordTemplate
from shenguan.programs.reports.traced import verify
from shenguan.programs.reports.weekly.reminder import Reminder
from shenguan.programs.reports.weekly.sheet import MARK, gateway, packet

_ACTOR = "命令行"


def _court(_ctx: click.Context, param: click.Parameter, value: str | None) -> Court | None:
    if value is None:
        return None
    try:
        return court_named(value)
    except PaperError as error:
        raise click.BadParameter(str(error), param=param) from None


def _period(months: int, example: str) -> Callable[..., Period | None]:
    def read(_ctx: click.Context, param: click.Parameter, value: str | None) -> Period | None:
        if value is None:
            return None
        try:
            found = Period.parse(value)
        except IndicatorError as error:
            raise click.BadParameter(str(error), param=param) from None
        if not found.whole_months or len(found.by_month()) != months:
            raise click.BadParameter(
                f"“{value}”不是一个{_LENGTHS[months]}，写法：{example}", param=param
            )
        if found.start > clock.day_of(clock.now()):
            raise click.BadParameter(f"“{value}”还没有开始", param=param)
        return found

    return read


_LENGTHS = {1: "月份", 3: "季度"}
_court_option = click.option("--court", callback=_court, help="法院名称或代字")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="docx 文件名，或已有的文件夹"
)
_number = click.option("--number", default="", help="文号")
_circulation = click.option("--circulation", default="内部使用", help="附件分送范围")
_verify = click.option(
    "--verify", "checked", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="不生成，而是对已有 docx 的每个数字重新取数核对",
)  # fmt: skip


@click.command("bulletin")
@_court_option
@click.option("--month", callback=_period(1, "2026-10"), help="月份，如 2026-10")
@_output
@_number
@_circulation
@_verify
def bulletin(checked: Path | None, month: Period | None, **asked: Any) -> None:
    """月通报：docx 和 PDF，附件另成文件。"""
    if checked:
        _check(checked)
        return
    _paper(MONTHLY, month, "--month", **asked)


@click.command("analysis")
@_court_option
@click.option("--quarter", callback=_period(3, "2026Q3"), help="季度，如 2026Q3")
@_output
@_number
@_circulation
@_verify
def analysis(checked: Path | None, quarter: Period | None, **asked: Any) -> None:
    """季度态势分析：docx 和 PDF，附件另成文件。"""
    if checked:
        _check(checked)
        return
    _paper(QUARTERLY, quarter, "--quarter", **asked)


def _paper(
    name: str,
    period: Period | None,
    option: str,
    *,
    court: Court | None,
    output: Path | None,
    number: str,
    circulation: str,
) -> None:
    """Make one paper with its annex."""
    if court is None or period is None or output is None:
        raise click.UsageError(f"需要 --court、{option} 和 -o")
    kind, now = KINDS[name], clock.now()
    try:
        number = numbering.number_for(court, name, period.text, number, clock.day_of(now))
    except numbering.NumberError as error:
        raise click.BadParameter(str(error), param_hint="--number") from None
    making.catch_up(now)
    codes = contents.codes_for(court, period.end, kind.codes)
    edition = making.edition_of(court, period, Scope.everything(_ACTOR), now, codes)
    edition = replace(edition, number=number, circulation=circulation)
    assert kind.make is not None
    paper = kind.make(edition)
    target = _target(output, title_of(kind, court, period.words))
    beside, sheets = making.beside_of(edition, paper)
    template = delivering.template_for(court, name)
    written = [
        *_write(paper, target, kind.look, court, template),
        *_write(beside, _annex_name(target), SHEET, court),
    ]
    lists = _annex_name(target).with_suffix(".xlsx")
    write_xlsx(sheets, lists, mark=f"{circulation}　注意保管")
    detail = {
        "court": court.code, "period": period.text, "file": target.name, "number": number,
        "template": template.name if template else "",
    }  # fmt: skip
    _audited(f"生成{name}", detail)
    _say_written([*written, lists])


def _target(output: Path, name: str) -> Path:
    if output.is_dir():
        return output / f"{name}.docx"
    if not output.parent.is_dir():
        raise click.BadParameter(f"没有文件夹 {output.parent}", param_hint="-o")
    return output.with_suffix(".docx")


def _annex_name(target: Path) -> Path:
    return target.with_name(f"{target.stem}-附件.docx")


def _write(
    paper: Paper, target: Path, look: Look, court: Court, template: WordTemplate | None = None
) -> list[Path]:
    try:
        delivering.write_word(paper, target, look, court, template)
    except TemplateError as error:
        raise click.ClickException(f"本院 Word 模板不能使用：{error}") from None
    write_pdf(paper, target.with_suffix(".pdf"), look)
    return [target, target.with_suffix(".pdf")]


def _check(path: Path) -> None:
    now = clock.now()
    making.catch_up(now)
    verdict = verify(path, Book(Scope.everything(_ACTOR), now=now))
    for one in verdict.different:
        click.echo(f"不同：文件为“{one.printed}”，现为“{one.again}”　{dict(one.query)}")
    for text in verdict.loose:
        click.echo(f"没有出处：{text}")
    click.echo(
        f"核对{len(verdict.checked)}处，不同{len(verdict.different)}处，没有出处{len(verdict.loose)}段"
    )
    if verdict.different or verdict.loose:
        raise SystemExit(1)


@click.command("weekly")
@_court_option
@click.option("--on", type=DAY, default=None, help="日期，默认今日")
@click.option("--division", default="", help="只做一个部门")
@click.option("--judge", default="", help="只做一名法官")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="文件夹")
def weekly(
    court: Court | None, on: date | None, division: str, judge: str, output: Path | None
) -> None:
    """周提醒：每名法官一页，按部门成册（docx、PDF），并出消息网关用的 xlsx。"""
    if court is None or output is None:
        raise click.UsageError("需要 --court 和 -o")
    output.mkdir(parents=True, exist_ok=True)
    now = clock.now()
    day = on or clock.day_of(now)
    making.catch_up(now)
    scope = Scope.everything(_ACTOR)
    try:
        found = making.week_of(scope, court, day, now=now, division=division, judge=judge)
    except PaperError as error:
        raise click.ClickException(str(error)) from None
    written: list[Path] = []
    for unit, group in groupby(found, key=lambda one: one.unit):
        written += _packet(unit, list(group), output, day)
    lists = output / f"{court.name}{day}周提醒.xlsx"
    write_xlsx(gateway(found), lists, mark=MARK)
    _audited("生成周提醒", {"court": court.code, "on": str(day), "judges": len(found)})
    _say_written([*written, lists])


def _packet(unit: str, group: Sequence[Reminder], folder: Path, day: date) -> list[Path]:
    name = f"{group[0].court.name}{unit}{day}周提醒".replace("/", "、")
    return _write(packet(group), folder / f"{name}.docx", SHEET, group[0].court)


def _audited(action: str, detail: dict[str, Any]) -> None:
    audit.append(chain="", actor=_ACTOR, action=action, detail=detail, now=clock.now())


def _say_written(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(f"已生成 {path}", err=True)


COMMANDS = [weekly, bulletin, analysis]
