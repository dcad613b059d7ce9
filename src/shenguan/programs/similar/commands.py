"""`shenguan similar`: index judgments, ask for similar ones, measure the ranking."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from shenguan import rulebook
from shenguan.base.papers.reading import UnreadableFileError
from shenguan.core.similar.model import Entry
from shenguan.programs.similar.evaluate import evaluate as measure
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.reading import Reader, rows
from shenguan.rulebook.loaders import similar as loader


def make_reader() -> Reader:
    """A reader with the rulebook's tables."""
    book = rulebook.load()
    return Reader(book.codes, book.causes, loader.load(rulebook.DATA).stop)


def entries(paths: Sequence[Path], reader: Reader) -> Iterator[tuple[Entry, str]]:
    """Entries of all files; what can't be read is named on stderr and left out."""
    for path in paths:
        try:
            for place, row in rows(path):
                if row is None:
                    click.echo(f"{place}：不是 JSON 对象或缺少文字，已跳过", err=True)
                else:
                    yield reader.entry(row, place)
        except UnreadableFileError as error:
            click.echo(str(error), err=True)


@click.group("similar")
def similar() -> None:
    """类案检索：建索引、检索、评测。"""


@similar.command("evaluate")
@click.option("--queries", "queries", required=True, type=click.Path(path_type=Path))
@click.option("--documents", "documents", required=True, type=click.Path(path_type=Path))
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table")
def evaluate(queries: Path, documents: Path, layout: str) -> None:
    """用带标注的查询评测排序，与普通 BM25 并列。"""
    reader = make_reader()
    with tempfile.TemporaryDirectory(prefix="shenguan-similar-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add(entries([documents], reader))
        asked: Iterable[dict[str, Any]] = (row for _, row in rows(queries) if row)
        report = measure(asked, index, reader, loader.load(rulebook.DATA))
    click.echo(json.dumps(report, ensure_ascii=False) if layout == "json" else _table(report))


def _table(report: dict[str, Any]) -> str:
    names = list(report["ours"])
    lines = [f"{'':16}" + "".join(f"{name:>9}" for name in names)]
    for system in ("ours", "ours_no_cause", "bm25"):
        lines.append(f"{system:16}" + "".join(f"{report[system][n]:9.4f}" for n in names))
    lines.append(
        f"查询 {report['queries']} 个，其中折外评分 {report['out_of_fold']} 个；"
        f"移除本案文书 {report['own_judgments_removed']} 份"
    )
    return "\n".join(lines)


COMMANDS: list[click.Command] = [similar]
