"""Reads `facts.yaml` and the code tables facts are encoded with.

`codes/facts_codes.yaml` lists the small tables. 类型代字, 案由 and 事件 are numbered from their own files: a type by
its official number, a cause by its line, an event by its place in the list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from shenguan.core.indicator.facttable import CodeTables, Facts, IndicatorError, fact_table
from shenguan.rulebook.loaders import events as event_kinds

_CAUSE_FILES = (
    ("causes_civil_2025.csv", 100_000),
    ("causes_criminal.csv", 200_000),
    ("causes_administrative.csv", 300_000),
)
_UNNUMBERED_TYPES_FROM = 9001


def load(data_dir: Path, overlay: Path | None = None) -> Facts:
    """Return the declared fact tables and their code tables; raises `IndicatorError`."""
    declared = yaml.safe_load((data_dir / "facts.yaml").read_text(encoding="utf-8"))
    tables = {name: fact_table(name, entry) for name, entry in declared.items()}
    return Facts(tables, CodeTables(_code_tables(data_dir, overlay)))


def _code_tables(data_dir: Path, overlay: Path | None) -> dict[str, dict[str, int]]:
    kinds = event_kinds.load(data_dir, overlay)
    tables = {
        "类型代字": _type_codes(data_dir, overlay),
        "案由": _causes(data_dir),
        "事件": {kind.name: number for number, kind in enumerate(kinds, 1)},
    }
    path = data_dir / "codes" / "facts_codes.yaml"
    if path.exists():
        tables |= _listed(yaml.safe_load(path.read_text(encoding="utf-8")))
    return tables


def _listed(entries: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    for table, codes in entries.items():
        wrong = [name for name, code in codes.items() if not isinstance(code, int)]
        if wrong:
            raise IndicatorError(
                f"facts_codes.yaml：{table} 的 {'、'.join(map(str, wrong))} 不是整数"
            )
    return {
        table: {str(name): code for name, code in codes.items()} for table, codes in entries.items()
    }


def _type_codes(data_dir: Path, overlay: Path | None) -> dict[str, int]:
    numbered: dict[str, int] = {}
    spare = _UNNUMBERED_TYPES_FROM
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / "codes").glob("case_types*.csv")):
            for row in _rows(path):
                code = row["type_code"]
                if code in numbered:
                    continue
                if row["number"].isdigit():
                    numbered[code] = int(row["number"])
                else:
                    numbered[code], spare = spare, spare + 1
    return numbered


def _causes(data_dir: Path) -> dict[str, int]:
    """Names first (the deepest of a name wins), then codes: both lead to the cause's number."""
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    for file, offset in _CAUSE_FILES:
        path = data_dir / "codes" / file
        for line, row in enumerate(_rows(path) if path.exists() else (), 1):
            names[row["name"]] = codes[row["code"]] = offset + line
    return names | codes


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
