"""本院计算 beside 上级通报: the difference, the rule under which both agree, the cases it turns on."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from shenguan.base.org.scope import Scope
from shenguan.core.indicator import printing
from shenguan.core.indicator.figure import PLAIN_KINDS, Figure
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.period import Period
from shenguan.programs.official.candidates import LINEAR, Candidate, Counter, candidates
from shenguan.programs.official.models import OfficialValue
from shenguan.rulebook import load
from shenguan.spine.indicators.scoping import filters_of
from shenguan.spine.indicators.selectors import case_rows
from shenguan.spine.indicators.sources import FactSource

AGREES = frozenset({"一致", "截断一致"})
MOST_LISTED = 50
MOST_RULES = 5


@dataclass(frozen=True, slots=True)
class Turning:
    """Cases that one rule counts and the other doesn't, in one part of the figure."""

    part: str
    ours: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """One official value beside ours. `gap` is ours − theirs, in the unit printed (百分点 for shares)."""

    official: OfficialValue
    indicator: Indicator
    version: Version
    period: Period
    figure: Figure
    agreement: str
    gap: Fraction | None
    rules: list[str]
    nearest: str = ""
    turning: list[Turning] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """Return our value as people read it."""
        return printing.printed(self.figure, self.indicator, self.version)

    @property
    def gap_text(self) -> str:
        """Return the difference with its sign, two decimals."""
        return "—" if self.gap is None else f"{float(self.gap):+.2f}"

    def as_dict(self) -> dict[str, Any]:
        """Return one JSON record."""
        theirs = self.official
        return {
            "code": self.indicator.code,
            "name": self.indicator.name,
            "court": theirs.court.name,
            "period": self.period.text,
            "source": theirs.source,
            "place": theirs.place,
            "ours": {
                "numerator": self.figure.numerator,
                "denominator": self.figure.denominator,
                "value": self.printed,
                "regime": self.version.regime,
            },
            "official": {
                "numerator": theirs.numerator,
                "denominator": theirs.denominator,
                "value": theirs.printed,
            },
            "gap": self.gap_text,
            "agreement": self.agreement,
            "agreeing_rules": self.rules,
            "nearest_rule": self.nearest,
            "cases": [
                {"part": t.part, "only_ours": t.ours, "only_theirs": t.theirs, "total": t.total}
                for t in self.turning
            ],
        }


def counter_of(scope: Scope, facts: FactSource, court: int, period: Period) -> Counter:
    """Return a counter over the cases of one court that the scope counts."""
    return Counter(load(), facts, period, filters_of(scope).also(court=[court]))


def compared(
    scope: Scope, official: OfficialValue, facts: FactSource, library: Library
) -> Compared | None:
    """Return one comparison; None where the indicator or its version is gone or has no source."""
    period = Period(official.period_start, official.period_end)
    indicator = library.indicators.get(official.code)
    own = indicator.version(period.end) if indicator else None
    if indicator is None or own is None or library.needs(own) or indicator.kind not in LINEAR:
        return None
    counter = counter_of(scope, facts, official.court_id, period)
    ours = counter.figure(indicator, Candidate(own, own=True))
    fit = agreement(ours, indicator, official)
    found = Compared(
        official, indicator, own, period, ours, fit, _gap(ours, indicator, official), []
    )
    if fit in AGREES:
        found.rules.append(Candidate(own, own=True).label)
        return found
    return _explained(scope, found, counter, candidates(indicator, own, library))


def agreement(ours: Figure, indicator: Indicator, official: OfficialValue) -> str:
    """Say how an official value fits a figure: by numerator and denominator where both are stated."""
    if official.numerator is not None and official.numerator != ours.numerator:
        return "不一致"
    if official.denominator is not None and official.denominator != ours.denominator:
        return "不一致"
    if not official.printed or ours.value is None:
        return "一致" if official.numerator is not None else "不一致"
    found = printing.agreement(ours, indicator.unit, official.printed)
    # a count is off by one or it isn't: only shares and means have a last digit to round
    return "不一致" if found == "末位差一" and indicator.kind in PLAIN_KINDS else found


def _gap(ours: Figure, indicator: Indicator, official: OfficialValue) -> Fraction | None:
    if ours.value is None:
        return None
    if official.printed:
        theirs = Fraction(official.printed.strip().rstrip("%‰‱ ").replace(",", ""))
    elif official.numerator is not None and (
        official.denominator or indicator.kind in {"count", "stock"}
    ):
        stated = Figure(official.numerator, official.denominator or 1, "ok")
        theirs = printing.scaled(stated, indicator.unit)
    else:
        return None
    return printing.scaled(ours, indicator.unit) - theirs


def _explained(scope: Scope, found: Compared, counter: Counter, tried: list[Candidate]) -> Compared:
    """Name the rules that agree, and the cases on which the nearest of them and ours differ."""
    own, agreeing = tried[0], []
    nearest: tuple[Fraction, int, Candidate] | None = None
    for at, candidate in enumerate(tried[1:]):
        figure = counter.figure(found.indicator, candidate)
        if agreement(figure, found.indicator, found.official) in AGREES:
            agreeing.append(candidate)
        gap = _gap(figure, found.indicator, found.official)
        if gap is not None and (nearest is None or (abs(gap), at) < nearest[:2]):
            nearest = (abs(gap), at, candidate)
    other = agreeing[0] if agreeing else nearest[2] if nearest else None
    turning = _turning(scope, counter, own, other) if other else []
    return Compared(
        **{
            name: getattr(found, name)
            for name in ("official", "indicator", "version", "period", "figure", "agreement", "gap")
        },
        rules=[candidate.label for candidate in agreeing[:MOST_RULES]],
        nearest=other.label if other else "",
        turning=turning,
    )


def _turning(scope: Scope, counter: Counter, own: Candidate, other: Candidate) -> list[Turning]:
    found = []
    pairs = (
        ("分子", own.version.numerator, other.version.numerator),
        ("分母", own.version.denominator, other.version.denominator),
    )
    for label, mine, theirs in pairs:
        ours, others = counter.cases(own, mine), counter.cases(other, theirs)
        turned = differing(ours, others)
        if turned:
            found.append(listed(scope, label, turned))
    return found


def differing(ours: dict[int, int], others: dict[int, int]) -> dict[int, int]:
    """Return case id → ours − others, without those both count alike."""
    gaps = {pk: ours.get(pk, 0) - others.get(pk, 0) for pk in ours.keys() | others.keys()}
    return {pk: gap for pk, gap in sorted(gaps.items()) if gap}


def listed(scope: Scope, label: str, gaps: dict[int, int]) -> Turning:
    """Return the cases by number; those the scope doesn't list are counted, not named."""
    named = {case.pk: case.number for case in case_rows(scope, list(gaps)[: 4 * MOST_LISTED])}
    ours = [named[pk] for pk, gap in gaps.items() if gap > 0 and pk in named]
    theirs = [named[pk] for pk, gap in gaps.items() if gap < 0 and pk in named]
    return Turning(label, ours[:MOST_LISTED], theirs[:MOST_LISTED], len(gaps))
