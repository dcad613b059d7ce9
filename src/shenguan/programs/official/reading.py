"""Reading a workbook of official values: 指标 期间 法院 分子 分母 值 来源, columns in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine

from shenguan.base.org.models import Court
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.period import Period

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("指标", "指标名称", "名称", "指标编码", "原子", "填报数"),
    "period": ("期间", "统计期", "统计期间"),
    "court": ("法院", "法院名称", "单位"),
    "numerator": ("分子",),
    "denominator": ("分母",),
    "value": ("值", "数值", "指标值", "填报值"),
    "source": ("来源", "数据来源", "出处"),
}
_VALUE = re.compile(r"-?[\d,]+(?:\.\d+)?\s*[%‰‱]?")


class OfficialError(ValueError):
    """The workbook can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One row read: whose value, of what, over which days."""

    court: Court
    code: str
    period: Period
    numerator: int | None
    denominator: int | None
    printed: str
    source: str
    place: str


@dataclass
class Read:
    """Rows that could be read, and what is wrong with the others, by line and cell."""

    rows: list[Stated] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read(path: Path, library: Library, *, entered: bool = False) -> Read:
    """Read all sheets of a workbook: of indicators, or (`entered`) of numbers a court fills in.

    Raises `OfficialError` when no sheet has the headings.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        raise OfficialError(f"文件“{path.name}”打不开：{error}") from None
    reader, found, seen = (_Entered if entered else _Reader)(library), Read(), False
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        start = _start(rows)
        if start is not None:
            seen = True
            _sheet(reader, f"{path.name} {name}", rows, *start, found)
    if not seen:
        raise OfficialError(f"文件“{path.name}”中没有找到含“指标”“期间”“值”的表头行")
    return found


def _start(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(rows[:15]):
        columns = {
            key: at
            for at, cell in enumerate(row)
            for key, words in HEADINGS.items()
            if str(cell).strip() in words
        }
        if {"name", "period"} <= columns.keys() and {"value", "numerator"} & columns.keys():
            return number, columns
    return None


def _sheet(
    reader: _Reader,
    where: str,
    rows: Sequence[Sequence[Any]],
    first: int,
    columns: Mapping[str, int],
    found: Read,
) -> None:
    for number in range(first + 1, len(rows)):
        cells = {
            key: _text(rows[number][at]) for key, at in columns.items() if at < len(rows[number])
        }
        if not any(cells.values()):
            continue
        for key, at in columns.items():
            reader.places[key] = f"{where} 第 {number + 1} 行单元格 {chr(65 + at)}{number + 1}"
        try:
            found.rows.append(reader.stated(cells, f"{where} 第 {number + 1} 行"))
        except OfficialError as error:
            found.errors.append(str(error))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


class _Reader:
    def __init__(self, library: Library) -> None:
        indicators = library.indicators.values()
        self.codes = {i.name: i.code for i in indicators} | {i.code: i.code for i in indicators}
        self.courts = {court.name: court for court in Court.objects.all()}
        self.courts |= {court.code: court for court in list(self.courts.values())}
        self.places: dict[str, str] = {}

    def stated(self, cells: Mapping[str, str], place: str) -> Stated:
        name, court = cells["name"], cells.get("court", "")
        if name not in self.codes:
            raise self._fail("name", f"没有指标“{name}”")
        if court not in self.courts:
            raise self._fail("court", f"没有法院“{court}”")
        top, base = self._number(cells, "numerator"), self._number(cells, "denominator")
        printed = cells.get("value", "")
        if printed and not _VALUE.fullmatch(printed):
            raise self._fail("value", f"“{printed}”不是数值")
        if not printed and top is None:
            raise self._fail("value", "值和分子都没有填")
        source = cells.get("source", "") or "上级通报"
        code = self.codes[name]
        return Stated(
            self.courts[court],
            code,
            self._period(cells["period"]),
            top,
            base,
            printed,
            source,
            place,
        )

    def _number(self, cells: Mapping[str, str], key: str) -> int | None:
        text = cells.get(key, "").replace(",", "")
        if not text:
            return None
        if not re.fullmatch(r"-?\d+", text):
            raise self._fail(key, f"“{text}”不是整数")
        return int(text)

    def _period(self, text: str) -> Period:
        try:
            return Period.parse(text)
        except IndicatorError as error:
            raise self._fail("period", str(error)) from None

    def _fail(self, key: str, reason: str) -> OfficialError:
        return OfficialError(f"{self.places.get(key, '')}：{reason}")


class _Entered(_Reader):
    """Rows of 填报数: a whole number of an atom that no event feeds."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        given = [atom for atom in library.atoms.values() if atom.given]
        self.codes = {word: a.code for a in given for word in (a.code, a.name, a.given)}

    def stated(self, cells: Mapping[str, str], place: str) -> Stated:
        if cells["name"] not in self.codes:
            raise self._fail("name", f"“{cells['name']}”不是填报数")
        if self._number(cells, "value") is None:
            raise self._fail("value", "值没有填")
        return super().stated({**cells, "source": cells.get("source") or "本院填报"}, place)
