"""升降因素分析: which courts, causes, procedures, judges moved a figure between two periods, and which cases.

Contributions by judge are for that judge, the division chief, the vice-president in charge and 审管办 alone; the
caller sees to that by the scope it asks with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlglot import exp

from shenguan import rulebook as rulebooks
from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.change import Contribution, contributions, plain_contributions
from shenguan.core.indicator.compile import drill
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.figure import PLAIN_KINDS, Figure
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Number, Op, Ref, Term
from shenguan.rulebook import Rulebook
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.opening import Opened, opened
from shenguan.spine.indicators.parts import groups_of, only
from shenguan.spine.indicators.plan import Plan, Wanted, moment_of
from shenguan.spine.indicators.scoping import filters_of
from shenguan.spine.indicators.values import ALIASES, Question

BY = ("court", "cause", "procedure", "judge")
MOST_CASES = 20
_ORGANISATION = frozenset({"court", "division", "team", "judge"})
SPLITTABLE = PLAIN_KINDS | {"ratio", "mean"}


@dataclass(frozen=True, slots=True)
class Split:
    """The change split by one dimension: contributions with names; they add up to the change.

    Courts, divisions and people in 机构序; causes and procedures the weightiest first.
    """

    by: str
    parts: Sequence[tuple[str, Contribution]]


@dataclass(frozen=True, slots=True)
class Weight:
    """A case and what the figure would be without it: `effect` = figure − figure without the case."""

    case_id: int
    numerator: int
    denominator: int
    effect: Fraction


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: both figures, the exact change, its splits, the cases that weigh most."""

    indicator: Indicator
    version: Version
    period: Period
    against: Period
    now: Figure
    before: Figure
    change: Fraction
    splits: Sequence[Split]
    cases: Sequence[Weight]
    position: int

    def as_dict(self) -> dict[str, Any]:
        """Return one JSON document; shares are 0–1 decimals."""
        return {
            "code": self.indicator.code,
            "name": self.indicator.name,
            "period": self.period.text,
            "against": self.against.text,
            "value": self.now.value,
            "value_against": self.before.value,
            "change": float(self.change),
            "by": {split.by: [_part(*part) for part in split.parts] for split in self.splits},
            "cases": [
                {
                    "case_id": weight.case_id,
                    "numerator": weight.numerator,
                    "denominator": weight.denominator,
                    "effect": float(weight.effect),
                }
                for weight in self.cases
            ],
            "position": self.position,
        }


def _part(name: str, part: Contribution) -> dict[str, Any]:
    return {
        "group": name,
        "total": float(part.total),
        "within": float(part.within),
        "mix": float(part.mix),
        "now": list(part.after),
        "before": list(part.before),
    }


def why(
    scope: Scope,
    question: Question,
    against: Period,
    *,
    by: Sequence[str] = BY,
    most: int = MOST_CASES,
    as_known: date | None = None,
    home: Path | None = None,
    rulebook: Rulebook | None = None,
    filters: Filters | None = None,
) -> Why:
    """Return why a figure changed; raises `IndicatorError` where it can't be split.

    `as_known` takes the facts of both periods as they were known at the end of that day; `filters` is what the
    scope counts, where that is known already.
    """
    rules = rulebook or rulebooks.load()
    found = opened(home or homes.current(), rules, as_known=as_known)
    indicator, version = only(question, found.library)
    if indicator.kind not in SPLITTABLE:
        raise IndicatorError(f"{indicator.name} 不能逐组分解（{indicator.kind}），请看构成它的指标")
    counted = (filters or filters_of(scope)).also(**groups_of(question, version, rules))
    asking = _Asking(found.library, found, counted, indicator, version)
    now, before = asking.whole(question.period), asking.whole(against)
    if now.exact is None or before.exact is None:
        raise IndicatorError(f"{indicator.name} 有一期分母为零，谈不上升降")
    labels = Labels(rules.facts.codes)
    change = now.exact - before.exact
    return Why(
        indicator,
        version,
        question.period,
        against,
        now,
        before,
        change,
        [asking.split(name, question.period, against, labels) for name in by],
        asking.weights(question.period, now, most),
        found.position,
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    library: Library
    found: Opened
    filters: Filters
    indicator: Indicator
    version: Version

    def whole(self, period: Period) -> Figure:
        want = Wanted(self.indicator, self.version, period)
        plan = Plan(self.library, [want])
        plan.ask(self.found.source, (), self.filters)
        return plan.figures(want)[0]

    def groups(self, dimension: str, period: Period) -> dict[tuple[int, ...], tuple[int, int]]:
        want = Wanted(self.indicator, self.version, period)
        plan = Plan(self.library, [want])
        keys = plan.ask(self.found.source, (dimension,), self.filters)
        columns = plan.columns(want)
        assert columns is not None
        return dict(zip(keys, zip(*(c.tolist() for c in columns), strict=True), strict=True))

    def split(self, by: str, period: Period, against: Period, labels: Labels) -> Split:
        dimension = ALIASES.get(by, by)
        before, now = self.groups(dimension, against), self.groups(dimension, period)
        if self.indicator.kind in PLAIN_KINDS:
            parts = plain_contributions(_upper(before), _upper(now))
        else:
            parts = contributions(before, now)
        if dimension in _ORGANISATION:  # never by size: no ranking of courts or people
            parts = sorted(parts, key=lambda part: labels.order(dimension, part.key[0]))
        return Split(by, [(labels.name(dimension, part.key[0]), part) for part in parts])

    def weights(self, period: Period, now: Figure, most: int) -> list[Weight]:
        """Cases whose leaving out would move the figure most, either way: (n·D − d·N) ÷ (D·(D − d))."""
        assert self.version.numerator is not None
        terms = _linear(self.version.numerator, 1)
        below = [] if self.version.denominator is None else _linear(self.version.denominator, 1)
        asked = self._asked(terms, period) + self._asked(below, period)
        if not asked or len({atom.table for atom, _, _ in asked}) > 1:
            return []
        tree = drill.weights(asked, self.filters)
        sums = [_plus(f"w{at}" for at in range(*part)) for part in _parts(len(terms), len(asked))]
        numerator, denominator = now.numerator or 0, now.denominator or 1
        weight = exp.Sub(
            this=exp.Mul(this=exp.column("n"), expression=exp.Literal.number(denominator)),
            expression=exp.Mul(this=exp.column("d"), expression=exp.Literal.number(numerator)),
        )
        inner = exp.select("case_id", exp.alias_(sums[0], "n"), exp.alias_(sums[1], "d")).from_(
            tree.subquery("weights")
        )
        whole = exp.select("case_id", "n", "d", exp.alias_(weight, "weight"))
        ranked = (
            whole.from_(inner.subquery("summed"))
            .where(exp.NEQ(this=weight.copy(), expression=exp.Literal.number(0)))
            .order_by(exp.Ordered(this=exp.Abs(this=weight.copy()), desc=True), "case_id")
            .limit(most)
        )
        rows = self.found.facts.engine.run(ranked).to_pylist()
        found = (_weight(row, now) for row in rows)
        return [weight for weight in found if weight]

    def _asked(self, terms: list[tuple[Ref, int]], period: Period) -> list[tuple[Any, Any, int]]:
        atoms = self.library.atoms
        return [
            (atoms[ref.code], moment_of(self.library, ref, period), factor)
            for ref, factor in terms
            if ref.code in atoms and atoms[ref.code].table
        ]


def _upper(pairs: Mapping[tuple[int, ...], tuple[int, int]]) -> dict[tuple[int, ...], int]:
    return {key: numerator for key, (numerator, _) in pairs.items()}


def _parts(upper: int, whole: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (0, upper), (upper, whole)


def _plus(names: Any) -> exp.Expr:
    whole: exp.Expr = exp.Literal.number(0)
    for name in names:
        whole = exp.Add(this=whole, expression=exp.column(name))
    return exp.Paren(this=whole)


def _weight(row: Mapping[str, int], now: Figure) -> Weight | None:
    numerator, denominator = now.numerator or 0, now.denominator or 1
    if denominator == row["d"]:
        return None
    without = Fraction(numerator - row["n"], denominator - row["d"])
    effect = Fraction(numerator, denominator) - without
    return Weight(row["case_id"], row["n"], row["d"], effect)


def _linear(term: Term, factor: int) -> list[tuple[Ref, int]]:
    """Return (atom, coefficient) of a linear formula; a product of atoms has no case-wise weights."""
    match term:
        case Ref():
            return [(term, factor)]
        case Number():
            return []
        case Op("*", Number(number), other) | Op("*", other, Number(number)):
            return _linear(other, factor * number)
        case Op("+" | "-" as op, left, right):
            return _linear(left, factor) + _linear(right, factor if op == "+" else -factor)
    return []
