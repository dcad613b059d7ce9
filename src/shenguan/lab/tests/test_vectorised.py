from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from shenguan import rulebook
from shenguan.core.indicator.compile import cube
from shenguan.core.indicator.compile.cube import passes_of
from shenguan.core.indicator.period import add_months, day_of_number, month_number
from shenguan.lab import bench_sql
from shenguan.lab.bench_indicators import COURT, JUDGE, benchmark_atoms, benchmark_library
from shenguan.lab.vectorised import World, as_table, generate, pauses_of
from shenguan.spine.indicators.arrow import digest
from shenguan.spine.indicators.engines import engine, whole_numbers

WORLD = World(2000, courts=4, judges=5)
CASE = rulebook.load().facts.table("case")


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    (chunk,) = generate(WORLD)
    return chunk


@pytest.fixture(scope="module")
def table(drawn: dict[str, Any]) -> pa.Table:
    return as_table(drawn, CASE)


def day(number: int | None) -> date | None:
    return None if number is None else day_of_number(number)


def test_derived_columns_agree_with_reading_each_case(table: pa.Table):
    for row in table.to_pylist():
        filed, closed, due = (day(row[name]) for name in ("filed_on", "closed_on", "due_on"))
        assert filed is not None
        assert row["filed_month"] == month_number(filed)
        assert row["closed_month"] == (None if closed is None else month_number(closed))
        assert row["is_closed"] == (closed is not None)
        assert row["has_due"] == (due is not None)
        assert row["in_time"] == (closed is not None and due is not None and closed <= due)
        gross = (closed - filed).days if closed else 0
        assert row["gross_days"] == gross
        assert row["net_days"] == (gross - row["excluded_days"] if closed else 0)


def test_due_dates_are_limit_plus_extension_plus_pauses(table: pa.Table):
    ordinary = rulebook.load().facts.codes.code("程序", "普通程序")
    civil = rulebook.load().facts.codes.code("类型代字", "民初")
    seen = 0
    for row in table.to_pylist():
        if row["case_type"] == civil and row["procedure"] == ordinary and row["has_due"]:
            months = 12 if row["was_extended"] else 6
            due = add_months(day_of_number(row["filed_on"]), months)
            assert day(row["due_on"]) == due + timedelta(days=row["excluded_days"])
            seen += 1
    assert seen > 50


def test_a_seed_draws_the_same_cases_by_court_then_day(table: pa.Table):
    (again,) = generate(WORLD)
    assert as_table(again, CASE).equals(table)
    order = list(zip(table["court"].to_pylist(), table["filed_on"].to_pylist(), strict=True))
    assert order == sorted(order)
    assert pauses_of(again, 0)["case_id"].size == 0


@pytest.mark.parametrize("keys", [COURT, JUDGE])
def test_the_37_atoms_compiled_equal_the_sql_written_by_hand(
    table: pa.Table, keys: tuple[str, ...]
):
    made = engine()
    made.put(table, "fact_case")
    compiled = [made.run(cube.cube(fused, keys)) for fused in passes_of(benchmark_atoms())]
    by_hand = [
        whole_numbers(made.connection.sql(text).to_arrow_table())  # type: ignore[attr-defined]
        for text in bench_sql.fused(keys, "fact_case")
    ]
    for ours, theirs in zip(compiled, by_hand, strict=True):
        width = len(keys) + 1
        names = [*theirs.column_names[:width], *ours.column_names[width:]]
        same = theirs.select(names).rename_columns(ours.column_names)
        assert digest(ours) == digest(same)


def test_the_benchmark_set_is_37_atoms_and_26_rates():
    library = benchmark_library()
    assert (len(library.atoms), len(library.indicators)) == (37, 26)
