"""Reads the thresholds of the daily work lists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class DueLevel:
    """A step of the approach to the due date: `days` left, or `share` of a short limit used."""

    id: str
    name: str
    symbol: str
    meaning: str
    days: int | None = None
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ListRule:
    """Any other work list: its name, what it means and its thresholds in days or months."""

    id: str
    name: str
    symbol: str
    meaning: str
    days: int | None = None
    days_by_reason: tuple[tuple[str, int], ...] = ()
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WorklistRules:
    """All work lists of the first page. `short_limit_days`: below it, shares count, not days."""

    due: tuple[DueLevel, ...]
    short_limit_days: int
    paused: ListRule
    long_pending: ListRule
    stuck: ListRule
    unclocked: ListRule

    def paused_days(self, reason: str) -> int:
        """Return after how many days a pause for `reason` is looked at."""
        by_reason = dict(self.paused.days_by_reason)
        return by_reason.get(reason, by_reason["default"])


def _due_level(entry: dict[str, Any]) -> DueLevel:
    share = entry.get("share")
    return DueLevel(
        entry["id"],
        entry["name"],
        entry["symbol"],
        entry["meaning"],
        entry.get("days"),
        Fraction(*share) if share else None,
    )


def _list_rule(entry: dict[str, Any]) -> ListRule:
    days = entry.get("days")
    return ListRule(
        entry["id"],
        entry["name"],
        entry["symbol"],
        entry["meaning"],
        days if isinstance(days, int) else None,
        tuple(days.items()) if isinstance(days, dict) else (),
        tuple(entry.get("months", ())),
    )


def load(data: Path, overlay: Path | None) -> WorklistRules:
    """Read `worklists/worklists.yaml`, the overlay's file replacing entries of the same name."""
    entries = yaml.safe_load((data / "worklists" / "worklists.yaml").read_text("utf-8"))
    own = overlay / "worklists" / "worklists.yaml" if overlay else None
    if own and own.exists():
        entries |= yaml.safe_load(own.read_text("utf-8"))
    return WorklistRules(
        due=tuple(_due_level(entry) for entry in entries["due"]),
        short_limit_days=entries["short_limit_days"],
        paused=_list_rule(entries["paused"]),
        long_pending=_list_rule(entries["long_pending"]),
        stuck=_list_rule(entries["stuck"]),
        unclocked=_list_rule(entries["unclocked"]),
    )
