"""What fact rows are made from: plain frozen values.

A day is the count since 1970-01-01, a month `year*12 + month - 1`, money is in 分, a code an integer of
its table with 0 for none or unknown. Only days and months may be None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from shenguan.core.calendar import Calendar, CalendarNotPublished
from shenguan.core.casefold import CaseState
from shenguan.core.caselog import LoggedEvent
from shenguan.core.casenumber import CaseType
from shenguan.core.causes import Causes
from shenguan.core.facts.causes import CauseNumbers
from shenguan.core.facts.words import Words
from shenguan.core.timelimit import Due

Row: TypeAlias = dict[str, int | bool | None]
"""One fact row by English column name."""

EPOCH = date(1970, 1, 1).toordinal()
LAST_WORKDAYS = 5


def day_of(day: date | None) -> int | None:
    """Return the days since 1970-01-01."""
    return None if day is None else day.toordinal() - EPOCH


def month_of(day: date | None) -> int | None:
    """Return `year*12 + month - 1`."""
    return None if day is None else day.year * 12 + day.month - 1


class Organisation(Protocol):
    """Who is who in the courts, as integers; 0 for nobody."""

    def unit(self, court_id: int, name: str) -> int:
        """Return the unit of that name."""

    def person(self, court_id: int, name: str) -> int:
        """Return the person of that name."""

    def court(self, name: str) -> int:
        """Return the court of that printed name, 0 where it isn't known."""

    def leads(self, court_id: int, name: str, on: date) -> bool:
        """Say whether the person of that name held a leading post on a day."""


@dataclass(frozen=True, slots=True)
class CaseInput:
    """One case: its live events in log order, the state they make, its clock as of a far day.

    `governing_due` is the due date that figures go by; `fields` the 审判领域 that stand.
    """

    case_id: int
    court_id: int
    events: Sequence[LoggedEvent]
    state: CaseState
    due: Due
    governing_due: date | None
    fields: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class FactContext:
    """Everything outside the case that its facts depend on."""

    words: Words
    case_types: Mapping[str, CaseType]
    causes: Causes
    calendar: Calendar
    organisation: Organisation
    _month_ends: dict[int, date | None] = field(default_factory=dict, repr=False)
    _causes: CauseNumbers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_causes", CauseNumbers(self.causes))

    def cause(self, name: str, case_class: str) -> int:
        """Return the number of a printed cause, 0 where the trees don't know it."""
        return self._causes.number(name, case_class)

    def at_month_end(self, day: date) -> bool:
        """Say whether a day lies in the last five workdays of its month.

        False where the calendar of the year isn't published: nothing is guessed.
        """
        month = day.year * 12 + day.month - 1
        if month not in self._month_ends:
            self._month_ends[month] = self._fifth_last_workday(month)
        first = self._month_ends[month]
        return first is not None and day >= first

    def _fifth_last_workday(self, month: int) -> date | None:
        following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        try:
            return self.calendar.add_workdays(following, -LAST_WORKDAYS)
        except CalendarNotPublished:
            return None
