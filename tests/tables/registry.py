"""A registry made of counts: a few model rows, each repeated as often as a published table says.

The rows are spread out inside the engine, so that a national total of millions costs no memory here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from shenguan.core.indicator import Period
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.sample import complete_row
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders import facts as fact_tables
from shenguan.rulebook.loaders import indicators as indicator_files
from shenguan.spine.indicators.arrow import table_of
from shenguan.spine.indicators.engines.duckdb import connect
from shenguan.spine.indicators.plan import Plan, Wanted
from shenguan.spine.indicators.sources import FactSource, Key

HERE = Path(__file__).parent
FACTS: Facts = fact_tables.load(DATA)
LIBRARY: Library = indicator_files.load(DATA, HERE / "local")


def published(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of published values."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Rows:
    """`count` rows of a fact table that are alike; `written` as in a worked example."""

    count: int
    written: Mapping[str, Any]
    table: str = "case"


def registry(rows: Iterable[Rows]) -> FactSource:
    """Return a source of figures over all rows, spread out."""
    made = connect()
    listed = [row for row in rows if row.count > 0]
    for table in FACTS.tables.values():
        own = [row for row in listed if row.table == table.name]
        models = [complete_row(row.written, table, FACTS.codes, at) for at, row in enumerate(own)]
        models_table = table_of(models, table)
        counts = pa.array([row.count for row in own], pa.int64())
        made.put(models_table.append_column("repeated", counts), f"model_{table.name}")
        names = ", ".join(f'm."{column.column}"' for column in table.columns.values())
        made.connection.execute(
            f"CREATE VIEW fact_{table.name} AS SELECT {names} FROM model_{table.name} m, "
            "LATERAL (SELECT unnest(range(m.repeated)))"
        )
    return FactSource(made)


def chosen(code: str, period: Period, regime: str = "") -> tuple[Indicator, Version]:
    """Return an indicator and the version that answers for a period."""
    indicator = LIBRARY.indicators[code]
    version = indicator.version(period.end, regime)
    assert version, f"{code} {period.text}"
    return indicator, version


@dataclass(frozen=True)
class Entered:
    """填报数 of one court over one period, by the name of the number."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    def library(self) -> Library:
        """Return the library in which the atoms entered have a source."""
        atoms = {
            code: replace(atom, own_needs="") if atom.given in self.numbers else atom
            for code, atom in LIBRARY.atoms.items()
        }
        return Library(atoms, LIBRARY.indicators)

    def number(
        self, code: str, period: Period, dimensions: Sequence[str], key: Key, filters: Filters
    ) -> int | None:
        """Return the number entered for an atom, None for one that wasn't."""
        return self.numbers.get(LIBRARY.atoms[code].given)

    def keys(
        self, codes: Iterable[str], periods: Iterable[Period], dims: Sequence[str], filters: Filters
    ) -> list[Key]:
        """Return no group: a court is asked about as a whole."""
        return []


def compiled(
    source: FactSource,
    codes: Sequence[str],
    period: Period,
    *,
    regime: str = "",
    entered: Mapping[str, int] | None = None,
    **where: int,
) -> dict[str, Figure]:
    """Return the compiled figure of each code over the rows of one key (`court=3`) and what it entered."""
    wanted = [Wanted(*chosen(code, period, regime), period) for code in codes]
    given = Entered(entered or {})
    plan = Plan(given.library() if entered else LIBRARY, wanted, given=given)
    plan.ask(source, (), Filters({name: [key] for name, key in where.items()}))
    return {want.indicator.code: plan.figures(want)[0] for want in wanted}


def flow(
    period: Period, old: int, filed: int, closed: int, common: Mapping[str, Any]
) -> list[Rows]:
    """Return rows of which `old` stand open before a period, `filed` come in it and `closed` leave in it.

    Old cases are closed first. Counts that can't be (more closed than handled) are refused.
    """
    assert 0 <= closed <= old + filed, (old, filed, closed)
    before = period.start.replace(year=period.start.year - 1)
    from_old = min(old, closed)
    old_open, new_closed = old - from_old, closed - from_old
    day_in, day_out = {"立案日": period.start}, {"报结日": period.end}
    return [
        Rows(from_old, {**common, "立案日": before, **day_out}),
        Rows(old_open, {**common, "立案日": before}),
        Rows(new_closed, {**common, **day_in, **day_out}),
        Rows(filed - new_closed, {**common, **day_in}),
    ]
