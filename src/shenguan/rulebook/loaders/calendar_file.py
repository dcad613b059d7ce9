"""Brings a year's calendar in by file: read, check against what a notice can say, write it as an entry.

A table (xlsx, csv) has the columns 日期, 节日, 安排 (休 or 班); a YAML file is an entry as in `calendars/`.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from shenguan.rulebook import STAMP
from shenguan.rulebook.reading import read_yaml

COLUMNS = ("日期", "节日", "安排")
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_OFF, _WORKED = {"休", "放假", "休假", "休息"}, {"班", "上班", "补班", "调休上班"}
_SATURDAY, _FEWEST, _MOST = 5, 11, 60
Entry = dict[str, Any]


def read_calendar(path: Path, *, year: int, source: str) -> Entry:
    """Return the entry of a year; raises `ValueError` with line and reason for what can't be read."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        entry: Entry = read_yaml(path)
        if not isinstance(entry, dict) or entry.get("year") != year:
            raise ValueError(f"{path.name}不是{year}年的工作日历")
    else:
        entry = _entry(year, source, _days(path.name, _lines(path)))
    found = list(faults(entry))
    if found:
        raise ValueError("；".join(found))
    return entry


def faults(entry: Entry) -> Iterator[str]:
    """Yield what no notice of the State Council would say."""
    year: int = entry["year"]
    off = {day: name for name, days in entry["holidays"].items() for day in days}
    worked = {day: name for name, days in entry["makeup"].items() for day in days}
    begin, end = date(year - 1, 12, 20), date(year, 12, 31)
    for day in sorted({*off, *worked}):
        if not begin <= day <= end:
            yield f"{day}不在{year}年"
    for day in sorted(off.keys() & worked.keys()):
        yield f"{day}既列为放假又列为补班"
    for day in sorted(day for day in worked if day.weekday() < _SATURDAY):
        yield f"{day}补班，但当日不是周末"
    if not _FEWEST <= len(off) <= _MOST:
        yield f"放假共{len(off)}日，与全年节假日不符"
    missing = [name for name in FESTIVALS if not any(name in own for own in entry["holidays"])]
    if missing:
        yield f"缺少节日：{'、'.join(missing)}"


def write_calendar(entry: Entry, overlay: Path, *, loaded: str) -> Path:
    """Put an entry into the court's overlay; a running process sees it at its next look."""
    target = overlay / "calendars" / f"{entry['year']}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(
        f"# {loaded}\n" + yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), "utf-8"
    )
    os.replace(fresh, target)
    stamp = overlay / STAMP
    if not stamp.exists():
        stamp.write_text("{}", encoding="utf-8")
    os.utime(stamp)
    return target


def _lines(path: Path) -> list[tuple[int, Sequence[object]]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(enumerate(csv.reader(file), 1))
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"工作日历只收 xlsx、csv 和 yaml，{path.name}不是")
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return list(enumerate(sheet.iter_rows(values_only=True), 1))


def _days(
    name: str, lines: Iterable[tuple[int, Sequence[object]]]
) -> Iterator[tuple[date, str, bool]]:
    """Yield (day, festival, is it off) of a table."""
    places: list[int] = []
    for number, cells in lines:
        words = [str(cell if cell is not None else "").strip() for cell in cells]
        if not places:
            places = [words.index(column) for column in COLUMNS if column in words]
            if words[:1] and len(places) != len(COLUMNS):
                raise ValueError(f"{name}第{number}行：须有{'、'.join(COLUMNS)}三栏")
            continue
        if any(words):
            day, festival, way = (cells[at] for at in places)
            yield _day(name, number, day), str(festival or "").strip(), _is_off(name, number, way)


def _day(name: str, number: int, value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value).strip().replace("/", "-"))
    except ValueError:
        raise ValueError(f"{name}第{number}行：日期“{value}”应写作 2027-01-01") from None


def _is_off(name: str, number: int, value: object) -> bool:
    word = str(value or "").strip()
    if word not in _OFF | _WORKED:
        raise ValueError(f"{name}第{number}行：安排“{word}”应写作 休 或者 班")
    return word in _OFF


def _entry(year: int, source: str, days: Iterable[tuple[date, str, bool]]) -> Entry:
    holidays: dict[str, list[date]] = {}
    makeup: dict[str, list[date]] = {}
    for day, festival, is_off in days:
        (holidays if is_off else makeup).setdefault(festival or "未写节日", []).append(day)
    return {
        "id": f"calendar.{year}",
        "name": f"{year}年节假日安排",
        "year": year,
        "valid_from": date(year, 1, 1),
        "valid_to": date(year, 12, 31),
        "status": "official",
        "law": [{"cite": f"国务院办公厅关于{year}年部分节假日安排的通知", "source": source}],
        "holidays": holidays,
        "makeup": makeup,
        "examples": _examples(holidays, makeup),
    }


def _examples(holidays: dict[str, list[date]], makeup: dict[str, list[date]]) -> list[Entry]:
    """Name the first holiday and the first make-up day, for `rulebook check` to hold it to."""
    first = min(day for days in holidays.values() for day in days) if holidays else None
    worked = min((day for days in makeup.values() for day in days), default=None)
    found = [("首个放假日", first, "休息日"), ("首个补班日", worked, "工作日")]
    return [{"say": say, "day": day, "expect": expect} for say, day, expect in found if day]


def next_due(today: date) -> int | None:
    """Return the year whose calendar should be at hand by now: the notice comes out in November."""
    return today.year + 1 if today + timedelta(days=47) > date(today.year, 12, 31) else None
