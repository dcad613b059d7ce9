"""The cases in hand, read once: what each judge has, what falls due in which of the coming weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.timelimit.months import add_months
from shenguan.programs.load.sight import Sight
from shenguan.spine.cases.selectors import visible_cases

WEEKS = 8
SOON_DAYS, LONG_MONTHS = 15, 12
KINDS = {
    "pending": "在手",
    "overdue": "已超审限",
    "soon": f"{SOON_DAYS}日内届满",
    "paused": "扣除、中止中",
    "long": f"超{LONG_MONTHS}个月未结",
    "open_ended": "无届满日",
    "later": f"{WEEKS}周以后届满",
    **{f"week{number}": f"第{number}周届满" for number in range(1, WEEKS + 1)},
}
"""What a case in hand may be counted as: the key in an address, and its name."""
_COLUMNS = (
    "pk",
    "number",
    "cause",
    "court_id",
    "division_id",
    "team_id",
    "undertaker_id",
    "undertaker_name",
    "filed_on",
    "clock__governing_due",
    "clock__paused_since",
    "clock__paused_by",
)


@dataclass(frozen=True, slots=True)
class InHand:
    """One case in hand. `due` is None while its clock is stopped or where the law sets no limit."""

    pk: int
    number: str
    cause: str
    court_id: int
    division_id: int | None
    team_id: int | None
    judge_id: int | None
    judge: str
    filed_on: date | None
    governing_due: date | None
    paused_since: date | None
    paused_by: str | None

    @property
    def due(self) -> date | None:
        """The day its limit ends, as things stand."""
        return None if self.paused_since else self.governing_due


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday; the first one begins with the day itself."""

    number: int
    start: date
    end: date

    @property
    def key(self) -> str:
        """The key of its list."""
        return f"week{self.number}"


def weeks_from(on: date) -> list[Week]:
    """Return this week (what is left of it) and the following ones, `WEEKS` in all."""
    monday = on - timedelta(days=on.weekday())
    return [
        Week(
            number + 1,
            max(on, monday + timedelta(weeks=number)),
            monday + timedelta(weeks=number, days=6),
        )
        for number in range(WEEKS)
    ]


def in_hand(sight: Sight, court_id: int | None = None) -> list[InHand]:
    """Return every open case that counts in this sight, of one court where it is named, in no promised order."""
    rows = visible_cases(sight.scope).filter(sight.cases, closed_on=None, filed_on__isnull=False)
    if court_id is not None:
        rows = rows.filter(court=court_id)
    return [InHand(*row) for row in rows.order_by().values_list(*_COLUMNS)]


def kinds_of(case: InHand, on: date) -> set[str]:
    """Return everything a case counts as on a day; the numbers and their lists both go by this."""
    found = {"pending", _when(case, on)} - {""}
    if case.paused_since:
        found.add("paused")
    if case.due is not None and 0 <= (case.due - on).days <= SOON_DAYS:
        found.add("soon")
    if case.filed_on and add_months(case.filed_on, LONG_MONTHS) < on:
        found.add("long")
    return found


def _when(case: InHand, on: date) -> str:
    if case.due is None:
        return "" if case.paused_since else "open_ended"
    if case.due < on:
        return "overdue"
    monday = on - timedelta(days=on.weekday())
    week = (case.due - monday).days // 7 + 1
    return f"week{week}" if week <= WEEKS else "later"


def counts(cases: Iterable[InHand], on: date) -> dict[str, int]:
    """Return how many cases count as what."""
    found = dict.fromkeys(KINDS, 0)
    for case in cases:
        for kind in kinds_of(case, on):
            found[kind] += 1
    return found
