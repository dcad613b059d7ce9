"""Atoms and indicators as values (architecture §4–5). An atom adds; an indicator divides last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shenguan.core.indicator.expr import EVERYTHING, Expr, columns_of
from shenguan.core.indicator.facttable import Column, FactTable
from shenguan.core.indicator.keys import REGIMES
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Ref, Term, refs_of

NOT_FOR_ASSESSMENT = "统计项,不作考核指标"


@dataclass(frozen=True, slots=True)
class Stock:
    """In stock on day t: `start` ≤ t (or, with months/days, start + those < t) and `end` null or > t."""

    start: Column
    end: Column
    months: int = 0
    days: int = 0
    beyond: bool = False
    """Whether `after` was given: counted only when strictly exceeded (民法典 第1259条: 超过 excludes the number)."""


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """An additive integer: rows under a condition, a sum over them, or how many are in stock on a day.

    Equal only to itself: a library has each atom once, and pages hash them thousands of times.

    `credit` says whose figure it is (grain.CREDITS); `given` names a number entered by the court.
    """

    code: str
    name: str
    meaning: str
    table: FactTable | None = None
    month: Column | None = None
    credit: str = "承办法官"
    scope: str = ""
    where: Expr = EVERYTHING
    value: Expr | None = None
    stock: Stock | None = None
    given: str = ""
    own_needs: str = ""
    source: str = ""
    written: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column the atom reads: condition, value, axis or stock."""
        found = [*columns_of(self.where), *columns_of(self.value)]
        if self.month:
            found.append(self.month)
        if self.stock:
            found += [self.stock.start, self.stock.end]
        return tuple(dict.fromkeys(found))

    @property
    def needs(self) -> tuple[str, ...]:
        """What the registry can't feed yet, each once; empty when the atom can be computed."""
        lacking = [column.needs for column in self.columns if column.needs]
        return tuple(dict.fromkeys(filter(None, [self.own_needs, *lacking])))

    @property
    def events(self) -> tuple[str, ...]:
        """Lineage: the event kinds its columns come from."""
        return tuple(dict.fromkeys(event for column in self.columns for event in column.events))


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference interval of one line; all None until a court fills it in. In the indicator's unit."""

    line: str = ""
    low: float | None = None
    high: float | None = None
    excellent_low: float | None = None
    excellent_high: float | None = None
    source: str | None = None

    @property
    def filled(self) -> bool:
        """Whether any bound is set."""
        bounds = (self.low, self.high, self.excellent_low, self.excellent_high)
        return any(bound is not None for bound in bounds)


@dataclass(frozen=True, slots=True)
class Version:
    """How an indicator is counted under one regime, from day to day (both counted).

    `area`: its cases lie in several courts, so that it is counted over a court and all below it.
    """

    regime: str
    valid_from: date
    valid_to: date | None = None
    numerator: Term | None = None
    denominator: Term | None = None
    of: str = ""
    q: int = 0
    formula: Term | None = None
    say: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    status: str = "unverified"
    law: tuple[Mapping[str, str], ...] = ()
    rounding: str = "half_up"
    reference: tuple[Reference, ...] = ()
    area: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the version is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def regime_name(self) -> str:
        """What people read for its regime."""
        return REGIMES.get(self.regime, self.regime)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The atoms (derived: atoms or indicators) it reads."""
        own = (Ref(self.of),) if self.of else ()
        parts = (refs_of(term) for term in (self.numerator, self.denominator, self.formula))
        return tuple(dict.fromkeys([*own, *(ref for part in parts for ref in part)]))


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: rows by fact table, as written, the period, and what must come out."""

    say: str
    period: Period
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    expect: str
    regime: str = ""
    given: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with all its versions and examples."""

    code: str
    name: str
    meaning: str
    kind: str
    unit: str
    group: str
    direction: str
    versions: tuple[Version, ...]
    examples: tuple[Example, ...]
    lines: tuple[str, ...] = ()
    instance: str = ""
    guard: tuple[str, ...] = ()
    zero_denominator: str = "empty"
    decimals: int = 2
    minimum: int = 10
    statistic: bool = False
    source: str = ""

    @property
    def of_workbook(self) -> bool:
        """Whether a court's own workbook defined it: then ten cases in and out stand for worked examples."""
        return self.source.rpartition("/")[2].startswith("own_")

    def version(self, on: date, regime: str = "") -> Version | None:
        """Return the version in force on `on` (the last written wins), of `regime` if one is named.

        A named regime answers for any day: its last version, when none of its own holds on `on`.
        """
        own = [v for v in self.versions if not regime or v.regime == regime]
        holding = [v for v in own if v.holds_on(on)]
        if holding:
            return holding[-1]
        return own[-1] if regime and own else None


@dataclass(frozen=True)
class Library:
    """All atoms and indicators by code. `where` says from which file each came."""

    atoms: Mapping[str, Atom]
    indicators: Mapping[str, Indicator]
    _needs: dict[int, tuple[Version, tuple[str, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def without(self, columns: Collection[Column]) -> Library:
        """Return the library of an installation in which nothing feeds some columns: what reads them has no source."""
        if not columns:
            return self
        atoms = dict(self.atoms)
        for code, atom in self.atoms.items():
            lacking = [column.name for column in atom.columns if column in columns]
            if lacking and not atom.needs:
                atoms[code] = replace(atom, own_needs=f"登记栏目“{lacking[0]}”")
        return Library(atoms, self.indicators)

    def needs(self, version: Version) -> tuple[str, ...]:
        """What a version of this library lacks, through derived indicators too."""
        if id(version) not in self._needs:
            self._needs[id(version)] = (version, self._lacking(version))
        return self._needs[id(version)][1]

    def _lacking(self, version: Version) -> tuple[str, ...]:
        found: list[str] = []
        for ref in version.refs:
            if ref.code in self.atoms:
                found += self.atoms[ref.code].needs
            elif ref.code in self.indicators:
                found += self.needs(self.indicators[ref.code].versions[-1])
        return tuple(dict.fromkeys(found))
