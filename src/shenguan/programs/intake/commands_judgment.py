"""`shenguan read-judgment`: judgments in, their fields out."""

import json
from pathlib import Path
from typing import Any

import click

from shenguan.programs.intake.readjudgment import records

_LABELS = {
    "court": "法院",
    "case_number": "案号",
    "type": "文书种类",
    "instance": "审判程序",
    "procedure": "适用程序",
    "cause": "案由（罪名）",
    "filed_on": "立案日期",
    "prosecuted_on": "起诉日期",
    "hearings": "开庭日期",
    "judged_on": "裁判日期",
    "prior_case_number": "原审案号",
    "prior_court": "原审法院",
    "disposition": "裁判结果",
    "parties": "当事人",
    "panel": "审判组织",
    "statutes": "引用法条",
    "costs": "案件受理费（元）",
    "appeal_days": "上诉期（日）",
}


@click.command("read-judgment")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="每份文书输出一行 JSON。")
@click.pass_context
def read_judgment(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """读出裁判文书的各项要素（html、docx、txt、json、jsonl、jsonl.xz）。"""
    failed = False
    for record in records(files):
        failed = failed or "error" in record
        click.echo(json.dumps(record, ensure_ascii=False) if as_json else _sheet(record))
    if failed:
        context.exit(1)


def _sheet(record: dict[str, Any]) -> str:
    """A reading for the eye: one line a field, the reason where it is absent."""
    if "error" in record:
        return f"■ {record['id']}\n  无法读取：{record['error']}"
    lines = [f"■ {record['id']}"]
    for key, label in _LABELS.items():
        value = record[key]
        shown = f"（无：{record['why'].get(key)}）" if value is None else _shown(value)
        lines.append(f"  {label}：{shown}")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(_shown(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if isinstance(part, str) and part)
    return str(value)


COMMANDS = [read_judgment]
