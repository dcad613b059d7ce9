"""A court's workbook as rows of cells: the heading line is looked for, columns come in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

from shenguan.rulebook.loaders.workbook import Words

HEADING_LINES = 15
"""A title and remarks may stand above the headings."""
NEEDED = ("name",)


class WorkbookError(ValueError):
    """The workbook as a whole can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its place as people name it (`C12`)."""

    place: str
    heading: str
    value: Any

    @property
    def text(self) -> str:
        """Return the cell as text, days as ISO."""
        if isinstance(self.value, datetime):
            return self.value.date().isoformat()
        if isinstance(self.value, date):
            return self.value.isoformat()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else str(self.value).strip()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the workbook: cells by the key of their heading."""

    sheet: str
    number: int
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return the text of a cell, "" where there is none."""
        return self.cells[key].text if key in self.cells else ""

    def at(self, key: str) -> str:
        """Return the place of a cell in words: line, cell, heading."""
        cell = self.cells.get(key)
        where = f"单元格 {cell.place}（{cell.heading}）" if cell else ""
        return f"工作表“{self.sheet}”第 {self.number} 行{where}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """All rows of all sheets that have headings, and the headings nobody knows."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...]


def read(path: Path, words: Words) -> Workbook:
    """Read a workbook; raises `WorkbookError` when no sheet has a line of headings."""
    lines: list[Line] = []
    unknown: list[str] = []
    for sheet, rows in _sheets(path):
        found = _headings(rows, words)
        if found is None:
            continue
        first, columns = found
        unknown += [text for at, text in _texts(rows[first]) if at not in columns]
        lines += _lines(sheet, rows, first, columns)
    if not lines:
        raise WorkbookError(f"文件“{path.name}”中没有找到含“名称”“分子”的表头行，或表头下没有内容")
    return Workbook(tuple(lines), tuple(dict.fromkeys(unknown)))


def _sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise WorkbookError(f"文件“{path.name}”打不开：{error}") from None


def _texts(row: Sequence[Any]) -> Iterator[tuple[int, str]]:
    for at, value in enumerate(row):
        if isinstance(value, str) and value.strip():
            yield at, value.strip()


def _headings(rows: Sequence[Sequence[Any]], words: Words) -> tuple[int, dict[int, str]] | None:
    for number, row in enumerate(rows[:HEADING_LINES]):
        columns: dict[int, str] = {}
        for at, text in _texts(row):
            key = words.heading(text)
            if key and key not in columns.values():
                columns[at] = key
        if "name" in columns.values() and {"numerator", "formula", "value"} & set(columns.values()):
            return number, columns
    return None


def _lines(
    sheet: str, rows: Sequence[Sequence[Any]], first: int, columns: Mapping[int, str]
) -> Iterator[Line]:
    for number in range(first + 1, len(rows)):
        row = rows[number]
        cells = {
            key: Cell(f"{letters(at)}{number + 1}", str(rows[first][at]).strip(), row[at])
            for at, key in columns.items()
            if at < len(row) and row[at] not in (None, "")
        }
        if any(cell.text for cell in cells.values()):
            yield Line(sheet, number + 1, cells)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
