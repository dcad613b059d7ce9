"""Faults only a spreadsheet can hold: an empty court, a number twice, a date that is no date.

`Smudger.smudge(row)` returns the rows to write in place of one; `checks` says, row by row, which quality
check must find it ("" for an unharmed row).
"""

from __future__ import annotations

from collections.abc import Callable

from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.rows import Row

SMUDGED_SHARE = 0.01


class Smudger:
    """Smudges a share of the rows, each kind in its turn."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._turn = 0
        self.checks: list[str] = []

    def smudge(self, row: Row) -> list[Row]:
        """Return the rows to write for this one."""
        self.checks = [""]
        if not self._dice.chance(SMUDGED_SHARE):
            return [row]
        names = list(SMUDGES)
        for step in range(len(names)):
            name = names[(self._turn + step) % len(names)]
            rows = SMUDGES[name](row)
            if rows:
                self._turn += step + 1
                self.checks = [name] * len(rows)
                return rows
        return [row]


def _missing_court(row: Row) -> list[Row]:
    return [{**row, "法院": None}]


def _unknown_court(row: Row) -> list[Row]:
    return [{**row, "法院": "某国地方法院"}]


def _duplicate_number(row: Row) -> list[Row]:
    return [row, {**row, "案由": "不当得利纠纷", "立案日期": row["立案日期"].replace(day=1)}]


def _impossible_year(row: Row) -> list[Row]:
    return [{**row, "立案日期": f"0024-{row['立案日期']:%m-%d}"}]


def _unreadable(row: Row) -> list[Row]:
    return [{**row, "立案日期": f"{row['立案日期'].year}-02-30"}]


def _future_date(row: Row) -> list[Row]:
    day = row["结案日期"]
    return [{**row, "结案日期": day.replace(year=day.year + 9, day=1)}] if day else []


def _unofficial_number(row: Row) -> list[Row]:
    return [{**row, "案号": f"P-{abs(hash_of(row['案号'])) % 100000:05d}/{row['立案日期'].year}"}]


def _unknown_type(row: Row) -> list[Row]:
    if row["案件类型"] != "民初":
        return []
    return [{**row, "案号": row["案号"].replace("民初", "民甲"), "案件类型": None}]


def _type_stated(row: Row) -> list[Row]:
    return [{**row, "案件类型": "民终"}] if row["案件类型"] == "民初" else []


def _disposition_without_closing(row: Row) -> list[Row]:
    if not row["结案日期"] or row["宣判日期"] or row["送达日期"]:
        return []
    return [{**row, "结案日期": None}]


def _missing_filed(row: Row) -> list[Row]:
    return [{**row, "立案日期": None}]


def hash_of(text: str) -> int:
    """Return a number that is the same in every run, unlike `hash`."""
    return sum(ord(letter) * (n + 1) * 31 for n, letter in enumerate(text))


SMUDGES: dict[str, Callable[[Row], list[Row]]] = {
    "missing_court": _missing_court,
    "duplicate_number": _duplicate_number,
    "impossible_year": _impossible_year,
    "unreadable_value": _unreadable,
    "future_date": _future_date,
    "unofficial_number": _unofficial_number,
    "unknown_type": _unknown_type,
    "type_stated": _type_stated,
    "disposition_without_closing": _disposition_without_closing,
    "missing_filed": _missing_filed,
    "unknown_court": _unknown_court,
}
"""By the id of the check that must find it."""
