"""`simulate --report`: every published figure beside what the city shows.

Durations may differ by 15 %, shares by 3 points. A figure that describes nothing in the city says why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from math import inf

from shenguan import rulebook
from shenguan.lab.simulate.cases import SimCase
from shenguan.lab.simulate.city import SimCourt
from shenguan.lab.simulate.measures import LOAD_YEAR, Measure, measure
from shenguan.lab.simulate.parameters import CASES_PER_JUDGE_YEAR
from shenguan.lab.simulate.seen import Seen, viewer

DAYS_OFF = 0.15
POINTS_OFF = 3.0
FEWEST = 20
"""A base smaller than this decides nothing, however alike its cases are."""
NEAR, FAR, NOT, SMALL = "符合", "偏离", "不适用", "件数过少"
"""件数过少: it differs, but by no more than chance explains at so few cases."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: the published figure, ours (None where not applicable), how many cases, the verdict."""

    parameter: str
    published: float
    unit: str
    scope: str
    source: str
    ours: float | None
    n: int
    verdict: str
    remark: str


@dataclass(slots=True)
class _Load:
    """Cases per judge: staffing, which no single case shows."""

    judges: int
    closed: int = 0
    received: int = 0

    def see(self, case: Seen) -> None:
        open_then = case.closed is None or case.closed.year >= LOAD_YEAR
        self.closed += case.closed is not None and case.closed.year == LOAD_YEAR
        self.received += case.filed.year <= LOAD_YEAR and open_then


def calibration() -> list[dict[str, str]]:
    """Return the published figures with their sources and what they are compared with."""
    text = (files("shenguan.lab.simulate") / "calibration.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def compare(
    cases: Iterable[SimCase], city: list[SimCourt], asked: int, span: tuple[date, date]
) -> list[Compared]:
    """Return every published figure with the simulated one; one pass over the cases."""
    book = rulebook.load()
    view = viewer(book.timelimits, book.calendar, span[1], [c.profile.name for c in city])
    rows = calibration()
    measures = {row["measure"]: measure(row["measure"], span[1]) for row in rows}
    load = _Load(sum(len(d.judges) for court in city for d in court.divisions.values()))
    for case in cases:
        seen = view(case)
        load.see(seen)
        for one in measures.values():
            if one is not None:
                one.see(seen)
    too_small = _understaffed(load.judges, asked, span)
    return [_row(row, measures[row["measure"]], load, too_small) for row in rows]


def _understaffed(judges: int, asked: int, span: tuple[date, date]) -> str:
    """Say why load can't be compared: so few cases that each division has its fewest judges."""
    yearly = asked / ((span[1] - span[0]).days / 365.25)
    if judges * CASES_PER_JUDGE_YEAR <= yearly * 1.08:
        return ""
    return f"案件太少(每年{yearly:.0f}件):各庭已按最少法官配置,人均件数不可比"


def _row(row: Mapping[str, str], one: Measure | None, load: _Load, too_small: str) -> Compared:
    what = row["measure"].split(".")[-1]
    ours, n, remark = None, 0, row["why_not"]
    if what in ("load", "burden"):
        ours = (load.closed if what == "load" else load.received) / load.judges
        n, remark = load.judges, too_small
        ours = None if too_small else ours
    elif one is not None:
        ours, n = one.result()
    published = float(row["value"])
    noise = one.noise() if one is not None and n >= FEWEST else inf
    verdict = NOT if remark or ours is None else _verdict(published, ours, row["unit"], noise)
    return Compared(
        parameter=row["parameter"],
        published=published,
        unit=row["unit"],
        scope=row["compared_with"] or row["scope"],
        source=f"{row['scope']} {row['source']}",
        ours=ours,
        n=n,
        verdict=verdict,
        remark=remark or ("没有这样的案件" if ours is None else ""),
    )


def _verdict(published: float, ours: float, unit: str, noise: float) -> str:
    tolerance = POINTS_OFF if unit.startswith("%") else DAYS_OFF * published
    if abs(ours - published) <= tolerance:
        return NEAR
    return SMALL if noise > tolerance else FAR


def lines(
    cases: Iterable[SimCase], city: list[SimCourt], asked: int, span: tuple[date, date]
) -> Iterator[str]:
    """Yield the report as lines of text."""
    rows = compare(cases, city, asked, span)
    yield f"示范市校准:{asked}件,{span[0]}—{span[1]};时长容差±15%,比率容差±3个百分点"
    yield "  ".join(("结论", "指标", "公布值", "模拟值", "单位", "件数", "比对口径", "来源"))
    for row in rows:
        ours = "-" if row.ours is None else f"{row.ours:.2f}"
        cells = [row.verdict, row.parameter, f"{row.published:g}", ours, row.unit, str(row.n)]
        yield "  ".join([*cells, row.scope, row.source, *([row.remark] if row.remark else [])])
    applicable = [row for row in rows if row.verdict != NOT]
    near = sum(row.verdict == NEAR for row in applicable)
    few = sum(row.verdict == SMALL for row in applicable)
    yield (
        f"适用{len(applicable)}项:符合{near}项,偏离{len(applicable) - near - few}项,"
        f"件数过少(两倍抽样误差大于容差)而不能判断{few}项;不适用{len(rows) - len(applicable)}项"
    )
