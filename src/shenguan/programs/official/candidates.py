"""Candidate counting rules: regimes, 案件范围, reported or legal end. Each is counted by the same compiler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlglot import exp

from shenguan.core.indicator import figure
from shenguan.core.indicator.compile import drill
from shenguan.core.indicator.compile.sql import Filters, between
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Atom, Indicator, Library, Version
from shenguan.core.indicator.period import Period, day_number
from shenguan.core.indicator.reading import read_atom
from shenguan.core.indicator.terms import Ref, Term, refs_of
from shenguan.rulebook import DATA, Rulebook
from shenguan.rulebook.loaders import atoms as atom_files
from shenguan.spine.indicators.plan import moment_of
from shenguan.spine.indicators.sources import FactSource

SCOPES = ("全部", "全部含诉前调解", "审判", "诉讼", "诉讼一审", "执行", "执行实施")
LINEAR = frozenset({"count", "sum", "stock", "ratio", "mean"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to count: a version, a 案件范围 put in place of each atom's own, which end of a case counts."""

    version: Version
    scope: str = ""
    legal_end: bool = False
    own: bool = False

    @property
    def label(self) -> str:
        """Return the rule in words."""
        parts = [f"口径版本“{self.version.regime_name}”"]
        if self.scope:
            parts.append(f"案件范围“{self.scope}”")
        parts.append("以法定结案日归期" if self.legal_end else "以报结日归期")
        return "，".join(parts)

    @property
    def distance(self) -> int:
        """Return how many choices differ from our own rule."""
        return (not self.own) + bool(self.scope) + self.legal_end


def candidates(indicator: Indicator, own: Version, library: Library) -> list[Candidate]:
    """Return the rules to try, our own first, the nearest next."""
    if indicator.kind not in LINEAR:
        return [Candidate(own, own=True)]
    versions = [own, *(v for v in reversed(indicator.versions) if v is not own)]
    seen: dict[tuple[object, ...], Version] = {}
    for version in versions:
        if not library.needs(version):
            seen.setdefault((version.numerator, version.denominator), version)
    made = [
        Candidate(version, scope, legal, version is own)
        for version in seen.values()
        for scope in ("", *SCOPES)
        for legal in (False, True)
    ]
    return sorted(made, key=lambda candidate: candidate.distance)


@dataclass
class Counter:
    """Counts candidates over one court and period; each atom once for each way."""

    rules: Rulebook
    source: FactSource
    period: Period
    filters: Filters
    _sums: dict[tuple[Ref, str, bool], int] = field(default_factory=dict)
    _written: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._written = atom_files.entries("atoms", DATA, self.rules.overlay)
        self._lookup = atom_files.look_up(self.rules.scopes)

    def figure(self, indicator: Indicator, candidate: Candidate) -> Figure:
        """Return the figure under a candidate."""
        return figure.linear(
            indicator, candidate.version, lambda ref: self._sum(ref, candidate), self.period
        )

    def cases(self, candidate: Candidate, term: Term | None) -> dict[int, int]:
        """Return case id → what it adds in a part of the figure."""
        found: dict[int, int] = {}
        for ref in refs_of(term):
            tree = self._tree(ref, candidate.scope, candidate.legal_end)
            table = self.source.engine.run(tree)
            for case_id, adds in zip(*(c.to_pylist() for c in table.columns), strict=True):
                found[case_id] = found.get(case_id, 0) + adds
        return {case_id: adds for case_id, adds in found.items() if adds}

    def _sum(self, ref: Ref, candidate: Candidate) -> int:
        key = (ref, candidate.scope, candidate.legal_end)
        if key not in self._sums:
            tree = self._tree(*key)
            total = exp.Coalesce(
                this=exp.Sum(this=exp.column("value")), expressions=[exp.Literal.number(0)]
            )
            whole = exp.select(exp.alias_(total, "total")).from_(tree.subquery("listed"))
            self._sums[key] = int(self.source.engine.run(whole).column(0)[0].as_py())
        return self._sums[key]

    def _tree(self, ref: Ref, scope: str, legal_end: bool) -> exp.Select:
        atom = self._atom(ref.code, scope)
        tree = drill.cases(atom, moment_of(self.rules.library, ref, self.period), self.filters)
        tree.set("order", None)
        return (
            by_legal_end(tree, moment_of(self.rules.library, ref, self.period))
            if legal_end
            else tree
        )

    def _atom(self, code: str, scope: str) -> Atom:
        own = self.rules.library.atoms[code]
        if not scope or own.given:
            return own
        entry = {**self._written[code][0], "scope": scope}
        return read_atom(code, entry, self.rules.facts, self._lookup)


def by_legal_end(tree: exp.Select, moment: Period | date) -> exp.Select:
    """Return a list in which the legal end of a case stands in place of the reported one."""

    def replaced(node: exp.Expr) -> exp.Expr:
        column = node.this if isinstance(node, exp.Between | exp.EQ) else None
        if isinstance(column, exp.Column) and column.name == "closed_month":
            assert isinstance(moment, Period)
            return between("legal_end_on", day_number(moment.start), day_number(moment.end))
        if isinstance(node, exp.Column) and node.name == "closed_on":
            return exp.column("legal_end_on")
        return node

    made: exp.Select = tree.transform(replaced)  # type: ignore[assignment]
    return made
