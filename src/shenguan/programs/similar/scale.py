"""裁判尺度: how outcomes of one cause are spread over courts and years, with the case behind each point.

Courts and years only: nothing here can be asked by judge, and no table is ordered by its values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10

from shenguan.core.similar.model import Entry, Filters
from shenguan.core.similar.outcome import Decided, read_outcome
from shenguan.core.similar.spread import Share, Spread, share, spread
from shenguan.programs.similar.departure import AMOUNT, FINE, NUMBERS, number
from shenguan.programs.similar.schema import draw
from shenguan.programs.similar.shelf import Shelf

MOST = 3_000
"""Judgments looked at for one view, the latest first; the page says how many there are in all."""
FEW = 5
"""Cells with fewer cases show no spread."""
WIDTH, HEIGHT, LEFT, BOTTOM = 900, 260, 70, 24


@dataclass(frozen=True, slots=True)
class Cell:
    """Outcomes and one number's spread in one court or year."""

    name: str
    cases: int
    outcomes: Sequence[tuple[str, Share]]
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Point:
    """One case in the picture: place, value in words, the address of the judgment."""

    x: float
    y: float
    draw: int
    say: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The whole view of one cause, and one court or all."""

    total: int
    seen: int
    measure: str
    unit: str
    whole: Cell
    by_year: Sequence[Cell]
    by_court: Sequence[Cell]
    points: Sequence[Point]
    ticks: Sequence[tuple[float, str]]
    years: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class _Case:
    entry: Entry
    decided: Decided


def scale(
    on: Shelf,
    cause: str,
    court: str,
    measure: str,
    *,
    order: Mapping[str, int] | None = None,
    hidden: Iterable[tuple[str, str]] = (),
) -> Scale:
    """The view of a cause, in one court where named; `hidden` (court, number) are left out.

    `order`: 机构序 of the courts known here; others follow by name, never by what they decided.
    """
    places = order or {}
    filters = Filters(causes=(cause,), courts=(court,) if court else ())
    total, entries = on.search.index.matching(filters, MOST)
    secret = set(hidden)
    held = [_Case(e, read_outcome(e.ruling)) for e in entries if (e.court, e.number) not in secret]
    points, ticks, years = _picture(held, measure)
    return Scale(
        total=total,
        seen=len(held),
        measure=measure,
        unit=dict(NUMBERS)[measure],
        whole=_cell("全部", held, measure),
        by_year=_cells(held, measure, _year),
        by_court=sorted(
            _cells(held, measure, lambda c: c.entry.court or "法院不明"),
            key=lambda cell: (places.get(cell.name, len(places)), cell.name),
        ),
        points=points,
        ticks=ticks,
        years=years,
    )


def measure_of(cause: str, wanted: str) -> str:
    """The number to show: the wanted one, else terms for a charge and sums for a civil cause."""
    if wanted in dict(NUMBERS):
        return wanted
    return NUMBERS[0][0] if cause.endswith("罪") else AMOUNT


def _year(held: _Case) -> str:
    return str(held.entry.judged_on.year) if held.entry.judged_on else "日期不明"


def _cells(held: Sequence[_Case], measure: str, name: Callable[[_Case], str]) -> list[Cell]:
    groups: dict[str, list[_Case]] = defaultdict(list)
    for each in held:
        groups[name(each)].append(each)
    return [_cell(key, groups[key], measure) for key in sorted(groups)]


def _cell(name: str, held: Sequence[_Case], measure: str) -> Cell:
    counts = Counter(each.entry.disposition or "未读出" for each in held)
    outcomes = [(key, share(counts[key], len(held))) for key in sorted(counts)]
    values = [v for v in (number(measure, each.decided) for each in held) if v is not None]
    return Cell(name, len(held), outcomes, spread(values) if len(values) >= FEW else None)


def _picture(
    held: Sequence[_Case], measure: str
) -> tuple[list[Point], list[tuple[float, str]], list[tuple[float, str]]]:
    """Points over time: money by its logarithm, months as they are."""
    known = [
        (each.entry, value)
        for each in held
        if (value := number(measure, each.decided)) is not None and each.entry.judged_on
    ]
    if not known:
        return [], [], []
    by_log = measure in (FINE, AMOUNT)
    days = [e.judged_on.toordinal() for e, _ in known if e.judged_on]
    first, last = min(days), max(days)
    lifted = [_lift(v, by_log=by_log) for _, v in known]
    low, high = (min(lifted), max(lifted)) if by_log else (0.0, max(lifted))

    def x(day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - 10) * (day - first) / max(1, last - first), 1)

    def y(value: float) -> float:
        part = (value - low) / ((high - low) or 1)
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 12) * part, 1)

    unit = dict(NUMBERS)[measure]
    points = [
        Point(x(day), y(up), draw(e.id), f"{e.number or e.title or e.court}，{value:,.0f}{unit}")
        for (e, value), day, up in zip(known, days, lifted, strict=True)
    ]
    years = [
        (x(at), str(year))
        for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        if first <= (at := date(year, 1, 1).toordinal()) <= last
    ]
    return points, _ticks(low, high, unit, y, by_log=by_log), years


def _lift(value: float, *, by_log: bool) -> float:
    return log10(max(value, 1.0)) if by_log else value


def _ticks(
    low: float, high: float, unit: str, y: Callable[[float], float], *, by_log: bool
) -> list[tuple[float, str]]:
    if by_log:
        powers = [p for p in range(int(low), int(high) + 2) if low <= p <= high]
        return [(y(float(p)), f"{10**p:,}{unit}") for p in powers]
    step = next((s for s in (6, 12, 24, 36, 60) if high / s <= 7), 60)
    return [(y(float(v)), f"{v}{unit}") for v in range(0, int(high) + 1, step)]
