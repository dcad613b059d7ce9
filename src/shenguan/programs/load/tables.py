"""Load judge by judge and unit by unit, in 机构序 and the order of the roster, never by size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import fmean, pstdev

from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.period import Period, month_number
from shenguan.programs.load.pending import KINDS, InHand, Week, counts, weeks_from
from shenguan.programs.load.sight import Judge, Sight
from shenguan.spine.indicators.freshness import remember, shown_to
from shenguan.spine.indicators.services import Question, values
from shenguan.spine.indicators.values import ValueRow

_CODES = ("filed_cases", "closed_cases", "closing_evenness")
_WEEKS_A_YEAR, _FEWEST = 52, 12


@dataclass(frozen=True, slots=True)
class Past:
    """A judge's last twelve whole months. `evenness` as printed, `weekly` closings a week."""

    filed: int = 0
    closed: int = 0
    evenness: str = "—"

    @property
    def weekly(self) -> float:
        """Closings a week on the average."""
        return self.closed / _WEEKS_A_YEAR


@dataclass(frozen=True, slots=True)
class Cell:
    """What falls due in one week. `level` 0 none, 1 within, 2 above, 3 far above the usual pace."""

    week: Week
    count: int
    level: int

    @property
    def word(self) -> str:
        """Say the level: colour never speaks alone."""
        return ("", "", "▲紧", "●满")[self.level]


@dataclass(frozen=True, slots=True)
class Row:
    """One judge. `has` counts by the keys of `pending.KINDS`."""

    judge: Judge
    has: Mapping[str, int]
    past: Past
    cells: Sequence[Cell] = ()


@dataclass(slots=True)
class Group:
    """One unit with its people and its sum; `evenness` of what they have in hand, 1 is even."""

    court: str
    unit: str
    unit_id: int | None
    rows: list[Row] = field(default_factory=list)
    has: Mapping[str, int] = field(default_factory=dict)

    @property
    def evenness(self) -> str:
        """1 − standard deviation ÷ mean of the cases in hand; a dash for fewer than two judges."""
        return evenness([row.has["pending"] for row in self.rows if row.judge.handles])

    @property
    def heads(self) -> int:
        """How many people hear cases here by their post."""
        return sum(row.judge.handles for row in self.rows)

    @property
    def weeks(self) -> list[tuple[int, str]]:
        """What falls due in each of the coming weeks, with the key of its list."""
        return [(self.has[key], key) for key in KINDS if key.startswith("week")]


def evenness(numbers: Sequence[int]) -> str:
    """Return how evenly something is spread, 1.00 when all have the same; no official formula exists."""
    if len(numbers) < 2 or not sum(numbers):
        return "—"
    return f"{1 - pstdev(numbers) / fmean(numbers):.2f}"


def last_year(on: date) -> Period:
    """Return the last twelve whole months before a day."""
    last = month_number(on) - 1
    return Period.months(last - 11, last)


def past_of(sight: Sight, on: date) -> Mapping[int, Past]:
    """Return each judge's last twelve months, from the cube; who sees the own alone gets them out of everyone's."""
    scope, period = sight.scope, last_year(on)
    if not sight.wide:
        scope = replace(Scope.everything(scope.actor), clearance=scope.clearance)
    filters = shown_to(scope)
    found = remember(("past", filters, period), lambda: _past_of(scope, filters, period))
    return found if sight.wide else {pk: found[pk] for pk in sight.own if pk in found}


def _past_of(scope: Scope, filters: Filters, period: Period) -> dict[int, Past]:
    found: dict[int, dict[str, ValueRow]] = defaultdict(dict)
    for row in values(scope, Question(period, _CODES, ("judge",)), filters=filters).rows:
        found[row.keys["judge"]][row.indicator.code] = row
    return {judge: _past(row) for judge, row in found.items()}


def _past(rows: Mapping[str, ValueRow]) -> Past:
    def number(code: str) -> int:
        return (rows[code].figure.numerator or 0) if code in rows else 0

    even = rows.get("closing_evenness")
    return Past(
        number("filed_cases"),
        number("closed_cases"),
        f"{even.figure.value:.2f}" if even and _enough(even, number("closed_cases")) else "—",
    )


def _enough(even: ValueRow, closed: int) -> bool:
    """Tell whether a spread over the months says anything: on the average a case closed a month."""
    return even.figure.value is not None and closed >= _FEWEST


def table(
    judges: Sequence[Judge], cases: Iterable[InHand], past: Mapping[int, Past], on: date
) -> list[Group]:
    """Return the units with their judges; people without a case in hand who hear none are left out."""
    by_judge: dict[int, list[InHand]] = defaultdict(list)
    for case in cases:
        by_judge[case.judge_id or 0].append(case)
    weeks = weeks_from(on)
    groups: dict[tuple[int, int | None], Group] = {}
    for judge in (*judges, *_strangers(judges, by_judge)):
        held = by_judge.get(judge.person_id, [])
        if not held and not judge.handles:
            continue
        key = (judge.court_id, judge.unit_id)
        group = groups.setdefault(
            key, Group(judge.court, judge.unit or "未编入庭室", judge.unit_id)
        )
        group.rows.append(_row(judge, held, past.get(judge.person_id, Past()), weeks, on))
    for group in groups.values():
        group.has = _sum([row.has for row in group.rows])
    return list(groups.values())


def _strangers(judges: Sequence[Judge], held: Mapping[int, Sequence[InHand]]) -> list[Judge]:
    """Return who has cases and stands on no roster of the day: left, moved, or never entered."""
    known = {judge.person_id for judge in judges}
    found = []
    for person, cases in sorted(held.items()):
        if person not in known:
            name = cases[0].judge if person else ""
            found.append(Judge(person, name or "未登记承办人", 0, "", None, "不在现任名册"))
    return found


def _row(judge: Judge, held: Sequence[InHand], past: Past, weeks: Sequence[Week], on: date) -> Row:
    has = counts(held, on)
    cells = [Cell(week, has[week.key], level(has[week.key], past.weekly)) for week in weeks]
    return Row(judge, has, past, cells)


def level(due: int, weekly: float) -> int:
    """Return how a week compares with a judge's usual pace: above it 2, from twice it on 3."""
    if not due:
        return 0
    pace = max(weekly, 1.0)
    return 3 if due >= 2 * pace and due > 1 else 2 if due > pace else 1


def _sum(many: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {key: sum(one[key] for one in many) for key in (many[0] if many else ())}


def total(groups: Sequence[Group]) -> dict[str, int]:
    """Return the sum over all units."""
    return _sum([group.has for group in groups])
