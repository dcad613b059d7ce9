"""What leaves an import as a file: rejects and the report, as xlsx or csv, safe to open anywhere.

A cell that a spreadsheet would run as a formula is written as text, so that a hostile name in an export
does nothing on the desk of whoever opens our list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from shenguan.programs.intake.outcome import FileReport, Report
from shenguan.rulebook.loaders.intake import Vocabulary

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL = 32_000  # a spreadsheet holds 32,767 characters a cell
MAX_ROWS = 1_000_000
Table = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def safe(value: Any) -> str:
    """Return a cell for csv: text that looks like a formula is quoted by a leading apostrophe."""
    text = _text(value)
    plain_number = text[1:].replace(".", "", 1).isdigit() if text[:1] in "+-" and text else False
    return f"'{text}" if text.startswith(DANGEROUS) and not plain_number else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_text(one) for one in value)
    if isinstance(value, dict):
        role, name = value.get("role"), value.get("name")
        return f"{role}：{name}" if role else _text(name or "、".join(map(_text, value.values())))
    return str(value)[:MAX_CELL]


def write_tables(path: Path, tables: Sequence[Table]) -> None:
    """Write tables to an xlsx with one sheet each, or the first of them to a csv."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        _write_csv(path, tables[0])
        return
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        for name, headings, rows in tables:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(headings) - 1, 0), 20)
            sheet.write_row(0, 0, list(headings), bold)
            for number, row in zip(range(1, MAX_ROWS), rows, strict=False):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _text(value))


def _write_csv(path: Path, table: Table) -> None:
    _name, headings, rows = table
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(headings)
        writer.writerows([safe(value) for value in row] for row in rows)


def rejects_table(report: Report) -> Table:
    """Return what didn't go in: file, place, field, reason, and the original columns."""
    columns = dict.fromkeys(
        heading for file in report.files for reject in file.rejects for heading in reject.original
    )
    headings = ("文件", "行", "栏目", "原因", "处理", *columns)
    rows = [
        (
            file.file,
            reject.place,
            reject.field,
            reject.reason,
            reject.handled,
            *(reject.original.get(column, "") for column in columns),
        )
        for file in report.files
        for reject in file.rejects
    ]
    rows += [(f.file, "整个文件", "", f.error, "未导入") for f in report.files if f.error]
    return "拒收内容", headings, rows


def report_tables(report: Report, words: Vocabulary, *, lists: Sequence[Table] = ()) -> list[Table]:
    """Return the sheets of the report: summary, changes, snapshot, rejects, and the lists given."""
    return [
        ("汇总", ("项目", "数量", "说明"), _summary(report)),
        (
            "变更明细",
            ("文件", "案号", "法院", "位置", "栏目", "原值", "新值", "记录为"),
            _changes(report, words),
        ),
        ("消失案件", ("法院", "案号"), report.vanished),
        (
            "案号疑似变更",
            ("法院", "原案号", "新案号", "依据", "处理"),
            [
                (r.court, r.old, r.new, r.why, "已记为案号变更" if r.accepted else "待核实")
                for r in report.renumbered
            ],
        ),
        *lists,
        rejects_table(report),
    ]


def _summary(report: Report) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for file in report.files:
        rows += _file_summary(file)
    rows += [("质量问题：" + name, count, "") for name, count in report.quality.most_common()]
    if report.differing_dues is not None:
        rows.append(("届满日期与本系统计算不一致", report.differing_dues, "见“届满日期对账”"))
    return rows


def _file_summary(file: FileReport) -> list[tuple[Any, ...]]:
    counts = [
        ("读入行数", file.rows),
        ("新增", file.new),
        ("变更", file.changed),
        ("未变", file.unchanged),
        ("重复行", file.repeated),
        ("拒收", file.rejected),
        ("新记事件", file.events),
        ("置空或未采用栏目", file.bad_fields),
        ("非规范案号", file.unofficial_numbers),
        ("表外法院", file.unlisted_courts),
    ]
    notes = [*file.notes, *([file.error] if file.error else [])]
    rows: list[tuple[Any, ...]] = [(name, count, file.file) for name, count in counts]
    rows += [("提示", "", f"{file.file}：{note}") for note in notes]
    if file.unmapped:
        said = "、".join(dict.fromkeys(file.unmapped))
        rows.append(("未识别栏目（作为其他栏目保留）", len(file.unmapped), f"{file.file}：{said}"))
    return rows


def _changes(report: Report, words: Vocabulary) -> Iterable[tuple[Any, ...]]:
    for file in report.files:
        for one in file.changes:
            name = words.name_of(one.change.field)
            yield (
                file.file,
                one.number,
                one.court,
                one.place,
                name,
                one.change.old,
                one.change.new,
                one.change.event,
            )


def findings_table(found: Iterable[Any]) -> Table:
    """Return every finding that stands, with its case."""
    headings = ("案号", "法院", "承办人", "程度", "问题", "说明", "位置")
    rows = (
        (
            f.case.number,
            f.case.court.name,
            f.case.undertaker_name,
            f.severity,
            f.name,
            f.message,
            f.place,
        )
        for f in found
    )
    return "数据质量", headings, rows


def differences_table(differences: Iterable[Any]) -> Table:
    """Return the reconciliation of due dates, with both derivations."""
    headings = (
        "案号",
        "法院",
        "承办人",
        "原系统届满日",
        "本系统届满日",
        "相差天数",
        "原因",
        "本系统推算",
        "原系统推算",
    )
    rows = (
        (d.number, d.court, d.undertaker, d.recorded_due, d.due, d.days, d.reason, d.ours, d.theirs)
        for d in differences
    )
    return "届满日期对账", headings, rows
