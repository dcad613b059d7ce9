"""Reads `codes/courts*.csv` and `codes/case_types*.csv` into the frozen `Codes`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from shenguan.core.casenumber import CaseType, Codes, Court


def load(data_dir: Path, overlay: Path | None = None) -> Codes:
    """Return courts and case types; an overlay's rows are looked up before the nation's."""
    if overlay is None or not (overlay / "codes").is_dir():
        return _nations(data_dir)
    return _read([overlay, data_dir])


@lru_cache(maxsize=2)
def _nations(data_dir: Path) -> Codes:
    """The nation's tables, which scopes, atoms and indicators all ask for."""
    return _read([data_dir])


def _read(folders: list[Path]) -> Codes:
    courts = [_court(row) for row in _rows(folders, "courts*.csv")]
    types = _case_types(list(_rows(folders, "case_types*.csv")))
    return Codes(tuple(courts), types)


def _rows(folders: list[Path], pattern: str) -> Iterator[dict[str, str]]:
    for folder in folders:
        for path in sorted((folder / "codes").glob(pattern)):
            with path.open(encoding="utf-8", newline="") as lines:
                yield from csv.DictReader(lines)


def _court(row: dict[str, str]) -> Court:
    return Court(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        province=row["province"],
        parent_code=row["parent_code"],
        status=row["status"],
        weight=int(row["observed_weight"] or 0),
        year_from=_year(row["year_from"]),
        year_to=_year(row["year_to"]),
        aliases=tuple(filter(None, row["aliases"].split("|"))),
    )


def _year(text: str) -> int | None:
    return int(text) if text else None


def _case_types(rows: list[dict[str, str]]) -> dict[str, CaseType]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["type_code"], []).append(row)
    return {code: _case_type(code, group) for code, group in grouped.items()}


def _case_type(code: str, rows: list[dict[str, str]]) -> CaseType:
    first = rows[0]
    return CaseType(
        code=code,
        name=first["label"],
        case_class=first["case_class"],
        instance=first["instance"],
        family=first["family"],
        official_class=first["official_class"],
        names=tuple(row["name"] for row in rows),
        numbers=tuple(row["number"] for row in rows if row["number"]),
        status=first["status"],
    )
