"""Reads the code tables that facts are encoded with, and the spellings that lead to them.

`codes/facts_codes.yaml` lists the small tables, `codes/facts_words.yaml` the spellings. 类型代字, 案由 and 事件
are numbered from their own tables: a type by its official number, a cause by its place in the tree, an
event by its place in the event table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shenguan.core.facts.causes import number_of
from shenguan.core.facts.words import Words
from shenguan.rulebook.loaders import causes as cause_trees
from shenguan.rulebook.loaders import events as event_kinds
from shenguan.rulebook.reading import read_yaml

CODES, WORDS = Path("codes") / "facts_codes.yaml", Path("codes") / "facts_words.yaml"
LISTS, HEADINGS = "名单", "栏目"
_UNNUMBERED_TYPES_FROM = 9001


def load(data_dir: Path, overlay: Path | None = None) -> Words:
    """Return tables and spellings; an overlay adds entries and spellings of its own.

    Raises `ValueError` naming file, table and word where a spelling leads nowhere.
    """
    found = tables(data_dir, overlay)
    same: dict[str, dict[str, str]] = {}
    containing: dict[str, tuple[tuple[str, str], ...]] = {}
    lists: dict[str, frozenset[str]] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for folder in filter(None, (overlay, data_dir)):  # a court's own words are tried first
        entries = _read(folder / WORDS)
        for name, words in entries.pop(LISTS, {}).items():
            lists[name] = lists.get(name, frozenset()) | frozenset(words)
        for name, words in entries.pop(HEADINGS, {}).items():
            headings[name] = headings.get(name, ()) + tuple(words)
        for table, entry in entries.items():
            same[table] = {**_spellings(entry), **same.get(table, {})}
            containing[table] = containing.get(table, ()) + _contained(entry)
            _check(table, {*same[table].values(), *(n for _w, n in containing[table])}, found)
    return Words(found, same, containing, lists, headings)


def tables(data_dir: Path, overlay: Path | None = None) -> dict[str, dict[str, int]]:
    """Return every code table: name → integer."""
    small: dict[str, dict[str, int]] = {}
    for folder in filter(None, (data_dir, overlay)):
        for table, entry in _read(folder / CODES).items():
            small[table] = {**small.get(table, {}), **_integers(table, entry)}
    return small | {
        "类型代字": _types(data_dir, overlay),
        "案由": _causes(data_dir, overlay),
        "事件": {
            kind.name: n for n, kind in enumerate(event_kinds.load(data_dir, overlay), start=1)
        },
    }


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found: dict[str, Any] = read_yaml(path)
    return found


def _integers(table: str, entry: dict[str, Any]) -> dict[str, int]:
    wrong = [str(name) for name, code in entry.items() if type(code) is not int or code < 1]
    if wrong:
        raise ValueError(f"facts_codes.yaml：{table} 的 {'、'.join(wrong)} 不是正整数")
    if len(set(entry.values())) < len(entry):
        raise ValueError(f"facts_codes.yaml：{table} 有重复的整数")
    return {str(name): code for name, code in entry.items()}


def _spellings(entry: dict[str, Any]) -> dict[str, str]:
    listed: dict[str, list[str]] = entry.get("同") or {}
    return {spelling: name for name, spellings in listed.items() for spelling in spellings}


def _contained(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((word, name) for word, name in entry.get("含") or ())


def _check(table: str, names: set[str], found: dict[str, dict[str, int]]) -> None:
    unknown = sorted(names - found.get(table, {}).keys())
    if unknown:
        raise ValueError(f"facts_words.yaml：{table} 的“{'、'.join(unknown)}”不在代码表中")


def _types(data_dir: Path, overlay: Path | None) -> dict[str, int]:
    numbered: dict[str, int] = {}
    spare = _UNNUMBERED_TYPES_FROM
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / "codes").glob("case_types*.csv")):
            for row in _rows(path):
                if row["type_code"] in numbered:
                    continue
                if row["number"].isdigit():
                    numbered[row["type_code"]] = int(row["number"])
                else:
                    numbered[row["type_code"]], spare = spare, spare + 1
    return numbered


def _causes(data_dir: Path, overlay: Path | None) -> dict[str, int]:
    """Names first (the deepest node of a name), then codes: both lead to the cause's number."""
    nodes = sorted(cause_trees.load(data_dir, overlay).in_force, key=lambda node: node.level)
    numbers = {node.code: number_of(node.code) for node in nodes}
    return {node.name: numbers[node.code] for node in nodes} | numbers


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
