"""T08: the pending-case identity in eight worked examples; active and inactive stocks at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shenguan.core.indicator import Period
from tests.tables.registry import Rows, compiled, published, registry

TABLE = published("T08_ncsc.csv")
PERIOD = Period.parse("2025")
BEFORE, INSIDE, END = (
    PERIOD.start - timedelta(days=30),
    PERIOD.start + timedelta(days=9),
    PERIOD.end,
)
CODES = ("ncsc_active_pending", "ncsc_inactive_pending", "ncsc_clearance_rate")


def _rows(court: int, row: dict[str, str]) -> list[Rows]:
    number = {name: int(text) for name, text in row.items() if name != "example"}
    begin, out = number["begin_active"] + number["begin_inactive"], number["entry_of_judgment"]
    common: dict[str, Any] = {"法院": court, "类型": "民初", "类别": "民事", "审级": "一审"}
    stay = {**common, "事由": "中止审理"}
    closed_old = min(begin, out)
    # what is reactivated was placed inactive before: at the start, or else earlier in the period
    from_start = min(number["begin_inactive"], number["reactivated"])
    again = number["reactivated"] - from_start
    placed = number["placed_inactive"]
    return [
        Rows(closed_old, {**common, "立案日": BEFORE, "报结日": END}),
        Rows(begin - closed_old, {**common, "立案日": BEFORE}),
        Rows(out - closed_old, {**common, "立案日": INSIDE, "报结日": END}),
        Rows(number["new_filing"] - (out - closed_old), {**common, "立案日": INSIDE}),
        Rows(from_start, {**stay, "始日": BEFORE, "止日": END}, "interval"),
        Rows(number["begin_inactive"] - from_start, {**stay, "始日": BEFORE}, "interval"),
        Rows(again, {**stay, "始日": INSIDE, "止日": END}, "interval"),
        Rows(placed - again, {**stay, "始日": INSIDE}, "interval"),
    ]


@pytest.mark.parametrize("at", range(len(TABLE)), ids=[row["example"] for row in TABLE])
def test_the_stocks_at_the_end_are_those_of_the_guide(at):
    row = TABLE[at]
    found = compiled(registry(_rows(1, row)), CODES, PERIOD, court=1)
    assert found["ncsc_active_pending"].numerator == int(row["end_active"])
    assert found["ncsc_inactive_pending"].numerator == int(row["end_inactive"])
    moved_in = int(row["new_filing"]) + int(row["reactivated"])
    moved_out = int(row["entry_of_judgment"]) + int(row["placed_inactive"])
    rate = found["ncsc_clearance_rate"]
    assert (rate.numerator, rate.denominator) == (moved_out, moved_in)


def test_active_and_inactive_obey_the_identity_of_the_guide():
    for row in TABLE:
        number = {name: int(text) for name, text in row.items() if name != "example"}
        moved = number["new_filing"] + number["reopened"] + number["reactivated"]
        gone = (
            number["entry_of_judgment"]
            + number["reopened_dispositions"]
            + number["placed_inactive"]
        )
        assert number["begin_active"] + moved - gone == number["end_active"], row["example"]
