"""`shenguan due`: time limits of cases given as JSON lines; needs no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from shenguan.base.ops.clock import day_of, now
from shenguan.core.calendar import Calendar
from shenguan.core.timelimit import (
    Rules,
    Settings,
    TimeLimitError,
    compute,
    due_to_json,
    history_from_json,
    settings_from_json,
)
from shenguan.rulebook import load


@click.command("due")
@click.option(
    "--in",
    "source",
    type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"),
    default="-",
    help="每行一件案件的 JSON 文件，默认标准输入。",
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="本院设置（YAML 或 JSON）。",
)
@click.option(
    "--overlay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="本院规则库文件夹，叠加在全国规则之上。",
)
def due_command(source: TextIO, settings_file: Path | None, overlay: Path | None) -> None:
    """计算审限届满日：每行一件案件，每行一个结果；有错的行给出 error，其余照算，退出码为 1。"""
    rulebook = load(overlay)
    settings = _settings(settings_file)
    faulty = False
    for line in dues(source, rulebook.timelimits, rulebook.calendar, settings, today=day_of(now())):
        faulty = faulty or "error" in line
        click.echo(_text(line))
    if faulty:
        sys.exit(1)


def dues(
    lines: Iterable[str], rules: Rules, calendar: Calendar, settings: Settings, *, today: date
) -> Iterator[dict[str, Any]]:
    """Answer each non-empty line, `{"id","error"}` where it can't be read; blank lines are skipped.

    The id of a line that isn't JSON is its number, counted from 1.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number, rules, calendar, settings, today)


def _answer(
    line: str, number: int, rules: Rules, calendar: Calendar, settings: Settings, today: date
) -> dict[str, Any]:
    identity: object = number
    try:
        line.encode("utf-8")
        record = json.loads(line)
        if isinstance(record, dict) and record.get("id") is not None:
            identity = record["id"]
        answer = due_to_json(compute(history_from_json(record, today), rules, calendar, settings))
    except (ValueError, OverflowError, RecursionError) as error:
        return {"id": identity, "error": f"第{number}行{_reason(error)}"}
    return {**answer, "id": identity}


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"不是有效的 JSON：{error.msg}（第{error.colno}列）"
    if isinstance(error, UnicodeEncodeError):
        return "不是有效的 UTF-8 文本"
    if isinstance(error, RecursionError):
        return "嵌套过深"
    if isinstance(error, TimeLimitError):
        return f"：{error}"
    return "：日期超出可计算的范围"


def _text(answer: dict[str, Any]) -> str:
    """One line of JSON; an id that holds half a character is written escaped."""
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(answer)
    return text


def _settings(path: Path | None) -> Settings:
    if path is None:
        return Settings()
    import yaml

    try:
        return settings_from_json(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (ValueError, yaml.YAMLError) as error:
        raise click.ClickException(f"设置文件 {path.name} 不可读：{error}") from error


COMMANDS = [due_command]
