"""A definition read back: one Chinese sentence, ten cases that count and ten that don't."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from shenguan.base.org.scope import Scope
from shenguan.core.indicator import say
from shenguan.core.indicator.compile import drill
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Indicator, Library, Reference, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Ref, Term, refs_of
from shenguan.programs.library.cells import EARLIEST
from shenguan.spine.facts import archive
from shenguan.spine.facts.schema import schema_of
from shenguan.spine.indicators.engines import engine
from shenguan.spine.indicators.explain import DIRECTIONS
from shenguan.spine.indicators.plan import moment_of
from shenguan.spine.indicators.selectors import case_rows
from shenguan.spine.indicators.sources import FactSource

SHOWN = 10
ENOUGH = 200_000
"""Rows of a fact table that examples are looked for in."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Numbers of cases that count and of cases of the base that don't, at most ten each."""

    inside: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)


def recent_facts(home: Path, facts: Facts) -> FactSource:
    """Return the newest months of the archive, in memory: examples need no more, however large it is."""
    made = engine()
    manifest = archive.manifest(home)
    for table in facts.tables.values():
        parts = manifest.parts.get(table.name, {}) if manifest else {}
        chosen, rows = [], 0
        for month in sorted(parts, reverse=True):
            if rows < ENOUGH:
                chosen.append(str(archive.folder(home) / parts[month].file))
                rows += parts[month].rows
        empty = schema_of(table).empty_table()
        read = [pq.read_table(file, partitioning=None) for file in chosen]
        made.put(pa.concat_tables(read) if read else empty, f"fact_{table.name}")
    return FactSource(made)


def sentence(indicator: Indicator, version: Version, library: Library) -> str:
    """Return the whole definition in one sentence, made from the tree that is compiled."""
    parts = [f"“{indicator.name}”＝{say.formula(indicator, version, library)}"]
    for ref in version.refs:
        if ref.code in library.atoms:
            found = library.atoms[ref.code]
            parts.append(f"“{found.name}”指{say.atom(found)}")
    parts.append(f"{_when(version)}，{DIRECTIONS[indicator.direction]}")
    parts += [_interval(reference) for reference in version.reference if reference.filled]
    return "；".join(parts) + "。"


def _when(version: Version) -> str:
    if version.valid_to:
        return f"{version.valid_from}至{version.valid_to}适用"
    return "各期适用" if version.valid_from == EARLIEST else f"{version.valid_from}起适用"


def _interval(reference: Reference) -> str:
    line = f"{reference.line}" if reference.line else ""
    zone = f"{line}合理区间{_bounds(reference.low, reference.high)}"
    best = _bounds(reference.excellent_low, reference.excellent_high)
    return f"{zone}，优异{best}" if best else zone


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:g}至{high:g}"
    if low is not None:
        return f"不低于{low:g}"
    return f"不高于{high:g}" if high is not None else ""


def sample(
    source: FactSource, version: Version, library: Library, period: Period, filters: Filters
) -> Sample:
    """Return ten cases in and ten out of one version; empty where something is lacking."""
    if library.needs(version) or version.numerator is None:
        return Sample()
    top = _ids(version.numerator, library, period, filters)
    base = _base(version, library, period, filters)
    if not top or not base:
        return Sample()
    inside, whole = _cases(top), _cases(base)
    return Sample(_first(source, inside), _first(source, exp.except_(whole, inside.copy())))


def _cases(trees: Sequence[exp.Query]) -> exp.Select:
    """The cases that add something in any of the lists."""
    listed = exp.union(*trees, distinct=False) if len(trees) > 1 else trees[0]
    counted = exp.NEQ(this=exp.column("value"), expression=exp.Literal.number(0))
    return exp.select("case_id").distinct().from_(listed.subquery("each")).where(counted)


def _ids(term: Term, library: Library, period: Period, filters: Filters) -> list[exp.Query]:
    found: list[exp.Query] = []
    for ref in refs_of(term):
        atom = library.atoms.get(ref.code)
        if atom and atom.table:
            tree = drill.cases(atom, moment_of(library, ref, period), filters)
            tree.set("order", None)
            found.append(tree)
    return found


def _base(version: Version, library: Library, period: Period, filters: Filters) -> list[exp.Query]:
    """The denominator; of a plain count all cases in the registry with the same axis."""
    if version.denominator is not None:
        return _ids(version.denominator, library, period, filters)
    return _ids(Ref("closed"), library, period, filters) + _ids(
        Ref("filed"), library, period, filters
    )


def _first(source: FactSource, tree: exp.Query) -> list[int]:
    listed = exp.select("case_id").from_(tree.subquery("listed")).order_by("case_id").limit(SHOWN)
    return list(source.engine.run(listed).column(0).to_pylist())


def numbers(scope: Scope, samples: Sequence[Sample]) -> dict[int, str]:
    """Return 案号 by case id of everything sampled that the scope shows."""
    ids = sorted({pk for s in samples for pk in (*s.inside, *s.outside)})
    return {case.pk: case.number for case in case_rows(scope, ids)}


def as_dict(found: Sample, named: Mapping[int, str]) -> dict[str, Any]:
    """Return case numbers in and out; cases a scope doesn't show are left out."""
    return {
        "inside": [named[pk] for pk in found.inside if pk in named],
        "outside": [named[pk] for pk in found.outside if pk in named],
    }
