"""Rows of values as table, csv and xlsx: the same columns everywhere, Chinese headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from rich.table import Table

from shenguan.core.indicator.figure import PLAIN_KINDS
from shenguan.core.indicator.grain import DIMENSIONS
from shenguan.spine.indicators.labels import UPPER_LABELS
from shenguan.spine.indicators.values import COMPARISONS, ValueRow

Cell = str | int | float | None


def headings(rows: Sequence[ValueRow]) -> list[str]:
    """Return the column names of some rows."""
    first = rows[0]
    groups = [_label(name) for name in first.keys]
    compared = [
        text
        for name in first.compared
        for text in (f"{COMPARISONS[name]}值", f"{COMPARISONS[name]}升降")
    ]
    plain = ["值", "分子", "分母"]
    return ["编码", "指标", "统计期", *groups, *plain, *compared, "区间", "备注", "口径"]


def _label(name: str) -> str:
    return UPPER_LABELS.get(name) or DIMENSIONS[name].label


def cells(row: ValueRow) -> list[Cell]:
    """Return one row in the order of `headings`; numbers as numbers, the value as printed.

    What is counted, not divided, has no 分母.
    """
    counted = row.indicator.kind in PLAIN_KINDS
    compared = [
        part for name in row.compared for part in (row.compared[name].value, row.change(name))
    ]
    return [
        row.indicator.code,
        row.indicator.name,
        row.period.words,
        *(row.labels[name] for name in row.keys),
        row.printed,
        row.figure.numerator,
        None if counted else row.figure.denominator,
        *compared,
        row.standing,
        row.note,
        row.version.regime_name,
    ]


def as_table(rows: Sequence[ValueRow], title: str) -> Table:
    """Return a table for the terminal."""
    table = Table(title=title)
    for name in headings(rows):
        right = name in {"值", "分子", "分母"} or name.endswith(("值", "升降"))
        table.add_column(name, justify="right" if right else "left")
    for row in rows:
        table.add_row(*("" if cell is None else _short(cell) for cell in cells(row)))
    return table


def _short(cell: Cell) -> str:
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)


def as_csv(rows: Sequence[ValueRow]) -> str:
    """Return CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings(rows))
    writer.writerows(cells(row) for row in rows)
    return text.getvalue()


def write_xlsx(rows: Sequence[ValueRow], path: Path, remarks: Sequence[str]) -> None:
    """Write a workbook: the figures, and beside them what must be known to read them."""
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("指标")
        sheet.write_row(0, 0, headings(rows), bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, cells(row))
        sheet.freeze_panes(1, 3)
        sheet.autofit()
        notes = book.add_worksheet("说明")
        for number, remark in enumerate(remarks):
            notes.write_string(number, 0, remark)
