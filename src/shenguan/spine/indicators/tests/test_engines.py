from __future__ import annotations

import random
from datetime import timedelta

import pyarrow as pa
import pytest
from django.db import connection

from shenguan.core.indicator.compile import cube, stock
from shenguan.core.indicator.compile.cube import passes_of
from shenguan.core.indicator.compile.months import month_of
from shenguan.core.indicator.compile.overdue import overdue_changes
from shenguan.core.indicator.compile.sql import column
from shenguan.core.indicator.grain import PILOT
from shenguan.core.indicator.period import (
    add_months,
    day_number,
    day_of_number,
    first_of,
    last_of,
    month_number,
)
from shenguan.core.indicator.sample import complete_row
from shenguan.core.indicator.tests.world import CASE, CODES, FACTS, LIBRARY
from shenguan.spine.indicators.arrow import digest, table_of
from shenguan.spine.indicators.engines import EngineMissing, engine

COUNTED = [atom for atom in LIBRARY.atoms.values() if atom.table and atom.table.name == "case"]
MONTHS = range(2025 * 12, 2026 * 12)


def test_an_engine_that_is_not_there_is_named():
    with pytest.raises(EngineMissing, match="没有计算引擎“oracle”"):
        engine("oracle")


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgres_gives_the_same_cube_to_the_bit():
    if connection.vendor != "postgresql":
        pytest.skip("需要 PostgreSQL（设置 SHENGUAN_DATABASE）")
    table = table_of(_cases(300), FACTS.table("case"))
    ours, theirs = engine("duckdb"), engine("postgres", dsn=_dsn())
    for made in (ours, theirs):
        made.put(table, "fact_case")
    for fused in passes_of(COUNTED):
        tree = stock.stock_changes(fused, PILOT) if fused.stock else cube.cube(fused, PILOT)
        assert digest(ours.run(tree)) == digest(theirs.run(tree))


def _dsn() -> str:
    settings = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER"}
    parts = {key: settings[name] for key, name in names.items() if settings.get(name)}
    if settings.get("PASSWORD"):
        parts["password"] = settings["PASSWORD"]
    return " ".join(f"{key}={value}" for key, value in parts.items())


def _cases(size: int) -> list:
    dice = random.Random(7)
    rows = []
    for number in range(1, size + 1):
        filed = first_of(2024 * 12) + timedelta(days=dice.randrange(700))
        closed = filed + timedelta(days=dice.randrange(500)) if dice.random() < 0.8 else None
        written = {
            "法院": dice.randrange(1, 4),
            "承办法官": dice.randrange(9),
            "类别": dice.choice(["刑事", "民事"]),
            "立案日": filed,
            "报结日": closed,
            "审限届满日": add_months(filed, 6),
        }
        rows.append(complete_row(written, CASE, CODES, number))
    return rows


@pytest.mark.parametrize("name", ["duckdb", "polars", "datafusion"])
def test_running_out_of_time_with_pauses_equals_walking_each_day(name: str):
    dice = random.Random(11)
    cases, pauses = _paused_cases(dice, 120)
    made = engine(name)
    made.put(pa.Table.from_pylist(cases, schema=_CASES), "cases")
    made.put(pa.Table.from_pylist(pauses, schema=_PAUSES), "pauses")
    tree = overdue_changes(
        "cases", "pauses", month_of(column("due") + 1), "closed_on", "closed_month"
    )
    changes = {row["month"]: row["n"] for row in made.run(tree).to_pylist()}
    for month in MONTHS:
        stock_at_end = sum(n for at, n in changes.items() if at <= month)
        day = day_number(last_of(month))
        assert stock_at_end == sum(_overdue(case, pauses, day) for case in cases)


_CASES = pa.schema(
    [
        ("case_id", pa.int64()),
        ("filed_on", pa.int32()),
        ("limit_days", pa.int32()),
        ("closed_on", pa.int32()),
        ("closed_month", pa.int32()),
        ("has_due", pa.bool_()),
    ]
)
_PAUSES = pa.schema([("case_id", pa.int64()), ("start_on", pa.int32()), ("end_on", pa.int32())])


def _paused_cases(dice: random.Random, size: int) -> tuple[list[dict], list[dict]]:
    cases, pauses = [], []
    for number in range(1, size + 1):
        filed = day_number(first_of(2024 * 12 + 10)) + dice.randrange(300)
        closed = filed + dice.randrange(1, 300) if dice.random() < 0.7 else None
        month = None if closed is None else month_number(day_of_number(closed))
        cases.append(
            {
                "case_id": number,
                "filed_on": filed,
                "limit_days": dice.choice([30, 90]),
                "closed_on": closed,
                "closed_month": month,
                "has_due": True,
            }
        )
        start = filed
        for _ in range(dice.randrange(4)):
            start += dice.randrange(1, 60)
            length = dice.randrange(1, 50)
            ends = None if dice.random() < 0.1 else start + length
            pauses.append({"case_id": number, "start_on": start, "end_on": ends})
            if ends is None:
                break
            start = ends
    return cases, pauses


def _overdue(case: dict, pauses: list[dict], day: int) -> bool:
    """Count the days one by one: a day counts unless a pause holds it; pauses after expiry cure nothing."""
    if case["filed_on"] > day or (case["closed_on"] is not None and case["closed_on"] <= day):
        return False
    own = [p for p in pauses if p["case_id"] == case["case_id"]]
    elapsed = 0
    for today in range(case["filed_on"], day):
        held = any(
            p["start_on"] <= today and (p["end_on"] is None or today < p["end_on"]) for p in own
        )
        elapsed += not held
    return bool(elapsed > case["limit_days"])
