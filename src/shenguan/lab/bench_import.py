"""How long a court's export of 20,000 rows takes, first and again, and how long a page waits meanwhile."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import connection, transaction

from shenguan.lab.measure import cpu_seconds
from shenguan.programs.intake.layout import Layout
from shenguan.programs.intake.outcome import Report
from shenguan.programs.intake.services import Importer, Options
from shenguan.spine.cases.models import Cursor

ROWS = 20_000
COURT = "北京市东城区人民法院"
HEADINGS = (
    *("案号", "法院", "案由", "审判程序", "适用程序", "立案日期", "审限届满日期", "结案日期"),
    *("结案方式", "承办人", "承办部门", "当事人", "标的额（元）", "开庭日期", "书记员", "案件来源"),
)
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "机动车交通事故责任纠纷", "劳动争议")
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def write_export(path: Path, rows: int, *, closed_more: int = 0) -> None:
    """Write an export of invented cases; `closed_more` of the pending ones are closed in it."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("案件")
        sheet.write_row(0, 0, ["案件信息表"])
        sheet.write_row(1, 0, HEADINGS)
        for number in range(rows):
            sheet.write_row(number + 2, 0, _row(number, closed_more))


def _row(number: int, closed_more: int) -> list[Any]:
    filed = date(2025, 1, 2) + timedelta(days=number % 480)
    closed = number % 3 != 0 or number < closed_more * 3
    summary = number % 2 == 0
    due = filed + timedelta(days=90 if summary else 181)
    return [
        f"（{filed.year}）京0101民初{number + 1}号",
        COURT,
        CAUSES[number % len(CAUSES)],
        "一审",
        "简易程序" if summary else "普通程序",
        filed.isoformat(),
        due.isoformat(),
        (filed + timedelta(days=40)).isoformat() if closed else "",
        "判决" if closed else "",
        f"甲某{number % 60}",
        f"民事审判第{number % 4 + 1}庭",
        f"原告：张示范{number}；被告：李示范{number}",
        str(number * 10),
        (filed + timedelta(days=30)).isoformat(),
        f"乙某{number % 30}",
        "当事人起诉",
    ]


class Silent:
    """A watcher that shows nothing and answers no."""

    def stage(self, _title: str, _total: int) -> Callable[[int], None]:
        """Ignore progress."""
        return lambda _steps: None

    def headings(self, _file: str, _layout: Layout) -> Mapping[str, str]:
        """Name nothing."""
        return {}

    def renumbered(self, _old: str, _new: str, _why: str) -> bool:
        """Accept nothing."""
        return False


def import_once(path: Path, *, snapshot: bool = False) -> Report:
    """Import one file quietly into the database in force."""
    options = Options("测试", NOW, NOW.date(), snapshot=snapshot)
    return Importer(options, Silent()).run([path])


class PageWriter(threading.Thread):
    """Writes a row every so often, as a page would, and remembers how long it had to wait."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Write until told to stop."""
        while not self.over.wait(0.05):
            start = time.perf_counter()
            with transaction.atomic():
                Cursor.objects.update_or_create(name="bench", defaults={"position": 0})
            self.waits.append(time.perf_counter() - start)
        connection.close()

    def stop(self) -> float:
        """Stop and return the longest wait in seconds."""
        self.over.set()
        self.join()
        return max(self.waits, default=0.0)


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the measured lines of contracts §5: first import, the same again, a day's changes, waiting."""
    rows = n or ROWS
    with tempfile.TemporaryDirectory() as folder:
        first, later = Path(folder) / "first.xlsx", Path(folder) / "later.xlsx"
        write_export(first, rows)
        write_export(later, rows, closed_more=rows // 100)
        writer = PageWriter()
        writer.start()
        yield from _timed("导入:首次", first, rows)
        yield _line("导入:页面写入最长等待", writer.stop(), "s", rows)
        yield from _timed("导入:同一文件再次", first, rows)
        yield from _timed("导入:次日快照", later, rows, snapshot=True)


def _timed(name: str, path: Path, rows: int, *, snapshot: bool = False) -> Iterator[dict[str, Any]]:
    cpu, wall = cpu_seconds(), time.perf_counter()
    import_once(path, snapshot=snapshot)
    yield _line(name, cpu_seconds() - cpu, "CPU-s", rows)
    yield _line(f"{name}(历时)", time.perf_counter() - wall, "s", rows)


def _line(name: str, value: float, unit: str, n: int) -> dict[str, Any]:
    """Return one line of a bench; there is no other way to compare an import with."""
    return {"name": name, "ours": value, "against": None, "ratio": None, "unit": unit, "n": n}
