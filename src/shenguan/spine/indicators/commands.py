"""`shenguan indicators`: figures, their definitions, why they changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock, home
from shenguan.base.org.scope import Scope
from shenguan.base.ui.options import DAY, format_option, wide_console
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import NOT_FOR_ASSESSMENT
from shenguan.core.indicator.period import Period
from shenguan.rulebook import load
from shenguan.spine.facts.services import RegistryBehind
from shenguan.spine.indicators import export, selectors, services
from shenguan.spine.indicators.explain import as_text, explain
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.values import Question
from shenguan.spine.indicators.why import BY, Why, why

_Made = TypeVar("_Made")
_MOST_PARTS = 10


def _words(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for part in value for word in part.replace("，", ",").split(",") if word)


def _period(_ctx: click.Context, param: click.Parameter, value: str | None) -> Period | None:
    if value is None:
        return None
    try:
        return Period.parse(value)
    except IndicatorError as error:
        raise click.BadParameter(str(error), param=param) from None


def _guarded(work: Callable[[], _Made]) -> _Made:
    try:
        return work()
    except (IndicatorError, LookupError) as error:
        raise click.ClickException(str(error.args[0])) from None


def _catch_up() -> None:
    """Figures are asked of facts that stand at the head of the log, where the registry allows it."""
    with suppress(RegistryBehind):
        services.catch_up(home.current(), now=clock.now())


def _audited(action: str, detail: dict[str, Any]) -> None:
    audit.append(chain="", actor="命令行", action=action, detail=detail, now=clock.now())


_codes = click.option("--code", "codes", multiple=True, callback=_words, help="指标编码，可多个")
_regime = click.option(
    "--regime", default="", help="制度，如 spc-2024-01；默认取统计期末有效的口径"
)
_court = click.option("--court", "courts", multiple=True, callback=_words, help="只看这些法院")
_judged = click.option("--line", "lines", multiple=True, callback=_words, help="只看这些条线")


def _where(courts: tuple[str, ...], lines: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    rules = load()
    found: dict[str, tuple[int, ...]] = {}
    if courts:
        found["court"] = tuple(Labels(rules.facts.codes).courts_named(courts))
    if lines:
        found["case_class"] = tuple(rules.facts.codes.code("类别", line) for line in lines)
    return found


@click.group("indicators", invoke_without_command=True)
@_codes
@_regime
@click.option("--period", callback=_period, help="统计期：2026、2026-03、2026Q1、2026-01..2026-10")
@click.option("--by", multiple=True, callback=_words, help="分组，如 court,month")
@click.option("--compare", multiple=True, callback=_words, help="yoy 同比，mom 环比")
@click.option("--as-known", type=DAY, default=None, help="按这一天所知的数据重算")
@_court
@_judged
@click.option(
    "--list", "listing", is_flag=True, help="列出全部指标；给定一个 --code 和 --period 时列出案件"
)
@click.option("--coverage", is_flag=True, help="哪些指标有值")
@click.option(
    "--format", "fmt", type=click.Choice(["table", "json", "csv", "xlsx"]), default="table"
)
@click.option("-o", "output", type=click.Path(path_type=Path), help="xlsx 写到这个文件")
@click.pass_context
def indicators(
    ctx: click.Context,
    codes: tuple[str, ...],
    regime: str,
    period: Period | None,
    by: tuple[str, ...],
    compare: tuple[str, ...],
    as_known: date | None,
    courts: tuple[str, ...],
    lines: tuple[str, ...],
    listing: bool,
    coverage: bool,
    fmt: str,
    output: Path | None,
) -> None:
    """指标：任意层级、任意统计期的值；指标清单；数据来源情况。"""
    if ctx.invoked_subcommand:
        return
    if listing and not (codes and period):
        _list(fmt)
        return
    where = _guarded(lambda: _where(courts, lines))
    period = period or Period(date(clock.now().year, 1, 1), clock.day_of(clock.now()))
    question = Question(period, codes, by, regime, compare, where)
    _catch_up()
    if listing:
        _cases(question, as_known, fmt)
    elif coverage:
        _coverage(question, fmt)
    else:
        _values(question, as_known, fmt, output)


def _list(fmt: str) -> None:
    library = load().library
    rows = [
        {
            "code": indicator.code,
            "name": indicator.name,
            "class": indicator.group,
            "regimes": [version.regime for version in indicator.versions],
            "needs": list(library.needs(indicator.versions[-1])),
            "note": NOT_FOR_ASSESSMENT if indicator.statistic else "",
        }
        for indicator in library.indicators.values()
    ]
    if fmt == "json":
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        lacking = f"  暂无数据来源：{'、'.join(row['needs'])}" if row["needs"] else ""
        click.echo(f"{row['code']}  {row['name']}  {row['class']}  {row['note']}{lacking}")


def _values(question: Question, as_known: date | None, fmt: str, output: Path | None) -> None:
    found = _guarded(
        lambda: services.values(Scope.everything("命令行"), question, as_known=as_known)
    )
    _audited("查询指标", {"codes": list(question.codes), "period": question.period.text})
    where = f"事件日志位置 {found.position}" if as_known is None else f"按 {as_known} 所知"
    if fmt == "json":
        click.echo(json.dumps([row.as_dict() for row in found.rows], ensure_ascii=False))
    elif not found.rows:
        click.echo("没有数据", err=True)
    elif fmt == "csv":
        click.echo(export.as_csv(found.rows), nl=False)
    elif fmt == "xlsx":
        path = output or Path("指标.xlsx")
        remarks = [
            where,
            found.remark,
            "值按各指标口径四舍五入或截断；分子、分母为整数，最后才相除",
        ]
        export.write_xlsx(found.rows, path, [remark for remark in remarks if remark])
        click.echo(f"已写入 {path}", err=True)
    else:
        wide_console().print(export.as_table(found.rows, f"{question.period.words}（{where}）"))


def _cases(question: Question, as_known: date | None, fmt: str) -> None:
    scope = Scope.everything("命令行")
    behind = _guarded(
        lambda: selectors.cases_behind(scope, question, limit=None, as_known=as_known)
    )
    _audited("列出指标案件", {"code": question.codes[0], "cases": behind.total})
    cases = selectors.case_rows(scope, [pk for pk, _ in behind.pairs])
    numbers = {case.pk: (case.number, case.court.name, case.cause) for case in cases}
    rows = [
        {
            "case_id": pk,
            "adds": adds,
            **dict(zip(("案号", "法院", "案由"), numbers[pk], strict=True)),
        }
        for pk, adds in behind.pairs
        if pk in numbers
    ]
    if fmt == "json":
        payload = {"total": behind.total, "atoms": list(behind.atoms), "cases": rows}
        click.echo(json.dumps(payload, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['案号']}  {row['法院']}  {row['案由']}  {row['adds']}")
    click.echo(f"共 {behind.total} 件", err=True)


def _coverage(question: Question, fmt: str) -> None:
    found = _guarded(lambda: services.values(Scope.everything("命令行"), question))
    states: dict[str, list[str]] = {"value": [], "empty": [], "no_source": []}
    seen = set()
    for row in found.rows:
        state = "value" if row.figure.value is not None else row.figure.state
        states[state].append(row.indicator.code)
        seen.add(row.indicator.code)
    states["no_version"] = [code for code in load().library.indicators if code not in seen]
    if fmt == "json":
        counts = {f"{name}_count": len(codes) for name, codes in states.items()}
        click.echo(
            json.dumps({"period": question.period.text, **counts, **states}, ensure_ascii=False)
        )
        return
    words = {
        "value": "有值",
        "empty": "分母为零",
        "no_source": "暂无数据来源",
        "no_version": "该期无有效口径",
    }
    for name, codes in states.items():
        click.echo(
            f"{words[name]} {len(codes)} 项" + (f"：{'、'.join(codes)}" if name != "value" else "")
        )


@indicators.command("explain")
@click.argument("code")
@format_option
def explain_command(code: str, fmt: str) -> None:
    """一个指标怎么算的：算式、口径、依据、数据从哪些事件来。"""
    library = load().library
    if code not in library.indicators:
        raise click.ClickException(f"没有指标 {code}；用 indicators --list 查看全部")
    told = explain(library.indicators[code], library)
    click.echo(json.dumps(told, ensure_ascii=False) if fmt == "json" else as_text(told))


@indicators.command("why")
@click.argument("code")
@click.option("--period", callback=_period, required=True, help="本期")
@click.option("--against", callback=_period, default=None, help="对照期，默认去年同期")
@click.option("--by", multiple=True, callback=_words, help="默认 court,cause,procedure,judge")
@click.option("--as-known", type=DAY, default=None, help="按这一天所知的数据重算")
@_regime
@_court
@_judged
@format_option
def why_command(
    code: str,
    period: Period,
    against: Period | None,
    by: tuple[str, ...],
    as_known: date | None,
    regime: str,
    courts: tuple[str, ...],
    lines: tuple[str, ...],
    fmt: str,
) -> None:
    """升降因素分析：各法院、案由、程序、法官的贡献（相加正好等于变化）和影响最大的案件。"""
    _catch_up()
    scope = Scope.everything("命令行")
    where = _guarded(lambda: _where(courts, lines))
    question = Question(period, (code,), regime=regime, where=where)
    before = against or period.last_year()
    found = _guarded(lambda: why(scope, question, before, by=by or BY, as_known=as_known))
    _audited("升降因素分析", {"code": code, "period": period.text, "against": found.against.text})
    if fmt == "json":
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
    else:
        _tell(found, scope)


def _tell(found: Why, scope: Scope) -> None:
    before, now = found.before.value or 0, found.now.value or 0
    change = float(found.change)
    click.echo(
        f"{found.indicator.name}：{found.against.words} {before:.4f} → {found.period.words} {now:.4f}（{change:+.4f}）"
    )
    headings = {"court": "法院", "cause": "案由", "procedure": "程序", "judge": "法官"}
    for split in found.splits:
        click.echo(f"按{headings.get(split.by, split.by)}：自身变化 + 结构变化 = 贡献")
        shown = split.parts if split.by == "court" else split.parts[:_MOST_PARTS]
        for name, part in shown:
            parts = (float(part.within), float(part.mix), float(part.total))
            click.echo("  {}  {:+.4f} {:+.4f} = {:+.4f}".format(name, *parts))
        if len(shown) < len(split.parts):
            click.echo(f"  另有{len(split.parts) - len(shown)}组，用 --format json 查看")
    numbers = {c.pk: c.number for c in selectors.case_rows(scope, [w.case_id for w in found.cases])}
    for weight in found.cases:
        click.echo(f"  {numbers.get(weight.case_id, weight.case_id)}  {float(weight.effect):+.6f}")


COMMANDS: list[click.Command] = [indicators]
