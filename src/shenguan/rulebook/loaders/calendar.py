"""Reads `calendars/<year>.yaml` (one State Council notice a file) into a `Calendar`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from shenguan.core.calendar import Calendar, YearDays
from shenguan.rulebook.reading import read_yaml


def load(data_dir: Path, overlay: Path | None = None) -> Calendar:
    """Return the published years; an overlay's `calendars/<year>.yaml` replaces the nation's."""
    years: dict[int, YearDays] = {}
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / "calendars").glob("*.yaml")):
            year = _read(path)
            years[year.year] = year
    return Calendar(years)


def _read(path: Path) -> YearDays:
    entry: dict[str, Any] = read_yaml(path)
    try:
        return YearDays(
            year=int(entry["year"]),
            off=_days(entry["holidays"]),
            makeup=_days(entry["makeup"]),
            source=tuple(law["source"] for law in entry["law"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"规则库文件 calendars/{path.name} 不可读：{error}") from error


def _days(festivals: dict[str, list[date]]) -> dict[date, str]:
    return {day: name for name, days in festivals.items() for day in days}
