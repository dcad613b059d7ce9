"""Reading a roster (人员名册) of the court's own personnel office: 法院 部门 姓名 工号 职务 起 止 …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "court": ("法院", "法院名称", "单位", "法院代字"),
    "unit": ("部门", "庭室", "所在部门", "内设机构", "承办部门"),
    "name": ("姓名", "人员姓名"),
    "staff_number": ("工号", "人员编号", "编号"),
    "post": ("职务", "审判职务", "岗位"),
    "valid_from": ("起", "任职起", "任职日期", "任职时间"),
    "valid_to": ("止", "任职止", "免职日期", "免职时间"),
    "serves": ("所辅助法官", "辅助法官"),
    "username": ("用户名", "登录名", "账号"),
}
NEEDED = ("name", "post")
_FIELD = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_LOOK_IN = 20
"""The heading stands in one of the first rows."""


class RosterError(ValueError):
    """The workbook can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a roster; texts are "" and days None where the cell is blank."""

    place: str
    court: str
    unit: str
    name: str
    staff_number: str
    post: str
    serves: str
    username: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that wasn't taken: where, why, and what stood there."""

    place: str
    reason: str
    values: str


@dataclass(slots=True)
class Roster:
    """The lines of a workbook that can be read, and those that can't."""

    file: str
    entries: list[Entry] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def read(path: Path) -> Roster:
    """Read all sheets that have the headings; raises `RosterError` when none has."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        raise RosterError(f"文件“{path.name}”打不开：{error}") from None
    found, seen = Roster(path.name), False
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        start = _start(rows)
        if start is not None:
            seen = True
            _sheet(found, name, rows, *start)
    if not seen:
        raise RosterError(f"文件“{path.name}”中没有找到含“姓名”“职务”的表头行")
    return found


def _start(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[int, str]] | None:
    for number, row in enumerate(rows[:_LOOK_IN]):
        columns = {at: _FIELD[_text(cell)] for at, cell in enumerate(row) if _text(cell) in _FIELD}
        if set(NEEDED) <= set(columns.values()):
            return number, columns
    return None


def _sheet(
    found: Roster, sheet: str, rows: Sequence[Sequence[Any]], start: int, columns: dict[int, str]
) -> None:
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {name: row[at] for at, name in columns.items() if at < len(row)}
        if not any(_text(cell) for cell in cells.values()):
            continue
        place = f"{sheet} 第{number}行"
        try:
            found.entries.append(_entry(place, cells))
        except ValueError as problem:
            values = "，".join(filter(None, map(_text, cells.values())))
            found.rejects.append(Reject(place, str(problem), values))


def _entry(place: str, cells: Mapping[str, Any]) -> Entry:
    texts = {
        name: _text(cells.get(name))
        for name in ("court", "unit", "name", "staff_number", "post", "serves", "username")
    }
    if missing := [HEADINGS[name][0] for name in NEEDED if not texts[name]]:
        raise ValueError(f"缺{'、'.join(missing)}")
    since, until = (_day(HEADINGS[name][0], cells.get(name)) for name in ("valid_from", "valid_to"))
    return Entry(place=place, valid_from=since, valid_to=until, **texts)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell if cell is not None else "").strip()


def _day(heading: str, cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    for form in _forms(text):
        try:
            return date.fromisoformat(form)
        except ValueError:
            continue
    raise ValueError(f"“{heading}”不是日期：{text}")


def _forms(text: str) -> Iterator[str]:
    yield text
    parts = (
        text.rstrip("日").replace("年", "-").replace("月", "-").replace("/", "-").replace(".", "-")
    )
    yield "-".join(part.zfill(2) for part in parts.split("-"))
