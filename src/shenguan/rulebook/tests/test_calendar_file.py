"""A year's calendar comes in by file: a table or an entry, refused with line and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shenguan.rulebook import DATA, STAMP
from shenguan.rulebook.loaders import calendar as calendars
from shenguan.rulebook.loaders.calendar_file import next_due, read_calendar, write_calendar

NEXT = [
    *((f"2027-01-0{day}", "元旦", "休") for day in (1, 2, 3)),
    *((f"2027-02-{day:02d}", "春节", "休") for day in range(5, 12)),
    ("2027-01-30", "春节", "班"), ("2027-04-05", "清明节", "休"), ("2027-05-01", "劳动节", "休"),
    ("2027-06-09", "端午节", "休"), ("2027-09-15", "中秋节", "休"), ("2027-10-01", "国庆节", "休"),
]  # fmt: skip


def table(folder: Path, rows: list[tuple], name: str = "next.csv") -> Path:
    path = folder / name
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        for row in [("日期", "节日", "安排"), *rows]:
            book.active.append(row)
        book.save(path)
    else:
        lines = [",".join(row) for row in [("日期", "节日", "安排"), *rows]]
        path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("name", ["next.csv", "next.xlsx"])
def test_a_table_becomes_the_year_s_entry_and_the_calendar_knows_the_year(tmp_path, name):
    entry = read_calendar(table(tmp_path, NEXT, name), year=2027, source="示范〔2026〕1号")
    write_calendar(entry, tmp_path / "overlay", loaded="测试")
    calendar = calendars.load(DATA, tmp_path / "overlay")
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 1, 30))
    assert (tmp_path / "overlay" / STAMP).exists()


def test_an_entry_as_written_comes_in_as_it_is(tmp_path):
    own = DATA / "calendars" / "2026.yaml"
    assert read_calendar(own, year=2026, source="")["name"] == "2026年节假日安排"
    with pytest.raises(ValueError, match="不是2027年"):
        read_calendar(own, year=2027, source="")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*NEXT, ("2027年3月", "元旦", "休")], "第18行：日期“2027年3月”应写作"),
        ([*NEXT, ("2027-03-01", "元旦", "也许")], "第18行：安排“也许”应写作"),
        ([*NEXT, ("2028-03-01", "元旦", "休")], "2028-03-01不在2027年"),
        ([*NEXT, ("2027-03-01", "元旦", "班")], "2027-03-01补班，但当日不是周末"),
        ([*NEXT, ("2027-01-02", "元旦", "班")], "2027-01-02既列为放假又列为补班"),
        (NEXT[:3], "放假共3日"),
        ([row for row in NEXT if row[1] != "端午节"], "缺少节日：端午"),
    ],
)
def test_what_no_notice_says_is_refused_with_its_place(tmp_path, rows, said):
    with pytest.raises(ValueError, match=said):
        read_calendar(table(tmp_path, rows), year=2027, source="x")


def test_a_table_without_its_columns_and_another_kind_of_file_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("日期,名称\n2027-01-01,元旦", encoding="utf-8")
    with pytest.raises(ValueError, match="须有日期、节日、安排三栏"):
        read_calendar(path, year=2027, source="x")
    with pytest.raises(ValueError, match="只收"):
        read_calendar(path.rename(tmp_path / "a.txt"), year=2027, source="x")


@pytest.mark.parametrize(
    ("day", "year"), [("2026-11-14", None), ("2026-11-15", 2027), ("2026-12-31", 2027)]
)
def test_from_15_november_the_next_year_is_due(day, year):
    assert next_due(date.fromisoformat(day)) == year
