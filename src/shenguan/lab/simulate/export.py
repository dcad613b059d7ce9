"""`simulate --export DIR`: the same world as a court system would hand it out, faults and all.

Two full case tables some days apart (so that a snapshot can be compared), an event table, judgments as
text, and `真值.json`: everything put wrong on purpose, by file, so that what an import finds can be checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from shenguan.lab.simulate.cases import SimCase
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.dirt import Fault, fault_of
from shenguan.lab.simulate.render import paper, renders
from shenguan.lab.simulate.rows import CASE_COLUMNS, EVENT_COLUMNS, Row, case_row, event_rows
from shenguan.lab.simulate.smudge import Smudger

SNAPSHOT_GAP = 7
"""Days between the two case tables."""
PAPERS = 48
PAPER_WITHIN = 400
"""Judgments are taken from cases closed within so many days before the last."""
DIFFERING = 0.25


class _Book:
    """An xlsx written row by row, so that a million rows need no memory."""

    def __init__(self, path: Path, sheet: str, columns: tuple[str, ...]) -> None:
        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        )
        self._book.set_properties({"created": date(2026, 1, 1)})
        self._sheet = self._book.add_worksheet(sheet)
        self._columns = columns
        self._sheet.write_row(0, 0, columns)
        self.rows = 0

    def add(self, row: Row) -> None:
        self.rows += 1
        for n, column in enumerate(self._columns):
            value = row.get(column)
            if isinstance(value, date) and value.year < 1900:
                value = value.isoformat()
            if value is not None:
                self._sheet.write(self.rows, n, value)

    def close(self) -> None:
        self._book.close()


def export(cases: Iterable[SimCase], folder: Path, *, last: date, seed: int) -> Iterator[str]:
    """Write the files and yield a line on each. `last` is the day of the second table."""
    folder.mkdir(parents=True, exist_ok=True)
    work = _Export(folder, last, seed)
    for case in cases:
        work.take(case)
    yield from work.finish()


class _Export:
    def __init__(self, folder: Path, last: date, seed: int) -> None:
        self._folder, self._last = folder, last
        self._first = last - timedelta(days=SNAPSHOT_GAP)
        self._dice = Dice(seed + 17)
        self._smudger = Smudger(self._dice)
        self._early = _Book(folder / f"案件表_{self._first}.xlsx", "案件", CASE_COLUMNS)
        self._late = _Book(folder / f"案件表_{last}.xlsx", "案件", CASE_COLUMNS)
        self._events = _Book(folder / f"事件表_{self._first}.xlsx", "事件", EVENT_COLUMNS)
        self._faults: list[Fault] = []
        self._vanished: list[str] = []
        self._renumbered: list[dict[str, str]] = []
        self._due: list[dict[str, Any]] = []
        self._papers: list[dict[str, str]] = []
        self._open = 0

    def take(self, case: SimCase) -> None:
        """Put one case into every file it belongs to."""
        before = case_row(case, self._first)
        after = case_row(case, self._last)
        if before is not None:
            self._take_early(case, before)
        if after is not None and not self._leaves(case, before, after):
            self._late.add(after)
        if len(self._papers) < PAPERS and self._recent(case) and renders(case):
            self._write_paper(case)

    def _take_early(self, case: SimCase, row: Row) -> None:
        fault = fault_of(case)
        if fault and case.facts["fault_on"] <= self._first:
            self._faults.append(fault)
        slip = case.facts.get("slip")
        if slip and not fault:
            self._due.append({"案号": case.number, "缘由": slip})
        rows = [row]
        if not fault:
            rows = self._smudger.smudge(row)
            self._list_smudges(case, rows)
        for one in rows:
            self._early.add(one)
        if rows == [row]:  # a smudged identity would make its events another case's
            for event in event_rows(case, self._first):
                self._events.add(event)

    def _list_smudges(self, case: SimCase, rows: list[Row]) -> None:
        found = {
            Fault(str(row["案号"]), case.court_name, check)
            for row, check in zip(rows, self._smudger.checks, strict=True)
            if check
        }
        self._faults += sorted(found, key=lambda fault: fault.number)

    def _leaves(self, case: SimCase, before: Row | None, after: Row) -> bool:
        """Let a few open cases vanish or change their number between the two tables."""
        if before is None or case.closed_on is not None or "fault" in case.facts:
            return False
        self._open += 1
        if self._open % 23 == 11 and len(self._vanished) < 5:
            self._vanished.append(case.number)
            return True
        if self._open % 29 == 7 and len(self._renumbered) < 3:
            head, serial = case.number.removesuffix("号").rsplit(case.type_code, 1)
            after["案号"] = f"{head}{case.type_code}{int(serial) + 90_000}号"
            self._renumbered.append({"旧案号": case.number, "新案号": after["案号"]})
        return False

    def _recent(self, case: SimCase) -> bool:
        closed = case.closed_on
        return closed is not None and 0 <= (self._first - closed).days <= PAPER_WITHIN

    def _write_paper(self, case: SimCase) -> None:
        folder = self._folder / "文书"
        folder.mkdir(exist_ok=True)
        differing = len(self._papers) % round(1 / DIFFERING) == 1
        written = paper(case, self._dice, differing)
        (folder / f"{case.number}.txt").write_text(written.text, encoding="utf-8")
        self._papers.append({"案号": case.number, "不一致": written.differs})

    def finish(self) -> Iterator[str]:
        """Close the files, write the list of what was put wrong, say what there is."""
        for book in (self._early, self._late, self._events):
            book.close()
        truth = {
            "数据质量": [
                {"案号": f.number, "法院": f.court, "检查": f.check} for f in self._faults
            ],
            "届满日不一致": self._due,
            "消失": self._vanished,
            "改号": self._renumbered,
            "文书": self._papers,
        }
        path = self._folder / "真值.json"
        path.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
        yield f"案件表 {self._first}:{self._early.rows}行;{self._last}:{self._late.rows}行"
        yield f"事件表 {self._first}:{self._events.rows}行;文书{len(self._papers)}份"
        yield f"真值.json:数据质量{len(self._faults)}处,消失{len(self._vanished)}件,改号{len(self._renumbered)}件"
