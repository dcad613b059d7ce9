"""Reads the daily work lists; their thresholds are those of the warnings and of the time limits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from shenguan.core.ladder import BEFORE, MONTHS, SHARE, SINCE
from shenguan.core.warning.kinds import NOTICE_BEGUN
from shenguan.core.warning.rule import WarningRule
from shenguan.rulebook.loaders import timelimits, warnings
from shenguan.rulebook.reading import read_yaml

_LIMIT = "time_limit"
_NUMERALS = "零一二三四五六七八九十"


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


class _Thresholds:
    """Where the numbers come from: the warnings' ladders and the time limits' windows."""

    def __init__(self, data: Path, overlay: Path | None) -> None:
        self._rules = {rule.id: rule for rule in warnings.load(data, overlay)}
        self._limits = timelimits.load(data, overlay)

    def rule(self, name: str) -> WarningRule:
        if name not in self._rules:
            raise ValueError(f"工作清单所引的预警规则“{name}”不在规则库中")
        return self._rules[name]

    def last_before(self, named: dict[str, str]) -> tuple[int | None, Fraction | None, int]:
        """Return the nearest step of a level before the due day: days, share of a short limit, what is short."""
        ladder = self.rule(named["rule"]).ladder
        days = [
            int(r.amount) for r in ladder.rungs if (r.level, r.anchor) == (named["level"], BEFORE)
        ]
        shares = [
            Fraction(r.amount)
            for r in ladder.short
            if (r.level, r.anchor) == (named["level"], SHARE)
        ]
        return min(days, default=None), max(shares, default=None), ladder.short_below

    def window(self, limit: str) -> int | None:
        """Return how many days before expiry the first extension must be applied for."""
        stages = self._limits.versions(limit)[-1].stages
        return stages[0].apply_before if stages else None

    def paused(self, entry: dict[str, Any]) -> tuple[tuple[str, int], ...]:
        """Return after how many days a pause is looked at, by what began it."""
        notice = self.rule(entry["notice"]).params["days"]
        return tuple({NOTICE_BEGUN: notice, **self.rule(entry["rule"]).params["days"]}.items())

    def rungs(self, name: str, anchor: str) -> tuple[int, ...]:
        """Return the amounts of a ladder's rungs of one anchor, from the first."""
        return tuple(int(r.amount) for r in self.rule(name).ladder.rungs if r.anchor == anchor)


def _due_level(entry: dict[str, Any], found: _Thresholds) -> DueLevel:
    if "ladder" not in entry:
        return DueLevel(entry["id"], entry["name"], entry["symbol"], entry["meaning"])
    days, share, short = found.last_before(entry["ladder"])
    if "window" in entry:
        days = found.window(entry["window"])
    part = f"{_NUMERALS[share.denominator]}分之{_NUMERALS[share.numerator]}" if share else ""
    words = {"days": days, "short": short, "share": part}
    return DueLevel(
        entry["id"],
        entry["name"].format_map(words),
        entry["symbol"],
        entry["meaning"].format_map(words),
        days,
        share,
    )


def _list_rule(entry: dict[str, Any], **numbers: Any) -> ListRule:
    name, meaning = (entry[key].format_map(numbers) for key in ("name", "meaning"))
    return ListRule(entry["id"], name, entry["symbol"], meaning, **numbers)


def load(data: Path, overlay: Path | None) -> WorklistRules:
    """Read `worklists/worklists.yaml`, the overlay's file replacing entries of the same name."""
    entries = read_yaml(data / "worklists" / "worklists.yaml")
    own = overlay / "worklists" / "worklists.yaml" if overlay else None
    if own and own.exists():
        entries |= read_yaml(own)
    found = _Thresholds(data, overlay)
    idle = found.rungs(entries["stuck"]["rule"], SINCE)
    months = found.rungs(entries["long_pending"]["rule"], MONTHS)
    return WorklistRules(
        due=tuple(_due_level(entry, found) for entry in entries["due"]),
        short_limit_days=found.rule(_LIMIT).ladder.short_below,
        paused=_list_rule(entries["paused"], days_by_reason=found.paused(entries["paused"])),
        long_pending=_list_rule(entries["long_pending"], months=months),
        stuck=_list_rule(entries["stuck"], days=min(idle) - 1),
        unclocked=_list_rule(entries["unclocked"]),
    )
