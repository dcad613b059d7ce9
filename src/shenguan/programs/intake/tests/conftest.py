"""A court's export, written and imported in a few words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shenguan.programs.intake.services import Importer, Options

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
EAST = "北京市东城区人民法院"


def case(number, **changed):
    """One row of an export as {heading: text}."""
    row = {
        "案号": f"（2026）京0101民初{number}号" if isinstance(number, int) else number,
        "法院": EAST,
        "案由": "民间借贷纠纷",
        "审判程序": "一审",
        "适用程序": "简易程序",
        "立案日期": "2026-03-02",
        "审限届满日期": "2026-06-02",
        "结案日期": "",
        "结案方式": "",
        "承办人": "甲某",
        "承办部门": "民一庭",
        "当事人": f"原告：张示范{number}；被告：𠮷某{number}",
        "标的额": "1000",
        "开庭日期": "2026-04-01",
    }
    return row | changed


class Answers:
    """A watcher that keeps what it is asked and gives the same answer each time."""

    def __init__(self, yes=False, headings=None):
        self.yes, self.answers, self.asked = yes, headings or {}, []

    def stage(self, title, total):
        return lambda steps: None

    def headings(self, file, layout):
        self.asked.append(layout.unmapped)
        return self.answers

    def renumbered(self, old, new, why):
        self.asked.append((old, new, why))
        return self.yes


@pytest.fixture
def bring(tmp_path, db):
    """Return a function that writes rows to a csv and imports it; the report comes back."""

    def write_and_import(rows, *, name="a.csv", on=date(2026, 6, 30), watcher=None, **options):
        headings = list(dict.fromkeys(key for row in rows for key in row))
        lines = [",".join(headings)]
        lines += [",".join(f'"{row.get(h, "")}"' for h in headings) for row in rows]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        made = Options("测试", NOW, on, **options)
        return Importer(made, watcher or Answers()).run([path])

    return write_and_import
