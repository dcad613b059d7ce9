"""Values of indicators by any level and period, with 同比 and 环比."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shenguan.core.indicator import printing
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.figure import STATE_TEXT, Figure
from shenguan.core.indicator.grain import DIMENSIONS
from shenguan.core.indicator.model import NOT_FOR_ASSESSMENT, Indicator, Library, Version
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators.labels import UPPER_LABELS, Labels
from shenguan.spine.indicators.plan import Given, Plan, Wanted
from shenguan.spine.indicators.reach import ALONE, gathered, said, widened
from shenguan.spine.indicators.sources import Key, Source

ALIASES = {"line": "case_class", "type": "case_type"}
SPANS = {"month": 1, "quarter": 3, "year": 12}
COMPARISONS = {"yoy": "同比", "mom": "环比"}
LEVELS = (*DIMENSIONS, *ALIASES, *UPPER_LABELS, *SPANS)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`by` of a question: dimensions in order, how courts are gathered, how the period is cut."""

    dimensions: tuple[str, ...]
    upper: str = ""
    months: int = 0

    @classmethod
    def parse(cls, by: Iterable[str]) -> Breakdown:
        """Read `court,month`; raises `IndicatorError` for an unknown level."""
        dimensions: dict[str, None] = {}
        upper, months = "", 0
        for word in by:
            name = ALIASES.get(word, word)
            if name in SPANS:
                months = SPANS[name]
            elif name in UPPER_LABELS:
                upper = name
                dimensions["court"] = None
            elif name in DIMENSIONS:
                dimensions[name] = None
            else:
                raise IndicatorError(f"不能按“{word}”分组，可用：{'、'.join(LEVELS)}")
        return cls(tuple(dimensions), upper, months)

    def periods(self, period: Period) -> list[Period]:
        """Cut a period into its months, quarters or years; not at all by default."""
        if not self.months:
            return [period]
        pieces = period.by_month()
        groups: dict[int, list[Period]] = {}
        for piece in pieces:
            groups.setdefault(piece.first_month // self.months, []).append(piece)
        return [Period(group[0].start, group[-1].end) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One figure of one group and period. `labels` are read in the order of `keys`.

    `reach`: what an indicator of whole areas covers here, see `reach.said`.
    """

    indicator: Indicator
    version: Version
    period: Period
    keys: Mapping[str, int]
    labels: Mapping[str, str]
    figure: Figure
    compared: Mapping[str, Figure] = field(default_factory=dict)
    entered: tuple[str, ...] = ()
    reach: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is one court's part of what only a whole area can show: nothing to judge by."""
        return self.reach == ALONE

    @property
    def printed(self) -> str:
        """Return the value as people read it."""
        return printing.printed(self.figure, self.indicator, self.version)

    @property
    def standing(self) -> str:
        """Return the place against the interval of its line, "" for a statistic or a part of an area."""
        if self.alone:
            return ""
        line = self.labels.get("case_class", "")
        return printing.standing(self.indicator, self.version, self.figure, line)

    @property
    def note(self) -> str:
        """Return what must stand beside it: 统计项, 件数过少, 暂无数据来源(缺…)."""
        said = [NOT_FOR_ASSESSMENT] if self.indicator.statistic else []
        if self.reach and self.figure.value is not None:
            said.append(self.reach)
        if self.entered and self.figure.value is not None:
            said.append(f"含填报数：{'、'.join(self.entered)}")
        if self.indicator.kind == "evenness" and self.period.first_month == self.period.last_month:
            said.append("不足两个月，不计算")
        elif STATE_TEXT[self.figure.state]:
            lacking = f"({'、'.join(self.figure.needs)})" if self.figure.needs else ""
            said.append(STATE_TEXT[self.figure.state] + lacking)
        return "；".join(said)

    @property
    def guards(self) -> tuple[str, ...]:
        """Return the guard indicators to open beside it, when the value is near full."""
        opens = printing.opens_guards(self.indicator, self.figure)
        return self.indicator.guard if opens else ()

    def change(self, name: str) -> float | None:
        """Return the difference to a compared period, in the scale of the value (0.01 = one point)."""
        before, now = self.compared[name].value, self.figure.value
        return None if before is None or now is None else round(now - before, 10)

    def as_dict(self) -> dict[str, Any]:
        """Return one JSON record; shares are 0–1 decimals."""
        return {
            "code": self.indicator.code,
            "name": self.indicator.name,
            "period": self.period.text,
            **{name: self.labels[name] for name in self.keys},
            "numerator": self.figure.numerator,
            "denominator": self.figure.denominator,
            "value": self.figure.value,
            "printed": self.printed,
            "unit": self.indicator.unit,
            "state": self.figure.state,
            "standing": self.standing,
            "note": self.note,
            "guards": list(self.guards),
            "regime": self.version.regime,
            "status": self.version.status,
            **{
                f"{name}_{part}": value
                for name in self.compared
                for part, value in self._pair(name)
            },
        }

    def _pair(self, name: str) -> Iterator[tuple[str, float | None]]:
        yield "value", self.compared[name].value
        yield "change", self.change(name)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: codes (all when empty) over a period, broken down, under a regime."""

    period: Period
    codes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    regime: str = ""
    compare: tuple[str, ...] = ()
    where: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def answer(
    question: Question,
    library: Library,
    source: Source,
    labels: Labels,
    filters: Filters,
    given: Given | None = None,
) -> list[ValueRow]:
    """Return the rows in the order of the codes, then period, then 机构序 (never by size)."""
    breakdown = Breakdown.parse(question.by)
    chosen = [library.indicators[code] for code in codes_of(question, library)]
    rows: list[tuple[tuple[int, int, tuple[tuple[int, str], ...]], ValueRow]] = []
    for place, period in enumerate(breakdown.periods(question.period)):
        wanted = versions(chosen, question.regime, period)
        for area in (False, True):
            here = {at: want for at, want in enumerate(wanted) if want.version.area == area}
            if not here:
                continue
            where = widened(question.where, labels) if area else question.where
            answered = _Answer(library, list(here.values()), period, question)
            answered.plan.given = None if breakdown.upper else given
            within = filters.also(**{name: list(keys) for name, keys in where.items()})
            keys = answered.ask(source, breakdown, within, labels, area=area)
            named = [_named(breakdown, key, labels) for key in keys]
            reaches = [
                said(pairs, question.where, labels, filters) if area else "" for pairs, _ in named
            ]
            for at, want in here.items():
                for number, row in enumerate(answered.rows(want, named, reaches)):
                    order = tuple(labels.order(*pair) for pair in named[number][0].items())
                    rows.append(((at, place, order), row))
    rows.sort(key=lambda pair: pair[0])
    return [row for _, row in rows]


def codes_of(question: Question, library: Library) -> list[str]:
    """Return the codes asked for; raises `IndicatorError` for an unknown one."""
    unknown = [code for code in question.codes if code not in library.indicators]
    if unknown:
        raise IndicatorError(f"没有指标 {'、'.join(unknown)}；用 indicators --list 查看全部")
    return list(question.codes or library.indicators)


def versions(chosen: Sequence[Indicator], regime: str, period: Period) -> list[Wanted]:
    """Return each indicator under the version that answers for the period; none: left out."""
    found = ((indicator, indicator.version(period.end, regime)) for indicator in chosen)
    return [Wanted(indicator, version, period) for indicator, version in found if version]


class _Answer:
    """One period and those it is compared with, asked in one go."""

    def __init__(
        self, library: Library, wanted: list[Wanted], period: Period, question: Question
    ) -> None:
        compare = question.compare
        unknown = [name for name in compare if name not in COMPARISONS]
        if unknown:
            raise IndicatorError(f"比较只能用 {'、'.join(COMPARISONS)}，没有“{'、'.join(unknown)}”")
        others = {"yoy": period.last_year(), "mom": period.before()}
        self.where = question.where
        self.compare = {name: others[name] for name in compare}
        asked = [*wanted]
        for other in self.compare.values():
            asked += [Wanted(w.indicator, w.version, other) for w in wanted]
        self.plan = Plan(library, asked)

    def ask(
        self,
        source: Source,
        breakdown: Breakdown,
        filters: Filters,
        labels: Labels,
        *,
        area: bool = False,
    ) -> list[Key]:
        keys = self.plan.ask(source, breakdown.dimensions, filters)
        if not keys or not (breakdown.upper or (area and "court" in breakdown.dimensions)):
            return keys or ([()] if not breakdown.dimensions else [])
        at = breakdown.dimensions.index("court")
        if not breakdown.upper:
            return self.plan.regroup(keys, gathered(keys, at, self.where, labels))
        above = (labels.above(breakdown.upper, key[at]) for key in keys)
        upper = [[(*key[:at], one, *key[at + 1 :])] for key, one in zip(keys, above, strict=True)]
        return self.plan.regroup(keys, upper)

    def rows(
        self,
        want: Wanted,
        named: Sequence[tuple[dict[str, int], dict[str, str]]],
        reaches: Sequence[str],
    ) -> Iterator[ValueRow]:
        figures, entered = self.plan.figures(want), self.plan.entered(want.version)
        compared = {
            name: self.plan.figures(Wanted(want.indicator, want.version, period))
            for name, period in self.compare.items()
        }
        for at, (keys, names) in enumerate(named):
            beside = {name: found[at] for name, found in compared.items()}
            yield ValueRow(
                want.indicator,
                want.version,
                want.period,
                keys,
                names,
                figures[at],
                beside,
                entered,
                reaches[at],
            )


def _named(breakdown: Breakdown, key: Key, labels: Labels) -> tuple[dict[str, int], dict[str, str]]:
    names = [
        breakdown.upper if d == "court" and breakdown.upper else d for d in breakdown.dimensions
    ]
    pairs = dict(zip(names, key, strict=True))
    return pairs, {name: labels.name(name, number) for name, number in pairs.items()}
