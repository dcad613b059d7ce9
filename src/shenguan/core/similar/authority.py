"""The order in which similar cases bind: 类案检索指导意见（试行） of 2020, arts 4 and 9."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from shenguan.core.similar.model import Entry, Ranked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Level:
    """One rank of art 4: how a judgment gets into it, and what it then means (art 9)."""

    rank: int
    id: str
    name: str
    effect: str
    recent_first: bool
    court_level: str = ""
    same_province: bool = False
    superior_or_own: bool = False


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The court that searches: its name, those above it, its province, and the day.

    `provinces`: court name → province, for the judgments found; a court not in it is of no province.
    """

    court: str
    superiors: tuple[str, ...]
    province: str
    today: date
    province_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Order:
    """The levels by rank, and how many years count as recent."""

    levels: Sequence[Level]
    recent_years: int

    def level(self, entry: Entry, at: Standpoint) -> Level:
        """The rank of a judgment seen from a court: what the entry says of itself comes first."""
        for level in self.levels:
            if entry.authority == level.id or _belongs(entry, level, at):
                return level
        return self.levels[-1]

    def is_recent(self, entry: Entry, at: Standpoint) -> bool:
        """Whether the judgment is of the last `recent_years` years, the anniversary included."""
        if entry.judged_on is None:
            return False
        return entry.judged_on >= _years_before(at.today, self.recent_years)

    def sorted(self, found: Iterable[Ranked], at: Standpoint) -> list[Ranked]:
        """By rank, within it the recent first (but for guiding cases), then by likeness."""
        return sorted(found, key=lambda each: (*self._place(each.entry, at), -each.score))

    def _place(self, entry: Entry, at: Standpoint) -> tuple[int, bool]:
        level = self.level(entry, at)
        return level.rank, level.recent_first and not self.is_recent(entry, at)


def _belongs(entry: Entry, level: Level, at: Standpoint) -> bool:
    if entry.authority:
        return False
    if level.superior_or_own:
        return bool(entry.court) and entry.court in (at.court, *at.superiors)
    if not level.court_level or entry.level != level.court_level:
        return False
    return not level.same_province or (
        bool(at.province) and at.province_of(entry.court) == at.province
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
