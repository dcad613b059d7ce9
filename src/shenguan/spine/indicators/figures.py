"""First figures: 旧存 新收 已结 未结, 审限内结案率, 平均/中位审理天数 (contracts §3).

Counting rule, stated beside every figure:
* 旧存 filed before the period and not reported closed before it; 新收 filed in it; 已结 by 报结日期 in it;
  未结 filed by its end and not reported closed by its end. A case without 立案日期 is in none of them
  but counted in `undated`.
* 审限内结案率: of the closed cases that have a governing due date, those whose legal end (else the reported
  one) is not after it.
* 审理天数: natural days from 立案 to 报结 of the closed cases; negative ones are left out as dirty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import median
from typing import Any, Literal

from django.db.models import F, Q, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE, cases_in
from shenguan.spine.cases.models import Case

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
_COURT = ("court__order", "court__code", "court__name", "court_id")
_GROUP_COLUMNS: dict[str, tuple[str, ...]] = {
    "court": _COURT,
    "division": (*_COURT, "division__order", "division__name", "division_id"),
    "judge": (*_COURT, "undertaker_name", "undertaker_id"),
}
# which of the columns above, read as a filter, cuts the cases down to one group
_GROUP_IDS = {"court": "court_id", "division": "division_id", "judge": "undertaker_id"}


@dataclass(frozen=True, slots=True)
class Period:
    """A closed period of Asia/Shanghai days, both ends counted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"统计期有误：起始日 {self.start} 晚于截止日 {self.end}")


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


@dataclass(slots=True)
class _Tally:
    row: FigureRow
    days: list[int] = field(default_factory=list)

    def finish(self) -> FigureRow:
        row = self.row
        if row.timely_base:
            row.timely_rate = round(row.timely_closed / row.timely_base, 6)
        if self.days:
            row.mean_days = round(sum(self.days) / len(self.days), 2)
            row.median_days = float(median(self.days))
        return row


def measure_filter(measure: str, period: Period) -> Q:
    """Return the condition that puts a case into `measure`; the drill-down uses the same."""
    before = Q(filed_on__lt=period.start)
    closed_in = Q(closed_on__gte=period.start, closed_on__lte=period.end)
    conditions = {
        "opening": before & (Q(closed_on=None) | Q(closed_on__gte=period.start)),
        "filed": Q(filed_on__gte=period.start, filed_on__lte=period.end),
        "closed": closed_in,
        "pending": Q(filed_on__lte=period.end) & (Q(closed_on=None) | Q(closed_on__gt=period.end)),
        "timely_base": closed_in & Q(clock__governing_due__isnull=False),
        "timely_closed": closed_in & Q(clock__governing_due__gte=F("end_on")),
        "undated": Q(filed_on=None),
    }
    if measure not in conditions:
        raise ValueError(f"没有名为“{measure}”的数字，可用：{'、'.join(conditions)}")
    return conditions[measure]


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
    tallies: dict[tuple[Any, ...], _Tally] = {}
    if by is None:
        whole = not scope.figure_court_ids - (scope.court_ids or frozenset())
        tallies[()] = _Tally(FigureRow("合计", "all" if whole else ""))
    for key, record in _records(scope.for_figures(), period, by, case_scope):
        if key not in tallies:
            lead = _group_key(by, key) if scope.lists_court(key[3]) else ""
            tallies[key] = _Tally(FigureRow(_group_name(by, key), lead))
        _count(tallies[key], record, period)
    if len({key[3] for key in tallies if key}) > 1:
        for key, tally in tallies.items():
            if by in {"division", "judge"}:  # the same name may stand in several courts
                tally.row.group = f"{key[2]} {tally.row.group}"
    return [tallies[key].finish() for key in sorted(tallies, key=_sort_key)]


def undated(scope: Scope, case_scope: str = DEFAULT_CASE_SCOPE) -> int:
    """Return how many cases have no 立案日期 and so stand in no column."""
    return cases_in(scope.for_figures(), case_scope).filter(filed_on=None).count()


def as_dicts(rows: Iterable[FigureRow]) -> list[dict[str, Any]]:
    """Return the rows as plain dicts in the column order of contracts §3."""
    return [{k: v for k, v in asdict(row).items() if k != "key"} for row in rows]


def _records(
    scope: Scope, period: Period, by: Grouping | None, case_scope: str
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    columns = _GROUP_COLUMNS[by] if by else ()
    touched = (
        Q(filed_on__lte=period.end) & (Q(closed_on=None) | Q(closed_on__gte=period.start))
        | Q(closed_on__gte=period.start, closed_on__lte=period.end)
        | Q(filed_on__gte=period.start, filed_on__lte=period.end)
    )
    rows = (
        cases_in(scope, case_scope)
        .filter(touched)
        .order_by()
        .values_list(*columns, "filed_on", "closed_on", "end_on", "clock__governing_due")
    )
    width = len(columns)
    for row in rows.iterator(chunk_size=5000):
        yield row[:width], row[width:]


def _count(tally: _Tally, record: tuple[Any, ...], period: Period) -> None:
    filed, closed, end, due = record
    row = tally.row
    if filed is not None:
        row.opening += filed < period.start and (closed is None or closed >= period.start)
        row.filed += period.start <= filed <= period.end
        row.pending += filed <= period.end and (closed is None or closed > period.end)
    if closed is not None and period.start <= closed <= period.end:
        row.closed += 1
        if due is not None:
            row.timely_base += 1
            row.timely_closed += end <= due
        if filed is not None and filed <= closed:
            tally.days.append((closed - filed).days)


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
