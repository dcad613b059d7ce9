"""Opening files of tables: xlsx, xls, ods, csv, tsv, jsonl. Cells come out raw, with their place.

Nothing here knows what a case is. A file that can't be opened raises `UnreadableFileError` with a Chinese
message that says where and why; nothing is guessed from a broken file.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.programs.intake import webtables

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
DELIMITED = frozenset({".csv", ".tsv", ".txt"})
DELIMITERS = ",\t;|"
MAX_FILE = 2 * 1024**3
MAX_UNPACKED = 3 * 1024**3
BOMB_RATIO, BOMB_FLOOR = (
    200,
    100 * 1024**2,
)  # spreadsheets pack 5- to 40-fold; 200 is no spreadsheet
SPOILT_SHARE = 0.02  # of letters beyond ASCII
MAX_COLUMNS = 2000
MAX_CELL = 1_000_000


class UnreadableFileError(ValueError):
    """The file as a whole can't be read; the message names the file, the place and the reason."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"文件“{path.name}”无法读取：{reason}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its 1-based place in the sheet and its cells; `fault` says why it has none."""

    number: int
    cells: tuple[Any, ...]
    fault: str = ""


@dataclass(slots=True)
class Sheet:
    """A table of raw cells. `name` is the worksheet's, "" where the file is one table."""

    name: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    delimited: bool = False


def read_sheets(path: Path) -> list[Sheet]:
    """Return the tables of a spreadsheet or delimited file."""
    check_size(path)
    suffix = path.suffix.lower()
    if suffix in SPREADSHEETS:
        return _read_spreadsheet(path) if _is_binary(path) else _read_disguised(path)
    if suffix in DELIMITED:
        return [_read_delimited(path)]
    raise UnreadableFileError(
        path, f"不支持的文件类型“{path.suffix}”；可用 xlsx、xls、csv、tsv、jsonl"
    )


def check_size(path: Path) -> None:
    """Refuse what is absent, empty or too large to be an export."""
    if not path.is_file():
        raise UnreadableFileError(path, "文件不存在")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFileError(path, "文件是空的（0 字节）")
    if size > MAX_FILE:
        raise UnreadableFileError(path, f"文件过大（{size >> 20} MB，上限 {MAX_FILE >> 20} MB）")


def _is_binary(path: Path) -> bool:
    """Zip (xlsx, ods, xlsb) or compound file (xls); what else is called .xls is text in disguise."""
    with path.open("rb") as handle:
        head = handle.read(8)
    return head.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or path.suffix.lower() != ".xls"


def _read_disguised(path: Path) -> list[Sheet]:
    """Read what is called .xls and is a web page or delimited text, as many systems export it."""
    text, note = decode(path, path.read_bytes())
    if not webtables.is_markup(text):
        return [_read_delimited(path)]
    try:
        tables = webtables.read_tables(text)
    except ValueError as error:
        raise UnreadableFileError(path, f"不是完好的网页表格（{error}）") from error
    return [
        Sheet(
            name,
            [Line(n, tuple(row[:MAX_COLUMNS])) for n, row in enumerate(rows, 1)],
            [note] * bool(note),
        )
        for name, rows in tables
    ]


def _read_spreadsheet(path: Path) -> list[Sheet]:
    import python_calamine as calamine

    _refuse_bomb(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        return [
            Sheet(meta.name, _spreadsheet_lines(book.get_sheet_by_name(meta.name)))
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise UnreadableFileError(path, "文件设有打开密码，请先解除密码再导入") from None
    except Exception as error:
        # The parser is native code with errors of many kinds, its panics among them: all mean one thing.
        raise UnreadableFileError(
            path, f"不是完好的电子表格（{type(error).__name__}: {error}）"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(path, "不是完好的电子表格（解析器异常）") from error


def _spreadsheet_lines(sheet: Any) -> list[Line]:
    rows = sheet.to_python(skip_empty_area=False)
    _fill_down(rows, sheet.merged_cell_ranges or ())
    return [Line(number, tuple(row[:MAX_COLUMNS])) for number, row in enumerate(rows, 1)]


def _fill_down(rows: list[list[Any]], merged: Iterable[Any]) -> None:
    """A cell merged over several rows speaks for each of them."""
    for (top, left), (bottom, _right) in merged:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and rows[top][left] not in ("", None) and row[left] in ("", None):
                row[left] = rows[top][left]


def _refuse_bomb(path: Path) -> None:
    """Look at the sizes a zip container declares before anything is unpacked."""
    if not zipfile.is_zipfile(path):
        return  # .xls is no zip; calamine says what is wrong with anything else
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            packed = sum(info.compress_size for info in archive.infolist()) or 1
    except Exception as error:  # a damaged archive fails in many ways, each meaning the same
        raise UnreadableFileError(path, f"压缩结构已损坏（{error}）") from error
    if unpacked > MAX_UNPACKED or (unpacked > BOMB_FLOOR and unpacked / packed > BOMB_RATIO):
        raise UnreadableFileError(path, f"解压后达 {unpacked >> 20} MB，疑似压缩炸弹，已拒绝打开")


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Return text and a note: UTF-8 (with or without mark), UTF-16 with mark, or GB18030.

    A file with a few spoilt bytes keeps them visible as `\\xNN` and says so in the note; one that is
    spoilt throughout is refused.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _least_spoilt(path, data, ("utf-16",))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or not _spoilt_utf8(data):
            return text, ""
    return _least_spoilt(path, data, ("utf-8-sig", "gb18030"))


def _spoilt_utf8(data: bytes) -> bool:
    """GB18030 reads almost any bytes; text that is UTF-8 but for a few bytes isn't GB18030."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") <= _tolerable(text)


def _tolerable(text: str) -> float:
    return sum(1 for letter in text if letter > "\x7f") * SPOILT_SHARE


def _least_spoilt(path: Path, data: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    counts = {e: data.decode(e, errors="replace").count("\ufffd") for e in encodings}
    best = min(counts, key=lambda encoding: counts[encoding])
    line = _first_spoilt_line(data, best)
    if not counts[best]:
        return data.decode(best), ""
    if counts[best] > _tolerable(data.decode(best, errors="replace")):
        raise UnreadableFileError(path, f"第 {line} 行起既不是 UTF-8 也不是 GB18030 编码的文字")
    note = f"第 {line} 行起有 {counts[best]} 处编码损坏，已以 \\xNN 形式保留原字节"
    return data.decode(best, errors="backslashreplace"), note


def _first_spoilt_line(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0


def _read_delimited(path: Path) -> Sheet:
    text, note = decode(path, path.read_bytes())
    if "\x00" in text:
        raise UnreadableFileError(
            path, f"第 {text.count(chr(10), 0, text.index(chr(0))) + 1} 行含有空字节，不是文本表格"
        )
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text))
    sheet = Sheet("", notes=[note] if note else [], delimited=True)
    try:
        for row in reader:
            sheet.lines.append(Line(reader.line_num, tuple(row[:MAX_COLUMNS])))
    except csv.Error as error:
        raise UnreadableFileError(
            path, f"第 {reader.line_num} 行：引号不成对或单元格过长（{error}）"
        ) from error
    return sheet


def _delimiter(path: Path, text: str) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    head = text[:20_000].splitlines()[:30]
    return max(DELIMITERS, key=lambda mark: (sum(line.count(mark) for line in head), mark == ","))


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | None, str]]:
    """Yield `(line, object, "")` of a jsonl file, or `(line, None, reason)` for a faulty line."""
    check_size(path)
    for number, raw in enumerate(_raw_lines(path), 1):
        if raw.strip():
            yield (number, *_object(raw))


def _raw_lines(path: Path) -> Iterator[str]:
    if path.suffix.lower() == ".xz":
        try:
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                yield from lines
        except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
            raise UnreadableFileError(path, f"压缩数据已损坏（{error}）") from error
    else:
        yield from decode(path, path.read_bytes())[0].split("\n")


def _object(raw: str) -> tuple[dict[str, Any] | None, str]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return None, f"不是完整的 JSON（{error}）"
    if not isinstance(value, dict):
        return None, "应为一个 JSON 对象"
    return value, ""
