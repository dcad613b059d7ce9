"""A judge's own week: what falls due, what stands open, the own weak indicators with their cases.

A sheet is for its judge and, in the division's packet, for the division's meeting. Nothing on it compares
judges; an indicator is held against its interval and the judge's own past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from shenguan.base.org.models import Court
from shenguan.base.papers.model import Span
from shenguan.core.indicator.period import Period
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.judging import Judged, selected
from shenguan.programs.reports.traced import Teller
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.parts import Part
from shenguan.spine.warnings.selectors import WarningRow

CODES = (
    "timely_closing_rate", "overdue_pending_rate", "median_gross_days", "mean_net_days", "settlement_rate",
    "appeal_rate", "first_overturned_rate", "refiled_rate", "undocumented_rate", "closing_withdrawn_rate",
    "archived_in_time_rate", "publication_rate", "over_12_months", "enforcement_completed_rate",
    "first_terminated_rate",
)  # fmt: skip
FLOW = ("filed_cases", "closed_cases", "pending_at_end")
LATER = ("not_published", "archive_late")
"""Work after closing: many rows, summed on the sheet, whole in the xlsx."""
ANSWER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to answer: 已办, 办理中 or 数据有误. `key` names it for good, `by` is the day to act by."""

    key: str
    row: WarningRow
    by: date


@dataclass(frozen=True)
class Reminder:
    """One judge's week."""

    judge: int
    division: int
    court: Court
    on: date
    book: Book
    items: tuple[Item, ...] = field(default=())

    @property
    def where(self) -> dict[str, list[int]]:
        """The judge's cases."""
        return {"court": [self.court.pk], "judge": [self.judge]}

    @property
    def year(self) -> str:
        """The year so far, in whole months and the days of this one."""
        return Period(date(self.on.year, 1, 1), self.on).text

    @cached_property
    def tell(self) -> Teller:
        """Asks the book."""
        return Teller(self.book)

    @property
    def name(self) -> str:
        """The judge's name."""
        return self.book.labels.name("judge", self.judge)

    @property
    def unit(self) -> str:
        """The division's name."""
        return self.book.labels.name("division", self.division)

    @property
    def urgent(self) -> tuple[Item, ...]:
        """Items on open cases, the gravest first."""
        return tuple(item for item in self.items if item.row.kind not in LATER)

    @property
    def later(self) -> tuple[Item, ...]:
        """Items on closed cases: papers not published, files not handed in."""
        return tuple(item for item in self.items if item.row.kind in LATER)

    @cached_property
    def answered(self) -> dict[str, str]:
        """How items that still stand were answered since their rung began, by key."""
        return self.book.answered([item.key for item in self.items])

    @cached_property
    def weak(self) -> list[Judged]:
        """The judge's own weak indicators."""
        return selected(self.book, "weak", CODES, self.year, self.where)

    def value(self, code: str, form: str = "printed") -> Span:
        """Return one of the judge's figures of the year so far."""
        return self.tell("value", code=code, period=self.year, where=self.where, form=form)

    def weak_cases(self, one: Judged) -> list[Case]:
        """Return the cases to look at behind a weak indicator, latest first."""
        better_higher = one.row.indicator.direction == "higher"
        held = set(self._behind(one, "numerator"))
        if better_higher:
            held = set(self._behind(one, "denominator")) - held
        found = Case.objects.filter(pk__in=held).order_by("-closed_on", "-filed_on", "number_key")
        return list(found)

    def _behind(self, one: Judged, part: Part) -> list[int]:
        return self.book.behind(one.code, self.year, self.where, part)


def reminders(
    book: Book, court: Court, on: date, *, division: str = "", judge: str = ""
) -> list[Reminder]:
    """Return one reminder for each judge with open cases or warnings, by division in 机构序, then name."""
    rows = book.warnings(on, {"court": [court.pk]})
    held = Case.objects.filter(court=court, visible=True, closed_on=None, filed_on__lte=on)
    places = {
        (division_id or 0, judge_id)
        for division_id, judge_id in held.exclude(undertaker=None).values_list(
            "division_id", "undertaker_id"
        )
    }
    by_judge: dict[int, list[WarningRow]] = {}
    for row in rows:
        place = book.place(row.case_id)
        if place.judge:
            by_judge.setdefault(place.judge, []).append(row)
            places.add((place.division, place.judge))
    made = [
        Reminder(one, unit, court, on, book, _items(by_judge.get(one, ()), on))
        for unit, one in _first_division(book, places)
    ]
    return [
        one
        for one in made
        if (not division or one.unit == division) and (not judge or one.name == judge)
    ]


def _first_division(book: Book, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (division, judge) with each judge once, in the first of the divisions in 机构序."""
    order = {
        key: at for at, key in enumerate(book.in_order("division", {unit for unit, _ in places}))
    }
    first: dict[int, int] = {}
    for unit, judge in sorted(places, key=lambda pair: (order[pair[0]], pair[1])):
        if judge not in first or (first[judge] == 0 and unit):
            first[judge] = unit
    pairs = [(unit, judge) for judge, unit in first.items()]
    return sorted(
        pairs, key=lambda pair: (order[pair[0]], book.labels.name("judge", pair[1]), pair[1])
    )


def _items(rows: Iterable[WarningRow], on: date) -> tuple[Item, ...]:
    """A warning about a day to come is to be done by then; one whose day has passed within the week."""
    return tuple(
        Item(f"{row.case_id}-{row.kind}-{row.since:%Y%m%d}", row, _by(row, on)) for row in rows
    )


def _by(row: WarningRow, on: date) -> date:
    return row.due if row.due and row.due >= on else on + timedelta(days=ANSWER_DAYS)
