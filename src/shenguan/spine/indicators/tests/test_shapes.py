"""Compiled shapes against the oracle, over random worlds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shenguan.core.indicator.compile import cube, drill, hist, rollup, stock
from shenguan.core.indicator.compile.cube import passes_of
from shenguan.core.indicator.grain import PILOT
from shenguan.core.indicator.naive import happened_in, in_stock
from shenguan.core.indicator.period import Period, month_number
from shenguan.core.indicator.row import counts, number
from shenguan.core.indicator.tests.world import ATOMS, FACTS, LIBRARY, worlds
from shenguan.spine.indicators.arrow import digest, table_of
from shenguan.spine.indicators.engines import Engine, engine

World = dict[str, list[dict[str, Any]]]
ENGINES = ("duckdb", "polars", "datafusion")
PERIODS = [Period.parse(text) for text in ("2025", "2025-02", "2024-02..2025-01", "2025Q3")]
ODD_PERIODS = [Period.parse("2025-01-21..2025-02-20"), Period.parse("2024-02-29..2025-02-28")]
COUNTED = [a for a in LIBRARY.atoms.values() if a.table]
FLOWS = [a for a in COUNTED if a.month]
STOCKS = [a for a in COUNTED if a.stock]
CUBES = {
    p: stock.stock_changes(p, PILOT) if p.stock else cube.cube(p, PILOT) for p in passes_of(COUNTED)
}
quick = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def loaded(world: World, name: str) -> Engine:
    made = engine(name)
    for table, rows in world.items():
        made.put(table_of(rows, FACTS.table(table)), f"fact_{table}")
    return made


def expected(atom: Any, world: World, moment: Period | date) -> int:
    table = world[atom.table.name]
    when = in_stock if isinstance(moment, date) else happened_in
    rows = [row for row in table if counts(atom.where, row) and when(atom, row, moment)]
    return sum(1 if atom.value is None else number(atom.value, row) or 0 for row in rows)


@pytest.mark.parametrize("name", ENGINES)
@quick
@given(world=worlds(), period=st.sampled_from(PERIODS))
def test_rolled_up_cube_equals_counting_row_by_row(name: str, world: World, period: Period):
    made = loaded(world, name)
    for fused, tree in CUBES.items():
        made.put(made.run(tree), "cube")
        first = None if fused.stock else period.first_month
        cells = [rollup.Cell(code, first, period.last_month) for code in fused.codes]
        found = made.run(rollup.rollup("cube", cells, ()))
        moment = period.end if fused.stock else period
        row = [column[0].as_py() for column in found.itercolumns()]
        assert dict(zip(fused.codes, row, strict=True)) == {
            atom.code: expected(atom, world, moment) for atom in fused.atoms
        }


@pytest.mark.parametrize("name", ENGINES)
@quick
@given(world=worlds(), period=st.sampled_from(PERIODS + ODD_PERIODS))
def test_direct_scan_of_any_days_equals_counting_row_by_row(
    name: str, world: World, period: Period
):
    made = loaded(world, name)
    for fused in passes_of(COUNTED):
        if fused.stock:
            tree = stock.stock_at(fused.atoms, (), period.end)
        else:
            tree = cube.cube(fused, (), by_month=False, period=period)
        found = made.run(tree).to_pylist()
        moment = period.end if fused.stock else period
        assert found == [{atom.code: expected(atom, world, moment) for atom in fused.atoms}]


@quick
@given(world=worlds(), period=st.sampled_from(PERIODS + ODD_PERIODS))
def test_every_number_equals_the_length_of_its_list(world: World, period: Period):
    made = loaded(world, "duckdb")
    for atom in COUNTED:
        moment = period.end if atom.stock else period
        rows = made.run(drill.cases(atom, moment)).to_pylist()
        assert sum(row["value"] for row in rows) == expected(atom, world, moment)
        if atom.value is None:
            assert len(rows) == expected(atom, world, moment)


@quick
@given(world=worlds(), period=st.sampled_from(PERIODS))
def test_children_sum_to_the_parent_for_every_additive_atom(world: World, period: Period):
    made = loaded(world, "duckdb")
    for fused in passes_of(FLOWS):
        whole = made.run(cube.cube(fused, (), by_month=False, period=period)).to_pylist()[0]
        for dimension in PILOT:
            parts = made.run(cube.cube(fused, (dimension,), by_month=False, period=period))
            for code in fused.codes:
                assert sum(parts.column(code).to_pylist()) == whole[code]


@quick
@given(world=worlds())
def test_the_whole_cube_is_the_same_to_the_bit_on_three_engines(world: World):
    engines = [loaded(world, name) for name in ENGINES]
    for tree in CUBES.values():
        assert len({digest(made.run(tree)) for made in engines}) == 1


@pytest.mark.parametrize("name", ENGINES)
@quick
@given(world=worlds(), period=st.sampled_from(PERIODS))
def test_histogram_holds_every_value_once(name: str, world: World, period: Period):
    made = loaded(world, name)
    for code in ("net_days", "spare_days"):
        atom = LIBRARY.atoms[code]
        periods = (period, period.last_year())
        rows = made.run(hist.hist(atom, (), periods)).to_pylist()
        for at, asked in enumerate(periods):
            found = sorted(value for row in rows for value in [row["value"]] * row[f"n{at}"])
            table = world["case"]
            hit = [r for r in table if counts(atom.where, r) and happened_in(atom, r, asked)]
            values = [number(atom.value, row) for row in hit if atom.value]
            assert found == sorted(value for value in values if value is not None)


def test_passes_group_by_table_axis_and_credit_and_are_never_too_wide():
    passes = {p.name: p.codes for p in passes_of(COUNTED)}
    assert passes["case_filed_month_filed"] == ("filed",)
    assert passes["case_closed_month_prior"] == ("overturned",)
    assert passes["hearing_held_month_judge"] == ("hearings",)
    assert len(passes["case_stock_judge"]) == len(STOCKS)
    assert all(len(p.atoms) <= 3 for p in passes_of(COUNTED, widest=3))
    assert sum(len(codes) for codes in passes.values()) == len(ATOMS) - 1


def test_month_arithmetic_of_two_centuries():
    from shenguan.core.indicator.compile.months import FIRST_DAY, first_day_of, month_of
    from shenguan.core.indicator.period import day_of_number, first_of

    last = month_number(date(2100, 2, 1))
    made = engine("duckdb")
    import pyarrow as pa
    from sqlglot import exp

    days = range(FIRST_DAY, FIRST_DAY + 73_048)
    made.put(pa.table({"d": pa.array(days, pa.int32())}), "days")
    months = made.run(exp.select(month_of(exp.column("d"))).from_("days")).column(0).to_pylist()
    assert months == [month_number(day_of_number(day)) for day in days]
    assert months[-1] == last
    made.put(pa.table({"m": pa.array(sorted(set(months)), pa.int32())}), "months")
    firsts = made.run(exp.select(first_day_of(exp.column("m"))).from_("months")).column(0)
    assert [day_of_number(d) for d in firsts.to_pylist()] == [
        first_of(m) for m in sorted(set(months))
    ]
