"""Lists as xlsx: one sheet a list, heading frozen, who may have it printed on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

Cell = str | int | float | date | None
_FORBIDDEN = str.maketrans("[]:*?/\\", "（）：＊？、、")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `columns` are (heading, width in characters); `note` stands above the heading."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def write_xlsx(sheets: Sequence[Sheet], target: Path, *, mark: str = "") -> None:
    """Write the sheets; text is never read as a formula or an address."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(target), options)
    heading = book.add_format(
        {"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top"})
    for number, sheet in enumerate(sheets):
        made = book.add_worksheet(_name(sheet.name, number, sheets))
        _fill(made, sheet, mark, heading, cell, day)
    book.close()


def _name(name: str, number: int, sheets: Sequence[Sheet]) -> str:
    """Sheet names hold 31 characters and stand once."""
    short = name.translate(_FORBIDDEN)[:31]
    twice = any(other.name.translate(_FORBIDDEN)[:31] == short for other in sheets[:number])
    return f"{short[:28]}_{number + 1}" if twice else short


def _fill(
    made: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    mark: str,
    heading: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
    day: xlsxwriter.format.Format,
) -> None:
    top = 0
    for above in filter(None, (mark, sheet.note)):
        made.write_string(top, 0, above)
        top += 1
    for at, (name, width) in enumerate(sheet.columns):
        made.write_string(top, at, name, heading)
        made.set_column(at, at, width)
    for row_at, row in enumerate(sheet.rows, top + 1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                made.write_datetime(row_at, at, value, day)
            else:
                made.write(row_at, at, value, cell)
    made.freeze_panes(top + 1, min(2, len(sheet.columns)))
    made.autofilter(top, 0, top + max(len(sheet.rows), 1), len(sheet.columns) - 1)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(top)
    made.set_footer(f"&L{mark}&R第 &P 页 / 共 &N 页")
