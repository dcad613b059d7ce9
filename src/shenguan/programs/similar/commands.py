"""`shenguan similar`: index judgments, ask for similar ones, measure the ranking."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from shenguan import rulebook
from shenguan.base.ops import clock, home
from shenguan.base.papers.reading import UnreadableFileError, documents
from shenguan.core.similar.model import Filters
from shenguan.programs.similar.evaluate import evaluate as measure
from shenguan.programs.similar.index import BrokenIndexError, Incoming, JudgmentIndex
from shenguan.programs.similar.reading import Reader, canonical_number, rows
from shenguan.programs.similar.search import AUTHORITY, LIKENESS, Search, to_json
from shenguan.programs.similar.sheet import score_table, sheet
from shenguan.programs.similar.standing import standpoint
from shenguan.rulebook.loaders import similar as loader


def make_reader() -> Reader:
    """A reader with the rulebook's tables."""
    book = rulebook.load()
    return Reader(book.codes, book.causes, loader.load(rulebook.DATA).stop)


def incoming(paths: Sequence[Path], reader: Reader) -> Iterator[Incoming]:
    """Entries of all files; what can't be read is named on stderr and left out."""
    for path in paths:
        try:
            for place, row in rows(path):
                if row is None:
                    click.echo(f"{place}：不是 JSON 对象或缺少文字，已跳过", err=True)
                else:
                    yield reader.incoming(row, place)
        except UnreadableFileError as error:
            click.echo(str(error), err=True)


@click.group("similar")
def similar() -> None:
    """类案检索：建索引、检索、评测。"""


def open_index(folder: Path | None) -> JudgmentIndex:
    """The index of the home folder, or of `folder`; a broken one is told in Chinese."""
    try:
        return JudgmentIndex(folder or home.current() / "similar")
    except (BrokenIndexError, OSError) as error:
        raise click.ClickException(str(error)) from error


_folder = click.option(
    "--index", "folder", type=click.Path(path_type=Path), help="索引目录（默认数据目录下 similar/）"
)


@similar.command("index")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_folder
def build(files: tuple[Path, ...], folder: Path | None) -> None:
    """把裁判文书加入索引；同一 id 再次加入即替换（txt、docx、html、json、jsonl、jsonl.xz）。"""
    index = open_index(folder)
    try:
        count = index.add(
            incoming(files, make_reader()),
            progress=lambda n: click.echo(f"已加入 {n} 份", err=True) if n % 5_000 == 0 else None,
        )
    except ValueError as error:
        raise click.ClickException(f"索引正被另一进程写入，或磁盘不可写：{error}") from error
    click.echo(
        f"加入 {count} 份，索引现有 {len(index)} 份，占用 {index.size_on_disk() / 1e6:.1f} MB"
    )


@similar.command("query")
@click.option("--case", "number", help="已入索引案件的案号")
@click.option("--text", "path", type=click.Path(path_type=Path), help="待决案件文书或案情文本文件")
@click.option("--words", help="直接输入案情")
@click.option("--cause", "causes", multiple=True, help="待决案件的案由、罪名，可多次给出")
@click.option("--only-cause", "only", multiple=True, help="筛选：案由")
@click.option("--statute", "statutes", multiple=True, help="筛选：法条，如 刑法:264")
@click.option("--court", "courts", multiple=True, help="筛选：法院")
@click.option("--level", "levels", multiple=True, help="筛选：法院层级（最高、高级、中级、基层）")
@click.option("--class", "classes", multiple=True, help="筛选：刑事、民事、行政……")
@click.option("--disposition", "dispositions", multiple=True, help="筛选：裁判结果")
@click.option("--keyword", "keywords", multiple=True, help="筛选：事实、说理或者主文含有的词")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="筛选：裁判日期起")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="筛选：裁判日期止")
@click.option("--sort", "order", type=click.Choice([LIKENESS, AUTHORITY]), default=LIKENESS)
@click.option("--own-court", default="", help="检索法院名称，权威层级以其为准")
@click.option("--limit", type=click.IntRange(1, 200), default=10)
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table")
@_folder
def query(
    number: str | None,
    path: Path | None,
    words: str | None,
    causes: tuple[str, ...],
    order: str,
    own_court: str,
    limit: int,
    layout: str,
    folder: Path | None,
    **narrow: Any,
) -> None:
    """检索类案：以案号、文书文件或一段案情为据，每个结果说明相同之处。"""
    if sum(each is not None for each in (number, path, words)) != 1:
        raise click.UsageError("请在 --case、--text、--words 中给出一项")
    reader = make_reader()
    search = Search(open_index(folder), reader, loader.load(rulebook.DATA))
    filters = _filters(reader, narrow)
    if number is not None:
        question = search.ask_case(canonical_number(number), filters=filters)
        if question is None:
            raise click.ClickException(f"案号 {number}：索引中没有该案")
    else:
        text = words if path is None else _text_of(path)
        question = search.ask(text or "", causes=causes, filters=filters)
    at = standpoint(reader.codes, own_court, clock.day_of(clock.now()))
    hits = search.run(question, limit=limit, at=at, order=order)
    click.echo(
        json.dumps([to_json(h) for h in hits], ensure_ascii=False)
        if layout == "json"
        else sheet(hits)
    )


def _filters(reader: Reader, narrow: dict[str, Any]) -> Filters:
    def day(given: datetime | None) -> date | None:
        return given.date() if given else None

    return Filters(
        causes=reader.any_causes(narrow["only"]),
        statutes=narrow["statutes"],
        courts=narrow["courts"],
        levels=narrow["levels"],
        case_classes=narrow["classes"],
        dispositions=narrow["dispositions"],
        keywords=reader.keywords(" ".join(narrow["keywords"])),
        since=day(narrow["since"]),
        until=day(narrow["until"]),
    )


def _text_of(path: Path) -> str:
    try:
        found = [each.text for each in documents(path) if each.text]
    except UnreadableFileError as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException(f"{path}：没有可读的文字")
    return found[0]


@similar.command("evaluate")
@click.option("--queries", "queries", required=True, type=click.Path(path_type=Path))
@click.option("--documents", "corpus", required=True, type=click.Path(path_type=Path))
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table")
def evaluate(queries: Path, corpus: Path, layout: str) -> None:
    """用带标注的查询评测排序，与普通 BM25 并列。"""
    reader = make_reader()
    with tempfile.TemporaryDirectory(prefix="shenguan-similar-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add(incoming([corpus], reader))
        asked: Iterable[dict[str, Any]] = (row for _, row in rows(queries) if row)
        report = measure(asked, index, reader, loader.load(rulebook.DATA))
    click.echo(json.dumps(report, ensure_ascii=False) if layout == "json" else score_table(report))


COMMANDS: list[click.Command] = [similar]
