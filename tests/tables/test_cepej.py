"""T01: clearance rate and disposition time as 21 court-years print them; 42 values, all to the last digit."""

from __future__ import annotations

from typing import Any

import pytest

from shenguan.core.indicator import Period
from shenguan.core.indicator.printing import agreement, printed
from tests.tables.registry import Rows, chosen, compiled, flow, published, registry

TABLE = published("T01_cepej.csv")
CODES = ("cepej_clearance_rate", "cepej_disposition_time", "pending_at_start", "pending_at_end")


def _rows(court: int, row: dict[str, str], period: Period) -> list[Rows]:
    """Incoming, resolved and pending at the end as printed; the start follows from them."""
    filed, closed, end = (int(row[name]) for name in ("incoming", "resolved", "pending_end"))
    common: dict[str, Any] = {"法院": court, "类型": "民初", "类别": "民事", "审级": "一审"}
    return flow(period, end + closed - filed, filed, closed, common)


@pytest.fixture(scope="module")
def figures() -> list[dict[str, Any]]:
    whole = [
        rows
        for at, row in enumerate(TABLE, 1)
        for rows in _rows(at, row, Period.parse(row["year"]))
    ]
    source = registry(whole)
    return [
        compiled(source, CODES, Period.parse(row["year"]), court=at)
        for at, row in enumerate(TABLE, 1)
    ]


@pytest.mark.parametrize("at", range(len(TABLE)))
def test_clearance_rate_and_disposition_time_print_as_published(at, figures):
    row, found, period = TABLE[at], figures[at], Period.parse(TABLE[at]["year"])
    days = chosen("cepej_disposition_time", period)[0]
    assert printed(found["cepej_disposition_time"], days) == row["DT_days_published"] + "天"
    assert agreement(found["cepej_clearance_rate"], "percent", row["CR_pct_published"]) == "一致"


def test_the_table_holds_forty_two_values():
    assert (
        sum(bool(row[name]) for row in TABLE for name in ("CR_pct_published", "DT_days_published"))
        == 42
    )


def test_a_printed_stock_at_the_start_that_does_not_add_up_is_told_never_refused(figures):
    gaps = {
        (row["court"], row["year"]): found["pending_at_start"].numerator - int(row["pending_start"])
        for row, found in zip(TABLE, figures, strict=True)
    }
    assert [key for key, gap in gaps.items() if gap == 0] == [("Municipal Court in Sisak", "2020")]
    for row, found in zip(TABLE, figures, strict=True):
        assert found["pending_at_end"].numerator == int(row["pending_end"])
