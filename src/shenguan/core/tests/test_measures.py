"""Measures per defendant and per thing: taken, changed, renewed, lifted; each day by hand."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.core.caselog import LoggedEvent
from shenguan.core.measures import Length, Terms, measures

CUSTODY = Terms(
    "强制措施",
    "",
    "解除强制措施",
    {"羁押": Length(None, "刑诉", "official"), "取保候审": Length(12, "刑诉79", "official")},
    frozenset({"释放"}),
)
SEALS = Terms("保全措施", "续行保全", "解除保全", {"冻结存款": Length(12, "解释485", "official")})
LIMIT = date(2026, 3, 15)


def found(terms: Terms, *told: tuple[str, str, dict]) -> list[tuple]:
    events = [
        LoggedEvent(at, kind, date.fromisoformat(day), payload)
        for at, (day, kind, payload) in enumerate(told, 1)
    ]
    return [
        (m.whom, m.measure, str(m.until), str(m.ended_on), m.renewals)
        for m in measures(events, terms, LIMIT)
    ]


def bail(whom: str, **more: str) -> dict:
    return {"whom": whom, "measure": "取保候审", **more}


def test_a_measure_lasts_as_long_as_the_law_allows_and_a_detention_as_long_as_the_limit():
    told = [("2025-03-02", "强制措施", bail("甲某")),
            ("2025-03-02", "强制措施", {"whom": "乙某", "measure": "羁押"})]  # fmt: skip
    assert found(CUSTODY, *told) == [
        ("甲某", "取保候审", "2026-03-02", "None", 0),
        ("乙某", "羁押", "2026-03-15", "None", 0),
    ]


def test_a_later_measure_on_the_same_defendant_ends_the_first():
    told = [("2026-01-15", "强制措施", {"whom": "甲某", "measure": "羁押"}),
            ("2026-02-10", "强制措施", bail("甲某"))]  # fmt: skip
    assert [row[3] for row in found(CUSTODY, *told)] == ["2026-02-10", "None"]


@pytest.mark.parametrize(
    "end", [("解除强制措施", {"whom": "甲某"}), ("强制措施", {"whom": "甲某", "measure": "释放"})]
)
def test_a_lifted_measure_has_ended_and_nothing_begins(end):
    told = [("2026-01-15", "强制措施", bail("甲某")), ("2026-02-10", *end)]
    assert found(CUSTODY, *told) == [("甲某", "取保候审", "2027-01-15", "2026-02-10", 0)]


def test_the_day_a_decision_states_counts_before_the_law():
    told = [("2025-03-02", "强制措施", bail("甲某", until="2026-02-28"))]
    assert found(CUSTODY, *told)[0][2] == "2026-02-28"


def test_a_renewal_without_a_stated_day_runs_from_the_day_it_was_made():
    seal = {"whom": "尾号0001账户", "measure": "冻结存款"}
    told = [("2025-03-02", "保全措施", seal), ("2026-02-10", "续行保全", {"whom": seal["whom"]})]
    assert found(SEALS, *told) == [("尾号0001账户", "冻结存款", "2027-02-10", "None", 1)]


def test_a_renewal_or_an_end_of_what_never_began_says_nothing():
    told = [("2026-02-10", "续行保全", {"whom": "甲"}), ("2026-02-11", "解除保全", {"whom": "甲"})]
    assert found(SEALS, *told) == []


def test_a_measure_without_a_known_length_has_no_last_day():
    told = [("2026-02-10", "保全措施", {"whom": "甲", "measure": "其他"})]
    assert found(SEALS, *told) == [("甲", "其他", "None", "None", 0)]
