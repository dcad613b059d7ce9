"""From a file to what it holds: tables with their layouts, or judgments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.programs.intake.known import CASE_TABLE, EVENT_TABLE, JUDGMENTS
from shenguan.programs.intake.layout import Layout, find_layout, heading_key
from shenguan.programs.intake.sheets import (
    DELIMITED,
    SPREADSHEETS,
    Line,
    Sheet,
    UnreadableFileError,
    read_objects,
    read_sheets,
)
from shenguan.programs.intake.values import cell_text
from shenguan.rulebook.loaders.intake import Vocabulary

DOCUMENTS = (".html", ".htm", ".docx", ".txt", ".json", ".json.xz", ".txt.xz")
LINES = (".jsonl", ".jsonl.xz", ".ndjson")
PEEKED = 20


@dataclass(slots=True)
class Material:
    """What one file holds. `tables` are (sheet, layout); for judgments there are none."""

    path: Path
    kinds: list[str] = field(default_factory=list)
    tables: list[tuple[Sheet, Layout]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[tuple[Sheet, Layout]]:
        """Return the tables of one kind (案件表, 事件表)."""
        wanted = "case" if kind == CASE_TABLE else "event"
        return [(sheet, layout) for sheet, layout in self.tables if layout.table == wanted]


def open_material(path: Path, words: Vocabulary, mapping: Mapping[str, str]) -> Material:
    """Find out what a file holds; raises `UnreadableFileError` when it is nothing we know."""
    name = path.name.lower()
    if name.endswith(LINES):
        if not path.is_file() or not _holds_judgments(path):
            return _tables(path, [_sheet_of_objects(path)], words, mapping)
        return Material(path, [JUDGMENTS])
    if (
        path.suffix.lower() == ".txt"
        and path.is_file()
        and not _looks_tabular(path, words, mapping)
    ):
        return Material(path, [JUDGMENTS])
    if path.suffix.lower() in SPREADSHEETS | DELIMITED:
        return _tables(path, read_sheets(path), words, mapping)
    if name.endswith(DOCUMENTS):
        return Material(path, [JUDGMENTS])
    read_sheets(path)  # raises with the reason
    raise UnreadableFileError(path, "不支持的文件类型")


def _tables(
    path: Path, sheets: Iterable[Sheet], words: Vocabulary, mapping: Mapping[str, str]
) -> Material:
    material = Material(path)
    for sheet in sheets:
        material.notes += sheet.notes
        layout = find_layout(sheet, words, mapping)
        if layout is not None:
            material.tables.append((sheet, layout))
        elif any(cell_text(cell) for line in sheet.lines for cell in line.cells):
            material.notes.append(f"{_named(sheet)}前 40 行中没有含“案号”的表头，未导入")
    if not material.tables:
        raise UnreadableFileError(
            path, "没有找到含“案号”一栏的表头；可用 --map 指定各栏目在本文件中的名称"
        )
    material.notes += _unmet(material, mapping)
    material.kinds = [kind for kind in (CASE_TABLE, EVENT_TABLE) if material.of(kind)]
    return material


def _unmet(material: Material, mapping: Mapping[str, str]) -> list[str]:
    """Say which headings of the mapping file stand in no sheet."""
    present = {
        heading_key(heading)
        for _sheet, layout in material.tables
        for heading in (*(column.heading for column in layout.columns), *layout.unmapped)
    }
    wanted = (
        str(one)
        for heading in mapping.values()
        for one in (heading if isinstance(heading, (list, tuple)) else [heading])
    )
    missing = [heading for heading in wanted if heading_key(heading) not in present]
    return [f"对照文件所列“{heading}”不在本文件的表头中" for heading in missing]


def _named(sheet: Sheet) -> str:
    return f"工作表“{sheet.name}”" if sheet.name else "文件"


def _holds_judgments(path: Path) -> bool:
    """Lines with a `text` and no case number column are judgments."""
    for seen, (_number, row, _fault) in enumerate(read_objects(path)):
        if row is not None:
            return isinstance(row.get("text"), str) and "案号" not in row
        if seen > PEEKED:
            break
    return False


def _looks_tabular(path: Path, words: Vocabulary, mapping: Mapping[str, str]) -> bool:
    try:
        return any(find_layout(sheet, words, mapping) for sheet in read_sheets(path))
    except UnreadableFileError:
        return False


def _sheet_of_objects(path: Path) -> Sheet:
    """Lay JSON lines out as a table: the headings are all keys in the order they first come."""
    sheet, headings = Sheet(""), dict[str, int]()
    rows: list[tuple[int, dict[str, Any] | None, str]] = list(read_objects(path))
    for _number, row, _fault in rows:
        for key in row or ():
            headings.setdefault(str(key), len(headings))
    sheet.lines.append(Line(0, tuple(headings)))
    for number, row, fault in rows:
        cells: list[Any] = [None] * len(headings)
        for key, value in (row or {}).items():
            cells[headings[str(key)]] = _flat(value)
        sheet.lines.append(Line(number, tuple(cells), fault))
    return sheet


def _flat(value: Any) -> Any:
    """Return a JSON value as a cell: lists are joined, parties with roles become 角色：姓名."""
    if isinstance(value, list):
        return "；".join(str(_flat(one)) for one in value)
    if isinstance(value, dict):
        name = value.get("name") or value.get("姓名") or value.get("名称")
        role = value.get("role") or value.get("诉讼地位")
        if name:
            return f"{role}：{name}" if role else str(name)
        return "；".join(f"{key}={one}" for key, one in value.items())
    return value
