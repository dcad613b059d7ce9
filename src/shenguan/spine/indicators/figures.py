"""First figures: 旧存 新收 已结 未结, 审限内结案率, 平均/中位审理天数 (contracts §3), a view of the atoms.

What counts is what the library's atoms say, here over the registry's own rows so that a page shows this minute.
Stated beside every figure:
* 旧存 filed before the period and not reported closed before it; 新收 filed in it; 已结 by 报结日期 in it;
  未结 filed by its end and not reported closed by its end. A case without 立案日期 is in none of them
  but counted in `undated`.
* 审限内结案率: of the closed cases that have a governing due date, those whose legal end (else the reported
  one) is not after it.
* 审理天数: natural days from 立案 to 报结 of the closed cases; negative ones are left out as dirty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any, Literal

from django.db.models import Count, F, Q, QuerySet

from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Ref
from shenguan.rulebook import load
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE, cases_in
from shenguan.spine.cases.daycount import DaysBetween
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.plan import moment_of
from shenguan.spine.indicators.registry import counted

__all__ = [
    "MEASURES",
    "FigureRow",
    "Grouping",
    "Period",
    "as_dicts",
    "check_identity",
    "figure_cases",
    "figures",
    "measure_filter",
    "undated",
]

Grouping = Literal["court", "division", "judge"]
MEASURES = {
    "opening": "旧存",
    "filed": "新收",
    "closed": "已结",
    "pending": "未结",
    "timely_closed": "审限内结案",
    "timely_base": "计入审限内结案率的已结",
    "undated": "无立案日期",
}
ATOMS = {
    "opening": ("pending", "start"),
    "filed": ("filed", ""),
    "closed": ("closed", ""),
    "pending": ("pending", "end"),
    "timely_closed": ("closed_in_time", ""),
    "timely_base": ("closed_with_due", ""),
}
"""The atom each number is, and at which moment."""
_EACH = ("opening", "filed", "closed", "pending")
_OF_CLOSED = ("timely_closed", "timely_base")
"""Counted over the closed cases alone: these ask for the clock of each."""
# columns of one narrow index; the names of the groups are looked up once each
_GROUP_COLUMNS: dict[str, tuple[str, ...]] = {
    "court": ("court_id",),
    "division": ("court_id", "division_id"),
    "judge": ("court_id", "undertaker_name", "undertaker_id"),
}
# which of the columns above, read as a filter, cuts the cases down to one group
_GROUP_IDS = {"court": "court_id", "division": "division_id", "judge": "undertaker_id"}


@dataclass(slots=True)
class FigureRow:
    """One row of figures. Rates are 0–1, None on an empty base; days are natural days.

    `key` leads to the group's cases: give it to `figure_cases`. It is empty where the person sees the
    figures of a court but not its cases, or where the row sums such courts up.
    """

    group: str
    key: str = ""
    opening: int = 0
    filed: int = 0
    closed: int = 0
    pending: int = 0
    timely_closed: int = 0
    timely_base: int = 0
    timely_rate: float | None = None
    mean_days: float | None = None
    median_days: float | None = None

    @property
    def timely_percent(self) -> str:
        """Return the rate as people read it, two decimals, a dash on an empty base."""
        return "—" if self.timely_rate is None else f"{self.timely_rate:.2%}"


def measure_filter(measure: str, period: Period) -> Q:
    """Return the condition that puts a case into `measure`; the drill-down uses the same."""
    if measure == "undated":
        return Q(filed_on=None)
    if measure not in ATOMS:
        raise ValueError(f"没有名为“{measure}”的数字，可用：{'、'.join(MEASURES)}")
    code, moment = ATOMS[measure]
    library = load().library
    return counted(library.atoms[code], moment_of(library, Ref(code, moment), period))


def figure_cases(
    scope: Scope,
    *,
    measure: str,
    period: Period,
    case_scope: str = DEFAULT_CASE_SCOPE,
    key: str = "",
) -> QuerySet[Case]:
    """Return the cases behind a number (of the group `key`), in a stable order."""
    found = cases_in(scope, case_scope).filter(measure_filter(measure, period), **_group(key))
    return found.select_related("court", "clock", "division").order_by(
        "court__order", "court__code", "number_key"
    )


def figures(
    scope: Scope,
    *,
    period: Period,
    by: Grouping | None = None,
    case_scope: str = DEFAULT_CASE_SCOPE,
) -> list[FigureRow]:
    """Return one row per group in 机构序 (never by size: nothing here ranks), or a single row.

    Courts of which the scope shows figures alone are counted in; their rows lead to no list.
    """
    return figures_and_total(scope, period=period, by=by, case_scope=case_scope)[0]


def figures_and_total(
    scope: Scope,
    *,
    period: Period,
    by: Grouping | None = None,
    case_scope: str = DEFAULT_CASE_SCOPE,
) -> tuple[list[FigureRow], FigureRow]:
    """Return the rows of `figures` and the one of them all, read from the registry once."""
    cases = cases_in(scope.for_figures(), case_scope).order_by()
    columns = _GROUP_COLUMNS[by] if by else ()
    counted = dict(_counted(cases, columns, period))
    closed = _closed(cases, columns, period)
    keys = _whole_keys(by, counted)
    rows: dict[tuple[Any, ...], FigureRow] = {}
    total = FigureRow("合计", "all" if _lists_all(scope) else "")
    everything = _Closed()
    for own, numbers in counted.items():
        key, of_closed = keys[own], closed.get(own, _Closed())
        lead = _group_key(by, key) if by and scope.lists_court(key[3]) else ""
        rows[key] = _row(FigureRow(_group_name(by, key), lead), numbers, of_closed) if by else total
        everything.add(of_closed)
        _add(total, numbers)
    _row(total, {}, everything)
    _name_courts(rows, by)
    return [rows[key] for key in sorted(rows, key=_sort_key)], total


def _lists_all(scope: Scope) -> bool:
    return not scope.figure_court_ids - (scope.court_ids or frozenset())


@dataclass(slots=True)
class _Closed:
    """What is counted over the closed cases of a group: numbers by name, how many took how many days."""

    numbers: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    def add(self, other: _Closed) -> None:
        self.numbers.update(other.numbers)
        self.days.update(other.days)


def _add(row: FigureRow, numbers: Mapping[str, int]) -> None:
    for name, number in numbers.items():
        setattr(row, name, getattr(row, name) + number)


def _row(row: FigureRow, numbers: Mapping[str, int], closed: _Closed) -> FigureRow:
    """Return the row with its numbers added, and rate, mean and median put on it."""
    _add(row, numbers)
    _add(row, closed.numbers)
    if row.timely_base:
        row.timely_rate = round(row.timely_closed / row.timely_base, 6)
    if spread := closed.days:
        row.mean_days = round(sum(d * n for d, n in spread.items()) / spread.total(), 2)
        row.median_days = _median(spread)
    return row


def _median(spread: Mapping[int, int]) -> float:
    """Return the median of how many cases took how many days."""
    days = sorted(spread)
    ends = list(accumulate(spread[day] for day in days))
    low, high = (ends[-1] - 1) // 2, ends[-1] // 2
    return (days[bisect_right(ends, low)] + days[bisect_right(ends, high)]) / 2


def _name_courts(rows: Mapping[tuple[Any, ...], FigureRow], by: Grouping | None) -> None:
    """Name the court before a division or a judge where there are several: names repeat."""
    if by in {"division", "judge"} and len({key[3] for key in rows}) > 1:
        for key, row in rows.items():
            row.group = f"{key[2]} {row.group}"


def _counted(
    cases: QuerySet[Case], columns: tuple[str, ...], period: Period
) -> Iterator[tuple[tuple[Any, ...], dict[str, int]]]:
    """Yield (group, number by name) of the groups that have any, whatever the cases' clocks say."""
    counts = {name: Count("pk", filter=measure_filter(name, period)) for name in _EACH}
    if not columns:
        yield (), cases.aggregate(**counts)
        return
    for row in cases.values_list(*columns).annotate(**counts):
        numbers = dict(zip(_EACH, row[len(columns) :], strict=True))
        if any(numbers.values()):
            yield tuple(row[: len(columns)]), numbers


def _closed(
    cases: QuerySet[Case], columns: tuple[str, ...], period: Period
) -> dict[tuple[Any, ...], _Closed]:
    """Return what the closed cases say by group; of their days dirty ones (closed before filed) are left out."""
    closed = cases.filter(measure_filter("closed", period))
    lasted = closed.annotate(lasted=DaysBetween(F("closed_on"), F("filed_on")))
    counts = {name: Count("pk", filter=measure_filter(name, period)) for name in _OF_CLOSED}
    rows = lasted.values_list(*columns, "lasted").annotate(n=Count("pk"), **counts)
    found: dict[tuple[Any, ...], _Closed] = defaultdict(_Closed)
    for row in rows:
        *key, days, cases_of_days, timely, base = row
        group = found[tuple(key)]
        group.numbers.update(timely_closed=timely, timely_base=base)
        if days is not None and days >= 0:
            group.days[days] += cases_of_days
    return found


def _whole_keys(
    by: Grouping | None, groups: Iterable[tuple[Any, ...]]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return each group with what it is named and ordered by: court, then division or judge."""
    keys = list(groups)
    if by is None:
        return {key: key for key in keys}
    courts = Court.objects.in_bulk([key[0] for key in keys])
    own = {key: tuple(key[1:]) for key in keys}
    if by == "division":
        units = Unit.objects.in_bulk([key[1] for key in keys if key[1]])
        own = {
            key: (units[key[1]].order, units[key[1]].name, key[1]) if key[1] else (None, None, None)
            for key in keys
        }
    return {key: (*_of_court(courts[key[0]]), *own[key]) for key in keys}


def _of_court(court: Court) -> tuple[int, str, str, int]:
    return court.order, court.code, court.name, court.pk


def undated(scope: Scope, case_scope: str = DEFAULT_CASE_SCOPE) -> int:
    """Return how many cases have no 立案日期 and so stand in no column."""
    return cases_in(scope.for_figures(), case_scope).filter(filed_on=None).count()


def as_dicts(rows: Iterable[FigureRow]) -> list[dict[str, Any]]:
    """Return the rows as plain dicts in the column order of contracts §3."""
    return [{k: v for k, v in asdict(row).items() if k != "key"} for row in rows]


def _group_name(by: Grouping | None, key: tuple[Any, ...]) -> str:
    court = str(key[2])
    if by == "court":
        return court
    missing = "（未登记部门）" if by == "division" else "（未登记承办人）"
    name = key[5] if by == "division" else key[4]
    return str(name or missing)


def _group_key(by: Grouping | None, key: tuple[Any, ...]) -> str:
    """Return e.g. `division:3:17`: the kind of group, its court and its own id (0: none)."""
    return f"{by}:{key[3]}:{key[-1] or 0}"


def _group(key: str) -> dict[str, Any]:
    """Read a group key back into a filter; an unknown one is refused."""
    if key in {"", "all"}:
        return {}
    kind, *ids = key.split(":")
    if kind not in _GROUP_IDS or len(ids) != 2 or not all(part.isdigit() for part in ids):
        raise ValueError(f"分组“{key}”无法识别")
    court, own = map(int, ids)
    return {"court_id": court, _GROUP_IDS[kind]: own or None}


def _sort_key(key: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    return tuple((part is None, part if part is not None else "") for part in key)


def check_identity(rows: Iterable[FigureRow]) -> dict[str, int]:
    """Return 旧存+新收−已结−未结 for the groups where it isn't 0; dirty dates are the only cause."""
    gaps: dict[str, int] = defaultdict(int)
    for row in rows:
        gap = row.opening + row.filed - row.closed - row.pending
        if gap:
            gaps[row.group] = gap
    return dict(gaps)
